"""The nudge ladder: when each rung of the policy is due for a case, what to say now, and when to look again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from cases.model import OPEN, UNCONTACTED, Case, Status
from cases.policy import Policy, Rung
from cases.working_time import NOTHING, Calendar, calendar_of

Deferral = Literal["snoozed", "outside working hours"]
Silence = Literal["closed", "contacted", "ladder ended"]


@dataclass(frozen=True, slots=True)
class Nudge:
    """One thing to say about a case: rung number `rung` of the ladder (0-based), to whoever `tell` names.

    `due_at` is the instant by the rule, before snooze and working hours defer it; `count` says the how-manieth
    occurrence of its rung it is (1-based); `last` that the rung has no more; `overdue` that its clock has run out.
    """

    case: int
    rung: int
    when: str
    tell: str
    due_at: datetime
    count: int
    last: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One clock of a case: its end, and the working time left when it stopped, or now (negative: over)."""

    due_at: datetime
    left: timedelta
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a case nudges or is silent: both clocks, then the next nudge and when it comes, or why none does.

    `deferred` says what keeps the nudge from coming at the instant it is due.
    """

    claim: Reading
    contact: Reading
    nudge: Nudge | None
    at: datetime | None
    deferred: Deferral | None
    silence: Silence | None


def claim_due(case: Case, policy: Policy) -> datetime:
    """When the clock to an owner runs out: working time since the case last had none."""
    return calendar_of(policy).add(case.unclaimed_since, policy.clocks.of(case.severity).claim)


def contact_due(case: Case, policy: Policy) -> datetime:
    """When the clock to first contact runs out: working time since the customer began to wait."""
    return calendar_of(policy).add(case.waiting_since, policy.clocks.of(case.severity).contact)


def planned(case: Case, policy: Policy) -> Case:
    """The case with both clocks and the next nudge worked out anew; to be called after every change of case or policy."""
    claim, contact = claim_due(case, policy), contact_due(case, policy)
    clocked = replace(
        case,
        claim_due_at=claim,
        contact_due_at=contact,
        nudged_until=_kept_place(case, claim, contact, calendar_of(policy)),
    )
    return replace(clocked, next_nudge_at=next_nudge_at(clocked, policy))


def _kept_place(case: Case, claim: datetime, contact: datetime, calendar: Calendar) -> datetime | None:
    """`nudged_until`, moved back as far as a clock was brought forward.

    Otherwise a case that grows graver would jump over rungs that were still to come: they would seem dealt with.
    """
    if case.nudged_until is None:
        return None
    earlier = max(calendar.between(claim, case.claim_due_at), calendar.between(contact, case.contact_due_at), NOTHING)
    return calendar.add(case.nudged_until, -earlier)


def next_nudge_at(case: Case, policy: Policy) -> datetime | None:
    """When the next nudge is to be sent: within working hours and after any snooze. None if none is to come."""
    steps = list(_steps_to_come(case, policy))
    return min((step.sent_at(step.dealt_with) for step in steps), default=None)


def due_nudges(case: Case, policy: Policy, now: datetime) -> tuple[Nudge, ...]:
    """What to say at `now`, in the order of the ladder: at most one nudge for each `tell`, the latest that is due."""
    calendar = calendar_of(policy)
    if not calendar.is_open(now) or (case.snoozed_until is not None and now < case.snoozed_until):
        return ()
    latest: dict[str, Nudge] = {}
    for step in _steps_to_come(case, policy):
        due = step.due_by(now)
        if due > step.dealt_with:
            nudge = step.nudge(due - 1, now)
            earlier = latest.get(nudge.tell)
            if earlier is None or earlier.due_at <= nudge.due_at:
                latest[nudge.tell] = nudge
    return tuple(sorted(latest.values(), key=lambda nudge: nudge.rung))


def nudged(case: Case, policy: Policy, now: datetime) -> Case:
    """The case once the nudges due at `now` are dealt with; if none is due, only planned anew.

    `nudge_seq` rises with each round and names it for ever.
    """
    if not due_nudges(case, policy, now):
        return _looked_at_again(planned(case, policy), policy, now)
    told = replace(case, nudged_until=now, nudge_seq=case.nudge_seq + 1)
    return planned(told, policy)


def _looked_at_again(case: Case, policy: Policy, now: datetime) -> Case:
    """What is overdue while we are closed is next worth a look when we open, not with every tick until then."""
    if case.next_nudge_at is None or case.next_nudge_at > now:
        return case
    return replace(case, next_nudge_at=calendar_of(policy).next_open(now))


def explain(case: Case, policy: Policy, now: datetime) -> Explanation:
    """What `/case why` tells: both clocks, and the next nudge with its reason, or why there is none."""
    calendar = calendar_of(policy)
    claim_stopped = case.claimed_at or case.contacted_at or case.closed_at
    claim = _reading(case.unclaimed_since, claim_stopped, case.claim_due_at, now, calendar)
    contact = _reading(case.waiting_since, case.contacted_at or case.closed_at, case.contact_due_at, now, calendar)
    planned_at = next_nudge_at(case, policy)
    if planned_at is None:
        return Explanation(claim, contact, None, None, None, _silence(case))
    at = calendar.next_open(max(planned_at, now))
    nudge = due_nudges(case, policy, at)[0]
    return Explanation(claim, contact, nudge, at, _deferral(nudge, case, calendar), None)


def _reading(
    since: datetime, stopped_at: datetime | None, due_at: datetime, now: datetime, calendar: Calendar
) -> Reading:
    # A reopened case keeps its owner, and a contact may be told of late: a clock cannot stop before it started.
    stopped_at = stopped_at and max(stopped_at, since)
    return Reading(due_at, calendar.between(stopped_at or now, due_at), stopped_at)


def _silence(case: Case) -> Silence:
    if case.status is Status.CLOSED:
        return "closed"
    return "contacted" if case.status is Status.CONTACTED else "ladder ended"


def _deferral(nudge: Nudge, case: Case, calendar: Calendar) -> Deferral | None:
    if case.snoozed_until is not None and case.snoozed_until > nudge.due_at:
        return "snoozed"
    return None if calendar.is_open(nudge.due_at) else "outside working hours"


@dataclass(frozen=True, slots=True)
class _Step:
    """One rung as it stands for one case. Occurrences count from 0; all sums are arithmetic, so downtime costs nothing."""

    case: Case
    index: int
    rung: Rung
    base: datetime
    since: datetime | None
    calendar: Calendar

    def due(self, occurrence: int) -> datetime:
        """When an occurrence is due by the rule."""
        return self.calendar.add(self.base, self.rung.after + occurrence * (self.rung.every or NOTHING))

    def due_by(self, at: datetime) -> int:
        """How many occurrences are due at or before `at`."""
        if self.rung.every is None:
            return int(self.due(0) <= at)
        last = (self.calendar.between(self.base, at) - self.rung.after) // self.rung.every
        if last < 0:
            return 0
        # Counting backwards stops at an opening: then an occurrence can be due a night later than the sum says.
        count = last + 1 if self.due(last) <= at else last
        return count if self.rung.at_most is None else min(count, self.rung.at_most)

    @property
    def dealt_with(self) -> int:
        """How many occurrences need no saying any more: the next to come has this number.

        That includes reminders ahead of a deadline that would have to come before its clock had even started.
        """
        started = self.since - datetime.resolution if self.since and self.rung.after < NOTHING else None
        passed = [at for at in (self.case.nudged_until, started) if at is not None]
        return self.due_by(max(passed)) if passed else 0

    @property
    def occurrences(self) -> int | None:
        """How many there are in all; None: without end."""
        return 1 if self.rung.every is None else self.rung.at_most

    def is_last(self, occurrence: int) -> bool:
        """True for the rung's final occurrence."""
        return self.occurrences is not None and occurrence + 1 >= self.occurrences

    @property
    def ended(self) -> bool:
        """True when every occurrence is dealt with."""
        return self.occurrences is not None and self.dealt_with >= self.occurrences

    def sent_at(self, occurrence: int) -> datetime:
        """When an occurrence is to be sent: quiet hours and snooze defer it, nothing swallows it."""
        due = self.due(occurrence)
        return self.calendar.next_open(max(due, self.case.snoozed_until or due))

    def nudge(self, occurrence: int, at: datetime) -> Nudge:
        """The occurrence as said at `at`."""
        return Nudge(
            case=self.case.number,
            rung=self.index,
            when=self.rung.when,
            tell=self.rung.tell,
            due_at=self.due(occurrence),
            count=occurrence + 1,
            last=self.is_last(occurrence),
            overdue=self.base <= at,
        )


def _steps_to_come(case: Case, policy: Policy) -> Iterator[_Step]:
    """The rungs that apply to the case as it is now and have occurrences left, in the ladder's order."""
    calendar = calendar_of(policy)
    for index, rung in enumerate(policy.nudges):
        base, since = _clock(case, rung)
        if base is None or (rung.tell == "owner" and case.owner is None):
            continue
        step = _Step(case, index, rung, base, since, calendar)
        if not step.ended:
            yield step


def _clock(case: Case, rung: Rung) -> tuple[datetime | None, datetime | None]:
    """The end of the clock a rung hangs on, and its start as far as known; no end: the rung does not apply."""
    if rung.when == "unclaimed":
        return (case.claim_due_at if case.status is Status.UNCLAIMED else None), case.unclaimed_since
    if rung.when == "not_contacted":
        return (case.contact_due_at if case.status in UNCONTACTED else None), case.waiting_since
    return (case.promise_due_at if case.status in OPEN else None), case.promised_at
