"""The sentences of a text in any language, as its writer wrote them."""

from __future__ import annotations

import re
from functools import lru_cache

# The room around a line's end is stripped from its pieces: a pattern that looked for it would try each space of a long row anew.
_ENDS = re.compile(r"(?<=[.!?…;])\s+|\n|(?<=[。！？])")


@lru_cache(maxsize=64)  # several judges of one text ask for them
def sentences(text: str) -> tuple[str, ...]:
    """The sentences in order, none of them empty."""
    return tuple(part.strip() for part in _ENDS.split(text) if any(map(str.isalnum, part)))
