"""What each action, or taking it back, makes of a case that it is allowed in: the effects behind the table of actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from cases.acts.act import TOOK_IT, Act, Change, Decision, NotAllowed, Unchanged
from cases.model import ENDS_WITHOUT_CONTACT, Case, Outcome, Promise, Status, Via


def claim(case: Case, act: Act, now: datetime) -> Decision:
    if case.owner == act.actor:
        return Unchanged()
    if case.owner is not None:
        return NotAllowed("held", {"owner": case.owner, "since": case.claimed_at, "number": case.number})
    return Change(_held(case, act.actor, now))


def unclaim(case: Case, act: Act, now: datetime) -> Decision:
    return Change(unowned(case, since=case.unclaimed_since), {"owner": case.owner})


def _held(case: Case, owner: str, now: datetime) -> Case:
    """The case in somebody's hands from now on: whoever had it before was asked for the last time."""
    status = Status.CLAIMED if case.status is Status.UNCLAIMED else case.status
    return replace(case, status=status, owner=owner, claimed_at=now, held_since=now, asked_at=None)


def still(case: Case, act: Act, now: datetime) -> Decision:
    """The owner has not forgotten; the time until they are asked begins anew."""
    if case.owner != act.actor:
        return NotAllowed("not_owner", {"owner": case.owner, "since": case.claimed_at})
    return Change(replace(case, held_since=now, asked_at=None))


def _heard_from(case: Case, act: Act, now: datetime) -> Case:
    """An owner who puts a case off or promises something has not forgotten it."""
    return replace(case, held_since=now, asked_at=None) if case.owner == act.actor else case


def take_over(case: Case, act: Act, now: datetime) -> Decision:
    """Somebody else goes on with the case; unlike a claim it may be held, and its owner is told."""
    if case.owner == act.actor:
        return Unchanged()
    taken = _held(case, act.actor, now)
    return Change(taken, {"owner": act.actor, "before": case.owner, "text": act.text})


def release(case: Case, act: Act, now: datetime) -> Decision:
    if case.owner is None:
        return Unchanged()
    if case.owner != act.actor and not act.is_lead:
        return NotAllowed("not_owner", {"owner": case.owner, "since": case.claimed_at})
    return Change(unowned(case, since=now), {"owner": case.owner})


def unowned(case: Case, since: datetime) -> Case:
    """A contacted case stays contacted: the customer has been reached, only the hand that holds the case is gone."""
    status = Status.UNCLAIMED if case.status is Status.CLAIMED else case.status
    return replace(
        case, status=status, owner=None, claimed_at=None, held_since=None, asked_at=None, unclaimed_since=since
    )


def give(case: Case, act: Act, now: datetime) -> Decision:
    if not act.to:
        return NotAllowed("give_to_whom")
    if case.owner == act.to:
        return Unchanged()
    given = _held(case, act.to, now)
    return Change(given, {"owner": act.to, "before": case.owner, "text": act.text})


def snooze(case: Case, act: Act, now: datetime) -> Decision:
    if case.owner not in (None, act.actor) and not act.is_lead:
        return NotAllowed("not_owner", {"owner": case.owner, "since": case.claimed_at})
    if act.until is None:
        return NotAllowed("snooze_until_when")
    if act.until <= now:
        return NotAllowed("in_the_past", {"at": act.until})
    if case.promise_due_at and act.until > case.promise_due_at > now:
        return NotAllowed("snooze_past_promise", {"at": case.promise_due_at})
    if (case.snoozed_until, case.snooze_reason) == (act.until, act.text):
        return Unchanged()
    if act.until > now + act.limits.longest_snooze:
        return NotAllowed("snooze_too_long", {"at": now + act.limits.longest_snooze, "number": case.number})
    if act.limits.snoozes is not None and case.snoozes >= act.limits.snoozes:
        return NotAllowed("snoozed_too_often", {"count": case.snoozes, "number": case.number})
    snoozed = replace(case, snoozed_until=act.until, snooze_reason=act.text, snoozes=case.snoozes + 1)
    return Change(_heard_from(snoozed, act, now), {"until": act.until, "text": act.text})


def wake(case: Case, act: Act, now: datetime) -> Decision:
    return Change(replace(case, snoozed_until=None, snooze_reason=None, snoozes=max(0, case.snoozes - 1)))


def contact(case: Case, act: Act, now: datetime) -> Decision:
    return (_contacted_again if case.status is Status.CONTACTED else _contacted)(case, act, now)


def _contacted(case: Case, act: Act, now: datetime) -> Decision:
    at = act.at or now
    if at > now + timedelta(minutes=1):
        return NotAllowed("not_yet_happened", {"at": at})
    reached = replace(
        case,
        status=Status.CONTACTED,
        owner=case.owner or act.actor,
        claimed_at=case.claimed_at or now,
        contacted_at=at,
        contacted_by=act.actor,
        contacted_how=act.way,
        contact_decision=_why_all_the_same(case, act),
        held_since=case.held_since if case.owner else now,
        asked_at=None,
        snoozed_until=None,
        snooze_reason=None,
        snoozes=0,
    )
    return Change(reached, {"way": act.way, "text": act.text, "at": at})


