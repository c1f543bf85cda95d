"""Learns the heads anew from the examples in `sets/learn`, and writes cases/judgement/heads.json: `make weights`.

The same examples and the same engine give the same file. Another engine is put in handlers/judging/engine.py; then this is
all there is to run.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cases.judgement.heads import OPENS, SURE
from handlers.judging import engine
from handlers.judging.scorer import words_of
from tests.evaluation.sets import Example, examples

FILE = Path(__file__).parents[2] / "cases" / "judgement" / "heads.json"
Floats = NDArray[np.float64]
HEADS = ("unhappy", "danger", "no_contact")
RIDGE = 5e-5  # the best of seven by cross-validation, for all three
# The share of those whom a head should let pass that gets a score of OPENS, and of SURE, all the same: counted on examples
# that the head had not learnt from. One card too many costs a click; a false alarm for danger calls the lead.
ALLOWED = {"unhappy": (0.22, 0.05), "danger": (0.04, 0.01), "no_contact": (0.02, 0.005)}
FOLDS = 5


def head(embeddings: Floats, labels: Floats) -> Floats:
    """A logistic regression by Newton's method, with both classes weighing alike: the bias, then the weights."""
    rows = np.hstack([np.ones((len(embeddings), 1)), embeddings])
    share = labels.mean()
    weigh = np.where(labels > 0, 0.5 / share, 0.5 / (1 - share)) / len(labels)
    keep = np.diag([0.0] + [RIDGE] * embeddings.shape[1])  # keeps weights small; the bias is free
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


def unseen(embeddings: Floats, labels: Floats) -> Floats:
    """What heads that have not learnt from an example make of it, before it is made a score."""
    folds = np.arange(len(labels)) % FOLDS
    told = np.zeros(len(labels))
    for fold in range(FOLDS):
        found = head(embeddings[folds != fold], labels[folds != fold])
        told[folds == fold] = found[0] + embeddings[folds == fold] @ found[1:]
    return told


def calibrated(found: Floats, others: Floats, allowed: tuple[float, float]) -> Floats:
    """The head, moved and stretched so that the allowed share of `others`, whom it should let pass, reaches OPENS, and SURE."""
    opens, sure = np.quantile(others, [1 - share for share in allowed])
    stretched = (_odds(SURE) - _odds(OPENS)) / (sure - opens)
    moved = found * stretched
    moved[0] += _odds(OPENS) - opens * stretched
    return moved


def _odds(score: float) -> float:
    return log(score / (1 - score))


def labels_of(name: str, known: Sequence[Example]) -> list[bool | None]:
    """What a head is to say of each example; None where it is to say nothing."""
    return {
        "unhappy": [example.negative for example in known],
        "danger": [example.danger for example in known],
        "no_contact": [example.asks_no_contact for example in known],
    }[name]


def learnt(known: Sequence[Example], embeddings: Floats) -> dict[str, object]:
    """The heads, as the file has them."""
    told: dict[str, object] = {"engine": engine.NAME, "examples": fingerprint(known)}
    for name in HEADS:
        given = labels_of(name, known)
        these = [at for at, label in enumerate(given) if label is not None]
        labels = np.array([float(given[at] or 0) for at in these])
        others = unseen(embeddings[these], labels)[labels == 0]
        found = calibrated(head(embeddings[these], labels), others, ALLOWED[name])
        told[name] = {"bias": round(found[0], 4), "weights": [round(x, 3) for x in found[1:]]}
    return told


def known_examples() -> list[Example]:
    """Those to learn from: all in `sets/learn` that have words."""
    return [example for example in examples("learn") if words_of(example.feedback)]


def fingerprint(known: Sequence[Example]) -> str:
    """Changes when an example's words or labels do, so that a test can tell heads that are out of date."""
    told = [[words_of(each.feedback), each.negative, each.danger, each.asks_no_contact] for each in known]
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]


def main() -> None:
    """Learns, and writes."""
    known = known_examples()
    embeddings = np.array(engine.embed([words_of(example.feedback) for example in known]))
    FILE.write_text(json.dumps(learnt(known, embeddings)) + "\n", "utf-8")
    print(f"{FILE.name}: learnt from {len(known)} examples")


if __name__ == "__main__":
    main()
