"""Everything a colleague can do to a case: one table, and one function that decides what an act makes of a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from cases.model import OPEN, Case, Outcome, Status, Via, Way


@dataclass(frozen=True, slots=True)
class Limits:
    """What the policy allows everybody: how long a case may be snoozed at once, and how often (None: without end)."""

    longest_snooze: timedelta = timedelta(days=14)
    snoozes: int | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What a colleague wants: an action by name, by whom (Slack id), on which surface, and the action's own words."""

    action: str
    actor: str
    via: Via
    to: str | None = None  # give: the new owner
    text: str | None = None  # note, promise, reason, what was said
    until: datetime | None = None  # snooze, promise
    way: Way | None = None  # contacted
    at: datetime | None = None  # contacted: when, if not now
    outcome: Outcome | None = None  # close
    went_wrong: str | None = None
    learned: str | None = None
    is_lead: bool = False
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Change:
    """The case as it becomes, and the facts the timeline keeps of the act."""

    case: Case
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The same person did the same thing twice; nothing to do and nothing to complain of."""


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """A refusal: the reason's code and its facts. The word catalogue turns it into one sentence."""

    reason: str
    facts: Mapping[str, Any] = field(default_factory=dict)


Decision = Change | Unchanged | NotAllowed
Effect = Callable[[Case, Act, datetime], Decision]


def _claim(case: Case, act: Act, now: datetime) -> Decision:
    if case.owner == act.actor:
        return Unchanged()
    if case.owner is not None:
        return NotAllowed("held", {"owner": case.owner, "since": case.claimed_at, "number": case.number})
    status = Status.CLAIMED if case.status is Status.UNCLAIMED else case.status
    return Change(_held(replace(case, status=status), act.actor, now))


def _held(case: Case, owner: str, now: datetime) -> Case:
    """The case in somebody's hands from now on: whoever had it before was asked for the last time."""
    return replace(case, owner=owner, claimed_at=now, held_since=now, asked_at=None)


def _heard_from(case: Case, act: Act, now: datetime) -> Case:
    """An owner who puts a case off or promises something has not forgotten it."""
    return replace(case, held_since=now, asked_at=None) if case.owner == act.actor else case


def _still(case: Case, act: Act, now: datetime) -> Decision:
    """The owner has not forgotten; the time until they are asked begins anew."""
    if case.owner != act.actor:
        return NotAllowed("not_owner", {"owner": case.owner, "since": case.claimed_at})
    return Change(replace(case, held_since=now, asked_at=None))


def _take_over(case: Case, act: Act, now: datetime) -> Decision:
    """Somebody else goes on with the case; unlike a claim it may be held, and its owner is told."""
    if case.owner == act.actor:
        return Unchanged()
    status = Status.CLAIMED if case.status is Status.UNCLAIMED else case.status
    taken = _held(replace(case, status=status), act.actor, now)
    return Change(taken, {"owner": act.actor, "before": case.owner, "text": act.text})


def _release(case: Case, act: Act, now: datetime) -> Decision:
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


def _give(case: Case, act: Act, now: datetime) -> Decision:
    if not act.to:
        return NotAllowed("give_to_whom")
    if case.owner == act.to:
        return Unchanged()
    status = Status.CLAIMED if case.status is Status.UNCLAIMED else case.status
    given = _held(replace(case, status=status), act.to, now)
    return Change(given, {"owner": act.to, "before": case.owner, "text": act.text})


def _snooze(case: Case, act: Act, now: datetime) -> Decision:
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


def _wake(case: Case, act: Act, now: datetime) -> Decision:
    return Change(replace(case, snoozed_until=None, snooze_reason=None, snoozes=max(0, case.snoozes - 1)))


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


def _contact(case: Case, act: Act, now: datetime) -> Decision:
    return (_contacted_again if case.status is Status.CONTACTED else _contacted)(case, act, now)


def _uncontact(case: Case, act: Act, now: datetime) -> Decision:
    return Change(
        replace(case, status=Status.CLAIMED, contacted_at=None, contacted_by=None, contacted_how=None),
    )


