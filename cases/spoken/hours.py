"""Times of day in words and figures, "half past four", "3:30 p.m.", "this afternoon", and which minutes of a day they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from typing import TypeAlias
from zoneinfo import ZoneInfo

from cases.spoken.days import MONTH, WEEKDAY

Stretch: TypeAlias = tuple[int, int]
"""From when until when, in minutes since midnight on the wall clock; an instant begins and ends at once."""

_NOON, END_OF_BUSINESS, MIDNIGHT = 12 * 60, 18 * 60, 24 * 60
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_HOUR = rf"(?:{'|'.join(NUMBERS)}|2[0-4]|[01]?\d)"
_NUMERAL = r"(?<![€$£#])(?<!\d[.,:/])"
_HALF = r"(?: ?([ap])(?:m|\. ?m)(?:\b|(?=ish))\.?)"
_ISH = r"(?:[ -]?ish\b)"
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
_AFTER_DAY = (
    r"(?:(?<=day )|(?<=tomorrow )|(?<=\bmon |\btue |\bwed |\bthu |\bfri |\bsat |\bsun )|(?<=\d(?:st|nd|rd|th) ))"
)
_UHR = r"(?: ?(?:uhr|h)\b)"
_ZONES = {
    "utc": "UTC",
    "gmt": "UTC",
    "z": "UTC",
    "bst": "Europe/London",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
}
_ZONES |= dict.fromkeys(("est", "edt"), "America/New_York") | dict.fromkeys(("cst", "cdt"), "America/Chicago")
_ZONES |= dict.fromkeys(("mst", "mdt"), "America/Denver") | dict.fromkeys(("pst", "pdt"), "America/Los_Angeles")
_ZONE = rf"(?: ?\(?(?:{'|'.join(zone for zone in _ZONES if len(zone) > 1)})\b\)?)?(?: (?:sharp|on the dot)\b)?"
_NAMED_ZONE = re.compile(rf"(?<![a-z])({'|'.join(_ZONES)})\b")
# A number right before its part of the day, where that part has such an hour: "8 in the morning". Words may be counts: "one this afternoon".
_DAY_S = rf"(?:in the|this|tomorrow|{WEEKDAY}) "
_IN_PART = (
    rf"(?:[6-9]|1[0-2]|^(?:six|seven|eight|nine|ten|eleven))(?= {_DAY_S}morning\b)"
    rf"|(?:[1-6]|12|^(?:one|two|three|four|five|six))(?= {_DAY_S}afternoon\b)"
    rf"|(?:[5-9]|1[01]|^(?:five|six|seven|eight|nine|ten|eleven))(?= (?:{_DAY_S}evening|tonight|at night)\b)"
)

PATTERNS: Mapping[str, str] = {
    "business": r"(?:the )?(?:end of (?:the |your |our )?(?:working |business )?day|(?:close|end) of (?:business|play)|eod|(?<!the )[ce]ob)\b"
    rf"|(?:the )?(?:end of (?=(?:today|tomorrow)\b|{WEEKDAY})|last thing (?=(?:on )?(?:(?:today|tomorrow)\b|{WEEKDAY})))",
    "past": r"(?<!\bfrom )(?:a )?(half past|(?:^|(?<=\bat )|(?<=\bby )|(?<=day ))half"
    r"|(?:quarter|ten|twenty|five|twenty-five|\d{1,2}(?= minutes| past)|5|10|20|25)(?: minutes)? (?:past|to)"
    rf"|(?:quarter|ten|twenty|five|twenty-five)(?: minutes)? (?:after|till?)) ({_HOUR})(?:{_HALF}|{_ISH}|{_ALONE})",
    "named": r"(?:(?:12|twelve) )?(noon|midday|midnight)\b" + _ZONE,
    "halved": rf"{_NUMERAL}(?:\d{{1,2}}(?:[:.]\d\d)? ?(?:-|to) ?)?({_HOUR})(?:[:.](\d\d))?{_HALF}{_ISH}?(?!\w){_ZONE}",
    "o_clock": rf"{_NUMERAL}({_HOUR}) ?(?:o'? ?clock|uhr)\b{_ZONE}",
    "ish": rf"{_NUMERAL}(?<!half )({_HOUR})(?:[:.]([0-5]\d))?{_ISH}",
    "clock": rf"{_NUMERAL}(\d{{1,2}}):(\d\d)(?::\d\d)?(?:{_UHR}|z\b|(?!\w|:\d|[.,]\d){_SUM}){_ZONE}",
    "dotted": rf"{_NUMERAL}([01]?\d|2[0-4])\.([0-5]\d)(?:{_UHR}|(?!\w|[-.:,/]\d){_SUM}){_ZONE}",
    "h_clock": rf"{_NUMERAL}(\d{{1,2}})h([0-5]\d)?(?!\w|[.:]\d)",
    "four_digits": r"(?:(?<![\w.,:/#-])(?=\d{4} ?h(?:rs|ours)?\b)|(?<=\bat )|(?<=\bby )(?=0))([01]\d|2[0-3])([0-5]\d)"
    rf"(?: ?h(?:rs|ours)?\b|{_ENDS_PHRASE})",
    "span": rf"{_AFTER_DAY}(?:\d|1[0-2]) ?(?:-|to) ?(\d|1[0-2])(?!\d){_ENDS_PHRASE}",
    "bare": rf"(?:(?:(?<=\bat )|(?<=@)|(?<=@ ))({_HOUR}){_ALONE}|(?:{_LED_LOOSELY})({_HOUR})(?!\d){_ENDS_PHRASE}|{_NUMERAL}({_IN_PART}))",
    "first": r"(?<!the )(first thing)(?: in the morning\b)?(?=$|[.,;:!?)]| (?:(?:on |this |next )?(?:today|tomorrow|"
    + WEEKDAY
    + r"|and\b|in\b)))",
    "lunch": r"lunch\b(?!'s)",
    "part": r"(?:early |late )?(morning|lunchtime|afternoon|evening|night)\b(?!'s| (?:shift|post|mail|order|delivery|rush|meeting|team))"
    rf"|{_AFTER_DAY}(am|pm|a\. ?m|p\. ?m|eve)\b\.?(?=$|[.,;:!?)]| (?:-|at|by|and|or|to)(?!\w))",
}
PARTS = frozenset({"first", "part", "lunch"})
"""The kinds that can also tell which half of the day an hour lies in: "at nine in the evening"."""

_NEEDS_COMPANY = frozenset({"h_clock", "dotted", "lunch", "part"})
_LEADS = re.compile(
    r"\b(?:at|by|before|around|until|till|after|from|between|over|than|in the|this)(?: early| late)? $|@ ?$"
)
_AT = re.compile(r"\b(?:at|around|between) $|@ ?$")


def stands_alone(kind: str, match: re.Match[str]) -> bool:
    """Whether the words are a time wherever they stand, and not merely beside a day: "at 15h", not "2h"; "17.30", not "2.50"."""
    if kind not in _NEEDS_COMPANY or (
        kind == "dotted" and ((len(match[1]) == 2 and int(match[2]) > 12) or match[0][-1] in "hr")
    ):
        return True
    # "By 1.12" is as likely a day.
    leads = _AT if kind == "dotted" and 1 <= int(match[2]) <= 12 else _LEADS
    return leads.search(match.string, max(0, match.start() - 14), match.start()) is not None


def whole_day(working_start: time, *, only_end: bool) -> tuple[Stretch, ...]:
    """A day without an hour: from the start of work to its end. Where that is over, "today" lasts until midnight."""
    if only_end:
        return (END_OF_BUSINESS, END_OF_BUSINESS), (MIDNIGHT, MIDNIGHT)
    return ((_minutes(working_start), END_OF_BUSINESS),)


def part_of_day(part: str, working_start: time) -> tuple[Stretch, ...]:
    """The one table of what parts of a day mean."""
    first = _minutes(working_start)
    return {
        "first thing": ((first, first + 60),),
        "morning": ((first, _NOON),),
        "lunch": ((_NOON, _NOON),),
        "lunchtime": ((_NOON, 14 * 60),),
        "afternoon": ((14 * 60, END_OF_BUSINESS),),
        "evening": ((18 * 60, 20 * 60),),
        "night": ((20 * 60, 20 * 60),),
        "tonight": ((20 * 60, 20 * 60), (MIDNIGHT, MIDNIGHT)),
    }[part]


def part_told(match: re.Match[str]) -> str:
    """Which part of the day a match of one of PARTS names, as the table has it."""
    said = match[match.lastindex or 0]
    return {"a": "morning", "p": "afternoon"}.get(said[0], "evening") if len(said) < 5 and said != "night" else said


def zone_told(match: re.Match[str]) -> ZoneInfo | None:
    """By whose clock an hour is told: "5pm EST"; None where nothing is said of it."""
    named = _NAMED_ZONE.search(match[0])
    return ZoneInfo(_ZONES[named[1]]) if named else None


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
    if kind in ("bare", "o_clock", "span"):
        return _halves(_count(match[match.lastindex or 0]), 0, "", part)
    hour, minute = _count(match[1]), int(match[2] or 0)
    half = match[3] or "" if kind == "halved" else ""
    if minute > 59 or hour * 60 + minute > MIDNIGHT:
        raise ValueError("on no clock")
    if half or part or (kind == "ish" and not match[2]):
        return _halves(hour, minute, half, part)
    return _awake(hour, minute) if len(match[1]) == 1 or not match[1].isdecimal() else (hour * 60 + minute,)


def _awake(hour: int, minute: int) -> tuple[int, ...]:
    """ "3:30" is in the afternoon: who means the night writes "03:30". "7:30" is the next one to come."""
    early, late = hour * 60 + minute, (hour + 12) * 60 + minute
    return (late,) if 1 <= hour < 7 else (early, late) if hour == 7 else (early,)


def _past(words: str) -> int:
    """The minutes after the full hour; negative before it."""
    first = words.split()[0]
    named = {"half": 30, "quarter": 15, "ten": 10, "twenty": 20, "five": 5, "twenty-five": 25}
    minutes = named[first] if first in named else int(first)
    return -minutes if words.endswith(("to", "til", "till")) else minutes


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
