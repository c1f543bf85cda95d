"""The heads: linear judges on top of a sentence's embedding, learnt from the examples by `make weights`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

# A score means the same for every head and every judge, because `make weights` stretches it: from OPENS on a head speaks (and
# a case opens, unsure), from SURE on few of those who should be let pass are met.
OPENS, SURE = 0.5, 0.8
_FILE = Path(__file__).with_name("heads.json")


@dataclass(frozen=True, slots=True)
class Head:
    """A logistic regression: `bias` plus one weight for each number of the embedding."""

    bias: float
    weights: tuple[float, ...]

    def score(self, embedding: Sequence[float]) -> float:
        """From 0 to 1. The embedding must be of the engine that the head was learnt on, and of length 1."""
        against = self.bias + sum(w * x for w, x in zip(self.weights, embedding, strict=True))
        return 1 / (1 + exp(-max(-500.0, min(500.0, against))))


@dataclass(frozen=True, slots=True)
class Heads:
    """All heads, and the name of the engine whose embeddings they read."""

    engine: str
    unhappy: Head
    danger: Head
    no_contact: Head


@cache
def heads() -> Heads:
    """Those in the repository."""
    return read_heads(json.loads(_FILE.read_text("utf-8")))


def read_heads(given: Mapping[str, object]) -> Heads:
    """As `heads.json` has them: the engine's name, and for each head its bias and weights."""

    def head(name: str) -> Head:
        of = given[name]
        assert isinstance(of, dict)
        return Head(float(of["bias"]), tuple(map(float, of["weights"])))

    return Heads(str(given["engine"]), head("unhappy"), head("danger"), head("no_contact"))
