"""A colleague works on a draft: edits it, asks for another, puts it aside; approving it stands in approve.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from cases.acts.act import NotAllowed, Unchanged
from cases.acts.refusals import RefusalName
from cases.model import OPEN, Case, Via
from cases.replies.drafts import Draft, DraftState, Origin, Reply, as_shown, is_too_long
from handlers.act import Place, answer
from handlers.cards import words
from handlers.cards.message import line
from handlers.change import own_card, show_draft
from handlers.reply.propose import Never, never_to_ask
from handlers.reply.second_reader import owe_reading
from handlers.reply.shown import draft_shown
from handlers.world import World
from store import cases, drafts, letters, timeline
from store.engine import Tx

Revision = Callable[[Tx, Case, Draft, str, datetime], NotAllowed | Unchanged | None]
"""What a person does to a draft, in one transaction: None when it is done."""


def revise(
    world: World, number: int, person: str, action: str, revision: Revision, place: Place | None = None
) -> NotAllowed | None:
    """Does one thing to a case's draft, or says privately at `place` why it cannot be done; returns the refusal."""

    def work(tx: Tx) -> NotAllowed | None:
        now = world.now()
        refusal = _revised(world, tx, number, person, action, revision)
        if refusal is not None and place is not None:
            answer(tx, person, place, line(words.refusal(refusal.reason, {"number": number, **refusal.facts})), now)
        return refusal

    return world.store.write(work)


def _revised(world: World, tx: Tx, number: int, person: str, action: str, revision: Revision) -> NotAllowed | None:
    now, case = world.now(), cases.hold(tx, number)
    if case is None:
        return NotAllowed("no_such_case", {"number": number})
    if case.status not in OPEN:
        return NotAllowed("closed", {"number": number, "outcome": case.outcome, "at": case.closed_at})
    if action not in _WHILE_A_LETTER_WAITS and letters.is_on_its_way(tx, number):
        return NotAllowed("letter_waits", {"number": number})
    case = own_card(tx, case, now)
    draft = draft_shown(world, tx, case)
    if draft is None:
        return NotAllowed("no_draft", {"number": number})
    result = revision(tx, case, draft, person, now)
    if result is None:
        timeline.note_down(tx, number, now, person, action, Via.BUTTON, {"version": draft.version})
        owe_reading(world, tx, case, now)
        show_draft(tx, case, now)
    return result if isinstance(result, NotAllowed) else None


# What goes out is what stands there: whoever wants other words takes the letter back first.
_WHILE_A_LETTER_WAITS = frozenset({"send", "take_back"})


def edited(reply: Reply, version: int) -> Revision:
    """A person's own words become the next version after `version`, the one they saw; the same words are no version."""

    def revision(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | Unchanged | None:
        if not reply.body.strip():
            return NotAllowed("reply_what")
        if is_too_long(as_shown(reply)):
            return NotAllowed("reply_too_long")
        if case.held:
            return NotAllowed("contact_held")
        if draft.version != version:
            return NotAllowed("draft_outdated")
        if draft.state is DraftState.READY and same_words(draft.reply, reply):
            return Unchanged()
        written = drafts.write(tx, draft, reply, Origin.PERSON, now, author=person)
        return None if written else NotAllowed("draft_outdated")

    return revision


def same_words(one: Reply | None, other: Reply) -> bool:
    """Whether a customer would read the same: forms strip the space around what is typed."""
    if one is None:
        return False
    shown, wanted = as_shown(one), as_shown(other)
    return (shown.subject, shown.body.strip()) == (wanted.subject, wanted.body.strip())


_NO_OTHER_TRY: Mapping[Never, RefusalName] = {
    "safety": "no_other_try_safety",
    "no_model": "no_other_try_no_model",
    "switched_off": "no_other_try_switched_off",
}


def another_try(world: World, instruction: str | None = None) -> Revision:
    """Another version is asked for, perhaps with a wish for it. Only a model has another one."""

    def revision(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | Unchanged | None:
        if case.held:
            return NotAllowed("contact_held")
        if draft.state is DraftState.WANTED:
            return Unchanged()
        never = never_to_ask(world, case)
        if draft.reply is not None and never is not None:
            return NotAllowed(_NO_OTHER_TRY[never])
        drafts.want(tx, case.number, now, instruction)
        return None

    return revision


def restored(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | Unchanged | None:
    """What was put aside is needed after all: its words stand again, and where there were none they are owed."""
    if case.held:
        return NotAllowed("contact_held")
    if draft.state is not DraftState.DROPPED:
        return Unchanged()
    if draft.reply is None:
        drafts.want(tx, case.number, now)
    else:
        drafts.stand(tx, case.number)
    return None


def brought_back(version: int) -> Revision:
    """An earlier version, or one that was offered beside a person's, stands from now on; what stood can be brought back."""

    def revision(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | Unchanged | None:
        if case.held:
            return NotAllowed("contact_held")
        wanted = next((each for each in drafts.versions(tx, case.number) if each.version == version), None)
        if wanted is None:
            return NotAllowed("no_such_version")
        if draft.stands and same_words(draft.reply, wanted.reply):
            return Unchanged()
        return None if drafts.bring_back(tx, draft, wanted, now) else NotAllowed("draft_outdated")

    return revision


def dropped(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | None:
    """Nobody needs the draft."""
    drafts.drop(tx, case.number)
    return None
