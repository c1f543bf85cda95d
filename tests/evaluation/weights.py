"""Learns the heads anew from the examples in `sets/learn`, and writes cases/judgement/heads.json: `make weights`.

The same examples and the same engine give the same file. Another engine is put in handlers/judging/engine.py; then this is
all there is to run.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handlers.judging import engine
from handlers.judging.scorer import words_of
from tests.evaluation.sets import Example, examples

FILE = Path(__file__).parents[2] / "cases" / "judgement" / "heads.json"
Floats = NDArray[np.float64]
RIDGE = {"unhappy": 3e-4, "danger": 3e-4, "no_contact": 3e-4}


def head(embeddings: Floats, labels: Floats, ridge: float) -> Floats:
    """A logistic regression by Newton's method, with both classes weighing alike: the bias, then the weights.

    `ridge` keeps weights small, for each example; the bias is free.
    """
    rows = np.hstack([np.ones((len(embeddings), 1)), embeddings])
    share = labels.mean()
    weigh = np.where(labels > 0, 0.5 / share, 0.5 / (1 - share)) / len(labels)
    keep = np.diag([0.0] + [ridge] * embeddings.shape[1])
    found = np.zeros(rows.shape[1])
    for _ in range(50):
        expected = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (weigh * (expected - labels)) + keep @ found
        curve = (rows * (weigh * expected * (1 - expected))[:, None]).T @ rows + keep
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-6:
            break
    return found


def labels_of(name: str, known: Sequence[Example]) -> list[bool | None]:
    """What a head is to say of each example; None where it is to say nothing."""
    return {
        "unhappy": [example.negative for example in known],
        "danger": [example.danger for example in known],
        "no_contact": [example.asks_no_contact for example in known],
    }[name]


def learnt(known: Sequence[Example], embeddings: Floats) -> dict[str, object]:
    """The heads, as the file has them."""
    told: dict[str, object] = {"engine": engine.NAME}
    for name, ridge in RIDGE.items():
        labels = labels_of(name, known)
        these = [at for at, label in enumerate(labels) if label is not None]
        found = head(embeddings[these], np.array([float(labels[at] or 0) for at in these]), ridge)
        told[name] = {"bias": round(found[0], 4), "weights": [round(x, 3) for x in found[1:]]}
    return told


def main() -> None:
    """Learns, and writes."""
    known = [example for example in examples("learn") if words_of(example.feedback)]
    embeddings = np.array(engine.embed([words_of(example.feedback) for example in known]))
    FILE.write_text(json.dumps(learnt(known, embeddings)) + "\n", "utf-8")
    print(f"{FILE.name}: learnt from {len(known)} examples")


if __name__ == "__main__":
    main()
