"""What only a whole table tells: the scale of its ratings, the order of its dates, which column holds ratings, what is our own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cases.arrivals.answers import Answer
from cases.arrivals.dates import order_of
from cases.arrivals.homes import asked_beside, asked_for
from cases.arrivals.labels import letters
from cases.arrivals.ratings import in_words, nps_group, read_rating
from cases.arrivals.scales import scale_of_all
from cases.arrivals.told import Means, Order, Told
from cases.spoken.english import words

_MOST_KINDS = 24  # different answers in a column of ratings, at the most
_LONGEST_GROUP = 12  # characters of the name of a group of scores
_SHORT = 40  # characters of a rating in words
_BARE = words(
    "answer response result vote"
)  # names that are a rating's where nothing but small numbers stands below them
_UNANSWERED = frozenset(
    ["", "-", "–", "n/a", "na", "none", "no response", "no answer", "not rated", "no rating", "unrated", "not offered", "offered", "unoffered"]
)  # fmt: skip


def told_by_all(rows: Iterable[Sequence[Answer]], told: Told) -> Told:
    """`told`, and what is seen when all rows are looked at together."""
    first: dict[str, Answer] = {}
    numbers: dict[str, set[float]] = defaultdict(set)
    dates: dict[str, list[object]] = defaultdict(list)
    kinds: dict[str, set[str]] = defaultdict(set)
    scored: dict[str, bool] = {}
    for row in rows:
        for each in row:
            first.setdefault(each.key, each)
            if isinstance(each.said, float):
                numbers[each.key].add(each.said)
            elif isinstance(each.said, str):
                if each.said[:1].isdigit() and (rating := read_rating(each.said)) and rating.scale is None:
                    numbers[each.key].add(rating.value)
                if 6 <= len(each.said) <= _SHORT:
                    dates[each.key].append(each.said)
            if len(known := kinds[each.key]) <= _MOST_KINDS:
                known.add(each.text[: _SHORT + 1].strip())
        _note_scores(row, scored)
    of_ten = dict.fromkeys(fits, 10.0) if len(fits := [key for key, fits in scored.items() if fits]) == 1 else {}
    seen_in = {key: scale for key, seen in numbers.items() if (scale := scale_of_all(first[key].label, seen))}
    return replace(
        told,
        scales={**seen_in, **of_ten, **told.scales},
        orders=_orders(dates),
        asks={
            **asked_beside([*first.values()]),
            **dict.fromkeys(_rated(first, kinds, of_ten), (Means.RATING,)),
        },
    )


def _orders(dates: Mapping[str, list[object]]) -> dict[str, Order]:
    return {key: order for key, column in dates.items() if (order := order_of(column))}


def _note_scores(row: Sequence[Answer], scored: dict[str, bool]) -> None:
    """Which columns agree in every row with the group that an NPS tool puts beside its score: 0–6, 7–8, 9–10."""
    short = (each.said for each in row if isinstance(each.said, str) and len(each.said) <= _LONGEST_GROUP)
    group = next(filter(None, map(nps_group, short)), None)
    if group is None:
        return
    fits = {each.key for each in row if (value := _whole_number(each)) is not None and group[0] <= value <= group[1]}
    for key in fits | scored.keys():
        scored[key] = key in fits and scored.get(key, True)


def _whole_number(each: Answer) -> float | None:
    rating = read_rating(each.said) if isinstance(each.said, float | str) and len(each.text) <= 4 else None
    return rating.value if rating and rating.value.is_integer() and each.text.strip().isdecimal() else None


def _rated(first: Mapping[str, Answer], kinds: Mapping[str, set[str]], of_ten: Mapping[str, float]) -> frozenset[str]:
    """The columns of ratings that no header tells of, where none of the others is one: in whatever language it is."""
    asks = {key: asked_for(each) for key, each in first.items()}
    if any(Means.RATING in asked and any(map(_reads, kinds[key])) for key, asked in asks.items()):
        return frozenset()
    unknown = [key for key, asked in asks.items() if not asked]
    return frozenset(
        key
        for key in unknown
        if key in of_ten or _are_ratings(kinds[key]) or _are_small_numbers(first[key], kinds[key])
    )


def _reads(said: str) -> bool:
    return read_rating(said) is not None


def _are_ratings(kinds: set[str]) -> bool:
    """Whether a column holds nothing but ratings that show by themselves what they are, and more than one of them."""
    given = [said for said in kinds if said.casefold() not in _UNANSWERED]
    if not 1 < len(given) <= _MOST_KINDS or any(len(said) > _SHORT for said in given):
        return False
    rated = [in_words(said) or (read_rating(said) if "%" not in said else None) for said in given]
    scales = {rating.scale for rating in rated if rating}
    return all(rated) and len(scales) == 1 and None not in scales and scales <= {3, 4, 5, 6, 7, 10, 20, 100}


def _are_small_numbers(column: Answer, kinds: set[str]) -> bool:
    return letters(column.label) in _BARE and all(said.isdecimal() and int(said) <= 10 for said in kinds)
