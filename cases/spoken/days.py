"""Days in words and figures, "tomorrow", "next Friday", "the 28th", "24 November", and which days of the calendar they mean."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_LATE_BY = timedelta(days=30)  # "20 November" said on the 24th is a slip about this year's, not a date next year
_YEARS_TO_LEAP = 8  # a 29 February can be eight years away (1896 to 1904, 2096 to 2104)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FEASTS = {"eve": (12, 24), "day": (12, 25), "year's eve": (12, 31), "year's day": (1, 1)}

_PART = r"(?:early |late )?(?:morning|afternoon|evening|eve|night|lunchtime)\b"
# "Sat" and "sun" are words of their own: days only where more shows it, before or after.
_PLAIN = rf"(?=$|\.? ?[,;:!?()-]|\.(?!\w)|\.? (?:(?:at |by |before |in the |@ ?)?(?:\d|noon|midday|midnight|{_PART}|(?:half|quarter) )))"
_LED = r"(?:(?<=\bnext )|(?<=\bthis )|(?<=\bcoming )|(?<=\bon )|(?<=\buntil )|(?<=\btill )|(?<=\bby ))"
# "Easter Monday" and "Black Friday" are days of their own, whichever Monday or Friday comes next.
WEEKDAY = (
    r"(?<!easter )(?<!good )(?<!black )(?<!cyber )(?<!palm )(?<!whit )(?<!ash )(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|thu(?:rs?)?|fri|weds|wed(?! (?:in|her|him|to)\b))\b\.?"
    rf"|{_LED}(?:sat|sun)\b(?! nav)\.?|(?<!the )(?:sat|sun)\b{_PLAIN}\.?)(?!\w|'s)"
)
MONTH = (
    r"(?:january|february|march|april|may(?! (?:be|have|not|i|we|you)\b)|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_YEAR = r"(?:,? ((?:19|20)\d\d))?(?!\w|[:.]\d)"
_D, _M = r"(0?[1-9]|[12]\d|3[01])", r"(0?[1-9]|1[0-2])"
_NUMERAL = r"(?<![€$£#])(?<!\d[.,:/-])"
_LED_NTH = r"(?:(?<=\bthe )|(?<=\bon )|(?<=\bby )|(?<=\buntil )|(?<=\btill )|(?<=day ))"

PATTERNS: Mapping[str, str] = {
    "weeks_on": rf"(?:in )?(an?|one|two|three|four|[1-4]) (week|fortnight)s? (?:on |from |this |coming )*(today|tomorrow|{WEEKDAY})"
    rf"|(today|tomorrow|{WEEKDAY}) (week|fortnight)\b(?!'|[- ]end)",
    "iso": rf"{_NUMERAL}(\d{{4}})-(\d\d)-(\d\d)(?:t(?=\d)|(?!\w))",
    "dotted_date": rf"{_NUMERAL}{_D}\. ?{_M}\.(?: ?(\d{{4}})(?!\d)|(\d\d)(?!\d|:\d))?(?!\w)",
    "slashed": rf"{_NUMERAL}(?!24/7)(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{4}}|\d\d))?(?![\w/]| (?:of|an?|hours?|days?)\b)",
    "day_month": rf"{_NUMERAL}(\d{{1,2}})(?:st|nd|rd|th|\.)?(?: of)? ?({MONTH}){_YEAR}",
    "month_day": rf"({MONTH}) ?(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?{_YEAR}",
    "feast": r"(?:(?:christmas|xmas) |new (?=year))(eve|day|year'?s (?:eve|day))\b",
    "nth": rf"{_LED_NTH}(\d{{1,2}})(?:st|nd|rd|th)\b(?! (?:time|of|floor|street|hour|day|week|one|box|parcel|order|try|attempt))",
    "near": rf"(today|tonight|(?:the )?day after tomorrow|tomorrow|this(?= {_PART}))\b(?!'s(?! (?:post|mail|van|courier|round)\b))",
    "following": r"(?:the )?next (?:working |business )?(day|morning)\b(?!'s)",
    "period": r"(?:the )?(end of (?:the |this |next )?|this |next |eo)(week|month|(?<=eo)[wm])\b(?!'s|[- ]end)",
    "weekday": rf"(next |this coming |this |coming )?({WEEKDAY})",
}
DATES = frozenset({"iso", "dotted_date", "slashed", "day_month", "month_day", "feast", "nth"})
"""The kinds that need no other: beside them a weekday is only said again."""


WRITTEN_OUT = frozenset({"iso", "day_month", "month_day"})
"""The kinds that can be nothing but a date: one of them that is in no calendar is a slip, and no number."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days that words may mean, nearest first: those on which what they mean begins, and ends; one day, mostly the same.

    `part` is the part of the day that the words name with it ("tonight"). `only_end`: of today, as of a week's end, there is
    no beginning left to wait for.
    """

    begins: tuple[date, ...]
    ends: tuple[date, ...]
    part: str = ""
    only_end: bool = False


def meant_days(kind: str, match: re.Match[str], today: date, *, month_first: bool) -> Days:
    """The days of a match of `PATTERNS[kind]`. Raises ValueError for a date that is in no calendar."""
    if kind == "near":
        ahead = {"tomorrow": 1}.get(match[1], 2 if match[1].endswith("tomorrow") else 0)
        return _one(today + ahead * _DAY, today, "tonight" if match[1] == "tonight" else "")
    if kind == "following":
        return _one(today + _DAY, today, "morning" if match[1] == "morning" else "")
    if kind == "weekday":
        return _weekday(match, today)
    if kind == "weeks_on":
        return _one(_weeks_on(match, today), today)
    if kind == "period":
        return _period(match, today)
    return _one(_date(today, *_numbers(kind, match, month_first)), today)


def of_week(weekday: re.Match[str], week: re.Match[str], today: date) -> Days:
    """ "Friday next week", "Friday this week"."""
    monday = today + (7 * ("next" in week[0]) - today.weekday()) * _DAY
    return _one(monday + _number_of(weekday) * _DAY, today)


def fits(weekday: re.Match[str], kind: str, written: re.Match[str], day: date, *, ahead: bool) -> bool:
    """Whether the weekday is that of this date; of one without a year, unless it lies `ahead`, also that of the year before."""
    meant = [day]
    if not ahead and kind != "iso" and not written[3]:
        meant += _existing(day.year - 1, day.month, day.day)
    return any(each.weekday() == _number_of(weekday) for each in meant)


def _one(day: date, today: date, part: str = "") -> Days:
    return Days((day,), (day,), part, only_end=day == today)


def _number_of(weekday: re.Match[str]) -> int:
    return _WEEKDAYS.index(weekday[2][:3])


def _weekday(match: re.Match[str], today: date) -> Days:
    if match[1] == "next ":
        return _one(today + (7 - today.weekday() + _number_of(match)) * _DAY, today)
    nearest = today + _to_weekday(match[2], today) * _DAY
    return Days((nearest, nearest + 7 * _DAY), (nearest, nearest + 7 * _DAY))


def _weeks_on(match: re.Match[str], today: date) -> date:
    """ "A week on Friday", "Friday week", "a fortnight today": so many weeks after the nearest such day."""
    day, unit = match[3] or match[4], match[2] or match[5]
    count = {"two": 2, "three": 3, "four": 4}.get(match[1] or "", int(match[1]) if (match[1] or "").isdecimal() else 1)
    ahead = ("today", "tomorrow").index(day) if day in ("today", "tomorrow") else _to_weekday(day, today)
    return today + (ahead + 7 * count * (2 if unit == "fortnight" else 1)) * _DAY


def _to_weekday(name: str, today: date) -> int:
    """How many days it is to the nearest weekday of that name."""
    return (_WEEKDAYS.index(name[:3]) - today.weekday()) % 7


def _period(match: re.Match[str], today: date) -> Days:
    """Weeks are worked from Monday to Friday; one whose Friday has been ends on Sunday."""
    if match[2][0] == "w":
        first = today + (7 * ("next" in match[1]) - today.weekday()) * _DAY
        ends: tuple[date, ...] = (first + 4 * _DAY, first + 6 * _DAY)
    else:
        first = (today.replace(day=1) + 31 * _DAY if "next" in match[1] else today).replace(day=1)
        ends = (first.replace(day=monthrange(first.year, first.month)[1]),)
    return Days((first,), ends) if match[1] == "next " else Days(ends, ends, only_end=True)


def _date(today: date, year: int | None, month: int | None, day: int) -> date:
    if month is None:
        return _nth(today, day)
    if year is not None:
        return date(year, month, day)
    years = range(max(1, today.year - 1), today.year + _YEARS_TO_LEAP + 1)
    known = [found for each in years for found in _existing(each, month, day)]
    return _first(found for found in known if found + _LATE_BY >= today)


def _nth(today: date, day: int) -> date:
    """ "The 24th": of this month or the next that has one."""
    months = (divmod(today.month - 1 + ahead, 12) for ahead in range(3))
    return _first(
        found for years, month in months for found in _existing(today.year + years, month + 1, day) if found >= today
    )


def _first(days: Iterator[date]) -> date:
    if (found := next(days, None)) is None:
        raise ValueError("no such day")
    return found


def _existing(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


def _numbers(kind: str, match: re.Match[str], month_first: bool) -> tuple[int | None, int | None, int]:
    """Year, month and day as written; None for what is left out."""
    given = [group for group in match.groups() if group]
    if kind == "feast":
        return None, *_FEASTS[given[0].replace("years", "year's")]
    if kind == "nth":
        return None, None, int(given[0])
    if kind == "iso":
        return int(given[0]), int(given[1]), int(given[2])
    year = int(given[2]) + (2000 if len(given[2]) == 2 else 0) if len(given) > 2 else None
    if kind == "day_month":
        return year, _MONTHS.index(given[1][:3]) + 1, int(given[0])
    if kind == "month_day":
        return year, _MONTHS.index(given[0][:3]) + 1, int(given[1])
    one, other = int(given[0]), int(given[1])
    month_comes_first = kind == "slashed" and (other > 12 or (month_first and one <= 12))
    return (year, one, other) if month_comes_first else (year, other, one)
