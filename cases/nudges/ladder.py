"""The nudge ladder: when each rung of the policy is due for a case, what to say now, and when to look again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cases.model import UNCONTACTED, Case, Promise, Reason, Status
from cases.nudges.broken import breaks_at, with_broken_promise
from cases.nudges.lease import asked_at, let_go, released_at, source
from cases.nudges.rounds import Rounds, rounds_for
from cases.occasions import OCCASIONS, Beside, When, end_of_clock
from cases.policy.clocks import Clock
from cases.policy.ladder import Rung
from cases.policy.page import Policy
from cases.policy.working_time import DAY, NOTHING, Calendar, calendar_for, calendar_of

HELD = Beside.HELD  # the rung that asks a silent owner: it hangs on the clock's `hold`, not on the policy's ladder
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Nudge:
    """One thing to say about a case: rung number `rung` of the ladder (0-based, or one Beside it), to whoever `tell` names.

    `due_at` is the instant by the rule, before snooze and working hours defer it; `count` says the how-manieth
    occurrence of its rung it is (1-based); `last` that the rung has no more; `overdue` that its clock has run out;
    `owner` who held the case then; `promised_at` by when what it is about was promised, if it is about a promise.
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
    clocked = replace(clocked, look_back_at=_look_back_at(clocked, policy))
    return replace(clocked, next_nudge_at=next_nudge_at(clocked, policy))


def _look_back_at(case: Case, policy: Policy) -> datetime | None:
    """When a contacted case is asked about, at an opening: nobody is told of a Sunday that will be a Monday."""
    if case.status is not Status.CONTACTED:
        return case.look_back_at
    at = case.look_back_at or (case.contacted_at or case.opened_at) + policy.contact.check_back
    return calendar_of(policy).next_open(at)


def graver_for_its_wait(
    case: Case, policy: Policy, *, spoke: datetime | None = None, heard: datetime | None = None
) -> Case:
    """A case, raised one step where its customer had waited longer than the clock to contact before we heard; once is enough.

    `spoke` and `heard` are of another word than the one that opened it: of a complaint that was repeated.
    """
    waited = (heard or case.heard_at) - (spoke or case.waiting_since)
    known = any(reason.code == WAITED_BEFORE for reason in case.reasons)
    if known or waited <= _clocks(case, policy).contact:
        return case
    return replace(case, severity=case.severity.raised(), reasons=(*case.reasons, Reason(WAITED_BEFORE)))


WAITED_BEFORE = "waited_before"


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
    """When the clock must look at the case again: the next nudge, its going back to the team, a promise that breaks.

    Within working hours, and after any snooze, save that a promise breaks when it breaks. None: never.
    """
    times = (next_said_at(case, policy), released_at(case, policy), breaks_at(case))
    return min((at for at in times if at is not None), default=None)


def next_said_at(case: Case, policy: Policy) -> datetime | None:
    """When the next nudge is to be sent. None if none is to come."""
    return min((at for _, at in to_come(case, policy)), default=None)


def to_come(case: Case, policy: Policy) -> Iterator[tuple[Nudge, datetime]]:
    """What each rung, and what stands beside them, is to say next, and when that is to be sent."""
    for step in _steps_to_come(case, policy):
        at = step.sent_at(step.dealt_with)
        yield step.nudge(step.dealt_with, at), at


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
            if earlier is None or (earlier.when not in _ASKS and earlier.due_at <= nudge.due_at):
                latest[nudge.tell] = nudge
    return tuple(sorted(latest.values(), key=lambda nudge: nudge.rung))


def nudged(case: Case, policy: Policy, now: datetime) -> Case:
    """The case once the nudges due at `now` are dealt with; if none is due, only planned anew.

    `nudge_seq` rises with each round and names it for ever.
    """
    due = due_nudges(case, policy, now)
    if not due:
        return _looked_at_again(planned(case, policy), policy, now)
    asks = {nudge.when for nudge in due} & _ASKS
    until = max(now, case.nudged_until or now)  # a computer's clock that was set back must not undo what was said
    said = replace(case, nudged_until=until, nudge_seq=case.nudge_seq + 1, asked_at=now if asks else case.asked_at)
    return planned(_asked_ever_rarer(said, policy, now) if When.LOOK_BACK in asks else said, policy)


def _asked_ever_rarer(case: Case, policy: Policy, now: datetime) -> Case:
    """How it ended is asked again after as long as it has been since contact: from one `check_back` to two, four, eight."""
    since = now - (case.contacted_at or case.opened_at)
    return replace(case, look_back_at=now + max(policy.contact.check_back, since, _HOUR))


@dataclass(frozen=True, slots=True)
class Round:
    """One look of the clock: the case as it is after it, planned on; what is to be said; and who lost it, if somebody did.

    `broke`: a promise was not kept in time, and it is the first look since.
    """

    case: Case
    said: tuple[Nudge, ...] = ()
    lost_by: str | None = None
    broke: bool = False


