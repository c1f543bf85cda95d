"""The judge in the repository is the one that its examples and its engine make."""

from __future__ import annotations

import numpy as np
import pytest

from handlers.judging import engine
from handlers.judging.likeness import HEADS, learnt
from handlers.judging.scorer import words_of
from tests.evaluation.weights import fingerprint, known_examples, learn

needs_engine = pytest.mark.skipif(not engine.is_here(), reason="the engine has no wheel for this platform")


def test_judge_was_learnt_from_the_examples_as_they_stand() -> None:
    assert learnt().fingerprint == fingerprint(known_examples()), "an example changed: run `make weights`"


def test_judge_was_learnt_on_the_engine_in_use() -> None:
    assert learnt().engine == engine.NAME, "another engine: run `make weights`"


@needs_engine
def test_an_example_is_most_like_itself_and_judged_so() -> None:
    text = "Me prometieron una llamada y sigo esperando."
    [(scores, like)] = learnt().judged(engine.embed([text]))
    assert like == text
    assert scores[HEADS.index("unhappy")] > 0.8 > 0.3 > scores[HEADS.index("danger")]


@pytest.mark.long
@needs_engine
def test_examples_and_engine_make_the_very_same_judge() -> None:
    known = known_examples()
    embeddings = np.array(engine.embed([words_of(example.feedback) for example in known]))
    anew, old = (
        np.array([scores for scores, _ in judge.judged(embeddings)]) for judge in (learn(known, embeddings), learnt())
    )
    assert np.abs(anew - old).max() < 0.02  # processors round differently
