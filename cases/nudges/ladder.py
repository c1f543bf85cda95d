"""The nudge ladder: when each rung of the policy is due for a case, what to say now, and when to look again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from cases.model import Case
from cases.nudges.lease import asked_at, let_go, released_at, source
from cases.nudges.rounds import Rounds, rounds_for
from cases.occasions import OCCASIONS, When, end_of_clock
from cases.policy.clocks import Clock
from cases.policy.ladder import Rung
from cases.policy.page import Policy
from cases.policy.working_time import DAY, NOTHING, Calendar, calendar_for, calendar_of

HELD = -1  # the rung that asks a silent owner: it hangs on the clock's `hold`, not on the policy's ladder


@dataclass(frozen=True, slots=True)
class Nudge:
    """One thing to say about a case: rung number `rung` of the ladder (0-based, or HELD), to whoever `tell` names.

    `due_at` is the instant by the rule, before snooze and working hours defer it; `count` says the how-manieth
    occurrence of its rung it is (1-based); `last` that the rung has no more; `overdue` that its clock has run out;
    `owner` who held the case then.
    """

    case: int
    rung: int
    when: When
    tell: str
    due_at: datetime
    count: int
    last: bool
    overdue: bool
    owner: str | None = None


def claim_due(case: Case, policy: Policy) -> datetime:
    """When the clock to an owner runs out: working time since the case last had none."""
    return calendar_for(case.severity, policy).add(case.unclaimed_since, _clocks(case, policy).claim)


def contact_due(case: Case, policy: Policy) -> datetime:
    """When the clock to first contact runs out: working time since the customer began to wait."""
    return calendar_for(case.severity, policy).add(case.heard_at, _clocks(case, policy).contact)


def _clocks(case: Case, policy: Policy) -> Clock:
    return policy.clocks.of(case.severity, source(case))


def planned(case: Case, policy: Policy) -> Case:
    """The case with both clocks and the next nudge worked out anew; to be called after every change of case or policy."""
    claim, contact = claim_due(case, policy), contact_due(case, policy)
    clocked = replace(
        case,
        claim_due_at=claim,
        contact_due_at=contact,
        nudged_until=_kept_place(case, claim, contact, policy),
    )
    return replace(clocked, next_nudge_at=next_nudge_at(clocked, policy))


def planned_together(new: Iterable[Case], policy: Policy) -> list[Case]:
    """As `planned` for cases that have just been opened, in their order.

    Of a new case the clocks see when it began, how grave it is and where it came from: those alike in that share a plan.
    """
    plans: dict[object, Case] = {}
    together = []
    for case in new:
        kind = (case.unclaimed_since, case.heard_at, case.severity, source(case))
        plan = plans.get(kind) or plans.setdefault(kind, planned(case, policy))
        due = {name: getattr(plan, name) for name in ("claim_due_at", "contact_due_at", "next_nudge_at")}
        together.append(replace(case, **due))
    return together


def _kept_place(case: Case, claim: datetime, contact: datetime, policy: Policy) -> datetime | None:
    """`nudged_until`, moved back where a clock was brought forward: as far past the new end as it was past the old.

    Otherwise a case that grows graver would jump over rungs that were still to come: they would seem dealt with.
    How far that is was measured in the team's hours, if it is only now that the case may be told of at any time.
    """
    kept = case.nudged_until
    if kept is None:
        return None
    calendar = calendar_for(case.severity, policy)
    ends = ((claim, case.claim_due_at), (contact, case.contact_due_at))
    places = [
        calendar.add(end, before.between(former_end, kept))
        for end, former_end in ends
        if end < former_end
        for before in {calendar, calendar_of(policy)}
    ]
    return min([kept, *places])


def next_nudge_at(case: Case, policy: Policy) -> datetime | None:
    """When the clock must look at the case again: the next nudge, or its going back to the team. None: never.

    Within working hours, and after any snooze.
    """
    times = (next_said_at(case, policy), released_at(case, policy))
    return min((at for at in times if at is not None), default=None)


def next_said_at(case: Case, policy: Policy) -> datetime | None:
    """When the next nudge is to be sent. None if none is to come."""
    return min((step.sent_at(step.dealt_with) for step in _steps_to_come(case, policy)), default=None)


def due_nudges(case: Case, policy: Policy, now: datetime) -> tuple[Nudge, ...]:
    """What to say at `now`, in the order of the ladder: at most one nudge for each `tell`, the latest that is due.

    To an owner who is to be asked whether they are still on it, that question says all there is to say.
    """
    calendar = calendar_for(case.severity, policy)
    if not calendar.is_open(now) or (case.put_off_until is not None and now < case.put_off_until):
        return ()
    latest: dict[str, Nudge] = {}
    for step in _steps_to_come(case, policy):
        due = step.due_by(now)
        if due > step.dealt_with and (step.rounds is None or step.sent_at(step.dealt_with) <= now):
            nudge = step.nudge(due - 1, now)
            earlier = latest.get(nudge.tell)
            if earlier is None or (earlier.when is not When.HELD and earlier.due_at <= nudge.due_at):
                latest[nudge.tell] = nudge
    return tuple(sorted(latest.values(), key=lambda nudge: nudge.rung))


def nudged(case: Case, policy: Policy, now: datetime) -> Case:
    """The case once the nudges due at `now` are dealt with; if none is due, only planned anew.

    `nudge_seq` rises with each round and names it for ever.
    """
    due = due_nudges(case, policy, now)
    if not due:
        return _looked_at_again(planned(case, policy), policy, now)
    asked = now if any(nudge.when is When.HELD for nudge in due) else case.asked_at
    until = max(now, case.nudged_until or now)  # a computer's clock that was set back must not undo what was said
    return planned(replace(case, nudged_until=until, nudge_seq=case.nudge_seq + 1, asked_at=asked), policy)


@dataclass(frozen=True, slots=True)
class Round:
    """One look of the clock: the case as it is after it, planned on; what is to be said; and who lost it, if somebody did."""

    case: Case
    said: tuple[Nudge, ...] = ()
    lost_by: str | None = None


def round_at(case: Case, policy: Policy, now: datetime) -> Round:
    """What the clock makes of a case at `now`; looking again at once says nothing more."""
    free = let_go(case, policy, now)
    now_held = planned(free, policy) if free else case
    return Round(
        case=nudged(now_held, policy, now),
        said=due_nudges(now_held, policy, now),
        lost_by=case.owner if free else None,
    )


def applies(nudge: Nudge, case: Case, now: datetime, *, to: str, posted: bool) -> bool:
    """Whether a nudge still asks for something: before it is posted, `to` that person or place, and once it stands there.

    What was said before a snooze stays said. Who no longer holds the case is not asked as its owner.
    """
    occasion = OCCASIONS[nudge.when]
    if not posted and occasion.snoozed and case.put_off_until is not None and case.put_off_until > now:
        return False
    if nudge.tell == "owner" and case.owner != (nudge.owner or to):
        return False
    return occasion.stands(case, nudge.owner)


def put_off(case: Case, policy: Policy, now: datetime) -> Case:
    """The case when enough has been said about it today: what is due keeps, and is said on the next working day.

    An owner who was asked and does not answer loses it today all the same.
    """
    calendar = calendar_for(case.severity, policy)
    tomorrow = calendar.start_of_day(calendar.local_date(now) + DAY)
    again, back = calendar_of(policy).next_open(tomorrow), released_at(case, policy)
    return replace(case, next_nudge_at=min(again, back or again))


def _looked_at_again(case: Case, policy: Policy, now: datetime) -> Case:
    """What is overdue while we are closed is next worth a look when we open, not with every tick until then."""
    if case.next_nudge_at is None or case.next_nudge_at > now:
        return case
    return replace(case, next_nudge_at=calendar_for(case.severity, policy).next_open(now))


@dataclass(frozen=True, slots=True)
class _Step:
    """One rung as it stands for one case. Occurrences count from 0; all sums are arithmetic, so downtime costs nothing."""

    case: Case
    index: int
    rung: Rung
    base: datetime
    since: datetime | None
    calendar: Calendar
    rounds: Rounds | None = None

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
        if self.index == HELD:  # whether it was said is kept in the case, which says so by not asking again
            return 0
        started = self.since - datetime.resolution if self.since and self.rung.after < NOTHING else None
        told = self.case.nudged_until
        told = self.rounds.last(told) if told and self.rounds else told
        passed = [at for at in (told, started) if at is not None]
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
        """When an occurrence is to be sent: quiet hours, snooze and the lead's rounds defer it, nothing swallows it."""
        due = self.due(occurrence)
        at = self.calendar.next_open(max(due, self.case.put_off_until or due))
        return self.rounds.next(at) if self.rounds else at

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
            owner=self.case.owner,
        )


