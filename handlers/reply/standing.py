"""The draft as people see it: a scaffold is signed by whoever has the case, as long as nobody has edited it."""

from __future__ import annotations

from dataclasses import replace

from cases.model import Case
from cases.replies.drafts import Draft, Origin
from cases.replies.scaffold import signed
from handlers.world import World
from store import drafts
from store.engine import Tx


def standing(world: World, tx: Tx, case: Case) -> Draft | None:
    """A case's draft; asks Slack for nobody's name."""
    draft = drafts.load(tx, case.number)
    if draft is None or draft.reply is None or draft.origin is not Origin.SCAFFOLD:
        return draft
    owner = world.directory.known_name(case.owner) if case.owner else None
    return replace(draft, reply=signed(draft.reply, owner or ""))
