"""Addresses of cards in Slack, by which one goes from wherever a case is named to where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.world import World
from store import floods, messages
from store.engine import Tx


def links(world: World, tx: Tx, numbers: Iterable[int]) -> dict[int, str]:
    """Addresses of the cards of these cases, their own or one that they share, as far as they stand in Slack."""
    asked = set(numbers)
    places = messages.places(tx, asked)
    if asked := asked - set(places):
        places |= messages.shared_places(tx, floods.standing(tx, asked))
    known = {number: world.directory.link(channel, ts) for number, (channel, ts) in places.items()}
    return {number: address for number, address in known.items() if address}
