"""What each action, or taking it back, makes of a case that it is allowed in: the effects behind the table of actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cases.acts.act import Act, Change, Decision, NotAllowed, Unchanged
from cases.acts.contact import begun_anew, too_few
from cases.acts.ending import sign_of
from cases.acts.hands import heard_from, held_by, looked_after, unowned
from cases.acts.lesson import lesson_due_at, noted, telling
from cases.acts.promises import fate_missing, fate_of, left_owed
from cases.model import ENDS_WITHOUT_CONTACT, GOOD_ENDS, Case, Outcome, Sign, Status, Via


def claim(case: Case, act: Act, now: datetime) -> Decision:
    if case.owner == act.actor:
        return Unchanged()
    if case.owner is not None:
        return NotAllowed("held", {"owner": case.owner, "since": case.claimed_at, "number": case.number})
    return Change(held_by(case, act.actor, now))


def unclaim(case: Case, act: Act, now: datetime) -> Decision:
    return Change(unowned(case, since=case.unclaimed_since), {"owner": case.owner})


def still(case: Case, act: Act, now: datetime) -> Decision:
    """The owner has not forgotten; the time until they are asked begins anew."""
    if case.owner != act.actor:
        return NotAllowed("not_owner", {"owner": case.owner, "since": case.claimed_at})
    return Change(replace(case, held_since=now, asked_at=None))


def take_over(case: Case, act: Act, now: datetime) -> Decision:
    """Somebody else goes on with the case; unlike a claim it may be held, and its owner is told."""
    if case.owner == act.actor:
        return Unchanged()
    taken = held_by(case, act.actor, now)
    return Change(taken, {"owner": act.actor, "before": case.owner, "text": act.text})


def release(case: Case, act: Act, now: datetime) -> Decision:
    if case.owner is None:
        return Unchanged()
    if case.owner != act.actor and not act.is_lead:
        return NotAllowed("not_owner", {"owner": case.owner, "since": case.claimed_at})
    return Change(unowned(case, since=now), {"owner": case.owner})


def give(case: Case, act: Act, now: datetime) -> Decision:
    if not act.to:
        return NotAllowed("give_to_whom")
    if case.owner == act.to:
        return Unchanged()
    given = held_by(case, act.to, now)
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
    if case.status is Status.CONTACTED:
        at = act.limits.opening(act.until)
        return (
            Change(looked_after(case, at), {"until": at, "text": act.text}) if at != case.look_back_at else Unchanged()
        )
    if act.limits.snoozes is not None and case.snoozes >= act.limits.snoozes:
        return NotAllowed("snoozed_too_often", {"count": case.snoozes, "number": case.number})
    snoozed = replace(case, snoozed_until=act.until, snooze_reason=act.text, snoozes=case.snoozes + 1)
    return Change(heard_from(snoozed, act, now), {"until": act.until, "text": act.text})


def wake(case: Case, act: Act, now: datetime) -> Decision:
    if case.status is Status.CONTACTED:
        return Change(replace(case, look_back_at=None))  # planned as after contact
    return Change(replace(case, snoozed_until=None, snooze_reason=None, snoozes=max(0, case.snoozes - 1)))


def close(case: Case, act: Act, now: datetime) -> Decision:
    outcome = act.outcome or (Outcome.WON_BACK if act.via is Via.REACTION else None)
    if outcome is None:
        return NotAllowed("close_how")
    is_last_word = case.wrote_back and act.sign is Sign.SAID_SO  # theirs, which is as good as our answer to it
    if case.status is not Status.CONTACTED and outcome not in ENDS_WITHOUT_CONTACT and not is_last_word:
        return NotAllowed("waits_for_answer" if case.wrote_back else "not_contacted_yet", {"outcome": outcome})
    gives_up_early = too_few(case, act.limits) if outcome is Outcome.UNREACHABLE else None
    if gives_up_early and not act.text:
        return gives_up_early
    if (refused := fate_missing(case, act, outcome)) is not None:
        return refused
    ended = replace(
        _ended(case, outcome, act, now),
        promises=left_owed(case, act),
        sign=(act.sign or sign_of(case)) if outcome in GOOD_ENDS else None,
        lesson_due_at=lesson_due_at(case, outcome, act, now),
    )
    told = {"outcome": outcome, "sign": ended.sign, **telling(act)}
    fates = [fate_of(each, act) for each in case.owed]
    return Change(
        noted(ended, act, now), told | ({"fate": fates} if fates else {}) | ({"text": act.text} if act.text else {})
    )


def _ended(case: Case, outcome: Outcome, act: Act, now: datetime) -> Case:
    """What was promised is owed all the same, unless somebody says what has become of it."""
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
    undone = {"outcome": None, "closed_at": None, "closed_by": None, "sign": None, "lesson_due_at": None}
    return Change(replace(case, status=status, **undone))  # type: ignore[arg-type]


def reopen(case: Case, act: Act, now: datetime) -> Decision:
    return Change(reopened(case, now), {"text": act.text})


def reopened(case: Case, now: datetime) -> Case:
    """The customer waits again: both clocks start anew, with the former owner if there was one.

    What is promised stays so.
    """
    return replace(
        begun_anew(case),
        status=Status.CLAIMED if case.owner else Status.UNCLAIMED,
        outcome=None,
        closed_at=None,
        closed_by=None,
        sign=None,
        contacted_at=None,
        contacted_by=None,
        contacted_how=None,
        unclaimed_since=now,
        waiting_since=now,
        heard_at=now,
        held_since=now if case.owner else None,
        asked_at=None,
        look_back_at=None,
        lesson_due_at=None,
        snoozed_until=None,
        snooze_reason=None,
        snoozes=0,
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
