"""A colleague wants to see how it goes: an invented case begins, and they are told where it is and what to try."""

from __future__ import annotations

from cases.model import Via
from handlers.cards import welcome
from handlers.cards.message import Message
from handlers.feedback.practice import begin
from handlers.outbox.links import links
from handlers.world import World


def practise(world: World, person: str, via: Via, channel: str | None) -> Message:
    """The answer, for this person alone; its card comes to that channel, if it is one of ours."""
    case, begun = begin(world, person, via, channel)
    link = world.store.read(lambda tx: links(world, tx, {case.number})).get(case.number)
    return welcome.practice(case, world.policy, link, begun=begun)
