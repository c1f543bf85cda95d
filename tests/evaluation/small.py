"""Learns the judge that stands in where there is no engine, and is heard beside likeness where there is one: what likeness tells,
told by groups of letters and words."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zlib import compress

import numpy as np
from numpy.typing import NDArray

from cases.judgement.heads import OPENS, SURE
from cases.judgement.stand_in import FILE, PLACES, places

Floats = NDArray[np.float64]
RIDGE = 5.0
CLAUSE = 0.5  # how much a clause insists, beside an example
STRONG = 4.0  # odds beyond this teach nothing more


@dataclass(frozen=True, slots=True)
class Rows:
    """The groups of texts as a sparse matrix: of each row the places, all at one value, so that its length is one."""

    at: NDArray[np.int64]
    value: Floats
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]

    def times(self, weights: Floats) -> Floats:
        """A sum for each row."""
        return np.add.reduceat(weights[self.at] * self.value, self.starts)

    def back(self, told: Floats) -> Floats:
        """A sum for each place."""
        return np.bincount(self.at, self.value * np.repeat(told, self.lengths), PLACES)


def rows_of(texts: Sequence[str], rare: Floats) -> Rows:
    """`rare` is how much each place tells."""
    found = [sorted(places(text)) or [0] for text in texts]
    lengths = np.array([len(each) for each in found])
    at = np.concatenate([np.array(each) for each in found])
    return Rows(at, rare[at] / np.sqrt(np.repeat(lengths, lengths)), np.cumsum(lengths) - lengths, lengths)


def rarity(texts: Sequence[str]) -> Floats:
    """How much a place tells: the more, the fewer texts have it."""
    many = np.bincount([place for text in texts for place in places(text)], minlength=PLACES)
    return np.log((len(texts) + 1) / (many + 1))


def ridge(rows: Rows, told: Floats, insist: Floats) -> Floats:
    """A weighted ridge regression, by conjugate gradients."""
    found = np.zeros(PLACES)
    rest = rows.back(insist * told)
    step, left = rest.copy(), float(rest @ rest)
    for _ in range(40):
        slope = rows.back(insist * rows.times(step)) + RIDGE * step
        far = left / float(step @ slope)
        found += far * step
        rest -= far * slope
        left, before = float(rest @ rest), left
        step = rest + left / before * step
    return found


def learn(
    texts: Sequence[str],
    clauses: Sequence[str],
    owners: Sequence[int],
    told: Floats,
    labels: Sequence[Floats],
    allowed: Sequence[tuple[float, float]],
    folds: NDArray[np.int64],
) -> tuple[dict[str, Any], Floats]:
    """The file; and the odds of each text, then of each clause, by what was learnt from other folds.

    `told` are the odds by likeness alone, of the texts and then of the clauses; the rest is as for its heads.
    """
    rare = rarity(texts)
    rows = rows_of([*texts, *clauses], rare)
    fold_of = np.concatenate([folds, folds[np.array(owners)]])
    kept: dict[str, Any] = {"moved": [], "step": [], "heads": []}
    odds = np.zeros(told.shape)
    for head, label in enumerate(labels):
        taught = np.clip(told[:, head], -STRONG, STRONG) / STRONG
        insist = np.concatenate([balanced(label), np.full(len(clauses), CLAUSE)])
        for fold in range(folds.max() + 1):
            found = ridge(rows, taught, insist * (fold_of != fold))
            odds[fold_of == fold, head] = rows.times(found)[fold_of == fold]
        moved, stretched = measured(odds[: len(texts), head], label, allowed[head])
        odds[:, head] = odds[:, head] * stretched + moved
        found = ridge(rows, taught, insist) * rare * stretched
        step = float(np.abs(found).max()) / 127
        kept["moved"].append(round(moved, 4))
        kept["step"].append(float(f"{step:.6g}"))
        kept["heads"].append(b64encode(compress(np.rint(found / step).astype(np.int8).tobytes(), 9)).decode())
    return kept, odds


def measured(unseen: Floats, labels: Floats, allowed: tuple[float, float]) -> tuple[float, float]:
    """How what a head tells is moved and stretched: so that of those whom it should let pass just the allowed shares reach
    OPENS, and SURE. `unseen` is what it tells of each, having learnt nothing of its author's."""
    opens, sure = np.quantile(unseen[labels < 0], [1 - share for share in allowed])
    stretched = (logit(SURE) - logit(OPENS)) / (sure - opens)
    return float(logit(OPENS) - opens * stretched), float(stretched)


def balanced(labels: Floats) -> Floats:
    """How much each example insists: both classes alike, those without a label not at all."""
    share = (labels > 0).sum() / (labels != 0).sum()
    return np.where(labels > 0, 0.5 / share, np.where(labels < 0, 0.5 / (1 - share), 0))


def logit(score: float) -> float:
    """The odds of a score, as their logarithm."""
    return float(np.log(score / (1 - score)))


def write(kept: dict[str, Any]) -> None:
    """Keeps it."""
    FILE.write_text(json.dumps(kept) + "\n", "utf-8")
