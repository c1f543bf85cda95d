"""Making other people's words fit to keep and to show: harmless characters, a bounded length; what is stored stays whole."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated, Final, TypeAlias

ELLIPSIS = "…"
ERASED = "(erased)"
"""What stands in place of somebody's words once they have been erased."""
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
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_RETURN = re.compile("\r\n?")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def clean(text: str) -> str:
    """`text` without control characters, bidi overrides, hidden tags and lone surrogates; every line ends in a newline."""
    if text.isprintable():  # then there is nothing of the kind in it
        return text
    return _UNSHOWABLE.sub("", _LINE_ENDS.sub("\n", text))


def says_something(text: str) -> bool:
    """Whether there is anything in it that is seen: a letter, a number, a sign. Spaces of no width are typed by accident, and pasted."""
    return any(unicodedata.category(char)[0] in "LNPS" for char in text)


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


def parts(text: str, limit: int) -> Iterator[str]:
    """`text` in pieces of at most `limit` code points that make it up again, parted where a line or a word ends if one does."""
    begins = 0
    while len(text) - begins > limit:
        ends = _seam(text, begins, begins + limit)
        yield text[begins:ends]
        begins = ends
    yield text[begins:]


def _seam(text: str, begins: int, end: int) -> int:
    """The end of a line, else of a word, in the second half of what fits; else the last place that tears nothing apart."""
    half = (begins + end) // 2
    found = next((at for mark in "\n " if (at := text.rfind(mark, half, end)) >= 0), None)
    return _boundary(text, end, begins) if found is None else found + 1


def one_line(text: str, limit: int | None = None) -> str:
    """`text` cleaned, on a single line, at most `limit` code points."""
    whole = " ".join(clean(text).split())
    return whole if limit is None or len(whole) <= limit else cut(whole, limit)


def _boundary(text: str, end: int, begins: int = 0) -> int:
    """The nearest place at or before `end` where a letter with its marks, or a joined emoji, is not torn apart."""
    for place in range(end, max(end - _LONGEST_CLUSTER, 0), -1):
        if not (_clings(text[place]) or text[place - 1] == "\u200d" or _halves_a_flag(text, place, begins)):
            return place
    return end


def _halves_a_flag(text: str, place: int, begins: int) -> bool:
    """True between the two letters of a flag: of a row of such letters every second one begins a flag."""
    before = itertools.takewhile(_FLAG_LETTERS.__contains__, (text[at] for at in range(place - 1, begins - 1, -1)))
    return text[place] in _FLAG_LETTERS and sum(1 for _ in before) % 2 == 1


def _clings(char: str) -> bool:
    """True for what belongs to the character before it: combining marks, joiners, variation selectors, skin tones."""
    return unicodedata.category(char) in ("Mn", "Me", "Mc") or char == "\u200d" or "\U0001f3fb" <= char <= "\U0001f3ff"
