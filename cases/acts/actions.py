"""Everything a colleague can do to a case: one table, and one function that decides what an act makes of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from cases.acts import effects
from cases.acts.act import Act, Change, Decision, Effect, NotAllowed, Unchanged
from cases.model import OPEN, Case, Status, Via


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
        Action("claim", "Claim", OPEN, effects.claim, frozenset({_S.CLAIMED}), ("eyes",), effects.unclaim),
        Action("release", "Release", OPEN, effects.release, frozenset({_S.UNCLAIMED}), ("wave",)),
        Action("give", "Give to someone", OPEN, effects.give, frozenset({_S.CLAIMED}), usage="@NAME [A WORD TO THEM]"),
        Action(
            "takeover", "Take over", OPEN, effects.take_over, frozenset({_S.CLAIMED}), usage="[A WORD TO ITS OWNER]"
        ),
        Action("still", "Still on it", frozenset({_S.CLAIMED}), effects.still),
        Action("snooze", "Snooze", OPEN, effects.snooze, emoji=("zzz",), undo=effects.wake, usage="UNTIL [REASON]"),
        Action(
            "contacted",
            "Contacted",
            OPEN,
            effects.contact,
            frozenset({_S.CONTACTED}),
            ("white_check_mark", "heavy_check_mark", "ballot_box_with_check"),
            effects.uncontact,
            usage="[phone|email|…] [WHAT WAS SAID]",
        ),
        Action("promise", "Promise", OPEN, effects.promise, usage="BY WHEN: WHAT"),
        Action(
            "close",
            "Close",
            OPEN,
            effects.close,
            frozenset({_S.CLOSED}),
            ("tada",),
            effects.unclose,
            usage="OUTCOME [WHAT WENT WRONG / WHAT WE LEARNED]",
        ),
        Action(
            "reopen",
            "Reopen",
            frozenset({_S.CLOSED}),
            effects.reopen,
            frozenset({_S.UNCLAIMED, _S.CLAIMED}),
            usage="[WHY]",
        ),
        Action(
            "dismiss",
            "Not a complaint",
            OPEN,
            effects.dismiss,
            frozenset({_S.CLOSED}),
            ("no_entry_sign", "no_entry"),
            effects.unclose,
            usage="[WHY]",
        ),
        Action("note", "Add a note", frozenset(_S), effects.note, usage="TEXT"),
        Action(
            "draft",
            "Draft a reply",
            OPEN,
            effects.decide_contact,
            usage="[WHY, where the customer asked for no contact]",
        ),
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
