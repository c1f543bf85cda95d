"""Everything a colleague can do to a case: one table, and one function that decides what an act makes of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from cases.acts import contact, effects, lesson, promises, remedy
from cases.acts.act import TOOK_IT, Act, ActionName, Change, Decision, Effect, NotAllowed, Unchanged, Wants
from cases.model import OPEN, UNCONTACTED, Case, Status, Via

Moves = frozenset[tuple[Status, Status]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing a colleague can do; how it is spoken of stands in the catalogue of words.

    `moves` are the changes of status it can make, for the state diagram; `wants` is what it is told besides. `emoji` are
    the default reactions, the first is shown in help; `undo` is what taking the reaction back does, or the button beside what entered by itself. `at_once`: a click
    does it, without a form. `told_in_thread`: the others should read it there; everything else shows on the card alone.
    """

    effect: Effect
    allowed_in: frozenset[Status] = OPEN
    moves: Moves = frozenset()
    wants: Wants = Wants.NOTHING
    emoji: tuple[str, ...] = ()
    undo: Effect | None = None
    at_once: bool = False
    told_in_thread: bool = False


_TAKEN: Moves = frozenset({(Status.UNCLAIMED, Status.CLAIMED)})
_LEFT: Moves = frozenset({(Status.CLAIMED, Status.UNCLAIMED)})
_REACHED: Moves = frozenset((before, Status.CONTACTED) for before in UNCONTACTED)
_NOT_SO: Moves = frozenset({(Status.CONTACTED, Status.CLAIMED)})  # only where policy lets a mere click count
_ENDED: Moves = frozenset((before, Status.CLOSED) for before in OPEN)
_BEGUN_ANEW: Moves = frozenset((b, a) for b in (Status.CONTACTED, Status.CLOSED) for a in UNCONTACTED)


ACTIONS: dict[ActionName, Action] = {
    ActionName.CLAIM: Action(effect=effects.claim, moves=_TAKEN, emoji=("eyes",), undo=effects.unclaim, at_once=True),
    ActionName.RELEASE: Action(effect=effects.release, moves=_LEFT, emoji=("wave",), at_once=True),
    ActionName.GIVE: Action(effect=effects.give, moves=_TAKEN, wants=Wants.PERSON, told_in_thread=True),
    ActionName.TAKEOVER: Action(effect=effects.take_over, moves=_TAKEN, wants=Wants.A_WORD, told_in_thread=True),
    ActionName.STILL: Action(effect=effects.still, allowed_in=frozenset({Status.CLAIMED}), at_once=True),
    ActionName.SNOOZE: Action(
        effect=effects.snooze, wants=Wants.TIME, emoji=("zzz",), undo=effects.wake, told_in_thread=True
    ),
    ActionName.CONTACTED: Action(
        effect=contact.contact,
        moves=_REACHED | _TAKEN,
        wants=Wants.WAY,
        emoji=("white_check_mark", "heavy_check_mark", "ballot_box_with_check"),
        undo=contact.uncontact,
        told_in_thread=True,
    ),
    ActionName.TRIED: Action(effect=contact.attempt, moves=_TAKEN | _NOT_SO, wants=Wants.WAYS, told_in_thread=True),
    ActionName.PROMISE: Action(
        effect=promises.promise, wants=Wants.PROMISE, undo=promises.taken_out, told_in_thread=True
    ),
    ActionName.KEPT: Action(
        effect=promises.kept, allowed_in=frozenset(Status), wants=Wants.A_WORD, at_once=True, told_in_thread=True
    ),
    ActionName.CLOSE: Action(
        effect=effects.close,
        moves=_ENDED,
        wants=Wants.OUTCOME,
        emoji=("tada",),
        undo=effects.unclose,
        told_in_thread=True,
    ),
    ActionName.REOPEN: Action(
        effect=effects.reopen,
        allowed_in=frozenset({Status.CONTACTED, Status.CLOSED}),
        moves=_BEGUN_ANEW,
        wants=Wants.A_WORD,
        told_in_thread=True,
    ),
    ActionName.DISMISS: Action(
        effect=effects.dismiss,
        moves=_ENDED,
        wants=Wants.A_WORD,
        emoji=("no_entry_sign", "no_entry"),
        undo=effects.unclose,
        at_once=True,
        told_in_thread=True,
    ),
    ActionName.REMEDY: Action(effect=remedy.remedy, wants=Wants.REMEDY, told_in_thread=True),
    ActionName.LESSON: Action(
        effect=lesson.learn, allowed_in=frozenset({Status.CLOSED}), wants=Wants.LESSON, told_in_thread=True
    ),
    ActionName.NOTE: Action(effect=effects.note, allowed_in=frozenset(Status), wants=Wants.TEXT, told_in_thread=True),
    ActionName.DRAFT: Action(effect=effects.decide_contact, wants=Wants.REASON),
}
UNDO = "undo_"  # before an action's name: what the timeline calls taking it back


