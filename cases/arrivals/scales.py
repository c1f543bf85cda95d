"""How many steps a rating has, and which end is the best, where the answer alone does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from cases.arrivals.answers import Answer
from cases.arrivals.json_fields import Fault
from cases.arrivals.labels import best_of_all, is_usually_of_five, letters, usual_scale, yes_is_good
from cases.arrivals.ratings import nps_group, read_rating
from cases.arrivals.told import Means, Told
from cases.arrivals.yes_or_no import said_plainly
from cases.model import Rating

SCALE_FAULT = "rating.scale"
_SMALLEST = 5


def least_scale(largest: float) -> float | None:
    """The next usual scale that holds an answer; None where that is the smallest, for nothing shows that there is none above."""
    return None if largest <= _SMALLEST else next((scale for scale in (10.0, 100.0) if largest <= scale), None)


def scale_of_all(label: str, seen: set[float]) -> float | None:
    """The scale of a column by all that it holds: the next that holds the largest rating.

    Five is proof of nothing: where none is larger, the column must be one that is usually out of five, and show both ends of
    it, or nothing but its lower end, which is low on every scale.
    """
    top = max(seen)
    if (usual := usual_scale(label)) and top <= usual:
        return usual
    if top > _SMALLEST:
        return least_scale(top)
    shows_both_ends = top == 5 and 0 < min(seen) <= 2
    return 5 if is_usually_of_five(label) and 0 not in seen and (top <= 2 or shows_both_ends) else None


def turned(rating: Rating, best: int) -> Rating:
    """Where a low number is the best one. What is lower than that has another scale, and nobody knows which."""
    if rating.scale is None or rating.value < best:
        return replace(rating, scale=None)
    return replace(rating, value=rating.scale - (rating.value - best))


def asks_for_scale(question: str, source: str) -> Fault:
    """What is said of a rating whose scale nobody knows."""
    return Fault(
        SCALE_FAULT,
        f'how many steps has "{question}"? Write its best answer, for instance scale = 10, under [sources.{source}] in '
        "policy.toml; until then nobody knows how good this rating is",
    )


_NPS, _LONGEST_KIND = ("nps", "netpromoterscore"), 20  # the kind of a survey, where its body tells it
_OF_NPS = 10


def of_kinds(answers: Iterable[Answer]) -> list[tuple[str, float]]:
    """The scales of the kinds of survey that a body names, by itself or by a group of its answers, each with where it does."""
    short = (each for each in answers if len(each.text) < _LONGEST_KIND)
    return [(each.home, _OF_NPS) for each in short if letters(each.text) in _NPS or nps_group(each.text)]


def rated(
    each: Answer, told: Told, stated: float | None, of_kind: float | None = None, *, sure: bool = False
) -> Rating | None:
    """An answer as a rating: of the scale that is `stated` beside it, else of the one that somebody tells, else of that of its kind.

    `sure`: policy says that it is one, so that a plain yes is good.
    """
    if isinstance(each.said, tuple) or (isinstance(each.said, bool) and each.means is Means.RATING):
        return None
    if told.worst_to_best:
        steps = [letters(word) for word in told.worst_to_best]
        said = letters(each.text)
        if said in steps:
            return Rating(steps.index(said) + 1, len(steps))
    is_well = each.said if isinstance(each.said, bool) else said_plainly(each.text)
    if is_well is not None:
        good = True if sure else yes_is_good(each.question)
        # A tick whose question says nothing is a rating by its name; a word is one only where the question asks for it.
        counts = good if good is not None else isinstance(each.said, bool)
        return Rating(float(is_well), 1) if counts else None
    known = told.scale or each.steps or told.scales.get(each.key) or usual_scale(each.label) or of_kind
    rating = read_rating(each.said, known if stated is None else stated)
    if rating is None or (stated is not None and rating.scale is None):
        return None
    best = best_of_all(each.label)
    return rating if best is None or not _is_in_digits(each) else turned(rating, best)


def _is_in_digits(each: Answer) -> bool:
    """ "2", "2/6", "2-": words beside a number, and stars, tell by themselves which end is the best."""
    return isinstance(each.said, float) or bool(re.fullmatch(r"[\d.,/ -]+", each.text))
