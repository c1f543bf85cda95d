"""The little that the rules share: word sets, words of apology, and whether a text is English at all.

Patterns work on the text of a `Letter`: lower case, straight apostrophes, one sentence a line, so that `[^\\n]` keeps
them within a sentence. Alternatives begin with `\\b` wherever they can: `re` then tries only the starts of words, which
makes the large ones several times faster.
"""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """A set of words written as one string."""
    return frozenset(text.split())


_COMMON = words(
    "a about all an and are at be but by can did do for from had has have hi i if in is it me my no not of on or "
    "our so sorry that the this to was we were what will with would you your"
)
_WORDS = re.compile(r"[a-z']+|[^\W\d_]+")
_FEW_WORDS = 8  # below this a reply is too short to tell its language
_ENGLISH_SHARE = 0.15

APOLOGY = re.compile(
    r"(?<!not )(?<!n't )(?<!no need to )(?<!never )\b(?:sorry|sorrier|apolog(?:y|ies)\b|apologi[sz](?:e|ed|ing)\b"
    r"|mea culpa|my bad\b"
    r"|forgive (?:me|us)\b"
    r"|(?:i|we)(?: \w+)? regret (?!to\b|any\b|that you\b|that we did not inform)|pardon (?:me|us)\b)"
)


def is_english(text: str) -> bool:
    """A guess by common words; short texts count as English."""
    said = _WORDS.findall(text)
    if len(said) < _FEW_WORDS:
        return True
    return sum(word in _COMMON for word in said) >= _ENGLISH_SHARE * len(said)