def round_at(case: Case, policy: Policy, now: datetime) -> Round:
    """What the clock makes of a case at `now`; looking again at once says nothing more."""
    graver = with_broken_promise(case, now)
    as_it_is = planned(graver, policy) if graver else case
    free = let_go(as_it_is, policy, now)
    now_held = planned(free, policy) if free else as_it_is
    return Round(
        case=nudged(now_held, policy, now),
        said=due_nudges(now_held, policy, now),
        lost_by=case.owner if free else None,
        broke=graver is not None,
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
    if nudge.promised_at is not None and all(promise.due_at != nudge.promised_at for promise in case.owed):
        return False
    return occasion.stands(case, nudge.owner)


def put_off(case: Case, policy: Policy, now: datetime) -> Case:
    """The case when enough has been said about it today: what is due keeps, and is said on the next working day.

    An owner who was asked and does not answer loses it today all the same.
    """
    calendar = calendar_for(case.severity, policy)
    tomorrow = calendar.start_of_day(calendar.local_date(now) + DAY)
    again = calendar_of(policy).next_open(tomorrow)
    waits_not = [at for at in (released_at(case, policy), breaks_at(case)) if at is not None]
    return replace(case, next_nudge_at=min([again, *waits_not]))


def _looked_at_again(case: Case, policy: Policy, now: datetime) -> Case:
    """What is overdue while we are closed is next worth a look when we open, not with every tick until then."""
    if case.next_nudge_at is None or case.next_nudge_at > now:
        return case
    again = calendar_for(case.severity, policy).next_open(now)
    return replace(case, next_nudge_at=min(again, breaks_at(case) or again))


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

    @property
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
            owner=self.case.owner,
            promised_at=self.promised_at,
        )


def _steps_to_come(case: Case, policy: Policy) -> Iterator[_Step]:
    """All that is still to be said of the case as it is now: by the ladder in its order, and beside it."""
    asked = asked_at(case, policy) if case.asked_at is None else None
    if asked is not None:
        yield _beside(case, HELD, When.HELD, "owner", asked, policy)
    rungs = [step for step in _rungs(case, policy) if not step.ended]
    yield from rungs
    leased = asked is not None or case.asked_at is not None
    yield from _never_silent(case, policy, {step.rung.when for step in rungs}, leased=leased)


def _rungs(case: Case, policy: Policy) -> Iterator[_Step]:
    """The rungs that apply; those of promises for each promise by itself."""
    for index, rung in enumerate(policy.nudges):
        if rung.tell == "owner" and case.owner is None:
            yield from _warnings_of_nobodys(case, index, rung, policy)
        elif rung.when is When.PROMISED:
            for promise in case.owed:
                yield from _for_owner(_of_promise(promise, case, index, rung, policy), policy)
        elif (base := end_of_clock(rung.when, case)) is not None:
            yield from _for_owner(_step(case, index, rung, base, OCCASIONS[rung.when].since(case), policy), policy)


def _warnings_of_nobodys(case: Case, index: int, rung: Rung, policy: Policy) -> Iterator[_Step]:
    """Where nobody has the case the lead is warned before a promise breaks, and at once: the next round may be too late."""
    if rung.when is When.PROMISED and rung.after < NOTHING:
        for promise in case.owed:
            if promise not in case.broken:
                step = _of_promise(promise, case, index, rung.model_copy(update={"tell": "lead"}), policy)
                yield replace(step, rounds=None)


def _of_promise(promise: Promise, case: Case, index: int, rung: Rung, policy: Policy) -> _Step:
    # Once it is broken nothing warns of it any more, whatever its being critical does to the other clocks.
    since = max(promise.made_at, promise.due_at) if promise in case.broken else promise.made_at
    return replace(_step(case, index, rung, promise.due_at, since, policy), promised_at=promise.due_at)


def _step(case: Case, index: int, rung: Rung, base: datetime, since: datetime | None, policy: Policy) -> _Step:
    rounds = rounds_for(rung.tell, case.severity, policy)
    return _Step(case, index, rung, base, since, calendar_for(case.severity, policy), rounds)


def _beside(case: Case, index: Beside, when: When, tell: str, base: datetime, policy: Policy) -> _Step:
    """Not a rung that a policy can write, hence unchecked: every ladder has it."""
    rung = Rung.model_construct(when=when, after=NOTHING, every=None, at_most=None, tell=tell)
    return _step(case, index, rung, base, None, policy)


def _for_owner(step: _Step, policy: Policy) -> Iterator[_Step]:
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
    clocks = _clocks(case, policy)
    return calendar_for(case.severity, policy).add(taken, min(clocks.claim, clocks.contact))


def _never_silent(case: Case, policy: Policy, to_come: Collection[When], *, leased: bool) -> Iterator[_Step]:
    """What no policy can switch off: while somebody waits for us, and no rung is to come, it is said once each working day.

    `to_come` is what rungs are still to say, `leased` that the owner is asked, or has time to answer.
    """
    whom = "owner" if case.owner else "lead"
    if case.status in UNCONTACTED and not leased and not {When.UNCLAIMED, When.NOT_CONTACTED} & set(to_come):
        yield _beside(case, Beside.WAITING, When.WAITING, whom, _again(case, case.contact_due_at, policy), policy)
    if case.status is Status.CONTACTED and not case.owed and case.look_back_at is not None:
        yield _beside(case, Beside.LOOK_BACK, When.LOOK_BACK, whom, case.look_back_at, policy)
    if not case.owed:
        return
    due = case.owed[0].due_at
    if When.PROMISED not in to_come:
        owed = _beside(case, Beside.OWED, When.PROMISED, whom, _again(case, due, policy), policy)
        yield replace(owed, promised_at=due)
    if not any(rung.when is When.PROMISED and rung.tell == "lead" for rung in policy.nudges):
        broken = replace(_beside(case, Beside.BROKEN, When.PROMISED, "lead", due, policy), promised_at=due)
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


_ASKS = frozenset({When.HELD, When.LOOK_BACK})  # the answer, or that there is none, changes the case: it must be asked
_KEPT_IN_CASE = frozenset({HELD, Beside.LOOK_BACK, Beside.WAITING, Beside.OWED})
