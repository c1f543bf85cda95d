"""Channels change: Slack gives one another id or name, archives it, brings it back, or takes the bot out of it."""

from __future__ import annotations

import logging

from cases.messages import intents
from cases.messages.kinds import Notice
from handlers.cards import private
from handlers.rights import holder
from handlers.world import World
from store import channels, messages, timeline
from store.engine import Tx

log = logging.getLogger(__name__)


def moved(world: World, old: str, new: str, event_id: str | None = None) -> None:
    """A channel has another id from now on; its cards, threads and all that is owed to it go on under that one.

    docs.slack.dev/reference/events/channel_id_changed: "all messages … will be associated with the new ID".
    """
    if old == new:
        return

    def work(tx: Tx) -> bool:
        first = timeline.first_time(tx, event_id, world.now())
        if first:
            channels.renumber(tx, old, new, world.now())
        return first

    if world.store.write(work):
        log.warning("the channel %s is %s from now on; if SLACK_CHANNEL is %s, set it to %s", old, new, old, new)
    world.directory.told_of_channel(old, new)
    world.channels.clear()


def look_after_default(world: World) -> None:
    """Remembers which channel is the default one; at start, and now and then.

    A name that was found once stays known when no channel is called so any more. Where SLACK_CHANNEL names another channel
    than before, and Slack knows the former one no more, that is what has become of it. A former one that is still there is
    only no longer the default.
    """
    directory = world.directory
    directory.told_of_channels(world.store.read(channels.known_as))
    now, before = directory.channel_id(), world.store.read(channels.default)
    if now is None:
        return
    if directory.channel_setting not in (now, "") and not directory.is_remembered(now):
        world.store.write(lambda tx: channels.remember(tx, directory.channel_setting, now))
    if before not in (None, now) and before is not None:
        gone = directory.is_gone(before)
        if gone is None:  # Slack does not say: another time
            return
        if gone:
            moved(world, before, now)
    if before != now:
        world.store.write(lambda tx: channels.remember_default(tx, now))


def renamed(world: World, channel: str, name: str) -> None:
    """A channel has another name. Its id stays, and so does all that stands in it."""
    if channel == world.directory.default_channel:
        log.warning("the channel of SLACK_CHANNEL is called #%s now; it stays the default as long as its id does", name)


def archived(world: World, channel: str) -> None:
    """Nothing can be said in a channel until somebody unarchives it; the lead hears of it at once."""
    _tell_lead(world, channel, "archived")


def unarchived(world: World, channel: str) -> None:
    """What waited for the channel comes at once."""
    log.info("the channel %s has been unarchived", channel)
    world.store.write(lambda tx: channels.wake(tx, channel, world.now()))


def left(world: World, channel: str) -> None:
    """The bot is no longer in a channel; the lead hears of it at once."""
    _tell_lead(world, channel, "left")


_SILENT = {"archived": "somebody has archived the channel %s", "left": "the bot is no longer in the channel %s"}


def _tell_lead(world: World, channel: str, what: str) -> None:
    """Where the channel is one of ours: the default one, or one with open cases."""
    count = world.store.read(lambda tx: channels.open_in(tx, channel))
    if not count and channel != world.directory.default_channel:
        return
    log.error(f"{_SILENT[what]}, where %s cases are open: nothing is said there until that ends", channel, count)
    lead = holder(world, "lead")
    if lead is not None:
        told = private.channel_silent(channel, count, what)
        intent, now = intents.channel_silent(channel, what, world.now()), world.now()
        notice = Notice(told.text, told.blocks)
        world.store.write(lambda tx: messages.owe(tx, notice, intent=intent, channel=lead, now=now))
