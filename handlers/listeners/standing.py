"""Which message of ours an event is about: it may come before we know where that message stands."""

from __future__ import annotations

from handlers.world import World
from store import messages
from store.messages import Shown


class NotYetKnown(RuntimeError):
    """The event is about a message whose post is still under way; Slack shall deliver it again."""


def standing(world: World, channel: str, ts: str, author: str | None) -> Shown | None:
    """The message of ours that stands there; None where `author` has written it, or it is forgotten. Raises NotYetKnown."""
    # In this order: a post that is noted down between the two questions must not be missed by both.
    unknown, message = world.store.read(lambda tx: (messages.any_unknown(tx), messages.standing_at(tx, channel, ts)))
    if message is None and unknown and _is_me(world, author):
        raise NotYetKnown(f"an event about {ts} in {channel} came before we know what stands there")
    return message


def _is_me(world: World, user: str | None) -> bool:
    myself = world.directory.myself()
    return user is None or myself is None or user == myself.user_id
