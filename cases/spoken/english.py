"""What shows that a text is English: its commonest words, and whether enough of them are there."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """A set of words written as one string."""
    return frozenset(text.split())


COMMON = words(
    "a about all an and are at be but by can did do for from had has have hi i if in is it me my no not of on or our "
    "so that the this to was we were what will with would you your"
)
"""In small letters, without accents. Other languages share some of them."""

_IN_LETTERS = COMMON | {"sorry"}
_WORDS = re.compile(r"[a-z']+|[^\W\d_]+")
_FEW_WORDS = 8  # below this a text is too short to tell its language
_ENGLISH_SHARE = 0.15


def is_english(text: str) -> bool:
    """A guess by common words, in small letters; short texts count as English."""
    said = _WORDS.findall(text)
    if len(said) < _FEW_WORDS:
        return True
    return sum(word in _IN_LETTERS for word in said) >= _ENGLISH_SHARE * len(said)
