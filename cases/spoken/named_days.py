"""The day that a sentence of a letter names, "tomorrow", "next Friday", "the 28th", "24 November"; English, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]

_DAY = timedelta(days=1)
_LATE_BY = timedelta(days=30)  # "20 November" said on the 24th is a slip about this year's, not a date next year
_YEARS_TO_LEAP = 8  # a 29 February can be eight years away
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FEASTS = {"christmas eve": (12, 24), "christmas day": (12, 25), "new year's eve": (12, 31), "new year's day": (1, 1)}
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat)(?=[,.]? (?:at|by|before|the|\d)|[,.)]|$)"  # fmt: skip
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug"
    r"|sept?|oct|nov|dec)\b\.?"
)
_YEAR = r"(?:,? (\d{4})\b)?"
_DATES = re.compile(
    rf"(?P<iso>\b(\d{{4}})-(\d{{2}})-(\d{{2}})\b)|(?P<dotted>\b(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}}\b|\d\d\b)?)"
    r"|(?P<slashed>\b(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d\d))?\b(?!/))"
    rf"|(?P<day_month>\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH}){_YEAR})"
    rf"|(?P<month_day>\b({_MONTH}) (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d){_YEAR})"
    rf"|(?P<feast>\b(?:{'|'.join(_FEASTS)})\b)|(?P<nth>\bthe (\d{{1,2}})(?:st|nd|rd|th)\b(?! (?:time|of|floor|street|hour)))"
)
_DAYS = re.compile(
    r"(?P<near>\b(?:today|tonight|the day after tomorrow|tomorrow|this (?:morning|afternoon|evening|lunchtime)))\b"
    rf"(?:,? \(?(?:{WEEKDAY})\b\)?)?|\b(?P<next>next |this |coming )?(?P<weekday>{WEEKDAY})"
)
# "The delivery of Friday", "your party on Saturday": a day that is spoken of, not promised.
_ATTRIBUTE = re.compile(
    r"(?<!end )\b(?:of|from|since|last|dated|until then|not|(?:ordered|placed|sent|bought|booked|missed|told you) (?:on|for)"
    r"|for (?:your|the|his|her|their|our)(?: (?!(?:on|by|at|until|before)\b)[\w'-]+){1,3}(?: on| at)?)(?: the)? $"
)
_MONTH_FIRST = re.compile(
    r"America/(?:New_York|Detroit|Chicago|Denver|Boise|Phoenix|Los_Angeles|Anchorage|Juneau|Indiana/|Kentucky/"
    r"|North_Dakota/)|Pacific/Honolulu|US/"
)


@dataclass(frozen=True, slots=True)
class Days:
    """The days a phrase may mean, nearest first."""

    span: Span
    choice: tuple[date, ...]
    today: bool = False


def named_days(text: str, now: datetime) -> Days | None:
    """The first day or date in a lower-case `text`; None where there is none. `now` is local, and its zone is the one meant.

    Raises ValueError for a date that is in no calendar.
    """
    today = now.date()
    dated = next((match for match in _DATES.finditer(text) if is_meant(text, match.start())), None)
    named = next((match for match in _DAYS.finditer(text) if is_meant(text, match.start())), None)
    if dated and (named is None or dated.start() < named.end() + 8):
        first = min(dated.start(), named.start()) if named and named.end() < dated.start() else dated.start()
        return Days((first, dated.end()), _date(dated, today, _reads_month_first(now)))
    if named is None:
        return None
    if named["near"]:
        ahead = {"tomorrow": 1, "the day after tomorrow": 2}.get(named["near"], 0)
        return Days(named.span(), (today + ahead * _DAY,), today=not ahead)
    return Days(named.span(), _weekday(named, today))


def is_meant(text: str, start: int) -> bool:
    """Whether the time that starts here is the sentence's own, not one that tells which delivery or party is spoken of."""
    return not _ATTRIBUTE.search(text, 0, start)


def _reads_month_first(now: datetime) -> bool:
    return _MONTH_FIRST.match(str(now.tzinfo)) is not None


def _weekday(match: re.Match[str], today: date) -> tuple[date, ...]:
    weekday = _WEEKDAYS.index(match["weekday"][:3])
    if (match["next"] or "") == "next ":
        return (today + (7 - today.weekday() + weekday) * _DAY,)
    nearest = today + (weekday - today.weekday()) % 7 * _DAY
    return nearest, nearest + 7 * _DAY


def _date(match: re.Match[str], today: date, month_first: bool) -> tuple[date, ...]:
    """The day meant. Raises ValueError for one that is in no calendar."""
    year, month, day = _numbers(match, month_first)
    if month is None:
        return _nth(day, today)
    if year is not None:
        return (date(year, month, day),)
    years = range(today.year - 1, today.year + _YEARS_TO_LEAP + 1)
    known = [found for each in years for found in _existing(each, month, day)]
    if not known:
        raise ValueError("no such day")
    return (next((found for found in known if found >= today - _LATE_BY), known[-1]),)


def _numbers(match: re.Match[str], month_first: bool) -> tuple[int | None, int | None, int]:
    """Year, month and day as written; None for what is left out."""
    given = [group for group in match.groups()[match.re.groupindex[str(match.lastgroup)] :] if group]
    kind = match.lastgroup
    if kind == "feast":
        return None, *_FEASTS[match[0]]
    if kind == "nth":
        return None, None, int(given[0])
    if kind == "iso":
        return int(given[0]), int(given[1]), int(given[2])
    year = _year(given[2]) if len(given) > 2 else None
    if kind == "day_month":
        return year, _MONTHS.index(given[1][:3]) + 1, int(given[0])
    if kind == "month_day":
        return year, _MONTHS.index(given[0][:3]) + 1, int(given[1])
    one, other = int(given[0]), int(given[1])
    swapped = other > 12 or (month_first and kind == "slashed" and one <= 12)
    return (year, one, other) if swapped else (year, other, one)


def _year(written: str) -> int:
    return int(written) + (2000 if len(written) == 2 else 0)


def _nth(day: int, today: date) -> tuple[date, ...]:
    """ "The 24th": of this month or the next that has one."""
    months = (divmod(today.month - 1 + ahead, 12) for ahead in range(3))
    known = [found for years, month in months for found in _existing(today.year + years, month + 1, day)]
    if not known:
        raise ValueError("no such day")
    return (next(found for found in known if found >= today),)


def _existing(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return
