"""Times of day in words and figures, "half past four", "3:30 p.m.", "this afternoon", and which minutes of a day they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from typing import TypeAlias

from cases.spoken.days import MONTH, WEEKDAY

Stretch: TypeAlias = tuple[int, int]
"""From when until when, in minutes since midnight on the wall clock; an instant begins and ends at once."""

_NOON, END_OF_BUSINESS, MIDNIGHT = 12 * 60, 18 * 60, 24 * 60
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_HOUR = rf"(?:{'|'.join(NUMBERS)}|2[0-4]|[01]?\d)"
_NUMERAL = r"(?<![€$£#])(?<!\d[.,:/])"
_HALF = r"(?: ?([ap])(?:m|\. ?m)\b\.?)"
_SUM = r"(?! ?(?:[€$£%]|(?:eur|euros?|usd|gbp|pounds?|dollars?|percent|per cent|kg|km|litres?)\b))"
# What is counted is no hour: "at 5 stars", "at two places", "five to ten minutes"; nor is what goes on to be another time.
_ALONE = (
    rf"(?!\w|[-.:,/]\d|'|-\w){_SUM}(?! ?(?:[ap]\.?m|o'? ?clock|uhr|h|minutes (?:past|to))\b| (?:past|to) {_HOUR}\b| (?:of )?{MONTH}"
    r"|(?:[ -](?:or|to|more|other|different|working|business|additional|\d+))* (?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?"
    r"|times?|people|persons|stars?|points?|places?|shops?|stages?|ends?|degrees|cents?|cost|boxes|parcels|of|or more)\b)"
)
_LED_LOOSELY = "|".join(
    rf"(?<=\b{led} )"
    for led in ("by", "before", "around", "until", "till", "after", "from", "between", "than", "and", "or", "to")
)
_ENDS_PHRASE = (
    rf"(?=$|[;!?)]|[.,:](?! ?\d)| (?:on|today|tonight|tomorrow|this|in the|sharp|and|or|to|with|next|so|latest|at night"
    rf"|{WEEKDAY})| ?-)(?!\.? ?{MONTH})"
)

PATTERNS: Mapping[str, str] = {
    "business": r"(?:the )?(?:end of (?:the |your |our )?(?:working |business )?day|(?:close|end) of (?:business|play)|eod)\b"
    rf"|(?:the )?end of (?=(?:today|tomorrow)\b|{WEEKDAY})",
    "past": rf"(?:a )?(half past|(?:(?<=\bat )|(?<=\bby )|(?<=day ))half|(?:quarter|ten|twenty|five|twenty-five|\d{{1,2}})(?: minutes)?"
    rf" (?:past|to)) ({_HOUR})(?:{_HALF}|{_ALONE})",
    "named": r"(?:(?:12|twelve) )?(noon|midday|midnight)\b",
    "halved": rf"{_NUMERAL}(?:\d{{1,2}}(?:[:.]\d\d)? ?(?:-|to) ?)?({_HOUR})(?:[:.](\d\d))?{_HALF}(?!\w)",
    "o_clock": rf"{_NUMERAL}({_HOUR}) ?(?:o'? ?clock|uhr)\b",
    "clock": rf"{_NUMERAL}(\d{{1,2}}):(\d\d)(?::\d\d)?(?!\w|:\d|[.,]\d){_SUM}(?: (?:uhr|h)\b)?",
    "dotted": rf"{_NUMERAL}([01]?\d|2[0-4])\.([0-5]\d)(?!\w|[-.:,/]\d){_SUM}(?: uhr\b)?",
    "h_clock": rf"{_NUMERAL}(\d{{1,2}})h([0-5]\d)?(?!\w|[.:]\d)",
    "bare": rf"(?:(?:(?<=\bat )|(?<=@)|(?<=@ ))({_HOUR}){_ALONE}|(?:{_LED_LOOSELY})({_HOUR})(?!\d){_ENDS_PHRASE})",
    "lunch": r"lunch\b(?!'s)",
    "part": r"(?:early |late )?(morning|lunchtime|afternoon|evening|night)\b(?!'s| (?:shift|post|mail|order|delivery|rush|meeting|team))",
}
PARTS = frozenset({"part", "lunch"})
"""The kinds that can also tell which half of the day an hour lies in: "at nine in the evening"."""

_NEEDS_COMPANY = frozenset({"h_clock", "dotted", "lunch", "part"})
_LEADS = re.compile(
    r"\b(?:at|by|before|around|until|till|after|from|between|over|than|in the|this)(?: early| late)? $|@ ?$"
)


def stands_alone(kind: str, match: re.Match[str]) -> bool:
    """Whether the words are a time wherever they stand, and not merely beside a day: "at 15h", not "2h"; "17.30", not "2.50"."""
    if kind not in _NEEDS_COMPANY or (kind == "dotted" and len(match[1]) == 2 and int(match[2]) > 12):
        return True
    return _LEADS.search(match.string, max(0, match.start() - 14), match.start()) is not None


def whole_day(working_start: time, *, only_end: bool) -> tuple[Stretch, ...]:
    """A day without an hour: from the start of work to its end. Where that is over, "today" lasts until midnight."""
    if only_end:
        return (END_OF_BUSINESS, END_OF_BUSINESS), (MIDNIGHT, MIDNIGHT)
    return ((_minutes(working_start), END_OF_BUSINESS),)


def part_of_day(part: str, working_start: time) -> tuple[Stretch, ...]:
    """The one table of what parts of a day mean."""
    return {
        "morning": ((_minutes(working_start), _NOON),),
        "lunch": ((_NOON, _NOON),),
        "lunchtime": ((_NOON, 14 * 60),),
        "afternoon": ((14 * 60, END_OF_BUSINESS),),
        "evening": ((18 * 60, 20 * 60),),
        "night": ((20 * 60, 20 * 60),),
        "tonight": ((20 * 60, 20 * 60), (MIDNIGHT, MIDNIGHT)),
    }[part]


def meant_hours(kind: str, match: re.Match[str], part: str) -> tuple[Stretch, ...]:
    """What a match of `PATTERNS[kind]` may mean, likeliest first, when `part` of the day ("" for none) is told with it.

    Raises ValueError for a time that is on no clock.
    """
    return tuple((minute, minute) for minute in _instants(kind, match, part))


def _instants(kind: str, match: re.Match[str], part: str) -> tuple[int, ...]:
    if kind == "business":
        return (END_OF_BUSINESS,)
    if kind == "named":
        return (MIDNIGHT if match[1] == "midnight" else _NOON,)
    if kind == "past":
        return _halves(_count(match[2]), _past(match[1]), match[3] or "", part)
    if kind in ("bare", "o_clock"):
        return _halves(_count(match[1] or match[2]), 0, "", part)
    hour, minute = _count(match[1]), int(match[2] or 0)
    half = match[3] or "" if kind == "halved" else ""
    if minute > 59 or hour * 60 + minute > MIDNIGHT:
        raise ValueError("on no clock")
    return _halves(hour, minute, half, part) if half or part else (hour * 60 + minute,)


def _past(words: str) -> int:
    """The minutes after the full hour; negative before it."""
    first = words.split()[0]
    named = {"half": 30, "quarter": 15, "ten": 10, "twenty": 20, "five": 5, "twenty-five": 25}
    minutes = named[first] if first in named else int(first)
    return -minutes if words.endswith("to") else minutes


def _halves(hour: int, minute: int, half: str, part: str) -> tuple[int, ...]:
    """Minutes since midnight, by the half of the day as written, else by its part, else by the hours people are awake at work.

    One to seven are in the afternoon; eight to eleven in the morning, or in the evening once that morning is over; twelve is noon.
    """
    if hour > 12 or (hour == 0 and not half):
        return (hour * 60 + minute,)
    early, late = hour % 12 * 60 + minute, (hour % 12 + 12) * 60 + minute
    if half:
        return (late if half == "p" else early,)
    if part:
        return _in_part(hour, early, late, part)
    return (early, late) if 8 <= hour < 12 else (late,)


def _in_part(hour: int, early: int, late: int, part: str) -> tuple[int, ...]:
    if part == "morning":
        return (early,) if hour < 12 else (late,)
    after_midnight = hour == 12 or (hour < 5 and part != "evening")
    return (early + MIDNIGHT,) if after_midnight and part in ("night", "tonight", "evening") else (late,)


def _count(written: str) -> int:
    return int(written) if written.isdecimal() else NUMBERS.index(written) + 1


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
