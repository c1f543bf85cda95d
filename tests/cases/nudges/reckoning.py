"""The rules of nudging once more, slowly: a wall clock read every quarter of an hour, and reminders counted one by one.

Written from what the rules say, apart from the code under test, which knows sums where this knows only lists.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

import holidays as holiday_calendars

from cases.model import UNCONTACTED, Case, Severity, Status
from cases.occasions import Beside, When
from cases.policy.hours import Hours
from cases.policy.ladder import Rung
from cases.policy.page import Policy
from cases.policy.values import END_OF_DAY

HELD = Beside.HELD
ASKED = (Beside.HELD, Beside.LOOK_BACK)  # the case itself says when these were
DAILY = (Beside.WAITING, Beside.OWED)

QUARTER = timedelta(minutes=15)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class Wall:
    """Working hours of one year and the weeks around it. All spans and changes of clocks fall on quarters of an hour."""

    def __init__(self, hours: Hours, timezone: str, year: int) -> None:
        self.begin = datetime(year - 1, 11, 1, tzinfo=UTC)
        self.open = [_open(hours, ZoneInfo(timezone), self.begin + n * QUARTER) for n in range(46_500)]
        self.worked = [*accumulate((QUARTER * each for each in self.open), initial=timedelta())]

    def is_open(self, at: datetime) -> bool:
        return self.open[(at - self.begin) // QUARTER]

    def worked_by(self, at: datetime) -> timedelta:
        slot, into = divmod(at - self.begin, QUARTER)
        return self.worked[slot] + into * self.open[slot]

    def next_open(self, at: datetime) -> datetime:
        return at if self.is_open(at) else self.begin + self.open.index(True, (at - self.begin) // QUARTER) * QUARTER

    def add(self, at: datetime, length: timedelta) -> datetime:
        """The nearest instant with so much working time in between."""
        if not length:
            return at
        target = self.worked_by(at) + length
        side = bisect_left if length > timedelta() else bisect_right
        slot = side(self.worked, target) - 1
        return self.begin + slot * QUARTER + (target - self.worked[slot])


def _open(hours: Hours, zone: ZoneInfo, at: datetime) -> bool:
    if hours.always:
        return True
    here = at.astimezone(zone)
    if here.date() in _holidays(hours.holidays) or here.date() in hours.days_off:
        return False
    return any(a <= here.time() and (here.time() < b or b == END_OF_DAY) for a, b in hours.spans(here.weekday()))


@lru_cache
def _holidays(code: str) -> frozenset[object]:
    country, _, region = code.partition("-")
    years = range(2025, 2030)
    return frozenset(holiday_calendars.country_holidays(country, subdiv=region or None, years=years) if code else ())


def open_at(policy: Policy, severity: Severity, at: datetime) -> bool:
    """Whether a case of that severity may be spoken of."""
    any_time = severity is Severity.CRITICAL and policy.hours.critical_any_time
    return any_time or _open(policy.hours, policy.zone, at)


@lru_cache
def wall(hours: Hours, timezone: str, year: int) -> Wall:
    return Wall(hours, timezone, year)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One occurrence of one rung: `key` names it for ever, whatever becomes of its instant."""

    key: tuple[object, ...]
    rung: int
    tell: str
    due_at: datetime
    count: int


