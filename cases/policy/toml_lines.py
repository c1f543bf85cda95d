"""On which line of a TOML text a setting stands; what it means there is for others to say."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

_DEEPEST_LIST = 3  # lists within lists that a cut may run through


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """The line, from 1, on which the setting at `path` is written: keys and, in lists, places from 0.

    Where the path ends in something that is not there, the line of the innermost thing around it that is; None where
    not even its first step is. Raises TOMLDecodeError for a text that is not TOML.

    The standard library's reader tells no positions. But the first lines of a document are a document themselves, save
    where the cut runs through a string or a list: so a setting stands at the end of the shortest such part that has it.
    """
    lines = text.replace("\r\n", "\n").split("\n")

    def known_after(count: int) -> int:
        """How many steps of the path the first lines say; what is cut in two counts as not yet said."""
        parts = (_read(lines[:end]) for end in range(count, -1, -1))
        return _steps_there(next(said for said in parts if said is not None), path)

    steps = _steps_there(tomllib.loads(text), path)
    if not steps:
        return None
    ends = bisect_left(range(len(lines)), steps, key=known_after)
    begins = next(count for count in range(ends - 1, -1, -1) if _read(lines[:count]) is not None)
    return begins + 1


def _read(lines: Sequence[str]) -> dict[str, Any] | None:
    """What the first lines of a document say, with the lists closed that go on below; None if they end within a string."""
    for open_lists in range(_DEEPEST_LIST + 1):
        try:
            return tomllib.loads("\n".join([*lines, "]" * open_lists]))
        except tomllib.TOMLDecodeError:
            continue
    return None


def _steps_there(said: Any, path: Sequence[str | int]) -> int:
    """How many steps of the path lead somewhere."""
    for count, step in enumerate(path):
        leads_on = step in said if isinstance(said, dict) else isinstance(said, list) and step in range(len(said))
        if not leads_on:
            return count
        said = said[step]
    return len(path)
