"""Working time: when the team is at work, and how long something takes when only working hours count."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

import holidays as holiday_calendars

from cases.model import Severity
from cases.policy.hours import WEEKDAYS, Hours
from cases.policy.page import Policy
from cases.policy.values import END_OF_DAY

NOTHING = timedelta()
DAY = timedelta(days=1)
HORIZON = 100  # years looked ahead or back before we say so
_EDGES = frozenset({(1, 1), (12, 31)})
FRUITLESS_YEARS = 2  # this many in a row without one working hour: the team never works again


class NeverOpen(ValueError):
    """The hours, holidays and days off of the policy leave no working time at all around some instant."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the policy leaves no working hours around the year {year}; check [hours] and its days_off")


@dataclass(frozen=True, slots=True)
class _Year:
    """The open spans of one local year as UTC instants, in order; `worked[i]` is the working time before span i."""

    opens: tuple[datetime, ...]
    closes: tuple[datetime, ...]
    worked: tuple[timedelta, ...]
    total: timedelta

    def span_at(self, at: datetime) -> int:
        """The index of the last span that has begun by `at`; -1 before the first."""
        return bisect_right(self.opens, at) - 1

    def worked_by(self, at: datetime) -> timedelta:
        """Working time of this year that has passed by `at`."""
        i = self.span_at(at)
        return NOTHING if i < 0 else self.worked[i] + min(at, self.closes[i]) - self.opens[i]

    def earliest(self, worked: timedelta) -> datetime:
        """The first instant by which that much has been worked; more than nothing and at most the total."""
        i = bisect_left(self.worked, worked) - 1
        return self.opens[i] + (worked - self.worked[i])

    def latest(self, worked: timedelta) -> datetime:
        """The last instant by which no more than that has been worked; less than the total."""
        i = bisect_right(self.worked, worked) - 1
        return self.opens[i] + (worked - self.worked[i])


