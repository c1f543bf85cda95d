"""The bot is new here: an empty channel is told once what will come."""

from __future__ import annotations

from cases.messages import intents
from cases.messages.kinds import Notice
from handlers.cards.welcome import welcome
from handlers.world import World
from store import cases, messages
from store.engine import Tx


def owe_welcome(world: World) -> bool:
    """Owes the default channel its welcome, unless it had one or there was a case already; True when it is owed just now.

    While Slack does not tell which channel that is, it waits.
    """
    channel = world.directory.channel_id()
    if channel is None or world.store.read(lambda tx: _knows_us(tx, channel)):
        return False
    said, intent = welcome(world.policy), intents.welcome(channel)
    notice = Notice(said.text, said.blocks)
    owed = world.store.write(lambda tx: messages.owe(tx, notice, intent=intent, channel=channel, now=world.now()))
    return owed is not None


def _knows_us(tx: Tx, channel: str) -> bool:
    return cases.are_there(tx) or messages.by_intent(tx, intents.welcome(channel)) is not None
