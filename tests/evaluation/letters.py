"""Learns how letters read from the replies in `sets/learn`, and writes handlers/judging/letters.json: `make weights`.

`python -m tests.evaluation.letters --measure` prints how many bad ones of each set in `sets/dev` it finds and how many good
ones it hints at, beside what their length alone tells, and what a line learnt from English alone makes of other languages.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cases.judgement.heads import OPENS
from handlers.judging import engine
from handlers.judging.letters import FILE
from tests.evaluation.embedded import embed
from tests.evaluation.sets import HERE
from tests.evaluation.small import logit
from tests.evaluation.weights import head

Floats = NDArray[np.float64]
CALM = 3  # how many times less than a feedback a single letter may insist: there are fewer
HINTED = (0.05, 0.01)  # the shares of good letters that may be hinted at, and that the line is stretched by


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply of the sets, and whether a careful reader would send it."""

    reply: str
    good: bool
    lang: str = "en"
    author: str = ""


def letters(path: Path) -> list[Letter]:
    """Those of a file of replies."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [Letter(row["reply"], row["good"], row.get("lang", "en"), path.stem) for row in rows]


def known_letters() -> list[Letter]:
    """Those to learn from."""
    return [letter for path in sorted((HERE / "learn").glob("replies-*.jsonl")) for letter in letters(path)]


def embedded(known: Sequence[Letter]) -> Floats:
    """One row for each."""
    return np.array(embed([letter.reply for letter in known]), np.float64)


def line(known: Sequence[Letter], embeddings: Floats) -> tuple[float, Floats]:
    """Its bias and weights: above 0 is what reads like bad letters, and one in twenty of the good ones whose authors it had not read."""
    seen = embeddings - embeddings.mean(axis=0)
    bad = np.array([-1.0 if letter.good else 1.0 for letter in known])
    authors = np.array([letter.author for letter in known])
    says, moved, stretched = head(seen @ seen.T / CALM, bad, authors, HINTED, None)
    weights = seen.T @ says / CALM * stretched
    return float(moved - embeddings.mean(axis=0) @ weights - logit(OPENS)), weights


def fingerprint(known: Sequence[Letter]) -> str:
    """Changes when a letter's words or label do, so that a test can tell a line that is out of date."""
    return sha256(json.dumps([[each.reply, each.good] for each in known]).encode()).hexdigest()[:16]


def told(line: tuple[float, Floats], name: str, of: Sequence[Letter], embeddings: Floats) -> str:
    """One line of the report."""
    bias, weights = line
    bad = np.array([not letter.good for letter in of])
    scores, short = bias + embeddings @ weights, -np.array([float(len(letter.reply)) for letter in of])
    found, hinted = (int((scores[these] > 0).sum()) for these in (bad, ~bad))
    return (
        f"{name:32} AUC {_auc(scores, bad):.2f}, by length alone {_auc(short, bad):.2f};  "
        f"bad found {found}/{bad.sum()}, good hinted at {hinted}/{(~bad).sum()}"
    )


def _auc(scores: Floats, bad: NDArray[np.bool_]) -> float:
    above = scores[bad][:, None] - scores[~bad][None]
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def measure(known: Sequence[Letter], embeddings: Floats) -> None:
    """Prints the report."""
    all_of_it = line(known, embeddings)
    dev = {path.stem: letters(path) for path in sorted((HERE / "dev").glob("replies-*.jsonl"))}
    rows = {name: embedded(of) for name, of in dev.items()}
    for name, of in dev.items():
        print(told(all_of_it, name, of, rows[name]))
    english = np.array([letter.lang == "en" for letter in known])
    alone = line([letter for letter in known if letter.lang == "en"], embeddings[english])
    abroad = [letter for letter in known if letter.lang != "en"]
    print(told(alone, "English alone, learn/abroad", abroad, embeddings[~english]))
    for name, of in dev.items():
        print(told(alone, f"English alone, {name}", of, rows[name]))


def main(words: Sequence[str] = ()) -> None:
    """Learns and writes, or measures."""
    known = known_letters()
    embeddings = embedded(known)
    if "--measure" in words:
        measure(known, embeddings)
        return
    bias, weights = line(known, embeddings)
    file = {
        "engine": engine.NAME,
        "fingerprint": fingerprint(known),
        "bias": round(bias, 4),
        "weights": [round(x, 3) for x in weights],
    }
    FILE.write_text(json.dumps(file) + "\n", "utf-8")
    print(f"{FILE.name}: learnt from {len(known)} letters")


if __name__ == "__main__":
    main(sys.argv[1:])