def _steps_to_come(case: Case, policy: Policy) -> Iterator[_Step]:
    """The rungs that apply to the case as it is now and have occurrences left, in the ladder's order."""
    calendar = calendar_for(case.severity, policy)
    asked = asked_at(case, policy)
    if asked is not None and case.asked_at is None:
        yield _Step(case, HELD, _ASK_OWNER, asked, case.held_since, calendar)
    for index, rung in enumerate(policy.nudges):
        base, since = end_of_clock(rung.when, case), OCCASIONS[rung.when].since(case)
        if base is None or (rung.tell == "owner" and case.owner is None):
            continue
        if rung.tell == "owner" and case.claimed_at is not None:
            if case.claimed_at < base:
                since = max(case.claimed_at, since or case.claimed_at)  # what came before was for others
            elif rung.after < NOTHING:
                continue  # there is nothing left to warn of
            else:  # who takes a case that is late already has a moment to make the call
                clocks = _clocks(case, policy)
                base = calendar.add(case.claimed_at, min(clocks.claim, clocks.contact))
        step = _Step(case, index, rung, base, since, calendar, rounds_for(rung.tell, case.severity, policy))
        if not step.ended:
            yield step


# Not a rung that a policy can write, hence unchecked: every ladder has it.
_ASK_OWNER = Rung.model_construct(when=When.HELD, after=NOTHING, every=None, at_most=None, tell="owner")
