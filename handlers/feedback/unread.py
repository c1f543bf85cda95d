"""What a source really sent and nobody could read as feedback: kept whole for a person to look at, and the lead hears of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from cases.arrivals.customers import customer_keys
from cases.arrivals.decision import Records
from cases.arrivals.feedback import Arriving
from cases.arrivals.json_fields import BadFeedback
from cases.messages import intents
from cases.messages.kinds import Notice
from cases.model import Assessment, Customer, Feedback
from cases.policy.working_time import calendar_of
from cases.spoken.addresses import emails
from cases.text import storable
from handlers.cards import private
from handlers.doors import Door
from handlers.feedback.intake import Arrival, arrived
from handlers.rights import lead_of_source
from handlers.world import World
from store import feedback, messages
from store.engine import Tx

_BODY = "body"  # the question that a whole body answers


def keep_unread(world: World, source: str, body: bytes, delivery: str, why: BadFeedback) -> None:
    """Keeps the body as feedback that says nothing yet, so that it is erased as all feedback is; the same one once.

    The lead is told once for each source and day. Raises one of AWAY when the database does not answer.
    """
    text = storable(body.decode("utf-8", "replace"))
    address = next(iter(islice(emails(text), 1)), None)
    kept = Feedback(
        external_id=f"{feedback.UNREAD}{delivery}",
        source=source,
        customer=Customer(email=address),  # so that it is found when they want to be forgotten
        also_answered=((_BODY, text),),
    )
    lead = lead_of_source(world, source)
    world.store.write(lambda tx: _keep(world, tx, kept, why, lead))


def _keep(world: World, tx: Tx, kept: Feedback, why: BadFeedback, lead: str) -> None:
    known_as, _ = feedback.known(tx, kept)
    if not known_as:
        keys = customer_keys(kept, world.policy.customers.region)
        feedback.record(tx, Records(feedback=kept, assessment=Assessment(negative=False), keys=keys), None, world.now())
    day = calendar_of(world.policy).local_date(world.now())
    told = private.unread_body(kept.source, [fault.field for fault in why.faults])
    notice = Notice(told.text, told.blocks)
    messages.owe(tx, notice, intent=intents.unread(kept.source, day), channel=lead, now=world.now())


@dataclass(frozen=True, slots=True)
class Kept:
    """A body that nobody could read when it came, and what can be read of it by the policy of now, or why nothing can."""

    at: datetime
    name: str
    body: str
    read: Sequence[Arriving]
    why: BadFeedback | None


def kept_bodies(world: World, door: Door, most: int) -> Iterator[Kept]:
    """What came to a door and could not be read, the oldest first. Raises one of AWAY when the database does not answer."""
    for at, said in world.store.read(lambda tx: feedback.unread(tx, door.name, most)):
        body = dict(said.also_answered).get(_BODY, "")
        try:
            yield Kept(at, said.external_id, body, door.read({}, body.encode()), None)
        except BadFeedback as bad:
            yield Kept(at, said.external_id, body, (), bad)


def read_again(world: World, door: Door, kept: Kept) -> list[Arrival]:
    """Takes in what can be read now, as if it had just come; doing it twice adds nothing."""
    arrivals = [arrived(world, each) for each in kept.read]
    if kept.why is None:
        world.store.write(lambda tx: feedback.has_been_read(tx, door.name, kept.name))
    return arrivals