def _promise(case: Case, act: Act, now: datetime) -> Decision:
    if not act.text:
        return NotAllowed("promise_what")
    if act.until is None:
        return NotAllowed("promise_by_when")
    if act.until <= now:
        return NotAllowed("in_the_past", {"at": act.until})
    if (case.promise, case.promise_due_at) == (act.text, act.until):
        return Unchanged()
    facts = {"text": act.text, "until": act.until, "before": case.promise_due_at}
    promised = replace(case, promise=act.text, promise_due_at=act.until, promised_at=now)
    return Change(_heard_from(promised, act, now), facts)


def _close(case: Case, act: Act, now: datetime) -> Decision:
    outcome = act.outcome or (Outcome.WON_BACK if act.via is Via.REACTION else None)
    if outcome is None:
        return NotAllowed("close_how")
    if case.status is not Status.CONTACTED and outcome not in _NEEDS_NO_CONTACT:
        return NotAllowed("not_contacted_yet", {"outcome": outcome})
    ended = replace(
        _ended(case, outcome, act, now),
        went_wrong=act.went_wrong or case.went_wrong,
        learned=act.learned or case.learned,
    )
    return Change(ended, {"outcome": outcome, "went_wrong": act.went_wrong, "learned": act.learned})


_NEEDS_NO_CONTACT = frozenset({Outcome.UNREACHABLE, Outcome.DECLINED, Outcome.NOT_A_COMPLAINT})


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


def _dismiss(case: Case, act: Act, now: datetime) -> Decision:
    return Change(
        _ended(case, Outcome.NOT_A_COMPLAINT, act, now), {"outcome": Outcome.NOT_A_COMPLAINT, "text": act.text}
    )


def _reopen(case: Case, act: Act, now: datetime) -> Decision:
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
        held_since=now if case.owner else None,
        asked_at=None,
        snoozed_until=None,
        snooze_reason=None,
        snoozes=0,
        promise=case.promise if owed else None,
        promise_due_at=case.promise_due_at if owed else None,
    )


def _unclose(case: Case, act: Act, now: datetime) -> Decision:
    """Taking back the emoji that closed a case: it is again as it was, and its clocks ran on meanwhile."""
    status = Status.CONTACTED if case.contacted_at else Status.CLAIMED if case.owner else Status.UNCLAIMED
    return Change(replace(case, status=status, outcome=None, closed_at=None, closed_by=None))


def _unclaim(case: Case, act: Act, now: datetime) -> Decision:
    return Change(unowned(case, since=case.unclaimed_since), {"owner": case.owner})


def _note(case: Case, act: Act, now: datetime) -> Decision:
    if not (act.text or "").strip():
        return NotAllowed("note_what")
    return Change(case, {"text": act.text})


