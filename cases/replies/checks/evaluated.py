"""How often each rule was right when it was last measured, from evaluated.json: `python -m tests.evaluation.replies --write`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "evaluated.json"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """On how many replies a rule fired, bad and good, of how many."""

    bad: int
    good: int
    of_bad: int
    of_good: int


def _read() -> dict[str, Evaluated]:
    written = json.loads(FILE.read_text("utf-8"))
    return {
        rule: Evaluated(bad, good, written["bad"], written["good"]) for rule, (bad, good) in written["rules"].items()
    }


LAST = _read()
