"""The instant that words name, "friday at five", "in two days", at the front of a command or anywhere in a sentence; English.

There is one grammar and one table of meanings (`days`, `hours`), and two places to look. Words that name an instant mean
the same everywhere. Words that name a stretch of time, a day or an afternoon, have two edges: who waits until Friday is
back when Friday's work begins, who promises something by Friday keeps it until Friday's business ends. So the reader says
which edge is asked for, and a promise falls due at one instant whether it was typed as a command or stands in a reply.

A general library for dates finds a time in almost any word ("sat", "may", "on") and does not say where the time ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from itertools import pairwise
from zoneinfo import ZoneInfo

from cases.spoken import days, hours
from cases.spoken.days import WEEKDAY, Days
from cases.spoken.hours import NUMBERS, PARTS, Stretch
from cases.spoken.lapses import Lapse, lapse_from, led_lapse
from cases.spoken.spots import (
    RANGE,
    Span,
    Spot,
    contiguous,
    in_small_letters,
    is_meant,
    meant_in,
    spans_of,
    spots_in,
    stands_alone,
)


class Edge(Enum):
    """What is asked of a stretch of time."""

    BEGINS = "begins"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due_at` is aware UTC; `spans` are the words of the text that name it."""

    due_at: datetime
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Muddle:
    """A day that contradicts itself. `spans` are its words, of the weekday and the date; `falls_on` None: it is in no calendar."""

    spans: tuple[Span, ...]
    falls_on: date | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """From where somebody looks: the local time, whose zone is the one that is meant, and the edge they ask for."""

    now: datetime
    edge: Edge
    working_start: time = time(9)


_JOINED = re.compile(r"\b(?:and|or|to) $")
_NEAR = 8  # the characters between a weekday and its date: "on Friday, that is 27 November"
_PAIRS = {("near", "weekday"), ("weekday", "period"), ("period", "weekday")}
_TAIL = " \t\r\n,;:.–—-"
# Words that go on about a time which was not understood: better none than half of one.
_GOES_ON = re.compile(
    rf"[ ,]*(?:(?:at|by|before|until|till) (?:\d|(?:{'|'.join(NUMBERS)}|half|quarter)\b)|@|and a half\b|to \d"
    rf"|(?:from|after|before) (?:(?:today|tomorrow|now|lunch|noon|midday|midnight)\b|{WEEKDAY})|(?:in|within) [\w-]+ (?:minutes|hours?|days|weeks)\b)"
    r"|-\d| ?\+\d|(?<=t)\d| \d{1,4}(?:$|[,:;])| (?:after next|next|coming|after$)\b"
)
_MONTH_FIRST = re.compile(
    r"America/(?:New_York|Detroit|Chicago|Denver|Boise|Phoenix|Los_Angeles|Anchorage|Juneau|Indiana/|Kentucky/"
    r"|North_Dakota/)|Pacific/Honolulu|US/"
)


def read_when(
    text: str, now: datetime, zone: ZoneInfo, working_start: time = time(9), edge: Edge = Edge.BEGINS
) -> tuple[datetime, str] | None:
    """The instant (aware UTC) that `text` begins with, and the rest of the text; None where it begins with no time.

    Days begin at `working_start`, and end as `deadline` tells. Times without a day are the next such time, weekdays and
    dates the next such day. Days are wall-clock days in `zone`, hours are elapsed hours. A day that is named outright
    ("today 9:00", "2020-01-01") may lie in the past: the caller says so.
    """
    seen = in_small_letters(text)
    asked = _Asked(now.astimezone(zone), edge, working_start)
    try:
        found = _front(seen, asked)
    except (ValueError, OverflowError):  # 31 February, 25:00, a year beyond calendars
        return None
    if found is None or _GOES_ON.match(seen, found[1]):
        return None
    return found[0], text[found[1] :].strip(_TAIL)


def deadline(text: str, now: datetime, zone: ZoneInfo) -> Deadline | None:
    """The first instant that a text names anywhere, seen from `now` by somebody in `zone`; None where it names none.

    A day ends at 18:00, a morning at noon, an afternoon at 18:00, an evening at 20:00, a week on Friday; of a span of hours
    the end counts. Bare hours are those of an office, see `hours`. A weekday, and an hour without a day, are the next ones
    to come; a date without a year may have passed by a month. Where 3/4 could be two dates, the zones of the United States
    read the month first. A weekday beside a date yields to the date. An hour that a change of clocks skips moves on by it;
    of one that comes twice the first is meant.
    """
    seen = in_small_letters(text)
    asked = _Asked(now.astimezone(zone), Edge.ENDS)
    try:
        return _anywhere(seen, asked)
    except (ValueError, OverflowError):
        return None


