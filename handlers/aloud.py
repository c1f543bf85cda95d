"""A change is told in its case's thread; what must not be missed is said in the channel too, and calls who looks after it."""

from __future__ import annotations

from dataclasses import replace

from cases.messages.notes import Acted, Heard, Lettered, Note, RatingChanged, Regrouped, SecondOpinion
from cases.model import UNCONTACTED, Case, Via
from cases.nudges.aloud import called, rings
from handlers.change import changed, note
from handlers.rights import last_holder
from handlers.world import World
from store import people
from store.engine import Tx


def tell(world: World, tx: Tx, before: Case, after: Case, told: Note) -> None:
    """Owes the note of a change, once for each revision.

    What the customer said calls the owner in any case; who acted themselves needs no call. Practice calls nobody.
    """
    if after.is_practice:
        note(tx, after, told, world.now())
        return
    aloud = told.broadcast or rings(before, after)
    if aloud or isinstance(told, Heard | RatingChanged | Lettered):
        call = _call(world, tx, after)
        told = replace(told, broadcast=aloud, call=None if call == _actor(told) else call, holder=after.owner)
    note(tx, after, told, world.now())


def seen_again(world: World, tx: Tx, before: Case, after: Case, told: SecondOpinion) -> None:
    """Saves a case as somebody sees it who looked a second time; the thread hears it where nobody has been in touch yet.

    Silent where they see nothing that people should act on: neither that it is graver, nor that it may be no complaint.
    """
    facts = {"before": told.before, "severity": told.severity, "why": told.why}
    after = changed(
        tx, before, after, world.policy, world.now(), actor=None, action=told.say, via=Via.ARRIVAL, facts=facts
    )
    kindly = told.severity is None and before.unsure
    if before.status in UNCONTACTED and (kindly or after.severity is not before.severity):
        tell(world, tx, before, after, told)


def _actor(told: Note) -> str | None:
    return told.actor if isinstance(told, Acted | Regrouped) else None


def _call(world: World, tx: Tx, case: Case) -> str | None:
    lead = last_holder(world, tx, "lead", case.channel)
    wishes = people.load_many(tx, {person for person in (case.owner, lead) if person})
    return called(case, lead, wishes, world.policy, world.now())
