"""Times as colleagues type them, "2h", "tomorrow 15:00", "24 Nov", read from the front of a text into an instant.

The library dateparser was tried first. It finds a time in almost any word ("sat", "may", "on"), does not say where the
time ends, and warns about dates without a year: a small grammar of our own is stricter and shorter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_NAMED_TIMES = {
    "noon": time(12),
    "midday": time(12),
    "lunch": time(12),
    "afternoon": time(14),
    "end of day": time(17),
    "eod": time(17),
    "evening": time(18),
    "night": time(20),
}
_TODAY_MEANS = time(17)  # "today" alone is by the end of the day
_TONIGHT = time(20)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEARS_TO_LEAP = 8  # a 29 February can be eight years away (1896 to 1904, 2096 to 2104)

_LEAD = re.compile(r"\s*(?:(?:until|till|by|for|in|on|at|from|the)\s+)*", re.IGNORECASE)
_GAP = re.compile(r"(?:\s*,)?\s*(?:(?:in the|at|on)\s+|@\s*)?", re.IGNORECASE)
_TAIL = " \t\r\n,;:.–—-"

_QUANTITY = re.compile(
    r"((?:half an|an?)(?=\s)|\d{1,4}(?:\.\d{1,2})?)\s*"
    r"(weeks?|wks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![a-z])(?:\s+and\s+(?=\d))?\s*",
    re.IGNORECASE,
)
_HOURS_MINUTES = re.compile(r"(\d{1,2})h([0-5]\d)(?![\w.:])", re.IGNORECASE)
_UNITS = {"w": timedelta(weeks=1), "d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2})|(?:[.:](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.))(?!\w|:\d)", re.IGNORECASE)
_NAMED_TIME = re.compile(rf"(?:this\s+)?(morning|{'|'.join(_NAMED_TIMES)})\b", re.IGNORECASE)
_RELATIVE_DAY = re.compile(r"(today|tonight|tomorrow|next week|next (?:working )?(?:day|morning))\b", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(next\s+|this\s+|coming\s+)?"
    r"(mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b\.?",
    re.IGNORECASE,
)
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)T?", re.IGNORECASE)
_DOTTED_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(\d{4}|\d{2}(?!\d|:\d))?(?!\w)")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:,?\s+(\d{4}))?(?!\w|:\d)"
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\.?\s*(?:of\s+)?{_MONTH}{_YEAR}", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"{_MONTH}\s*(\d{{1,2}})(?:st|nd|rd|th)?{_YEAR}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Days:
    """The days an expression may mean, nearest first; the time meant where no clock time is given; where it ended."""

    days: tuple[date, ...]
    default: time
    end: int


def read_when(text: str, now: datetime, zone: ZoneInfo, working_start: time = time(9)) -> tuple[datetime, str] | None:
    """The instant (aware UTC) that `text` begins with, and the rest of the text; None where it begins with no time.

    Days without a time mean `working_start`, times without a day the next such time, weekdays and dates without a year
    the next such day. "next friday" is the Friday of the coming week. Days are wall-clock days in `zone`, hours are
    elapsed hours. A day that is named outright ("today 9:00", "2020-01-01") may lie in the past: the caller says so.
    """
    body = _LEAD.sub("", text, count=1)
    try:
        read = _after(body, now, zone) or _moment(body, now.astimezone(zone), working_start)
    except (ValueError, OverflowError):  # 31 February, 25:00, a year beyond calendars
        return None
    return read and (read[0], body[read[1] :].strip(_TAIL))


def _after(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, int] | None:
    """ "1h30m", "2 days", "half an hour": days keep the time of the wall clock, smaller units count what elapses."""
    if short := _HOURS_MINUTES.match(text):
        return now.astimezone(UTC) + timedelta(hours=int(short[1]), minutes=int(short[2])), short.end()
    end, days, elapsed = 0, timedelta(), timedelta()
    while part := _QUANTITY.match(text, end):
        unit = part[2][0].lower()
        length = _amount(part[1]) * _UNITS.get(unit, timedelta(seconds=1))
        days, elapsed = (days + length, elapsed) if unit in "wd" else (days, elapsed + length)
        end = part.end()
    if not days and not elapsed:
        return None
    return (now.astimezone(zone) + days).astimezone(UTC) + elapsed, end


def _amount(word: str) -> float:
    return {"a": 1.0, "an": 1.0, "half an": 0.5}.get(word.lower()) or float(word)


def _moment(text: str, now: datetime, working_start: time) -> tuple[datetime, int] | None:
    """A day, a time of day, or both in either order; `now` is local, and its zone is the one that is meant."""
    today = now.date()
    days = _days(text, 0, today, working_start)
    clock = _clock(text, days.end if days else 0, working_start)
    if clock and not days:
        days = _days(text, _past_gap(text, clock[1]), today, working_start)
    if days:
        choice, at, end = days.days, days.default, days.end
    elif clock:
        choice, at, end = (today, today + timedelta(days=1)), clock[0], clock[1]
    else:
        return None
    if clock:
        at, end = clock[0], max(end, clock[1])
    instants = [datetime.combine(day, at, tzinfo=now.tzinfo).astimezone(UTC) for day in choice]
    return next((instant for instant in instants if instant > now), instants[-1]), end


def _past_gap(text: str, start: int) -> int:
    gap = _GAP.match(text, start)
    return gap.end() if gap else start


def _clock(text: str, start: int, working_start: time) -> tuple[time, int] | None:
    """A time of day and where it ended. A bare "15" is none: it may count anything."""
    at = _past_gap(text, start)
    if named := _NAMED_TIME.match(text, at):
        return _NAMED_TIMES.get(named[1].lower(), working_start), named.end()
    if not (read := _CLOCK.match(text, at)):
        return None
    hour, minute, half = int(read[1]), int(read[2] or read[3] or 0), (read[4] or "")[:1].lower()
    if half:
        hour = time(hour).hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute), read.end()


def _days(text: str, start: int, today: date, working_start: time) -> _Days | None:
    if word := _RELATIVE_DAY.match(text, start):
        return _relative(word, today, working_start)
    if word := _WEEKDAY.match(text, start):
        return _weekday(word, today, working_start)
    return next((_dated(today, working_start, *found) for found in _dates(text, start)), None)


def _relative(word: re.Match[str], today: date, working_start: time) -> _Days:
    ahead, default = {
        "today": (0, _TODAY_MEANS),
        "tonight": (0, _TONIGHT),
        "next week": (7 - today.weekday(), working_start),
    }.get(word[1].lower(), (1, working_start))
    return _Days((today + timedelta(days=ahead),), default, word.end())


def _weekday(word: re.Match[str], today: date, working_start: time) -> _Days:
    weekday = _WEEKDAYS.index(word[2][:3].lower())
    if (word[1] or "").strip().lower() == "next":
        return _Days((today + timedelta(days=7 - today.weekday() + weekday),), working_start, word.end())
    nearest = today + timedelta(days=(weekday - today.weekday()) % 7)
    return _Days((nearest, nearest + timedelta(days=7)), working_start, word.end())


def _dated(today: date, working_start: time, end: int, year: int | None, month: int, day: int) -> _Days:
    years = range(today.year, today.year + _YEARS_TO_LEAP + 1) if year is None else [year]
    known = [date(y, month, day) for y in years if _exists(y, month, day)]
    meant = next((d for d in known if year or d >= today), None)
    if meant is None:
        raise ValueError("no such day")
    return _Days((meant,), _TODAY_MEANS if meant == today else working_start, end)


def _dates(text: str, start: int) -> Iterator[tuple[int, int | None, int, int]]:
    """Where a date ended, its year if one is given, month, day."""
    if read := _ISO_DATE.match(text, start):
        yield read.end(), int(read[1]), int(read[2]), int(read[3])
    if read := _DOTTED_DATE.match(text, start):
        year = read[3] and int(read[3]) + (2000 if len(read[3]) == 2 else 0)
        yield read.end(), year or None, int(read[2]), int(read[1])
    if read := _DAY_MONTH.match(text, start):
        yield read.end(), (read[3] and int(read[3])) or None, _month(read[2]), int(read[1])
    if read := _MONTH_DAY.match(text, start):
        yield read.end(), (read[3] and int(read[3])) or None, _month(read[1]), int(read[2])


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day) is not None
    except ValueError:
        return False