def _why_all_the_same(case: Case, act: Act) -> str | None:
    """What is told of contacting somebody who asked us not to is the reason that is kept."""
    return (act.text or None) if case.held else case.contact_decision


def _contacted_again(case: Case, act: Act, now: datetime) -> Decision:
    """A contacted case is only told more: how, and what was said. The first contact's time stands."""
    if act.way in (None, case.contacted_how) and not act.text:
        return Unchanged()
    decided = _why_all_the_same(case, act)
    told = replace(case, contacted_how=act.way or case.contacted_how, contact_decision=decided)
    return Change(told, {"way": act.way, "text": act.text})


def uncontact(case: Case, act: Act, now: datetime) -> Decision:
    """It waits for first contact again, with the owner it had: none, where the emoji had made somebody the owner."""
    waits = replace(case, status=Status.CLAIMED, contacted_at=None, contacted_by=None, contacted_how=None)
    if (case.by_reaction or "").endswith(TOOK_IT):
        return Change(unowned(waits, since=case.unclaimed_since), {"owner": case.owner})
    return Change(waits)


def promise(case: Case, act: Act, now: datetime) -> Decision:
    if not act.text:
        return NotAllowed("promise_what")
    if act.until is None:
        return NotAllowed("promise_by_when")
    if act.until <= now:
        return NotAllowed("in_the_past", {"at": act.until})
    if any((each.what, each.due_at) == (act.text, act.until) for each in case.promises):
        return Unchanged()
    facts = {"text": act.text, "until": act.until, "before": case.promise_due_at}
    promised = replace(case, promises=(Promise(act.text, act.until, now, act.actor),))
    return Change(_heard_from(promised, act, now), facts)


def close(case: Case, act: Act, now: datetime) -> Decision:
    outcome = act.outcome or (Outcome.WON_BACK if act.via is Via.REACTION else None)
    if outcome is None:
        return NotAllowed("close_how")
    if case.status is not Status.CONTACTED and outcome not in ENDS_WITHOUT_CONTACT:
        return NotAllowed("not_contacted_yet", {"outcome": outcome})
    ended = replace(
        _ended(case, outcome, act, now),
        went_wrong=act.went_wrong or case.went_wrong,
        learned=act.learned or case.learned,
    )
    return Change(ended, {"outcome": outcome, "went_wrong": act.went_wrong, "learned": act.learned})


def _ended(case: Case, outcome: Outcome, act: Act, now: datetime) -> Case:
    """A promise stays on the record: it is owed again if the close is taken back."""
    return replace(
        case,
        status=Status.CLOSED,
        outcome=outcome,
        closed_at=now,
        closed_by=act.actor,
        snoozed_until=None,
        snooze_reason=None,
    )


def dismiss(case: Case, act: Act, now: datetime) -> Decision:
    return Change(
        _ended(case, Outcome.NOT_A_COMPLAINT, act, now), {"outcome": Outcome.NOT_A_COMPLAINT, "text": act.text}
    )


def unclose(case: Case, act: Act, now: datetime) -> Decision:
    """Taking back the emoji that closed a case: it is again as it was, and its clocks ran on meanwhile."""
    status = Status.CONTACTED if case.contacted_at else Status.CLAIMED if case.owner else Status.UNCLAIMED
    return Change(replace(case, status=status, outcome=None, closed_at=None, closed_by=None))


def reopen(case: Case, act: Act, now: datetime) -> Decision:
    return Change(reopened(case, now), {"text": act.text})


def reopened(case: Case, now: datetime) -> Case:
    """The customer waits again: both clocks start anew, with the former owner if there was one.

    A promise ends with a closed case; one that is still owed, on a case that was open, stays owed.
    """
    owed = case.status is not Status.CLOSED
    return replace(
        case,
        status=Status.CLAIMED if case.owner else Status.UNCLAIMED,
        outcome=None,
        closed_at=None,
        closed_by=None,
        contacted_at=None,
        contacted_by=None,
        contacted_how=None,
        unclaimed_since=now,
        waiting_since=now,
        heard_at=now,
        held_since=now if case.owner else None,
        asked_at=None,
        snoozed_until=None,
        snooze_reason=None,
        snoozes=0,
        promises=case.promises if owed else (),
    )


def note(case: Case, act: Act, now: datetime) -> Decision:
    if not (act.text or "").strip():
        return NotAllowed("note_what")
    return Change(case, {"text": act.text, **({"said_in": act.said_in} if act.said_in else {})})


def decide_contact(case: Case, act: Act, now: datetime) -> Decision:
    """A person decides to write to a customer who asked not to be contacted; the reason is kept."""
    if case.held:
        if not (act.text or "").strip():
            return NotAllowed("contact_why")
        return Change(replace(case, contact_decision=act.text), {"text": act.text})
    return Change(case, {"text": act.text})
