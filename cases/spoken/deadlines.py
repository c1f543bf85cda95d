"""The instant that a sentence of a letter names: "by Friday 5 pm", "on 24 November", "within the hour"; English, no clock.

`cases.spoken.when` reads what colleagues type, from the front of a text; this reads prose, where day and hour stand apart, hours
are written out, and a day without an hour means by the end of its business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cases.spoken.named_days import WEEKDAY, Days, Span, is_meant, named_days

END_OF_BUSINESS = time(18)
"""What "by Friday" means: six in the evening, for a customer who was told a day looks for it until then."""

_DAY = timedelta(days=1)
_PARTS = {"morning": 12, "lunchtime": 14, "lunch": 14, "afternoon": 18, "evening": 20, "night": 20, "tonight": 20}
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time.max}
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = {word: float(count) for count, word in enumerate(_NUMBERS, start=1)}
_COUNTS |= {"": 1, "a": 1, "an": 1, "half an": 0.5, "a quarter of an": 0.25, "three quarters of an": 0.75}
_COUNTS |= {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60, "ninety": 90}
_COUNTS |= {"twenty-four": 24, "forty-eight": 48}

_HOUR = rf"(?:{'|'.join(_NUMBERS)}|[01]?\d|2[0-4])"
_SOON = re.compile(
    r"\bwithin the hour\b|\b(?:within|in|inside|in under|in less than|in no more than) (?:the )?(?:next |coming )?"
    rf"({'|'.join(sorted(filter(None, _COUNTS), key=len, reverse=True))}|\d{{1,4}}|(?<=next )) ?(hours?|hrs?|h|minutes?|mins?)\b"
    r"( and a half)?"
)
_TIMES = re.compile(
    r"(?P<business>\b(?:the )?(?:end of (?:the |your |our )?(?:working |business )?day\b|(?:close|end) of (?:business|play)\b|eod\b"
    rf"|end of (?=(?:today|tomorrow|{WEEKDAY})\b)))"
    rf"|(?P<past>\b(half past|half|quarter past|quarter to|ten past|ten to|twenty past|twenty to|five past|five to) ({_HOUR})\b)"
    r"|(?P<named>\b(?:noon|midday|midnight)\b)"
    r"|(?P<clock>(?<![\w.,:€$£])(\d{1,2})[:.h](\d\d)(?![\w:]|[.,]\d| ?(?:€|\$|£|eur|euro|usd|gbp|pound|dollar|%|percent|kg|km)))"
    rf"|(?P<hour>(?<![\w.,:€$£])({_HOUR})(?= ?(?:[ap]\.?m\b|o'?clock|uhr\b)))"
    rf"|(?P<bare>(?:(?<=\bat )|(?<=\bby )|(?<=\bbefore )|(?<=\baround )|(?<=\buntil )|(?<=\btill )|(?<=\bafter )|(?<=\bthan )"
    rf"|(?<=\band )|(?<=\bto ))({_HOUR})(?=$|[.,;:!?)]| (?:on|today|tonight|tomorrow|this|in the|sharp|and|or|to|with|next|so"
    rf"|latest|at night|{WEEKDAY})\b| ?-))"
)
_HALF_OF_DAY = re.compile(r" ?(?:([ap])\.?m\b\.?|o'?clock|uhr)?")
_RANGE = re.compile(r" ?(?:-|to|and|or|until) ?$")
_PART = re.compile(r"\b(?:in the |this |at |by )?(morning|lunchtime|lunch|afternoon|evening|tonight|night)\b(?! shift)")


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due_at` is aware UTC; `spans` are the words of the text that name it."""

    due_at: datetime
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Time:
    """The times a phrase may mean, likeliest first."""

    span: Span
    choice: tuple[time, ...]


def deadline(text: str, now: datetime, zone: ZoneInfo) -> Deadline | None:
    """The first instant that a lower-case `text` names, seen from `now` by somebody in `zone`; None where it names none.

    A day alone ends at 18:00, a morning at noon, an afternoon at 18:00, an evening at 20:00; of a span of hours the end
    counts. Bare hours are the working ones ("at four" is 16:00, "at nine" 09:00 while that is to come) unless the words
    say otherwise. A weekday, and an hour without a day, are the next ones to come; a date without a year may have passed
    by a month. Where 3/4 could be two dates, the zones of the United States read the month first. A weekday beside a date
    yields to the date.
    """
    try:
        return _elapsing(text, now) or _dated(text, now.astimezone(zone))
    except (ValueError, OverflowError):  # 31 February, 25:00, a year beyond calendars
        return None