class Calendar:
    """Opening hours on the wall clock of one time zone, answered in aware UTC.

    An instant is open when its wall-clock reading lies in a span of its local weekday, the closing minute excluded.
    That stays true when clocks change: a span is an hour shorter or longer that night, and readings that do not exist
    are never open. Spans are worked out year by year, when first asked for.
    """

    def __init__(self, hours: Hours, zone: ZoneInfo) -> None:
        self.hours = hours
        self.zone = zone
        self._years: dict[int, _Year] = {}

    def is_open(self, at: datetime) -> bool:
        """True within working hours; false at the very instant of closing."""
        if self.hours.always:
            return True
        year = self._year_of(at)
        i = year.span_at(at)
        return i >= 0 and at < year.closes[i]

    def next_open(self, at: datetime) -> datetime:
        """`at` itself within working hours, else the next opening. Raises NeverOpen if there is none."""
        if self.is_open(at):
            return at
        first = self._local_year(at)
        for year in self._years_from(first, step=1):
            i = year.span_at(at) + 1
            if i < len(year.opens):
                return year.opens[i]
        raise NeverOpen(first)

    def add(self, at: datetime, length: timedelta) -> datetime:
        """The instant that is `length` of working time after `at`, or before it when negative.

        The nearest such instant: what ends with the working day ends at closing time, not at the next opening.
        Raises NeverOpen when that much working time is not to be had.
        """
        if self.hours.always or not length:
            return at + length
        target = self._year_of(at).worked_by(at) + length
        return self._forward(at, target) if length > NOTHING else self._backward(at, target)

    def _forward(self, at: datetime, target: timedelta) -> datetime:
        first = self._local_year(at)
        for year in self._years_from(first, step=1):
            if target <= year.total:
                return year.earliest(target)
            target -= year.total
        raise NeverOpen(first)

    def _backward(self, at: datetime, target: timedelta) -> datetime:
        first = self._local_year(at)
        if target >= NOTHING:
            return self._year(first).latest(target)
        for year in self._years_from(first - 1, step=-1):
            target += year.total
            if target >= NOTHING:
                return year.latest(target)
        raise NeverOpen(first)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from `start` to `end`; negative when `end` comes first."""
        if self.hours.always:
            return end - start
        if end < start:
            return -self.between(end, start)
        first, last = self._local_year(start), self._local_year(end)
        whole = sum((self._year(y).total for y in range(first, last)), NOTHING)
        return whole + self._year(last).worked_by(end) - self._year(first).worked_by(start)

    def local_date(self, at: datetime) -> date:
        """The date on the wall at `at`."""
        return at.astimezone(self.zone).date()

    def at_local(self, day: date, reading: time) -> datetime:
        """The first instant when the wall clock shows `reading` on `day`; if it skips that, as long after the skip."""
        return datetime.combine(day, reading, tzinfo=self.zone).astimezone(UTC)

    def start_of_day(self, day: date) -> datetime:
        """The instant at which the local date becomes `day`."""
        return self.at_local(day, time.min)

    def is_working_day(self, day: date) -> bool:
        """True when some hour of that local date is worked."""
        start, end = self.start_of_day(day), self.start_of_day(day + DAY)
        return self.between(start, end) > NOTHING

    def _year_of(self, at: datetime) -> _Year:
        return self._year(self._local_year(at))

    def _local_year(self, at: datetime) -> int:
        """No zone is more than a day away from UTC: most days tell the year at once."""
        if at.tzinfo is UTC and (at.month, at.day) not in _EDGES:
            return at.year
        return at.astimezone(self.zone).year

    def _years_from(self, first: int, step: int) -> Iterator[_Year]:
        """Years in order of `step`, ending at the horizon or after too many in a row without working time."""
        fruitless = 0
        for number in range(first, first + step * HORIZON, step):
            year = self._year(number)
            yield year
            fruitless = 0 if year.total else fruitless + 1
            if fruitless == FRUITLESS_YEARS:
                return

    def _year(self, number: int) -> _Year:
        if number not in self._years:
            self._years[number] = self._worked_out(number)
        return self._years[number]

    def _worked_out(self, number: int) -> _Year:
        closed = self._closed_dates(number)
        first, after = date(number, 1, 1), date(number + 1, 1, 1)
        days = (first + timedelta(days=n) for n in range((after - first).days))
        spans = [span for day in days if day not in closed for span in self._spans(day)]
        sums = list(accumulate((closes - opens for opens, closes in spans), initial=NOTHING))
        return _Year(tuple(o for o, _ in spans), tuple(c for _, c in spans), tuple(sums[:-1]), sums[-1])

    def _closed_dates(self, year: int) -> frozenset[date]:
        country, _, region = self.hours.holidays.partition("-")
        # Asked for one year at a time: building a calendar of holidays for many years is slow.
        public = holiday_calendars.country_holidays(country, subdiv=region or None, years=year) if country else ()
        return frozenset(public) | frozenset(self.hours.days_off)

    def _spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """The open spans of one local date: for each stretch of one UTC offset, what the wall clock then shows."""
        readings = self.hours.spans(day.weekday())
        if not readings:
            return []
        midnight = datetime.combine(day, time.min, tzinfo=UTC)
        spans = [
            (
                max(begins, midnight + _since_midnight(opens) - offset),
                min(ends, midnight + _since_midnight(closes) - offset),
            )
            for begins, ends, offset in self._stretches(day)
            for opens, closes in readings
        ]
        return [(opens, closes) for opens, closes in spans if opens < closes]

    def _stretches(self, day: date) -> list[tuple[datetime, datetime, timedelta]]:
        """The local date cut where clocks change: (begin, end, UTC offset), one stretch on all but two days a year."""
        begins, ends = self.start_of_day(day), self.start_of_day(day + DAY)
        before, after = _offset(begins, self.zone), _offset(ends - datetime.resolution, self.zone)
        if before == after:
            return [(begins, ends, before)]
        change = _change_of_offset(begins, ends, self.zone)
        return [(begins, change, before), (change, ends, after)]


def calendar_of(policy: Policy) -> Calendar:
    """The calendar of a policy. The same hours and time zone give the same object, with the years it has worked out."""
    return _calendar(policy.hours, policy.timezone)


def calendar_for(severity: Severity, policy: Policy) -> Calendar:
    """The hours that count for a case: the team's, or all of them for a critical one where the policy says so."""
    any_time = severity is Severity.CRITICAL and policy.hours.critical_any_time
    return _calendar(_ROUND_THE_CLOCK, policy.timezone) if any_time else calendar_of(policy)


def own_calendar(own_hours: str, zone: str) -> Calendar:
    """The same hours every day on one person's own clock; `own_hours` as in policy.toml, `zone` by its IANA name."""
    return _calendar(Hours(**dict.fromkeys(WEEKDAYS, own_hours)), zone)  # type: ignore[arg-type]


_ROUND_THE_CLOCK = Hours(always=True)


@lru_cache(maxsize=256)
def _calendar(hours: Hours, timezone: str) -> Calendar:
    return Calendar(hours, ZoneInfo(timezone))


def _since_midnight(reading: time) -> timedelta:
    if reading == END_OF_DAY:
        return DAY
    return timedelta(
        hours=reading.hour, minutes=reading.minute, seconds=reading.second, microseconds=reading.microsecond
    )


def _offset(at: datetime, zone: tzinfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or NOTHING


def _change_of_offset(begins: datetime, ends: datetime, zone: tzinfo) -> datetime:
    """The instant within a day at which the UTC offset changes, to the second: no zone changes at a finer grain."""
    before = _offset(begins, zone)
    low, high = 0, int((ends - begins).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(begins + timedelta(seconds=middle), zone) == before else (low, middle)
    return begins + timedelta(seconds=high)
