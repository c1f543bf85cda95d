"""The draft as people see it: a scaffold is signed by whoever has the case, as long as nobody has edited it."""

from __future__ import annotations

from dataclasses import replace

from cases.model import Case
from cases.replies.drafts import Draft, Origin, Version
from cases.replies.scaffold import signed
from handlers.world import World
from store import drafts, replies
from store.engine import Tx


def draft_shown(world: World, tx: Tx, case: Case) -> Draft | None:
    """A case's draft; asks Slack for nobody's name."""
    draft = drafts.load(tx, case.number)
    if draft is None or draft.reply is None or draft.origin is not Origin.SCAFFOLD:
        return draft
    return replace(draft, reply=signed(draft.reply, _owner(world, case)))


def versions(world: World, tx: Tx, case: Case, draft: Draft) -> list[Version]:
    """Every version of the letter that the draft is about, the newest first; outlines are signed likewise."""
    by, sent = _owner(world, case), replies.sent_last(tx, case.number)
    return [
        replace(each, reply=signed(each.reply, by)) if each.origin is Origin.SCAFFOLD else each
        for each in drafts.versions(tx, case.number)
        if each.version > sent or draft.version <= sent
    ]


def _owner(world: World, case: Case) -> str:
    return (world.directory.known_name(case.owner) if case.owner else None) or ""
