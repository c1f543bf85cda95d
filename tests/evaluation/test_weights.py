"""The heads in the repository are those that its examples and its engine make."""

from __future__ import annotations

import json

import pytest

from handlers.judging import engine
from handlers.judging.scorer import words_of
from tests.evaluation.weights import FILE, HEADS, fingerprint, known_examples

IN_FILE = json.loads(FILE.read_text("utf-8"))


def test_heads_were_learnt_from_the_examples_as_they_stand() -> None:
    assert IN_FILE["examples"] == fingerprint(known_examples()), "an example changed: run `make weights`"


def test_heads_were_learnt_on_the_engine_in_use() -> None:
    assert IN_FILE["engine"] == engine.NAME, "another engine: run `make weights`"


@pytest.mark.long
@pytest.mark.skipif(not engine.is_here(), reason="the engine has no wheel for this platform")
def test_examples_and_engine_make_the_very_same_heads() -> None:
    import numpy as np

    from cases.judgement.heads import heads, read_heads
    from tests.evaluation.weights import learnt

    known = known_examples()
    embeddings = engine.embed([words_of(example.feedback) for example in known])
    anew, old = read_heads(learnt(known, np.array(embeddings))), heads()
    for name in HEADS:  # processors round differently, so what is held to is what the heads say
        apart = [abs(getattr(anew, name).score(row) - getattr(old, name).score(row)) for row in embeddings]
        assert max(apart) < 0.02, name
