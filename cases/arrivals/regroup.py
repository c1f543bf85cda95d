"""A person finds that two cases are one customer's, or that one case holds the words of two: what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cases.acts.act import NotAllowed
from cases.acts.effects import reopened
from cases.acts.promises import BROKEN, still_owed
from cases.acts.remedy import with_remedy_of
from cases.model import UNCONTACTED, Assessment, Case, Reason, Severity, Status


def joined(case: Case, other: Case, actor: str, now: datetime) -> tuple[Case, Case] | NotAllowed:
    """Both cases once `case` goes on with `other`: what either waits for is waited for still, what is owed stays owed."""
    if case.number == other.number:
        return NotAllowed("join_itself", {"number": case.number})
    if case.is_practice or other.is_practice:
        return NotAllowed("practice_apart", {"number": case.number})
    for each in (case, other):
        if each.joined_into is not None:
            return NotAllowed("joined_already", {"number": each.joined_into})
    if case.status is Status.CLOSED and other.status is not Status.CLOSED:
        return NotAllowed("join_into_open", {"number": other.number, "other": case.number})
    waits = other.status in UNCONTACTED
    after = reopened(case, now) if waits and case.status not in UNCONTACTED else case
    after = with_remedy_of(_with_hands_of(after, other), other)
    after = replace(
        after,
        severity=case.severity.at_least(other.severity),
        reasons=_each_once(case.reasons, other.reasons),
        unsure=case.unsure and other.unsure,
        waiting_since=min(after.waiting_since, other.waiting_since) if waits else after.waiting_since,
        tries=tuple(sorted({*after.tries, *other.tries}, key=lambda each: each.at)) if waits else after.tries,
        heard_at=min(after.heard_at, other.heard_at) if waits else after.heard_at,
        earlier=tuple(sorted({*case.earlier, *other.earlier} - {case.number, other.number}, reverse=True)),
        perhaps=tuple(number for number in case.perhaps if number != other.number),
        asks_no_contact=case.asks_no_contact or other.asks_no_contact,
        contact_decision=case.contact_decision or other.contact_decision,
        snoozed_until=None if waits else after.snoozed_until,
        snooze_reason=None if waits else after.snooze_reason,
    )
    after = replace(
        after,
        promises=tuple(dict.fromkeys((*after.promises, *other.promises))),
        promise_broken_at=max(filter(None, (case.promise_broken_at, other.promise_broken_at)), default=None),
    )
    return after, _gone_into(other, case.number, actor, now)


def _with_hands_of(case: Case, other: Case) -> Case:
    """Who held the other one goes on, where nobody holds this."""
    if case.owner or not other.owner or case.status is Status.CLOSED:
        return case
    status = Status.CLAIMED if case.status is Status.UNCLAIMED else case.status
    return replace(case, status=status, owner=other.owner, claimed_at=other.claimed_at, held_since=other.held_since)


def _gone_into(case: Case, number: int, actor: str, now: datetime) -> Case:
    return replace(
        case,
        status=Status.CLOSED,
        joined_into=number,
        closed_at=now,
        closed_by=actor,
        outcome=None,
        by_reaction=None,
        snoozed_until=None,
        snooze_reason=None,
    )


def left_by(case: Case, found: Sequence[Assessment], gone_to: Case) -> Case:
    """The case once some of its feedback has gone: as grave as what was `found` of the rest, and owing what is its own."""
    reasons = _each_once(*(each.reasons for each in found))
    severity = Severity.NORMAL
    for each in found:
        severity = severity.at_least(each.severity or Severity.NORMAL)
    asks = any(each.asks_no_contact for each in found)
    its_own = tuple(promise for promise in case.promises if promise not in gone_to.promises)
    left = replace(case, severity=severity, reasons=reasons, asks_no_contact=asks, title="", promises=its_own)
    if case.promise_broken_at is None:
        return left
    if case.promise_broken_at in (gone_to.promise_broken_at, *(each.due_at for each in gone_to.promises)):
        return replace(left, promise_broken_at=None)
    return replace(left, severity=Severity.CRITICAL, reasons=(*reasons, Reason(BROKEN)))


def parted_again(case: Case, host: Case, now: datetime) -> Case:
    """A case that had been joined into `host`, on its own again; what was kept there meanwhile is kept, what moved has moved."""
    owed = (still_owed(each, host) for each in case.promises)
    return replace(reopened(case, now), joined_into=None, promises=tuple(each for each in owed if each))


def _each_once(*several: Sequence[Reason]) -> tuple[Reason, ...]:
    return tuple({reason.code: reason for reasons in several[::-1] for reason in reasons}.values())