def names_instant(text: str) -> bool:
    """Whether a day or an hour stands in the text that a promise can be held to: not "tomorrow" or "next week" alone."""
    seen = in_small_letters(text)
    if (lapse := led_lapse(seen)) and (not lapse.calendar or _DAYS.match(seen, lapse.start, lapse.end)):
        return not seen.startswith(" or ", lapse.end)
    return any(_pins(spot) for spot in spots_in(seen) if not spot.is_day or is_meant(spot))


def muddled(text: str, today: date, *, ahead: bool = False) -> Muddle | None:
    """The first date of a text that is in no calendar, or on another weekday than it says: "Tuesday, 3 December".

    `ahead`: only the time that the text begins with counts, and it is still to come.
    """
    seen = in_small_letters(text)
    spots = contiguous(seen, len(seen) - len(seen.lstrip())) if ahead else list(spots_in(seen))
    for number, spot in enumerate(spots):
        if spot.kind not in days.WRITTEN_OUT:
            continue
        try:
            day = days.meant_days(spot.kind, spot.match, today, month_first=False).begins[0]
        except (ValueError, OverflowError):
            return Muddle((spot.words,), None)
        beside = _weekday_beside(spots[:number], spot, spots[number + 1 :])
        if beside and not days.fits(beside.match, spot.kind, spot.match, day, ahead=ahead):
            return Muddle((beside.words, spot.words), day)
    return None


_SAME_DAY = re.compile(r"[ ,.(]*(?:the |that is,? |on )?")


def _weekday_beside(before: Sequence[Spot], spot: Spot, after: Sequence[Spot]) -> Spot | None:
    for first, second in ((before[-1:], [spot]), ([spot], after[:1])):
        pair = [*first, *second]
        weekday = next((each for each in pair if each.kind == "weekday"), None)
        if weekday and _SAME_DAY.fullmatch(spot.match.string, pair[0].end, pair[1].start):
            return weekday
    return None


_DAYS = re.compile(r"(?:within|inside) .*days$")  # a number of days that is the most it takes ends on one


def _pins(spot: Spot) -> bool:
    if spot.kind in ("following", "period") or (spot.kind == "near" and "tomorrow" in spot.match[0]):
        return False
    return spot.kind not in PARTS and stands_alone(spot) and not (spot.kind == "bare" and _is_joined(spot))


# -- at the front ------------------------------------------------------------------------------------------------------


def _front(seen: str, asked: _Asked) -> tuple[datetime, int] | None:
    start = len(seen) - len(seen.lstrip())
    spots = contiguous(seen, start)
    lapse = lapse_from(seen, start) if not spots or spots[0].kind != "weeks_on" else None
    if lapse:
        return _shifted(seen, lapse, asked)
    while spots:
        found = _meaning(spots, asked)
        if found and len(found[1]) == len(spots):
            return found[0], spots[-1].end
        spots.pop()
    return None


def _shifted(seen: str, lapse: Lapse, asked: _Asked) -> tuple[datetime, int]:
    """ "In two days" keeps the time of the clock, "in two days at noon" does not."""
    spots = contiguous(seen, lapse.end)[:1] if lapse.calendar and not lapse.elapsed else []
    if not spots or spots[0].is_day:
        return lapse.after(asked.now), lapse.end
    day = ((asked.now + lapse.calendar).date(),)
    return _soonest(Days(day, day), _hour(spots, "", asked), asked), spots[0].end


# -- anywhere ----------------------------------------------------------------------------------------------------------


def _anywhere(seen: str, asked: _Asked) -> Deadline | None:
    if (whole := _front(seen, asked)) and not seen[whole[1] :].strip(_TAIL):
        return Deadline(whole[0], ((0, whole[1]),))
    lapse = led_lapse(seen)
    if lapse and not lapse.calendar:
        return Deadline(lapse.after(asked.now), ((lapse.start, lapse.end),))
    found = _meaning(list(meant_in(seen)), asked)
    if lapse and (found is None or lapse.start < found[1][0].start):
        due, end = _shifted(seen, lapse, asked)
        return Deadline(due, ((lapse.start, end),))
    return Deadline(found[0], spans_of(seen, found[1])) if found else None


# -- what the words mean -----------------------------------------------------------------------------------------------


