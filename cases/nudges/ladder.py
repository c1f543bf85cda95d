"""The nudge ladder: what to say of a case now, when to look again, and the case planned on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cases.model import Case, Status, replaced
from cases.nudges import practice
from cases.nudges.broken import breaks_at, with_broken_promise
from cases.nudges.lease import let_go, released_at, source
from cases.nudges.steps import ASKS, Nudge, clocks_of, steps_to_come
from cases.occasions import OCCASIONS, When
from cases.policy.page import Policy
from cases.policy.working_time import DAY, calendar_for, calendar_of

_HOUR = timedelta(hours=1)


def claim_due(case: Case, policy: Policy) -> datetime:
    """When the clock to an owner runs out: working time since the case last had none."""
    return calendar_for(case.severity, policy).add(case.unclaimed_since, clocks_of(case, policy).claim)


def contact_due(case: Case, policy: Policy) -> datetime:
    """When the clock to first contact runs out: working time since the customer began to wait."""
    return calendar_for(case.severity, policy).add(case.heard_at, clocks_of(case, policy).contact)


def planned(case: Case, policy: Policy) -> Case:
    """The case with both clocks and the next nudge worked out anew; to be called after every change of case or policy."""
    claim, contact = claim_due(case, policy), contact_due(case, policy)
    kept = _kept_place(case, claim, contact, policy)
    if (claim, contact, kept) != (case.claim_due_at, case.contact_due_at, case.nudged_until):
        case = replaced(case, claim_due_at=claim, contact_due_at=contact, nudged_until=kept)
    look_back = _look_back_at(case, policy)
    case = case if look_back == case.look_back_at else replaced(case, look_back_at=look_back)
    again = next_nudge_at(case, policy)
    return case if again == case.next_nudge_at else replaced(case, next_nudge_at=again)


def _look_back_at(case: Case, policy: Policy) -> datetime | None:
    """When a contacted case is asked about, at an opening: nobody is told of a Sunday that will be a Monday."""
    if case.status is not Status.CONTACTED:
        return case.look_back_at
    at = case.look_back_at or (case.contacted_at or case.opened_at) + policy.contact.check_back
    return calendar_of(policy).next_open(at)


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
        together.append(replaced(case, **due))
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

    Within working hours, and after any snooze, save that a promise breaks when it breaks, and practice is over when it is
    over. None: never.
    """
    if case.is_practice:
        return practice.ends_at(case)
    times = (next_said_at(case, policy), released_at(case, policy), breaks_at(case))
    return min((at for at in times if at is not None), default=None)


def next_said_at(case: Case, policy: Policy) -> datetime | None:
    """When the next nudge is to be sent. None if none is to come."""
    return min((at for _, at in to_come(case, policy)), default=None)


def to_come(case: Case, policy: Policy) -> Iterator[tuple[Nudge, datetime]]:
    """What each rung, and what stands beside them, is to say next, and when that is to be sent."""
    for step in steps_to_come(case, policy):
        at = step.sent_at(step.dealt_with)
        yield step.nudge(step.dealt_with, at), at


def due_nudges(case: Case, policy: Policy, now: datetime) -> tuple[Nudge, ...]:
    """What to say at `now`, in the order of the ladder: at most one nudge for each `tell`, the latest that is due.

    To an owner who is to be asked whether they are still on it, that question says all there is to say. What there is to
    learn is asked when there is nothing else to say.
    """
    calendar = calendar_for(case.severity, policy)
    if not calendar.is_open(now) or (case.put_off_until is not None and now < case.put_off_until):
        return ()
    latest: dict[tuple[str, str | None], Nudge] = {}
    for step in steps_to_come(case, policy):
        due = step.due_by(now)
        if due > step.dealt_with and (step.rounds is None or step.sent_at(step.dealt_with) <= now):
            nudge = step.nudge(due - 1, now)
            whom = (nudge.tell, nudge.owner if nudge.tell == "owner" else None)
            earlier = latest.get(whom)
            if nudge.when is When.LESSON and latest:
                continue
            if earlier is None or (earlier.when not in ASKS and earlier.due_at <= nudge.due_at):
                latest[whom] = nudge
    return tuple(sorted(latest.values(), key=lambda nudge: nudge.rung))


def nudged(case: Case, policy: Policy, now: datetime) -> Case:
    """The case once the nudges due at `now` are dealt with; if none is due, only planned anew.

    `nudge_seq` rises with each round and names it for ever.
    """
    return _nudged(case, due_nudges(case, policy, now), policy, now)


def _nudged(case: Case, due: Sequence[Nudge], policy: Policy, now: datetime) -> Case:
    if not due:
        return _looked_at_again(planned(case, policy), policy, now)
    asks = {nudge.when for nudge in due} & ASKS
    until = max(now, case.nudged_until or now)  # a computer's clock that was set back must not undo what was said
    said = replace(case, nudged_until=until, nudge_seq=case.nudge_seq + 1, asked_at=now if asks else case.asked_at)
    said = _lesson_asked(said, due, now)
    return planned(_asked_ever_rarer(said, policy, now) if When.LOOK_BACK in asks else said, policy)


def _lesson_asked(case: Case, due: Sequence[Nudge], now: datetime) -> Case:
    """What there is to learn has been asked, once for all; or it comes later, where there was something else to say."""
    if any(nudge.when is When.LESSON for nudge in due):
        return replace(case, lesson_asked_at=now)
    if case.lesson_due_at is not None and case.lesson_asked_at is None and case.lesson_due_at <= now:
        return replace(case, lesson_due_at=now + _HOUR)
    return case


def _asked_ever_rarer(case: Case, policy: Policy, now: datetime) -> Case:
    """How it ended is asked again after as long as it has been since contact: from one `check_back` to two, four, eight."""
    since = now - (case.contacted_at or case.opened_at)
    return replace(case, look_back_at=now + max(policy.contact.check_back, since, _HOUR))


@dataclass(frozen=True, slots=True)
class Round:
    """One look of the clock: the case as it is after it, planned on; what is to be said; and who lost it, if somebody did.

    `broke`: a promise was not kept in time, and it is the first look since. `enough`: there was more to say than a day may hold.
    """

    case: Case
    said: tuple[Nudge, ...] = ()
    lost_by: str | None = None
    broke: bool = False
    enough: bool = False


def round_at(case: Case, policy: Policy, now: datetime) -> Round:
    """What the clock makes of a case at `now`; looking again at once says nothing more."""
    graver = with_broken_promise(case, now)
    as_it_is = planned(graver, policy) if graver else case
    free = let_go(as_it_is, policy, now)
    now_held = planned(free, policy) if free else as_it_is
    said = due_nudges(now_held, policy, now)
    return Round(
        case=_nudged(now_held, said, policy, now),
        said=said,
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
    if nudge.tell == "owner" and occasion.whose(case) != (nudge.owner or to):
        return False
    owed = case.owed if occasion.of_customer else case.changes
    if nudge.promised_at is not None and all(promise.due_at != nudge.promised_at for promise in owed):
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
