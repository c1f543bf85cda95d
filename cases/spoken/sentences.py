"""The sentences of a text in any language, as its writer wrote them."""

from __future__ import annotations

import re
from functools import lru_cache

_ENDS = re.compile(r"(?<=[.!?…;])\s+|\s*\n+\s*|(?<=[。！？])")


@lru_cache(maxsize=64)  # several judges of one text ask for them
def sentences(text: str) -> tuple[str, ...]:
    """The sentences in order, none of them empty."""
    return tuple(part.strip() for part in _ENDS.split(text) if any(map(str.isalnum, part)))
