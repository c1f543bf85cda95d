"""What is to be expected of texts by people nobody here has read: `python -m tests.evaluation.strangers`.

Each author of `learn` and `dev` is judged by what all others' examples make, bands and all: the estimate by which ways of
learning are compared. An author is a file: what one writes is liker to itself than to a stranger's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp

import numpy as np

from cases.judgement import assess, stand_in
from cases.judgement.heads import words_of
from cases.judgement.stand_in import places
from cases.model import Score
from handlers.judging.likeness import placed, read, spread
from tests.evaluation.embedded import embed
from tests.evaluation.feedback import tables
from tests.evaluation.sets import Example, examples
from tests.evaluation.weights import Heard, clauses_of_several, known_examples, learn, spoken, unseen_by


def scores(known: Sequence[Example], shown: Sequence[Example]) -> list[Score]:
    """A score for each that is shown, by a judge learnt from those of `known` that are not its author's."""
    made = learn(known, embed)
    judge = read(made.judge)
    owners, clauses = clauses_of_several(shown)
    texts = [words_of(example.feedback) for example in shown]
    whole, apart = (
        spread(placed(embed(each), judge.centre, judge.axes) @ judge.places.T.astype(float))
        for each in (texts, clauses)
    )
    unseen = dict(zip(spoken(known), made.beside, strict=True))
    small = stand_in.read(made.small)
    beside = np.array([unseen[text] if text in unseen else small.of(places(text)) for text in [*texts, *clauses]])
    authors = np.array([example.author for example in shown])
    odds = unseen_by(made.heads, Heard(whole, authors, np.array(owners), apart, beside))
    odds = odds * judge.stretched + judge.moved
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
