"""Channels change: Slack gives one another id or name, archives it, brings it back, or takes the bot out of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from cases.messages import intents
from cases.messages.kinds import Notice
from cases.messages.notes import Rerouted, Say, Unusable
from cases.model import Via
from handlers.cards import private
from handlers.change import changed, note
from handlers.rights import holder, knows_channel, last_holder
from handlers.slack.channel_names import is_channel
from handlers.world import World
from store import cases, channels, figures, floods, messages, timeline
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
        log.warning(
            "the channel %s is %s from now on; where SLACK_CHANNEL or policy.toml has %s, write %s", old, new, old, new
        )
    world.directory.told_of_channel(old, new)
    world.channels.clear()


def look_after_channels(world: World) -> None:
    """Remembers which channels the settings and policy mean; at start, and now and then.

    A name that was found once stays known when no channel is called so any more. What was opened under a name, before Slack
    told whose it is, is that channel's from then on.
    """
    directory = world.directory
    directory.told_of_channels(world.store.read(channels.known_as))
    for name in directory.named:
        found = directory.id_of(name)
        if found is not None and found != name and not directory.is_remembered(name, found):
            world.store.write(partial(channels.remember, known=name, id_=found))
    for name in world.store.read(figures.channels_with_open_cases):
        known = directory.known(name)
        if not is_channel(name) and is_channel(known):
            world.store.write(partial(channels.carry_over, old=name, new=known, now=world.now()))
    _look_after_default(world)


def _look_after_default(world: World) -> None:
    """Where SLACK_CHANNEL names another channel than before, and Slack knows the former one no more, that is what has become of it.

    A former one that is still there is only no longer the default.
    """
    now, before = world.directory.channel_id(), world.store.read(channels.default)
    if now is None:
        return
    if before not in (None, now) and before is not None:
        gone = world.directory.is_gone(before)
        if gone is None:  # Slack does not say: another time
            return
        if gone:
            moved(world, before, now)
    if before != now:
        world.store.write(lambda tx: channels.remember_default(tx, now))


def renamed(world: World, channel: str, name: str) -> None:
    """A channel has another name. Its id stays, and so does all that stands in it; it may be one that was looked for in vain."""
    world.directory.look_again()
    for named in world.directory.named:
        if named not in (channel, name) and world.directory.known(named) == channel:
            log.warning(
                "the channel that your settings call #%s is called #%s now, and stays the one they mean", named, name
            )


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


def comes_home(world: World, tx: Tx, number: int, why: Unusable) -> bool:
    """A new case that belongs where nothing can be said comes to the default channel, with a line that says so; the lead hears once.

    False where it stands there already: then it waits.
    """
    case, home, now = cases.hold(tx, number), world.directory.default_channel, world.now()
    if case is None or world.directory.known(case.channel) == home:
        return False
    facts = {"channel": case.channel, "why": why}
    after = replace(case, channel=home)
    after = changed(tx, case, after, world.policy, now, actor=None, action=Say.REROUTED, via=Via.CLOCK, facts=facts)
    channels.carry_cases(tx, [number], case.channel, home, now)
    note(tx, after, Rerouted(channel=case.channel, why=why), now)
    _tell_of_rerouting(world, tx, case.channel, why)
    knows_channel(world, number, home)
    return True


def flood_comes_home(world: World, tx: Tx, flood: int, channel: str, why: Unusable) -> bool:
    """Likewise for new cases that share a card; each has a line about it in its history.

    What has a card of its own by now goes where that goes.
    """
    home, now = world.directory.default_channel, world.now()
    if world.directory.known(channel) == home:
        return False
    numbers = [member.number for member in floods.members(tx, flood) if member.here]
    channels.carry_cases(tx, numbers, channel, home, now)
    messages.carry(tx, intents.flood(flood), home)
    facts = {"channel": channel, "why": why}
    timeline.note_together(tx, dict.fromkeys(numbers, facts), now, None, Say.REROUTED, Via.CLOCK)
    _tell_of_rerouting(world, tx, channel, why)
    world.channels.clear()
    return True


def _tell_of_rerouting(world: World, tx: Tx, channel: str, why: Unusable) -> None:
    told = private.channel_unusable(channel, world.directory.default_channel, why)
    lead, now = last_holder(world, tx, "lead", channel), world.now()
    if channels.begins_unusable(tx, channel, why) and lead is not None:
        notice, intent = Notice(told.text, told.blocks), intents.channel_unusable(channel, why, now)
        messages.owe(tx, notice, intent=intent, channel=lead, now=now)


def silent(world: World, channel: str, why: Unusable) -> None:
    """Slack takes nothing there: the lead hears of it, where no event has told us, as while we were down. Not where we have never been.

    To a bot that was taken out, a private channel is one that there is not.
    """
    what: Unusable = "left" if why == "unknown" else why
    if what not in _SILENT or not world.store.read(lambda tx: messages.any_in(tx, channel)):
        return
    if world.store.write(lambda tx: channels.begins_unusable(tx, channel, what)):
        _tell_lead(world, channel, what)


_SILENT: Mapping[str, str] = {
    "archived": "somebody has archived the channel %s",
    "left": "the bot is no longer in the channel %s",
}


def _tell_lead(world: World, channel: str, what: Unusable) -> None:
    """Where the channel is one of ours: one that the settings or policy name, or one with open cases."""
    count = world.store.read(lambda tx: channels.open_in(tx, channel))
    ours = {world.directory.known(named) for named in world.directory.named}
    if not count and channel not in ours:
        return
    home = world.directory.default_channel
    world.store.write(lambda tx: channels.begins_unusable(tx, channel, what))  # the lead hears of it with this
    log.error(f"{_SILENT[what]}, where %s cases are open: nothing is said there until that ends", channel, count)
    lead = holder(world, "lead", channel)
    if lead is not None:
        told = private.channel_silent(channel, count, what, None if channel == home else home)
        intent, now = intents.channel_silent(channel, what, world.now()), world.now()
        notice = Notice(told.text, told.blocks)
        world.store.write(lambda tx: messages.owe(tx, notice, intent=intent, channel=lead, now=now))


def why_unusable(word: str) -> Unusable | None:
    """What Slack's word says of a channel in which nothing can be said until somebody ends that; None: it is of something else.

    docs.slack.dev, errors of chat.postMessage and chat.update.
    """
    return "restricted" if word.startswith("restricted_action") else _UNUSABLE.get(word)


_UNUSABLE: Mapping[str, Unusable] = {
    "channel_not_found": "unknown",
    "is_archived": "archived",
    "is_inactive": "archived",
    "not_in_channel": "left",
}
