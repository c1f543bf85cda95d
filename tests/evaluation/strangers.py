"""What is to be expected of texts by people nobody here has read: `python -m tests.evaluation.strangers`.

Each author of `learn` and `dev` is judged by what all others' examples make, bands and all: the estimate by which ways of
learning are compared. An author is a file: what one writes is liker to itself than to a stranger's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp

import numpy as np

from cases.judgement import assess
from cases.judgement.words import words_of
from cases.model import Score
from handlers.judging.likeness import HEADS, WHOLE, placed, read, spread
from tests.evaluation.embedded import embed
from tests.evaluation.feedback import tables
from tests.evaluation.sets import Example, examples
from tests.evaluation.weights import Clauses, Insisting, arrays, clauses_of_several, known_examples, labels_of


def scores(known: Sequence[Example], shown: Sequence[Example]) -> list[Score]:
    """A score for each that is shown, by a judge learnt from those of `known` that are not its author's."""
    made = arrays(known, embed)
    judge, places = read(made), made["places"] / WHOLE
    owners, clauses = clauses_of_several(shown)
    whole, apart = (
        spread(placed(embed(texts), judge.centre, judge.axes) @ places.T)
        for texts in ([words_of(example.feedback) for example in shown], clauses)
    )
    count = {"no_contact": Clauses(np.array(owners), apart)}
    by, of = (np.array([example.author for example in each]) for each in (known, shown))
    told = [
        Insisting(spread(places @ places.T), labels_of(name, known), by).tells(whole, of, count.get(name))
        for name in HEADS
    ]
    odds = np.stack(told, axis=1) * judge.stretched + judge.moved
    return [Score(*(1 / (1 + exp(-head)) for head in row), clause="") for row in odds.tolist()]


def report() -> Iterator[str]:
    """The tables of what was judged so."""
    known = known_examples()
    shown = [*known, *(example for example in examples("dev") if words_of(example.feedback))]
    judged = [assess(example.feedback, score) for example, score in zip(shown, scores(known, shown), strict=True)]
    first = [at for at, example in enumerate(shown) if "first_sight" in example.author]
    yield from tables("strangers", shown, {"Amends": judged})
    yield from tables("strangers at first sight", [shown[at] for at in first], {"Amends": [judged[at] for at in first]})


if __name__ == "__main__":
    print("\n".join(report()))