def _elapsing(text: str, now: datetime) -> Deadline | None:
    if match := _SOON.search(text):
        if not match[2]:
            return Deadline(now.astimezone(UTC) + timedelta(hours=1), (match.span(),))
        count = (_COUNTS[match[1]] if match[1] in _COUNTS else float(match[1])) + (0.5 if match[3] else 0)
        unit = timedelta(hours=1) if match[2][0] == "h" else timedelta(minutes=1)
        return Deadline(now.astimezone(UTC) + count * unit, (match.span(),))
    return None


def _dated(text: str, now: datetime) -> Deadline | None:
    """`now` is local, and its zone is the one that is meant."""
    days = named_days(text, now)
    clock = _time(text, days.span if days else (0, 0))
    if days is None and clock is None:
        return None
    spans = tuple(sorted({each.span for each in (days, clock) if each}))
    today = now.date()
    dates = days.choice if days else (today, today + _DAY)
    times = clock.choice if clock else _whole(days)
    instants = [_instant(day, at, now) for day in dates for at in times]
    return Deadline(next((at for at in instants if at > now), instants[-1]).astimezone(UTC), spans)


def _whole(days: Days | None) -> tuple[time, ...]:
    """A day without an hour: until business ends; said of today after that, until the day ends."""
    return (END_OF_BUSINESS, time.max) if days and days.today else (END_OF_BUSINESS,)


def _instant(day: date, at: time, now: datetime) -> datetime:
    """On the wall clock of the zone; UTC, so that instants compare across a change of clocks."""
    if at == time.max:
        day, at = day + _DAY, time()
    return datetime.combine(day, at, tzinfo=now.tzinfo).astimezone(UTC)


def _time(text: str, taken: Span) -> _Time | None:
    """The first time of day outside the words of the date; of a span of hours its end; else a part of the day."""
    part = _PART.search(text)
    later = part[1] if part else ""
    found: _Time | None = None
    for match in _TIMES.finditer(text):
        if match.start() < taken[1] and taken[0] < match.end():
            continue
        if found and not _RANGE.fullmatch(text[found.span[1] : match.start()]):
            break
        end = _HALF_OF_DAY.match(text, match.end())
        half = (end[1] or "") if end else ""
        start = found.span[0] if found else match.start()
        found = _Time((start, end.end() if end else match.end()), _choice(match, half, later))
    if found is None and part and is_meant(text, part.start()):
        return _Time(part.span(), (time(_PARTS[part[1]]),))
    return found


def _choice(match: re.Match[str], half: str, part: str) -> tuple[time, ...]:
    kind = match.lastgroup
    if kind == "business":
        return (END_OF_BUSINESS,)
    if kind == "named":
        return (_NAMED[match["named"]],)
    given = [group for group in match.groups()[match.re.groupindex[str(kind)] :] if group]
    if kind == "past":
        words, hour = given[0], _count(given[1])
        minutes = {"half": 30, "quarter": 15, "ten": 10, "twenty": 20, "five": 5}[words.split()[0]]
        hour, minute = (hour - 1, 60 - minutes) if words.endswith("to") else (hour, minutes)
        return _halves(hour, minute, half, part, spoken=True)
    hour, minute = _count(given[0]), int(given[1]) if kind == "clock" else 0
    if hour == 24:
        return (time.max,)
    return _halves(hour, minute, half, part, spoken=kind != "clock")


def _halves(hour: int, minute: int, half: str, part: str, *, spoken: bool) -> tuple[time, ...]:
    """The half of the day: as written, by the part of the day, or the working one; nine may also be in the evening."""
    if half:
        return (time(hour % 12 + (12 if half == "p" else 0), minute),)
    if hour > 12 or hour == 0 or not spoken:
        return (time(hour, minute),)
    early, late = time(hour % 12, minute), time(hour % 12 + 12, minute)
    if part:
        return (early,) if part == "morning" else (late,)
    return (early, late) if 8 <= hour < 12 else (late,)


def _count(written: str) -> int:
    return int(written) if written.isdecimal() else _NUMBERS.index(written) + 1
