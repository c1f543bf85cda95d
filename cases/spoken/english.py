"""The commonest words of English, which show that a text is English."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """A set of words written as one string."""
    return frozenset(text.split())


COMMON = words(
    "a about all an and are at be but by can did do for from had has have hi i if in is it me my no not of on or our "
    "so that the this to was we were what will with would you your"
)
"""In small letters, without accents. Other languages share some of them."""
