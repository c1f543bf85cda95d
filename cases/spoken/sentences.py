"""The sentences of a text in any language, as its writer wrote them."""

from __future__ import annotations

import re

_ENDS = re.compile(r"(?<=[.!?…;])\s+|\s*\n+\s*|(?<=[。！？])")


def sentences(text: str) -> list[str]:
    """The sentences in order, none of them empty."""
    return [part.strip() for part in _ENDS.split(text) if any(map(str.isalnum, part))]
