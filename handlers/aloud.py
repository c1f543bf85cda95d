"""A change is told in its case's thread; what must not be missed is said in the channel too, and calls who looks after it."""

from __future__ import annotations

from dataclasses import replace

from cases.messages.notes import Acted, Heard, Note, RatingChanged, Regrouped
from cases.model import Case
from cases.nudges.aloud import called, rings
from handlers.change import note
from handlers.rights import last_holder
from handlers.world import World
from store import people
from store.engine import Tx


def tell(world: World, tx: Tx, before: Case, after: Case, told: Note) -> None:
    """Owes the note of a change, once for each revision.

    What the customer said calls the owner in any case; who acted themselves needs no call.
    """
    aloud = told.broadcast or rings(before, after)
    if aloud or isinstance(told, Heard | RatingChanged):
        call = _call(world, tx, after)
        told = replace(told, broadcast=aloud, call=None if call == _actor(told) else call, holder=after.owner)
    note(tx, after, told, world.now())


def _actor(told: Note) -> str | None:
    return told.actor if isinstance(told, Acted | Regrouped) else None


def _call(world: World, tx: Tx, case: Case) -> str | None:
    lead = last_holder(world, tx, "lead")
    wishes = people.load_many(tx, {person for person in (case.owner, lead) if person})
    return called(case, lead, wishes, world.policy, world.now())