def named(text: str) -> ActionName | None:
    """The action that a button, a form or a command names; None where there is none of that name."""
    return next((name for name in ACTIONS if name == text), None)


def decide(case: Case, act: Act, now: datetime) -> Decision:
    """What `act` makes of `case` at `now`: a Change, Unchanged, or NotAllowed with its reason."""
    action = ACTIONS[act.action]
    if case.status not in action.allowed_in or (case.joined_into is not None and action.moves):
        return _out_of_place(case, act, action)
    decision = action.effect(case, act, now)
    if not isinstance(decision, Change):
        return decision
    undoable = _gesture(act) if act.via is Via.REACTION and action.undo else None
    if undoable and case.owner is None and decision.case.owner == act.actor:
        undoable += TOOK_IT
    by_reaction = decision.case.by_reaction if decision.case is case else undoable
    changed = replace(decision.case, revision=case.revision + 1, by_reaction=by_reaction)
    return Change(changed, decision.facts)


def _gesture(act: Act) -> str:
    return f"{act.action} {act.actor}"


def _out_of_place(case: Case, act: Act, action: Action) -> Decision:
    """Whoever ended a case may say so twice, and by what it is known; for all else it is too late, or too early, or to be done in another case."""
    if case.joined_into is not None:
        return NotAllowed("joined_already", {"number": case.joined_into})
    ends = any(after is case.status for _, after in action.moves)
    if ends and case.closed_by == act.actor and act.outcome in (None, case.outcome):
        if case.sign is None or act.sign in (None, case.sign):
            return Unchanged()
        return Change(replace(case, sign=act.sign), {"outcome": case.outcome, "sign": act.sign})
    if case.status is Status.CLOSED:
        return NotAllowed("closed", {"outcome": case.outcome, "at": case.closed_at})
    return NotAllowed("wrong_status", {"action": act.action, "status": case.status})


def take_back(case: Case, act: Act, now: datetime) -> Decision:
    """What removing the reaction of `act` does, or the button that says it is not so: undoes its change while that stands; else nothing."""
    undo = ACTIONS[act.action].undo
    by_emoji = act.via is Via.REACTION
    if undo is None or (by_emoji and case.by_reaction not in (_gesture(act), _gesture(act) + TOOK_IT)):
        return Unchanged()
    decision = undo(case, act, now)
    if isinstance(decision, Change):
        return Change(replace(decision.case, revision=case.revision + 1, by_reaction=None), decision.facts)
    return decision


def edges() -> set[tuple[Status, Status, ActionName]]:
    """Every change of status an action can make, for the README's diagram: (from, to, action)."""
    return {(before, after, name) for name, action in ACTIONS.items() for before, after in action.moves}


def emoji_actions(replaced: Mapping[str, str]) -> dict[str, ActionName]:
    """Which emoji does what: the defaults, save for the actions that `replaced` (emoji → action) names itself."""
    defaults = {emoji: name for name, a in ACTIONS.items() if name not in replaced.values() for emoji in a.emoji}
    return defaults | {emoji: name for emoji, meant in replaced.items() if (name := named(meant))}
