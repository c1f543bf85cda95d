"""Making other people's words fit to keep and to show: harmless characters, a bounded length; what is stored stays whole."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Final, TypeAlias

ELLIPSIS = "…"
FREE_TEXT: Final = "free text"
Words: TypeAlias = Annotated[str, FREE_TEXT]  # a customer may be spoken of in it: forgetting them erases it
_LONGEST_CLUSTER = 32  # how far a cut steps back; stacked marks beyond this are vandalism, not writing

# Left-to-right and right-to-left marks (U+200E, U+200F, U+061C) stay: Arabic and Hebrew need them to read correctly
# beside digits and Latin names, and they sway only their neighbours. Embeddings, overrides and isolates go: one of
# them can turn round everything that we write after it. Tag characters (U+E0000…) go: they carry hidden text.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufff9-\ufffb"
    "\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_RETURN = re.compile("\r\n?")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def clean(text: str) -> str:
    """`text` without control characters, bidi overrides, hidden tags and lone surrogates; every line ends in a newline."""
    if text.isprintable():  # then there is nothing of the kind in it
        return text
    return _UNSHOWABLE.sub("", _LINE_ENDS.sub("\n", text))


def storable(text: str) -> str:
    """`text` as every database and JSON keep it: lines end in a newline, no other control but the tab; whole characters.

    PostgreSQL takes no NUL, and no half of a surrogate pair: in place of one stands U+FFFD.
    """
    if text.isprintable():
        return text
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", _RETURN.sub("\n", text)))


def cut(text: str, limit: int) -> str:
    """At most `limit` code points, the last of them "…" where something was left out; accents and joined emoji stay whole."""
    if len(text) <= limit:
        return text
    if limit <= 1:
        return ELLIPSIS[: max(limit, 0)]
    return text[: _boundary(text, limit - 1)].rstrip() + ELLIPSIS


def one_line(text: str, limit: int) -> str:
    """`text` cleaned, on a single line, at most `limit` code points."""
    return cut(" ".join(clean(text).split()), limit)


def _boundary(text: str, end: int) -> int:
    """The nearest place at or before `end` where a letter with its marks, or a joined emoji, is not torn apart."""
    for place in range(end, max(end - _LONGEST_CLUSTER, 0), -1):
        if not _clings(text[place]) and text[place - 1] != "\u200d":
            return place
    return end


def _clings(char: str) -> bool:
    """True for what belongs to the character before it: combining marks, joiners, variation selectors, skin tones."""
    return unicodedata.category(char) in ("Mn", "Me", "Mc") or char == "\u200d" or "\U0001f3fb" <= char <= "\U0001f3ff"
