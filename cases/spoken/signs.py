"""The signs of a keyboard that are meant, whichever ones a telephone or a text program made of them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SAME = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4\u2039\u203a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u300c\u300d\u300e\u300f\u301d\u301e\u301f", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2044\u2215", "/"),
    "\u3001": ",",
    "\u3002": ".",
}
# Signs that show nothing: soft hyphens, spaces of no width, marks of direction. The joiners also hold emoji together.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
QUOTES = "\"'`"
PARTS = re.compile(r"(?:^|\s+)/\s+|\s*\|\s*|\s*\n\s*")
"""What parts one thing that is told from the next; in a text as `level` makes it."""


def visible(text: str) -> str:
    """The text without what nobody sees or has typed."""
    return _UNSEEN.sub("", text)


def level(text: str) -> str:
    """The text sign for sign, in plain quotes, dashes, spaces and digits: where something stands in it, it stands in `text`."""
    return text if text.isascii() else "".join(map(_level, text))


@lru_cache(maxsize=4096)
def _level(sign: str) -> str:
    if sign.isascii() or sign in _SAME:
        return _SAME.get(sign, sign)
    if sign.isspace():
        return " "
    digit = unicodedata.decimal(sign, None)
    plain = str(digit) if digit is not None else unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 and plain.isascii() else sign


def unquoted(text: str) -> str:
    """The text without the quotes or signs of code around the whole of it; what is quoted within stays."""
    inside = text.strip()
    seen = level(inside)
    wrapped = len(seen) > 1 and seen[0] in QUOTES and seen[-1] == seen[0] and seen[0] not in seen[1:-1]
    return unquoted(inside[1:-1]) if wrapped else inside
