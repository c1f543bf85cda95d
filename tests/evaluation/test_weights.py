"""The judge in the repository is the one that its examples and its engine make."""

from __future__ import annotations

import json

import numpy as np
import pytest

from cases.judgement.heads import OPENS, SURE, words_of
from cases.model import Feedback
from handlers.judging import engine
from handlers.judging.likeness import learnt, read
from handlers.judging.scorer import scores
from tests.evaluation.embedded import KEPT, embed
from tests.evaluation.weights import SMALL, fingerprint, known_examples, learn

needs_engine = pytest.mark.skipif(not engine.is_here(), reason="the engine cannot be used here")


@pytest.mark.long
def test_judge_was_learnt_from_the_examples_as_they_stand() -> None:
    now = fingerprint(known_examples())
    assert learnt().fingerprint == now, "an example changed: run `make weights`"
    assert json.loads(SMALL.read_text("utf-8"))["fingerprint"] == now, "an example changed: run `make weights`"


def test_judge_was_learnt_on_the_engine_in_use() -> None:
    assert learnt().engine == engine.NAME, "another engine: run `make weights`"


@needs_engine
def test_a_text_is_judged_by_the_example_it_is_like() -> None:
    [score] = scores([Feedback(external_id="1", source="set", comment="Me prometieron una llamada y sigo esperando.")])
    assert score
    assert score.like == score.clause == "Me prometieron una llamada y sigo esperando."
    assert score.unhappy >= SURE > OPENS > score.danger


@pytest.mark.long
@needs_engine
@pytest.mark.timeout(0)
@pytest.mark.skipif(not KEPT.exists(), reason="ten minutes of embeddings: run `make weights` first, which keeps them")
def test_examples_and_engine_make_the_very_same_judge() -> None:
    known = known_examples()
    texts = [words_of(example.feedback) for example in known]
    made, remembered = learn(known, embed), embed(texts)
    anew, old = (judge.odds(texts, remembered) for judge in (read(made.judge), learnt()))
    assert np.abs(anew - old).max() < 0.1  # processors round differently
    small, kept = made.small, json.loads(SMALL.read_text("utf-8"))
    assert small["step"] == pytest.approx(kept["step"], rel=0.05)
    assert small["moved"] == pytest.approx(kept["moved"], abs=0.05)
