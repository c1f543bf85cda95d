"""The numbers a command begins with: one case, several, or a span of them, told from the numbers that belong to what is said."""

from __future__ import annotations

import re

from cases.acts.act import Wants

MOST_AT_ONCE = 20
_MARK = r"(?P<mark>#|№|no\.\s?|case\s+#?)"
_ENDS = r"(?=$|\s|[,;&+#]|[\"'`:!?.](?!\d))"
NUMBER = re.compile(rf"[\"'`]?{_MARK}?\s*(?P<number>[0-9]{{1,9}}){_ENDS}[\"'`,:;!?.]*\s*", re.IGNORECASE)
_ITEM = re.compile(
    rf"[\"'`]?{_MARK}?\s*(?P<number>[0-9]{{1,9}})(?:(?:-|\.\.+|(?P<word>\s(?:to|through)\s))#?(?P<last>[0-9]{{1,9}}))?"
    rf"{_ENDS}[\"'`!?.]*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?P<said>(?:(?:,|;|&|\+|\band\b|\bund\b)\s*)*)", re.IGNORECASE)
# A number before one of these counts something, or is a time.
_UNIT = (
    r"(?:[smhdw]|sec\w*|min\w*|hours?|hrs?|days?|weeks?|months?|years?|times?|[ap]\.?m\b\.?|o'?clock|uhr"
    r"|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)"
)
_COUNTS = re.compile(rf"\s*{_UNIT}(?!\w)", re.IGNORECASE)
_TEXT_BEGINS = re.compile(r"\s*(?:$|[:;/|-])")
_TIMED = frozenset({Wants.TIME, Wants.PROMISE})
_SPOKEN = frozenset({Wants.A_WORD, Wants.TEXT, Wants.REASON, Wants.REMEDY})
_BARE = frozenset({Wants.NOTHING, Wants.PERSON})


def read_numbers(rest: str, wants: Wants, *, marked_only: bool = False) -> tuple[tuple[int, ...], int]:
    """The cases that `rest`, in plain signs, begins with, and where what is said about them begins; none: ((), 0).

    "1, 2 and 3", "#1 #2", "3-5". Where words may follow, a further number counts only as far as it cannot be one of
    them: "note 12, 3 boxes were empty" is about #12 alone, and so is "snooze 12, 3 days".
    """
    first = _ITEM.match(rest)
    if first is None or (marked_only and not first["mark"]):
        return (), 0
    if first["word"] and wants in _TIMED:  # "snooze 12 to 5 pm"
        first = NUMBER.match(rest)
        return ((int(first["number"]),), first.end()) if first else ((), 0)
    numbers, end, sure = list(_span(first)), first.end(), (len(_span(first)), first.end())
    while found := _next(rest, end, wants):
        numbers += _span(found)
        end = found.end()
        if found["mark"]:
            sure = len(numbers), end
    if wants in _SPOKEN and not _TEXT_BEGINS.match(rest, end):
        numbers, end = numbers[: sure[0]], sure[1]
    end += len(rest) - end - len(rest[end:].lstrip(" \t\r\n,:;!?."))
    return tuple(dict.fromkeys(numbers)), end


def _next(rest: str, end: int, wants: Wants) -> re.Match[str] | None:
    between = _BETWEEN.match(rest, end)
    found = _ITEM.match(rest, between.end()) if between and between.end() > end else None
    if found is None or between is None or (found["word"] and wants in _TIMED):
        return None
    if found["mark"] or wants in _BARE:
        return found
    if not between["said"] and not _TEXT_BEGINS.match(rest, found.end()):
        return None
    return None if _COUNTS.match(rest, found.end()) else found


def _span(item: re.Match[str]) -> range:
    """Both ends of a span count, whichever comes first; of one that is far too long, enough to say so."""
    first, last = sorted((int(item["number"]), int(item["last"] or item["number"])))
    return range(first, min(last, first + MOST_AT_ONCE) + 1)
