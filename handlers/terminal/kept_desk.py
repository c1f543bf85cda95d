"""What a source sent and nobody could read, for a person at a terminal: shown, tried anew, and taken in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.doors import Door
from handlers.feedback.unread import Kept, read_again
from handlers.terminal.sources_desk import shown as as_read
from handlers.world import World

MOST = 100  # bodies looked at in one go
_LONGEST = 4_000  # characters of a body


def shown(world: World, door: Door, bodies: Sequence[Kept], *, take: bool) -> Iterator[str]:
    """Each body with what can be read of it now, and what to do next."""
    if not bodies:
        yield f"Nothing of {door.name} waits to be read: whatever it sent was understood, or has been taken in since."
    for each in bodies:
        yield f"came {each.at.astimezone(world.policy.zone):%a %d %b %Y %H:%M}"
        yield f"  {each.body[:_LONGEST]}"
        if each.why is not None:
            yield f"  still unreadable: {each.why}"
        elif take:
            yield from _taken(world, door, each)
        else:
            yield from as_read(door.name, list(each.read), world.policy)
    if any(each.why is None for each in bodies) and not take:
        yield f"To take in what can be read: python bot.py sources again {door.name} --take"
    if any(each.why is not None for each in bodies):
        yield f"Say under [sources.{door.name}] in policy.toml which question is which, then run this again: docs/sources/any-other.md"


def _taken(world: World, door: Door, kept: Kept) -> Iterator[str]:
    for arrival in read_again(world, door, kept):
        if arrival.assessment.pending:
            yield "  taken in; the bot judges its words in a moment"
        else:
            yield f"  {arrival.became.value}" + (f": case #{arrival.case}" if arrival.case else "")
    if not kept.read:
        yield "  no feedback: nothing to take in"
