"""How a letter reads as a whole, in whatever language: how like it is to those that leave a customer alone; learnt by `make weights`.

A line through the engine's embeddings. What a value of it means is for the rules to say: cases/replies/checks/sound.py.
"""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from hashlib import blake2b
from operator import mul
from pathlib import Path
from typing import Any, TypeAlias

from handlers.judging import engine

FILE = Path(__file__).with_name("letters.json")
Line: TypeAlias = Callable[[str], float]
PATIENCE = 0.7  # seconds that a person who has sent a form waits at most, once or twice; Slack waits three
REMEMBERED = 1_000

log = logging.getLogger(__name__)


def line(letter: str) -> float:
    """Its value: the higher, the more it reads like letters that leave a customer alone. Takes a tenth of a second."""
    known = learnt()
    (embedding,) = engine.embed([letter])
    return float(known["bias"] + sum(map(mul, known["weights"], embedding)))


def line_here() -> Line | None:
    """The line, where the engine works that it reads."""
    return line if engine.is_here() else None


@cache
def learnt() -> dict[str, Any]:
    """The line, as the file has it: `bias` and `weights`, of which `engine`, and the `fingerprint` of its examples."""
    known: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return known


class Lines:
    """The line's values by what the letters are, but not as words: asked before a transaction, known within it.

    A letter that breaks it has no value; neither has any where there is no line.
    """

    def __init__(self, line: Line | None = None) -> None:
        self.line = line
        self._found: OrderedDict[bytes, Future[float | None]] = OrderedDict()
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="letters")

    def ask(self, letter: str, patience: float | None = PATIENCE) -> float | None:
        """Has a letter read, and waits for so many seconds, None: until it is; later it is known all the same."""
        if self.line is None:
            return None
        name = _name(letter)
        if (found := self._found.get(name)) is None:
            found = self._found[name] = self._reader.submit(self._read, letter)
            if len(self._found) > REMEMBERED:
                self._found.popitem(last=False)
        try:
            return found.result(patience)
        except TimeoutError:
            return None

    def known(self, letter: str) -> float | None:
        """Its value, if that is known by now."""
        found = self._found.get(_name(letter))
        return found.result() if found is not None and found.done() else None

    def _read(self, letter: str) -> float | None:
        assert self.line is not None
        try:
            return self.line(letter)
        except Exception as wrong:  # noqa: BLE001  told without the letter's words
            log.error("a letter cannot be read as a whole (%s); its sentences judge it", type(wrong).__name__)
            return None


def _name(letter: str) -> bytes:
    return blake2b(letter.encode("utf-8", "surrogatepass"), digest_size=16).digest()
