"""The steps of a case: every rung that applies to it as it is, of the policy's ladder and beside it, and when each is due."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property

from cases.model import UNCONTACTED, Case, Promise, Status
from cases.nudges.lease import asked_at, source
from cases.nudges.rounds import Rounds, rounds_for
from cases.occasions import OCCASIONS, Beside, When, end_of_clock
from cases.policy.clocks import Clock
from cases.policy.ladder import Rung
from cases.policy.page import Policy
from cases.policy.working_time import DAY, NOTHING, Calendar, calendar_for, calendar_of

HELD = Beside.HELD  # the rung that asks a silent owner: it hangs on the clock's `hold`, not on the policy's ladder


@dataclass(frozen=True, slots=True)
class Nudge:
    """One thing to say about a case: rung number `rung` of the ladder (0-based, or one Beside it), to whoever `tell` names.

    `due_at` is the instant by the rule, before snooze and working hours defer it; `count` says the how-manieth
    occurrence of its rung it is (1-based); `last` that the rung has no more; `overdue` that its clock has run out;
    `owner` who held the case then, or was meant as if they did; `promised_at` by when what it is about was promised, if it is about a promise.
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
    promised_at: datetime | None = None


def clocks_of(case: Case, policy: Policy) -> Clock:
    return policy.clocks.of(case.severity, source(case))


@dataclass(frozen=True)
class Step:
    """One rung as it stands for one case. Occurrences count from 0; all sums are arithmetic, so downtime costs nothing."""

    case: Case
    index: int
    rung: Rung
    base: datetime
    since: datetime | None
    calendar: Calendar
    rounds: Rounds | None = None
    promised_at: datetime | None = None

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

    @cached_property
    def dealt_with(self) -> int:
        """How many occurrences need no saying any more: the next to come has this number.

        That includes reminders ahead of a deadline that would have to come before its clock had even started.
        """
        if self.index in _KEPT_IN_CASE:  # that it was said has moved its base: it is not due any more
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
            overdue=(self.promised_at or self.base) <= at,
            owner=OCCASIONS[self.rung.when].whose(self.case),
            promised_at=self.promised_at,
        )


def steps_to_come(case: Case, policy: Policy) -> Iterator[Step]:
    """All that is still to be said of the case as it is now: by the ladder in its order, and beside it; nothing of practice."""
    if case.is_practice:
        return
    asked = asked_at(case, policy) if case.asked_at is None else None
    if asked is not None:
        yield _beside(case, HELD, When.HELD, "owner", asked, policy)
    rungs = [step for step in _rungs(case, policy) if not step.ended]
    yield from rungs
    leased = asked is not None or case.asked_at is not None
    yield from _never_silent(case, policy, {step.rung.when for step in rungs}, leased=leased)


def _rungs(case: Case, policy: Policy) -> Iterator[Step]:
    """The rungs that apply; those of promises for each promise by itself, and for what we promised ourselves."""
    for index, rung in enumerate(policy.nudges):
        if rung.when is When.PROMISED:
            ours = rung.model_copy(update={"when": When.CHANGE}) if case.changes else rung
            yield from (_of_promise(change, case, index, ours, policy) for change in case.changes)
        if rung.tell == "owner" and case.owner is None:
            yield from _warnings_of_nobodys(case, index, rung, policy)
        elif rung.when is When.PROMISED:
            for promise in case.owed:
                yield from _for_owner(_of_promise(promise, case, index, rung, policy), policy)
        elif (base := end_of_clock(rung.when, case)) is not None:
            yield from _for_owner(_step(case, index, rung, base, OCCASIONS[rung.when].since(case), policy), policy)


def _warnings_of_nobodys(case: Case, index: int, rung: Rung, policy: Policy) -> Iterator[Step]:
    """Where nobody has the case the lead is warned before a promise breaks, and at once: the next round may be too late."""
    if rung.when is When.PROMISED and rung.after < NOTHING:
        for promise in case.owed:
            if promise not in case.broken:
                step = _of_promise(promise, case, index, rung.model_copy(update={"tell": "lead"}), policy)
                yield replace(step, rounds=None)


def _of_promise(promise: Promise, case: Case, index: int, rung: Rung, policy: Policy) -> Step:
    # Once it is broken nothing warns of it any more, whatever its being critical does to the other clocks.
    since = max(promise.made_at, promise.due_at) if promise in case.broken else promise.made_at
    return replace(_step(case, index, rung, promise.due_at, since, policy), promised_at=promise.due_at)