def _decide_contact(case: Case, act: Act, now: datetime) -> Decision:
    """A person decides to write to a customer who asked not to be contacted; the reason is kept."""
    if case.held:
        if not (act.text or "").strip():
            return NotAllowed("contact_why")
        return Change(replace(case, contact_decision=act.text), {"text": act.text})
    return Change(case, {"text": act.text})


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a colleague can do.

    `emoji` are the default reactions, the first is shown in help; `becomes` are the statuses it can lead to, for the
    state diagram; `undo` is what taking the reaction back does; `usage` is what follows the verb and the case number.
    """

    name: str
    label: str
    allowed_in: frozenset[Status]
    effect: Effect
    becomes: frozenset[Status] = frozenset()
    emoji: tuple[str, ...] = ()
    undo: Effect | None = None
    usage: str = ""


_S = Status
ACTIONS: dict[str, Action] = {
    action.name: action
    for action in (
        Action("claim", "Claim", OPEN, _claim, frozenset({_S.CLAIMED}), ("eyes",), _unclaim),
        Action("release", "Release", OPEN, _release, frozenset({_S.UNCLAIMED}), ("wave",)),
        Action("give", "Give to someone", OPEN, _give, frozenset({_S.CLAIMED}), usage="@NAME [A WORD TO THEM]"),
        Action("takeover", "Take over", OPEN, _take_over, frozenset({_S.CLAIMED}), usage="[A WORD TO ITS OWNER]"),
        Action("still", "Still on it", frozenset({_S.CLAIMED}), _still),
        Action(
            "snooze",
            "Snooze",
            OPEN,
            _snooze,
            emoji=("zzz",),
            undo=_wake,
            usage="UNTIL [REASON]",
        ),
        Action(
            "contacted",
            "Contacted",
            OPEN,
            _contact,
            frozenset({_S.CONTACTED}),
            ("white_check_mark", "heavy_check_mark", "ballot_box_with_check"),
            _uncontact,
            usage="[phone|email|…] [WHAT WAS SAID]",
        ),
        Action("promise", "Promise", OPEN, _promise, usage="BY WHEN: WHAT"),
        Action(
            "close",
            "Close",
            OPEN,
            _close,
            frozenset({_S.CLOSED}),
            ("tada",),
            _unclose,
            usage="OUTCOME [WHAT WENT WRONG / WHAT WE LEARNED]",
        ),
        Action(
            "reopen", "Reopen", frozenset({_S.CLOSED}), _reopen, frozenset({_S.UNCLAIMED, _S.CLAIMED}), usage="[WHY]"
        ),
        Action(
            "dismiss",
            "Not a complaint",
            OPEN,
            _dismiss,
            frozenset({_S.CLOSED}),
            ("no_entry_sign", "no_entry"),
            _unclose,
            usage="[WHY]",
        ),
        Action("note", "Add a note", frozenset(_S), _note, usage="TEXT"),
        Action("draft", "Draft a reply", OPEN, _decide_contact, usage="[WHY, where the customer asked for no contact]"),
    )
}


def decide(case: Case, act: Act, now: datetime) -> Decision:
    """What `act` makes of `case` at `now`: a Change, Unchanged, or NotAllowed with its reason."""
    action = ACTIONS[act.action]
    if case.status not in action.allowed_in:
        if case.closed_by == act.actor and case.status in action.becomes and act.outcome in (None, case.outcome):
            return Unchanged()
        if act.action in _ENDS and case.status is Status.CLOSED:
            return NotAllowed("closed", {"outcome": case.outcome, "at": case.closed_at})
        return NotAllowed("wrong_status", {"action": act.action, "status": case.status})
    decision = action.effect(case, act, now)
    if not isinstance(decision, Change):
        return decision
    undoable = f"{act.action} {act.actor}" if act.via is Via.REACTION and action.undo else None
    changed = replace(decision.case, revision=case.revision + 1)
    if decision.case is not case:
        changed = replace(changed, by_reaction=undoable)
    return Change(changed, decision.facts)


_ENDS = frozenset(
    {"close", "dismiss", "claim", "release", "contacted", "snooze", "give", "takeover", "still", "promise", "draft"}
)


def take_back(case: Case, act: Act, now: datetime) -> Decision:
    """What removing the reaction of `act` does: undoes the change it made, if that change still stands; else nothing."""
    undo = ACTIONS[act.action].undo
    if undo is None or case.by_reaction != f"{act.action} {act.actor}":
        return Unchanged()
    decision = undo(case, act, now)
    if isinstance(decision, Change):
        return Change(replace(decision.case, revision=case.revision + 1, by_reaction=None), decision.facts)
    return decision


def edges() -> set[tuple[Status, Status, str]]:
    """Every change of status an action can make, for the README's diagram: (from, to, action)."""
    return {
        (before, after, action.name)
        for action in ACTIONS.values()
        for before in action.allowed_in
        for after in action.becomes
        if before is not after and (before, after) not in _NEVER.get(action.name, ())
    }


_NEVER: Mapping[str, frozenset[tuple[Status, Status]]] = {
    "claim": frozenset({(_S.CONTACTED, _S.CLAIMED)}),
    "give": frozenset({(_S.CONTACTED, _S.CLAIMED)}),
    "takeover": frozenset({(_S.CONTACTED, _S.CLAIMED)}),
    "release": frozenset({(_S.CONTACTED, _S.UNCLAIMED)}),
}


def emoji_actions(replaced: Mapping[str, str]) -> dict[str, str]:
    """Which emoji does what: the defaults, save for the actions that `replaced` (emoji → action) names itself."""
    defaults = {name: a.name for a in ACTIONS.values() if a.name not in replaced.values() for name in a.emoji}
    return defaults | {name: action for name, action in replaced.items() if action in ACTIONS}
