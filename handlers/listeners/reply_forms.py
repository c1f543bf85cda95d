"""Forms about a reply: editing it with its findings beside the text, and overruling what blocks it with a reason."""

from __future__ import annotations

from cases.acts.act import NotAllowed
from cases.model import Case
from cases.replies.drafts import Draft, Origin, Reply, versions_of
from handlers.cards import modals
from handlers.cards.message import View
from handlers.reply.approve import authority
from handlers.reply.check import Judgement, judge, judged, read_as_a_whole
from handlers.reply.shown import draft_shown
from handlers.reply.shown import versions as written
from handlers.world import World
from store import cases, drafts
from store.engine import Tx


def editing(world: World, case: Case, draft: Draft) -> View:
    """The form to edit a reply, with what the checks say of the version it starts from.

    Of a scaffold they would only say that its blanks are blank.
    """
    if draft.origin is Origin.SCAFFOLD:
        return modals.edit_draft(case, draft)
    read_as_a_whole(world, case.number)
    judgement = world.store.read(lambda tx: judged(world, tx, case, draft))
    return modals.edit_draft(case, draft, judgement.findings)


def after_saving(world: World, number: int, person: str, refusal: NotAllowed | None = None) -> View | None:
    """The same form again, with the findings of what was just saved; None when there is nothing to look at.

    `refusal`: why it was not approved, which the person asked for.
    """
    case, draft, judgement = _judged_now(world, number, person)
    if all(finding.severity == "hint" for finding in judgement.findings) and refusal is None:
        return None
    named = authority(world, number)
    lift = named.lift(judgement, person)
    asks = named.who_lifts(judgement) if lift is None else None
    saved = modals.Saved(lift=lift, asks=asks, refusal=refusal)
    return modals.edit_draft(case, draft, judgement.findings, saved)


def overtaken(world: World, number: int, mine: Reply) -> View | None:
    """The same form with what somebody else saved meanwhile, and the person's own words to go on with; None: nothing was."""

    def work(tx: Tx) -> tuple[Case | None, Draft | None]:
        case = cases.load(tx, number)
        return case, draft_shown(world, tx, case) if case else None

    case, draft = world.store.read(work)
    return None if case is None or draft is None or draft.reply is None else modals.overtaken(case, draft, mine)


def versions(world: World, number: int) -> View:
    """Every other version of a case's reply, each a click away."""

    def work(tx: Tx) -> View:
        case, draft = cases.load(tx, number), drafts.load(tx, number) or Draft(case=number)
        kept = written(world, tx, case, draft) if case else []
        return modals.versions(number, versions_of(draft, kept))

    return world.store.read(work)


def overruling(world: World, number: int, person: str) -> View:
    """The form that asks for what has to be given before a reply is approved although findings block it."""
    case, draft, judgement = _judged_now(world, number, person)
    return modals.overrule(case, draft, judgement.findings, authority(world, number).lift(judgement, person))


def _judged_now(world: World, number: int, person: str) -> tuple[Case, Draft, Judgement]:
    """Raises LookupError for a case without a reply."""
    lead_approved = person == authority(world, number).lead
    read_as_a_whole(world, number)

    def work(tx: Tx) -> tuple[Case, Draft, Judgement]:
        case = cases.load(tx, number)
        draft = draft_shown(world, tx, case) if case else None
        if case is None or draft is None or draft.reply is None:
            raise LookupError(f"case {number} has no reply")
        return case, draft, judge(world, tx, case, draft.reply, lead_approved=lead_approved)

    return world.store.read(work)
