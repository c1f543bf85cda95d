"""Forms about a reply: editing it with its findings beside the text, and overruling what blocks it with a reason."""

from __future__ import annotations

from cases.drafts import Draft
from cases.model import Case
from handlers.cards import modals
from handlers.cards.message import View
from handlers.judging import Judgement, judge
from handlers.revising import may_lift
from handlers.world import World
from store import cases, drafts


def editing(world: World, case: Case, draft: Draft, person: str) -> View:
    """The form to edit a reply, with what the checks say of the version it starts from."""
    reply = draft.reply
    judgement = world.store.read(lambda tx: judge(world, tx, case, reply)) if reply else Judgement((), ())
    return modals.edit_draft(case, draft, judgement.findings, lift=may_lift(world, judgement, person))


def after_saving(world: World, number: int, person: str) -> View | None:
    """The same form again, with the findings of what was just saved; None when there is nothing to look at."""
    found = world.store.read(lambda tx: (cases.load(tx, number), drafts.load(tx, number)))
    case, draft = found
    if case is None or draft is None or draft.reply is None:
        return None
    reply = draft.reply
    judgement = world.store.read(lambda tx: judge(world, tx, case, reply))
    if all(finding.severity == "hint" for finding in judgement.findings):
        return None
    lift = may_lift(world, judgement, person)
    return modals.edit_draft(case, draft, judgement.findings, lift=lift, saved=True)


def overruling(world: World, number: int) -> View:
    """The form that asks why a reply is approved although findings block it."""
    case, draft = world.store.read(lambda tx: (cases.load(tx, number), drafts.load(tx, number)))
    if case is None or draft is None or draft.reply is None:
        raise LookupError(f"case {number} has no draft to overrule")
    reply = draft.reply
    judgement = world.store.read(lambda tx: judge(world, tx, case, reply))
    return modals.overrule(case, draft, judgement.findings)