@dataclass
class Reckoning:
    """What is owed for one case: all that has been dealt with is kept in a set.

    `moved` is true after a change of policy or severity brought deadlines forward, until something is said: meanwhile
    what was said before may be said again, but what was not must be.
    """

    policy: Policy
    year: int
    dealt: set[tuple[object, ...]] = field(default_factory=set)
    moved: bool = False
    said_at: datetime | None = None

    def wall(self, case: Case) -> Wall:
        any_time = case.severity is Severity.CRITICAL and self.policy.hours.critical_any_time
        return wall(Hours(always=True) if any_time else self.policy.hours, self.policy.timezone, self.year)

    def silent(self, case: Case, now: datetime) -> bool:
        return not self.wall(case).is_open(now) or (case.put_off_until is not None and now < case.put_off_until)

    def lost(self, case: Case, now: datetime) -> bool:
        """Whether a silent owner loses the case now."""
        return not self.silent(case, now) and self.back_at(case) <= now

    def back_at(self, case: Case) -> datetime:
        if case.status is not Status.CLAIMED or case.asked_at is None:
            return NEVER
        at = self.wall(case).add(case.asked_at, self.policy.ownership.answer_within)
        return self.wall(case).next_open(max(at, case.put_off_until or at))

    def due(self, case: Case, now: datetime) -> list[Reminder]:
        """All that ever fell due for the case as it stands, said or not."""
        return [each for each in self._reminders(case, now) if each.due_at <= now]

    def owed(self, case: Case, now: datetime) -> dict[str, Reminder]:
        """What must be said now: for each `tell` the latest; the question to a silent owner before all."""
        latest: dict[str, Reminder] = {}
        for each in () if self.silent(case, now) else self.due(case, now):
            before = latest.get(each.tell)
            asks = before is not None and before.rung in ASKED
            if each.key not in self.dealt and not asks and (before is None or before.due_at <= each.due_at):
                latest[each.tell] = each
        return latest

    def next_at(self, case: Case, but: tuple[int, ...] = ()) -> datetime | None:
        """When the next thing happens to the case if nobody touches it; `but` what these rungs say."""
        clock, snoozed = self.wall(case), case.put_off_until
        waiting = (each for each in self._reminders(case, None) if each.key not in self.dealt and each.rung not in but)
        times = [clock.next_open(max(each.due_at, snoozed or each.due_at)) for each in waiting]
        return min([at for at in (*times, self.back_at(case), self.breaks_at(case)) if at != NEVER], default=None)

    def breaks_at(self, case: Case) -> datetime:
        """When the next promise breaks, at any hour."""
        known = case.promise_broken_at
        return min([p.due_at for p in case.promises if known is None or p.due_at > known], default=NEVER)

    def told(self, case: Case, now: datetime) -> None:
        """What was owed has been said: all that is due is dealt with."""
        self.dealt |= self._keys(case, now)
        self.dealt |= {("broken", promise.due_at) for promise in case.promises if promise.due_at <= now}  # one for all
        self.moved, self.said_at = False, now

    def change(self, policy: Policy, case: Case, now: datetime) -> None:
        """Another ladder: what falls due on it from now on is owed."""
        self.policy, self.moved = policy, True
        self.dealt = self._keys(case, now)

    def change_severity(self, case: Case, now: datetime) -> None:
        """The same ladder at other instants: what has not been said is still owed, and what was, if it is to come again."""
        self.moved = True
        self.dealt &= self._keys(case, now)

    def _keys(self, case: Case, now: datetime) -> set[tuple[object, ...]]:
        """Those of all that is due, save the question to a silent owner: the case itself says when that was asked."""
        said = {each.key for each in self.due(case, now) if each.rung not in ASKED}
        return said | set(self._warned(case, now))

    def _warned(self, case: Case, now: datetime) -> Iterator[tuple[object, ...]]:
        """Whoever was warned of a promise, or would have been: the lead is not, once nobody has the case any more."""
        for index, rung in enumerate(self.policy.nudges):
            for promise in case.promises if rung.when == "promised" and rung.after < timedelta() else ():
                for k in range(min(rung.at_most or 10_000, 10_000) if rung.every else 1):
                    if self.wall(case).add(promise.due_at, rung.after + k * (rung.every or QUARTER)) > now:
                        break
                    yield _warning(index, k + 1, promise.due_at)

    def _reminders(self, case: Case, until: datetime | None) -> Iterator[Reminder]:
        """Reminders of every rung in turn, at least up to `until`; None: up to the first of each not dealt with."""
        if case.status is Status.CLAIMED and self.policy.ownership.ask and case.asked_at is None:
            since = case.held_since or case.claimed_at or case.opened_at
            hold = self.policy.clocks.of(case.severity, case.feedback[0].source).hold
            at = self.wall(case).add(max(since, case.put_off_until or since), hold)
            yield Reminder(("held", since), HELD, "owner", at, 1)
        to_come = set()
        for index, rung, start, end in self._clocked(case):
            for each in self._of_rung(case, index, rung, start, end):
                yield each
                if each.key not in self.dealt:
                    to_come.add(rung.when)
                if each.due_at > until if until else each.key not in self.dealt:
                    break
        yield from self._beside(case, to_come)

    def _clocked(self, case: Case) -> Iterator[tuple[int, Rung, datetime, datetime]]:
        """Every rung with the start and the end of its clock, those of promises once for each."""
        for index, rung in enumerate(self.policy.nudges):
            if rung.when == "promised":
                known = case.promise_broken_at
                if rung.tell == "owner" and case.owner is None and rung.after < timedelta():
                    rung = rung.model_copy(update={"tell": "lead"})
                    promises = [p for p in case.promises if known is None or p.due_at > known]
                else:
                    promises = list(case.promises)
                begun = {p: p.due_at if known is not None and p.due_at <= known else p.made_at for p in promises}
                yield from ((index, rung, begun[p], p.due_at) for p in promises)
            else:
                start, end = self.clock(case, rung.when)
                if start is not None and end is not None:
                    yield index, rung, start, end

    def _beside(self, case: Case, to_come: set[When]) -> Iterator[Reminder]:
        """What is said whatever the policy: how did it end; and daily, while somebody waits and no rung is to come."""
        whom = "owner" if case.owner else "lead"
        leased = case.asked_at is not None or (case.status is Status.CLAIMED and self.policy.ownership.ask)
        if case.status in UNCONTACTED and not leased and not to_come & {"unclaimed", "not_contacted"}:
            yield self._daily(case, Beside.WAITING, whom, self.clock(case, "not_contacted")[1] or NEVER)
        if case.status is Status.CONTACTED and not case.promises and case.look_back_at:
            yield Reminder(("look back", case.look_back_at), Beside.LOOK_BACK, whom, case.look_back_at, 1)
        if not case.promises:
            return
        due = min(promise.due_at for promise in case.promises)
        if "promised" not in to_come:
            yield self._daily(case, Beside.OWED, whom, due)
        if not any((rung.when, rung.tell) == ("promised", "lead") for rung in self.policy.nudges):
            yield Reminder(("broken", due), Beside.BROKEN, "lead", due, 1)

    def _daily(self, case: Case, rung: int, whom: str, base: datetime) -> Reminder:
        due = base
        if self.said_at is not None and self.said_at >= base:
            due = self.morning_after(self.said_at)
        elif case.claimed_at is not None and case.claimed_at >= base:
            due = self.wall(case).add(case.claimed_at, self.grace(case))
        return Reminder((rung, due), rung, whom, due, 1)

    def morning_after(self, at: datetime) -> datetime:
        """The first working moment of a later local day; a day later for who works round the clock."""
        if self.policy.hours.always:
            return at + timedelta(days=1)
        here = at.astimezone(self.policy.zone).date()
        clock = wall(self.policy.hours, self.policy.timezone, self.year)
        slot = clock.begin + (at - clock.begin) // QUARTER * QUARTER
        while slot.astimezone(self.policy.zone).date() == here or not clock.is_open(slot):
            slot += QUARTER
        return slot

    def grace(self, case: Case) -> timedelta:
        """A moment for the call, for whoever takes what is late already."""
        allowed = self.policy.clocks.of(case.severity, case.feedback[0].source)
        return min(allowed.claim, allowed.contact)

    def _of_rung(self, case: Case, index: int, rung: Rung, start: datetime, end: datetime) -> Iterator[Reminder]:
        if rung.tell == "owner" and case.owner is None:
            return
        if rung.tell == "owner" and case.claimed_at is not None:
            if case.claimed_at >= end:  # a clock that was over before: a moment for the call, then it begins anew
                end = self.wall(case).add(case.claimed_at, self.grace(case))
                if rung.after < timedelta():
                    return  # nothing left to warn of
            start = max(start, case.claimed_at)
        count = 0
        for k in range(10_000 if rung.every else 1):
            due = self.wall(case).add(end, rung.after + k * (rung.every or QUARTER))
            count += 1
            if rung.every and rung.at_most and count > rung.at_most:
                return
            if rung.after < timedelta() and due < start:
                continue  # before there was anything to warn of
            whose = case.claimed_at if rung.tell == "owner" else None
            key = (index, rung.when, start, count, whose, end if rung.when == "promised" else None)
            if rung.tell != self.policy.nudges[index].tell:  # the lead, where nobody has the case
                key = _warning(index, count, end)
            yield Reminder(key, index, rung.tell, due, count)

    def clock(self, case: Case, when: str) -> tuple[datetime | None, datetime | None]:
        """Start and end of the clock a rung hangs on."""
        allowed = self.policy.clocks.of(case.severity, case.feedback[0].source)
        if when == "unclaimed" and case.status is Status.UNCLAIMED:
            return case.unclaimed_since, self.wall(case).add(case.unclaimed_since, allowed.claim)
        if when == "not_contacted" and case.status in UNCONTACTED:
            return case.heard_at, self.wall(case).add(case.heard_at, allowed.contact)
        return None, None


def _warning(index: int, count: int, due_at: datetime) -> tuple[object, ...]:
    return "warned", index, count, due_at


def freed(case: Case, now: datetime) -> Case:
    """A case that its silent owner has lost."""
    return replace(
        case, status=Status.UNCLAIMED, owner=None, claimed_at=None, held_since=None, asked_at=None, unclaimed_since=now
    )


def broken(case: Case, now: datetime) -> Case:
    """The case with every promise that was not kept by now known as broken; then nothing is graver."""
    passed = [promise.due_at for promise in case.promises if promise.due_at <= now]
    if not passed or (case.promise_broken_at is not None and max(passed) <= case.promise_broken_at):
        return case
    return replace(case, promise_broken_at=max(passed), severity=Severity.CRITICAL)
