"""A colleague works on a draft: edits it, asks for another, puts it aside, or approves exactly that text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cases.actions import NotAllowed
from cases.drafts import Draft, DraftState, Origin, Reply
from cases.model import OPEN, Case, Via
from handlers.acting import Place, answer
from handlers.cards import words
from handlers.cards.message import line
from handlers.changing import show_draft
from handlers.world import World
from store import cases, drafts, timeline
from store.engine import Tx

Revision = Callable[[Tx, Case, Draft, str, datetime], NotAllowed | None]
BLANK = "⟨"


def revise(
    world: World, number: int, person: str, action: str, revision: Revision, place: Place | None = None
) -> NotAllowed | None:
    """Does one thing to a case's draft, or says privately at `place` why it cannot be done; returns the refusal."""
    outside = world.directory.is_outside(person, world.policy)

    def work(tx: Tx) -> NotAllowed | None:
        now = world.now()
        refusal = NotAllowed("outside_team") if outside else _revised(tx, number, person, action, revision, now)
        if refusal is not None and place is not None:
            answer(tx, person, place, line(words.refusal(refusal.reason, refusal.facts)), now)
        return refusal

    return world.store.write(work)


def _revised(tx: Tx, number: int, person: str, action: str, revision: Revision, now: datetime) -> NotAllowed | None:
    case = cases.hold(tx, number)
    if case is None:
        return NotAllowed("no_such_case", {"number": number})
    if case.status not in OPEN:
        return NotAllowed("closed", {"number": number, "outcome": case.outcome, "at": case.closed_at})
    draft = drafts.load(tx, number)
    if draft is None:
        return NotAllowed("no_draft", {"number": number})
    refusal = revision(tx, case, draft, person, now)
    if refusal is None:
        timeline.note_down(tx, number, now, person, action, Via.BUTTON, {"version": draft.version})
        show_draft(tx, case, now)
    return refusal


def edited(reply: Reply, version: int) -> Revision:
    """A person's own words become the next version after `version`, the one they saw."""

    def revision(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | None:
        if not reply.body.strip():
            return NotAllowed("reply_what")
        if case.held:
            return NotAllowed("contact_held")
        if draft.version != version or not drafts.write(tx, draft, reply, Origin.PERSON, now, author=person):
            return NotAllowed("draft_outdated")
        return None

    return revision


def another_try(instruction: str | None = None) -> Revision:
    """Another version is asked for, perhaps with a wish for it."""

    def revision(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | None:
        if case.held:
            return NotAllowed("contact_held")
        if draft.state is not DraftState.WANTED:
            drafts.want(tx, case.number, now, instruction)
        return None

    return revision


def dropped(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | None:
    """Nobody needs the draft."""
    drafts.drop(tx, case.number)
    return None


def approved(version: int | None) -> Revision:
    """Exactly the text that the approver saw is approved; a text with blanks in it never is.

    `version` is the one whose button they clicked, None where that is not known.
    """

    def revision(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | None:
        if case.held:
            return NotAllowed("contact_held")
        if version not in (None, draft.version):
            return NotAllowed("draft_outdated")
        if draft.approved_by is not None:
            return _approved_before(draft, person)
        if draft.reply is None or draft.state is not DraftState.READY:
            return NotAllowed("no_draft", {"number": case.number})
        if BLANK in draft.reply.body or BLANK in draft.reply.subject:
            return NotAllowed("blanks_left")
        return None if drafts.approve(tx, case.number, draft.version, person, now) else NotAllowed("draft_outdated")

    return revision


def _approved_before(draft: Draft, person: str) -> NotAllowed | None:
    if draft.approved_by == person:
        return None
    return NotAllowed("already_approved", {"by": draft.approved_by, "at": draft.approved_at})
