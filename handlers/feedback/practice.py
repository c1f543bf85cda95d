"""A colleague wants to see how it goes: one invented customer, whose case goes the way of every case and counts nowhere."""

from __future__ import annotations

import uuid

from cases.arrivals.feedback import Arriving
from cases.model import PRACTICE, Case, Customer, Feedback, Rating, Via
from handlers.cards import words
from handlers.feedback.intake import Arrival, Intake, queued
from handlers.feedback.opening import channel_for
from handlers.world import World
from store import cases
from store.engine import Tx


def begin(world: World, person: str, via: Via, channel: str | None) -> tuple[Case, bool]:
    """The case to practise with, and whether it has just begun: there is one at a time in a channel, however many ask for it."""
    number, arrival = world.store.write(lambda tx: _begin(world, tx, person, via, channel))
    if arrival is not None:
        queued(world, arrival)
    case = world.store.read(lambda tx: cases.load(tx, number))
    assert case is not None
    return case, arrival is not None


def _begin(world: World, tx: Tx, person: str, via: Via, channel: str | None) -> tuple[int, Arrival | None]:
    there = cases.open_practice(tx, channel_for(world, PRACTICE, channel or ""))
    if there is not None:
        return there, None
    arrival = Intake(world, tx, via, person).take(Arriving(invented(), channel=channel or ""))
    assert arrival.case is not None, "what a colleague asks for is a case"
    return arrival.case, arrival


def invented() -> Feedback:
    """What nobody has written: without address, number or order, so that nothing can reach anybody, nor be taken for a real customer's."""
    return Feedback(
        external_id=uuid.uuid4().hex,
        source=PRACTICE,
        customer=Customer(name=words.PRACTICE_CUSTOMER),
        rating=Rating(1, 5),
        comment=words.PRACTICE_COMPLAINT,
    )