def _meaning(spots: Sequence[Spot], asked: _Asked) -> tuple[datetime, tuple[Spot, ...]] | None:
    """The instant that these spots, in the order of the text, name together, and those that it took."""
    named = _day_spots(spots)
    clock = _hour_spots([spot for spot in spots if not spot.is_day])
    zone = next((told for spot in clock if (told := hours.zone_told(spot.match))), None)
    asked = replace(asked, now=asked.now.astimezone(zone)) if zone else asked
    today = asked.now.date()
    meant = _days(named, today, asked) if named else None
    if meant is None and not clock:
        return None
    times = _hour(clock, meant.part if meant else "", asked) or hours.whole_day(
        asked.working_start, only_end=bool(meant and meant.only_end)
    )
    tomorrow = today + timedelta(days=1)
    free = Days((today, tomorrow), (today, tomorrow))
    return _soonest(meant or free, times, asked), tuple(sorted((*named, *clock), key=lambda spot: spot.start))


def _day_spots(spots: Sequence[Spot]) -> list[Spot]:
    """The first day, and those close by that say it again or more exactly: "tomorrow, Wednesday, 25 November"."""
    named = [spot for spot in spots if spot.is_day]
    taken = named[:1]
    for spot in named[1:]:
        if not _belong(taken[-1], spot):
            break
        taken.append(spot)
    return taken


def _belong(first: Spot, second: Spot) -> bool:
    gap = first.match.string[first.end : second.start]
    if first.kind in ("near", "weekday") and second.kind in days.DATES:
        return len(gap) <= _NEAR
    return (first.kind, second.kind) in _PAIRS and gap in (" ", ", ", " (", "")


def _days(named: Sequence[Spot], today: date, asked: _Asked) -> Days:
    by_kind = {spot.kind: spot.match for spot in named}
    if "period" in by_kind and "weekday" in by_kind:
        return days.of_week(by_kind["weekday"], by_kind["period"], today)
    decides = next((spot for spot in named if spot.kind in days.DATES), named[0])
    month_first = _MONTH_FIRST.match(str(asked.now.tzinfo)) is not None
    return days.meant_days(decides.kind, decides.match, today, month_first=month_first)


def _is_joined(spot: Spot) -> bool:
    """ "And two" is an hour only after another one."""
    return _JOINED.search(spot.match.string, max(0, spot.start - 4), spot.start) is not None


def _hour_spots(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """The first hour, with the end of its span and the part of the day; else the first part of the day, or "first thing" in it."""
    parts = sorted((spot for spot in spots if spot.kind in PARTS), key=lambda spot: spot.kind != "first")
    parts = parts[: 2 if parts and parts[0].kind == "first" else 1]
    clocks = [spot for spot in spots if spot.kind not in PARTS and not _is_joined(spot)]
    if not clocks:
        return tuple(parts)
    span = [clocks[0]]
    for before, after in pairwise(spots[spots.index(clocks[0]) :]):
        if (
            before is not span[-1]
            or after.kind in PARTS
            or not RANGE.fullmatch(before.match.string, before.end, after.start)
        ):
            break
        span.append(after)
    return (*span, *parts)


def _hour(clock: Sequence[Spot], part: str, asked: _Asked) -> tuple[Stretch, ...]:
    """What the hours mean together: the last one of a span; a part of the day alone, or to tell the half of the day."""
    told = next((hours.part_told(spot.match) for spot in clock if spot.kind in PARTS), part)
    last = next((spot for spot in reversed(clock) if spot.kind not in PARTS), None)
    if last is None:
        return hours.part_of_day(told, asked.working_start) if told else ()
    return hours.meant_hours(last.kind, last.match, told)


def _soonest(meant: Days, times: Sequence[Stretch], asked: _Asked) -> datetime:
    """The first of the instants that may be meant which is to come; the last of them where none is."""
    begins = asked.edge is Edge.BEGINS
    minutes = [begin if begins else end for begin, end in times]
    if begins and meant.only_end:
        minutes += [end for _, end in times]  # of a stretch that is under way the end counts
    instants = [_instant(day, each, asked.now) for day in (meant.begins if begins else meant.ends) for each in minutes]
    return next((at for at in instants if at > asked.now), instants[-1])


def _instant(day: date, minute: int, now: datetime) -> datetime:
    """On the wall clock of the zone; UTC, so that instants compare across a change of clocks."""
    ahead, of_day = divmod(minute, hours.MIDNIGHT)
    at = time(of_day // 60, of_day % 60)
    return datetime.combine(day + timedelta(days=ahead), at, tzinfo=now.tzinfo).astimezone(UTC)
