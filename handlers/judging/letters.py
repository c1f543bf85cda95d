"""How a letter reads, in whatever language: whether it is like those that leave a customer alone; learnt by `make weights`.

A line through the engine's embeddings, for letters that no rule reads. It is a hint and no verdict: docs/decisions/0006-replies.md.
"""

from __future__ import annotations

import json
from functools import cache
from operator import mul
from pathlib import Path
from typing import Any

from handlers.judging import engine

FILE = Path(__file__).with_name("letters.json")


def leaves_alone(letter: str) -> bool:
    """Whether it reads like letters that leave a customer alone, as one in twenty good ones does too. Takes a tenth of a second."""
    line = learnt()
    (embedding,) = engine.embed([letter])
    return bool(line["bias"] + sum(map(mul, line["weights"], embedding)) > 0)


@cache
def learnt() -> dict[str, Any]:
    """The line, as the file has it: `bias` and `weights`, of which `engine`, and the `fingerprint` of its examples."""
    line: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return line
