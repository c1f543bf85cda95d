"""The lead's rounds: the few times of a day at which whoever leads hears of all that is not critical."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from cases.model import Severity
from cases.policy.page import Policy
from cases.policy.working_time import DAY, Calendar, calendar_of

LEADS = frozenset({"lead", "manager"})  # whom the ladder tells of others' cases
_FARTHEST = 400  # days: no team rests longer


def rounds_for(tell: str, severity: Severity, policy: Policy) -> Rounds | None:
    """The rounds that a reminder waits for; None: it is said at once, as by a team that works round the clock.

    Where policy names nobody who leads, it stands in the thread, and there is nobody to spare.
    """
    times = policy.reminders.lead_rounds
    at_once = policy.hours.always or tell not in LEADS or severity is Severity.CRITICAL
    if not times or not policy.somebody_leads or at_once:
        return None
    return Rounds(calendar_of(policy), times)


@dataclass(frozen=True, slots=True)
class Rounds:
    """Times on the wall of each working day; on a day none of whose hours has one, its opening."""

    calendar: Calendar
    times: tuple[time, ...]

    def next(self, at: datetime) -> datetime:
        """The first round at or after `at`."""
        return next((one for day in self._days(at, DAY) for one in self._on(day) if one >= at), at)

    def last(self, at: datetime) -> datetime:
        """The last round at or before `at`."""
        return next((one for day in self._days(at, -DAY) for one in reversed(self._on(day)) if one <= at), at)

    def _days(self, at: datetime, step: timedelta) -> Iterator[date]:
        day = self.calendar.local_date(at)
        return (day + n * step for n in range(_FARTHEST))

    def _on(self, day: date) -> tuple[datetime, ...]:
        return _rounds_on(self.calendar, self.times, day)


@lru_cache(maxsize=4096)
def _rounds_on(calendar: Calendar, times: tuple[time, ...], day: date) -> tuple[datetime, ...]:
    if not calendar.is_working_day(day):
        return ()
    open_then = sorted({at for each in times if calendar.is_open(at := calendar.at_local(day, each))})
    return tuple(open_then) or (calendar.next_open(calendar.start_of_day(day)),)
