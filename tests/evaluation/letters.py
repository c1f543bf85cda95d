"""Learns how letters read from the replies in `sets/learn`, and writes handlers/judging/letters.json: `make weights`.

`python -m tests.evaluation.letters --measure` prints how well it parts letters by authors of whom it had learnt nothing, and what
the checks make of these with it: by that the bounds in cases/replies/checks/sound.py were chosen.
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
from tests.evaluation import replies
from tests.evaluation.embedded import embed
from tests.evaluation.sets import HERE
from tests.evaluation.small import logit, measured
from tests.evaluation.weights import Insisting

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
    alike = seen @ seen.T / CALM
    insisting = Insisting(alike, bad, authors)
    moved, stretched = measured(insisting.tells(alike, authors), bad, HINTED)
    weights = seen.T @ insisting.says / CALM * stretched
    return float(moved - embeddings.mean(axis=0) @ weights - logit(OPENS)), weights


def fingerprint(known: Sequence[Letter]) -> str:
    """Changes when a letter's words or label do, so that a test can tell a line that is out of date."""
    return sha256(json.dumps([[each.reply, each.good] for each in known]).encode()).hexdigest()[:16]


def unread(known: Sequence[Letter], of: Sequence[Letter]) -> Floats:
    """The value of each, by a line that had learnt nothing of its author's."""
    rows, theirs, found = embedded(known), embedded(of), np.zeros(len(of))
    by, authors = (np.array([letter.author for letter in each]) for each in (known, of))
    for author in np.unique(authors):
        left = by != author
        bias, weights = line([letter for letter, stays in zip(known, left, strict=True) if stays], rows[left])
        found[authors == author] = bias + theirs[authors == author] @ weights
    return found


def told(name: str, of: Sequence[Letter], values: Floats) -> str:
    """One line of the report."""
    bad = np.array([not letter.good for letter in of])
    short = -np.array([float(len(letter.reply)) for letter in of])
    found, hinted = (int((values[these] > 0).sum()) for these in (bad, ~bad))
    return (
        f"{name:32} AUC {_auc(values, bad):.2f}, by length alone {_auc(short, bad):.2f};  "
        f"bad above 0 {found}/{bad.sum()}, good {hinted}/{(~bad).sum()}"
    )


def _auc(scores: Floats, bad: NDArray[np.bool_]) -> float:
    above = scores[bad][:, None] - scores[~bad][None]
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def measure(known: Sequence[Letter]) -> None:
    """Prints how well the line parts letters whose authors it had not read, then what the checks make of them with it."""
    for path in sorted([*(HERE / "learn").glob("replies-*.jsonl"), *(HERE / "dev").glob("replies-*.jsonl")]):
        of = letters(path)
        print(told(f"{path.parent.name}/{path.stem}", of, unread(known, of)))

    def lines(rows: Sequence[replies.Row]) -> Sequence[float | None]:
        return list(unread(known, [Letter(row["reply"], row["good"], author=row["author"]) for row in rows]))

    print("\n".join(replies.report(list(replies.judged("learn", "dev", lines=lines)))))


def main(words: Sequence[str] = ()) -> None:
    """Learns and writes, or measures."""
    known = known_letters()
    if "--measure" in words:
        measure(known)
        return
    bias, weights = line(known, embedded(known))
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
