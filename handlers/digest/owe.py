"""Time passes: the day's digest is owed once for each channel and local date, whatever restarts.

What is told once a week stands as a section in that day's digest: a second message on the same morning would be one more to
scroll past, and people who read one read both.
"""

from __future__ import annotations

import logging
from datetime import date, datetime

from cases.figures.digest import digest_due
from cases.messages import intents
from cases.messages.kinds import Digest
from handlers.cards.chart import NAME as PICTURE
from handlers.channels import look_after_channels
from handlers.digest.figures import digest_of
from handlers.rights import channels_told_of
from handlers.slack.clients import NETWORK
from handlers.world import World
from store import attached, facts, messages
from store.engine import Tx
from store.scope import Scope

log = logging.getLogger(__name__)
_INSTALLED = "installed_at"
_HOME = "home_address"


def owe_digest(world: World) -> bool:
    """Owes today's digests if their hour has come and they are not owed yet; True when they were owed just now."""
    due = digest_due(world.now(), world.policy)
    channel = world.directory.channel_id()  # its name would be another key than its id
    if due is None or channel is None:
        return False
    day, since = due
    if world.store.read(
        lambda tx: (
            messages.by_intent(tx, intents.digest(channel, day)) is not None
            or _younger_than(since, facts.recall(tx, _INSTALLED))
        )
    ):
        return False
    _remember_home(world)
    others = _other_channels(world, channel)
    return world.store.write(lambda tx: _owe(world, tx, channel, others, day))


def _other_channels(world: World, default: str) -> list[str]:
    """Channels of whose cases there may be something to tell, save the default one, whose digest tells of all that no other does."""
    return sorted({*map(world.directory.known, channels_told_of(world))} - {default})


def _owe(world: World, tx: Tx, default: str, others: list[str], day: date) -> bool:
    """A channel of which there is nothing to tell has no digest, but for the default one."""
    of_others = [Digest(day=day, only=channel) for channel in others]
    told = [each for each in of_others if not digest_of(world, tx, day, scope_of(each)).quiet]
    owed = [_owe_one(world, tx, default, Digest(day=day, but=tuple(others)))]
    owed += [_owe_one(world, tx, each.only or default, each) for each in told]
    return any(owed)


def _owe_one(world: World, tx: Tx, channel: str, told: Digest) -> bool:
    message = messages.owe(tx, told, intent=intents.digest(channel, told.day), channel=channel, now=world.now())
    if message is not None and world.policy.digest.chart:
        attached.draw(tx, message, PICTURE, world.now())
    return message is not None


def scope_of(told: Digest) -> Scope:
    """Which cases a digest tells of."""
    return Scope(told.only, told.but)


def _younger_than(hour: datetime, installed: str | None) -> bool:
    """A bot installed after the digest's hour has nothing to tell of a morning it was not there."""
    return installed is not None and datetime.fromisoformat(installed) > hour


def remember_installation(world: World) -> None:
    """Notes when this installation first ran, and where."""
    look_after_channels(world)
    if world.store.read(lambda tx: facts.recall(tx, _INSTALLED)) is None:
        world.store.write(lambda tx: facts.remember(tx, _INSTALLED, world.now().isoformat()))


def home_address(tx: Tx) -> str | None:
    """The address of the bot's Home tab, where Slack has told what it consists of.

    The form is Slack's own: https://docs.slack.dev/interactivity/deep-linking
    """
    return facts.recall(tx, _HOME)


def _remember_home(world: World) -> None:
    """Asks Slack once for the app's id. Without it the digest names the Home tab and does not link it."""
    myself = world.directory.myself()
    if myself is None or world.store.read(home_address) is not None:
        return
    try:
        app = world.slack.prompt.bots_info(bot=myself.bot_id)["bot"]["app_id"]
    except (*NETWORK, KeyError) as unknown:
        log.info("the address of the Home tab is not known: %s", unknown)
        return
    address = f"slack://app?team={myself.team_id}&id={app}&tab=home"
    world.store.write(lambda tx: facts.remember(tx, _HOME, address))
