"""The bot is new here: an empty channel is told once what will come."""

from __future__ import annotations

from cases.messages import intents
from cases.messages.kinds import Notice
from handlers.cards.welcome import welcome
from handlers.world import World
from store import cases, facts, messages
from store.engine import Tx

_WELCOMED = "welcomed"  # kept apart: what was said in private is forgotten in a week, and this is said once for ever


def owe_welcome(world: World) -> bool:
    """Owes the default channel its welcome, unless the team had one or there was a case already; True when it is owed just now.

    While Slack does not tell which channel that is, it waits.
    """
    channel = world.directory.channel_id()
    if channel is None or world.store.read(_knows_us):
        return False
    return world.store.write(lambda tx: _owe(world, tx, channel))


def _owe(world: World, tx: Tx, channel: str) -> bool:
    said, now = welcome(world.policy), world.now()
    notice = Notice(said.text, said.blocks)
    facts.first(tx, _WELCOMED, now.isoformat())
    return messages.owe(tx, notice, intent=intents.welcome(), channel=channel, now=now) is not None


def _knows_us(tx: Tx) -> bool:
    return cases.are_there(tx) or facts.recall(tx, _WELCOMED) is not None