def _step(case: Case, index: int, rung: Rung, base: datetime, since: datetime | None, policy: Policy) -> Step:
    rounds = rounds_for(rung.tell, case.severity, policy)
    return Step(case, index, rung, base, since, calendar_for(case.severity, policy), rounds)


def _beside(case: Case, index: Beside, when: When, tell: str, base: datetime, policy: Policy) -> Step:
    return _step(case, index, _rung_beside(when, tell), base, None, policy)


@cache
def _rung_beside(when: When, tell: str) -> Rung:
    """Not a rung that a policy can write, hence unchecked: every ladder has it."""
    return Rung.model_construct(when=when, after=NOTHING, every=None, at_most=None, tell=tell)


def _for_owner(step: Step, policy: Policy) -> Iterator[Step]:
    """What is said to an owner hangs on when they took the case, too."""
    claimed_at, base = step.case.claimed_at, step.base
    if step.rung.tell != "owner" or claimed_at is None:
        yield step
    elif claimed_at < base:
        yield replace(step, since=max(claimed_at, step.since or claimed_at))  # what came before was for others
    elif step.rung.after >= NOTHING:  # else there is nothing left to warn of
        yield replace(step, base=_a_moment_after(claimed_at, step.case, policy))


def _a_moment_after(taken: datetime, case: Case, policy: Policy) -> datetime:
    """Who takes a case that is late already has a moment to make the call."""
    clocks = clocks_of(case, policy)
    return calendar_for(case.severity, policy).add(taken, min(clocks.claim, clocks.contact))


def _never_silent(case: Case, policy: Policy, to_come: Collection[When], *, leased: bool) -> Iterator[Step]:
    """What no policy can switch off: while somebody waits for us, and no rung is to come, it is said once each working day.

    `to_come` is what rungs are still to say, `leased` that the owner is asked, or has time to answer.
    """
    whom = "owner" if case.owner else "lead"
    if case.status in UNCONTACTED and not leased and not {When.UNCLAIMED, When.NOT_CONTACTED} & set(to_come):
        yield _beside(case, Beside.WAITING, When.WAITING, whom, _again(case, case.contact_due_at, policy), policy)
    if case.status is Status.CONTACTED and not case.owed and case.look_back_at is not None:
        yield _beside(case, Beside.LOOK_BACK, When.LOOK_BACK, whom, case.look_back_at, policy)
    if case.owed:
        yield from _still_owed(case, When.PROMISED, whom, case.owed[0].due_at, to_come, policy)
    if case.changes:
        yield from _still_owed(case, When.CHANGE, "owner", case.changes[0].due_at, to_come, policy)
    if case.status is Status.CLOSED and case.lesson_due_at is not None and case.lesson_asked_at is None:
        yield _beside(case, Beside.LESSON, When.LESSON, "owner", case.lesson_due_at, policy)


def _still_owed(
    case: Case, when: When, whom: str, due: datetime, to_come: Collection[When], policy: Policy
) -> Iterator[Step]:
    if when not in to_come:
        yield replace(_beside(case, Beside.OWED, when, whom, _again(case, due, policy), policy), promised_at=due)
    if not any(rung.when is When.PROMISED and rung.tell == "lead" for rung in policy.nudges):
        broken = replace(_beside(case, Beside.BROKEN, when, "lead", due, policy), promised_at=due)
        if not broken.ended:
            yield broken


def _again(case: Case, base: datetime, policy: Policy) -> datetime:
    """`base` while nothing has been said since then, later the opening of the working day after what was said.

    Who works round the clock has no opening: a day later.
    """
    said = case.nudged_until
    if said is not None and said >= base:
        calendar = calendar_of(policy)
        if policy.hours.always:
            return said + DAY
        return calendar.next_open(calendar.start_of_day(calendar.local_date(said) + DAY))
    if case.claimed_at is not None and case.claimed_at >= base:
        return _a_moment_after(case.claimed_at, case, policy)
    return base


ASKS = frozenset({When.HELD, When.LOOK_BACK})  # the answer, or that there is none, changes the case: it must be asked
_KEPT_IN_CASE = frozenset({HELD, Beside.LOOK_BACK, Beside.WAITING, Beside.OWED, Beside.LESSON})
