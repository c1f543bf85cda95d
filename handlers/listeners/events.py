"""Slack tells of an event: somebody reacted, wrote, opened Home, or has gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from cases.acts.act import Act, ActionName
from cases.acts.actions import emoji_actions
from cases.may import Standing
from cases.messages.kinds import KINDS
from cases.model import Via
from handlers import channels
from handlers.act import Place, act
from handlers.listeners.commands import refuse
from handlers.listeners.standing import standing
from handlers.listeners.written import mentioned_in, written
from handlers.rights import may
from handlers.team import home, leaving
from handlers.world import World
from store import timeline
from store.engine import Tx

_SNOOZE_BY_EMOJI = timedelta(hours=1)


def heard(world: World, event: Mapping[str, Any], event_id: str | None) -> None:
    """Does what the event calls for, durably. Raises so that Slack delivers it again; events of other types mean nothing."""
    listener = _LISTENERS.get(event.get("type", ""))
    if listener is not None and not _of_ours(world, event):
        listener(world, event, event_id)


def _of_ours(world: World, event: Mapping[str, Any]) -> bool:
    """Whether the bot itself has written, edited or reacted. What becomes of its messages, and of its membership, is told of it."""
    if event.get("type") == "member_left_channel":
        return False
    said, myself = event.get("message") or event, world.directory.myself()
    return myself is not None and (said.get("user") == myself.user_id or said.get("bot_id") == myself.bot_id)


def _reacted(world: World, event: Mapping[str, Any], event_id: str | None) -> None:
    emoji = str(event.get("reaction", "")).split("::")[0]  # "+1::skin-tone-2" is "+1"
    action = emoji_actions(world.policy.slack.emoji).get(emoji)
    item = event.get("item") or {}
    if action is None or item.get("type") != "message":
        return
    message = standing(world, str(item.get("channel")), str(item.get("ts")), event.get("item_user"))
    if message is None or message.case_number is None or not KINDS[message.kind].reacted_to:
        return
    person, undo = str(event["user"]), event["type"] == "reaction_removed"
    place = Place(message.channel, None, event_id or "", emoji=emoji)
    if (refusal := may(world, person, action, message.case_number)) is not None:
        if not undo:
            refuse(world, person, place, refusal)
        return
    until = world.now() + _SNOOZE_BY_EMOJI if action == ActionName.SNOOZE else None
    wanted = Act(action, person, Via.REACTION, until=until)
    gesture, at = f"{action} {wanted.actor} {message.channel} {message.ts}", _made_at(event)
    if undo and at is not None:
        world.store.write(lambda tx: timeline.took_back(tx, gesture, at))

    def overtaken(tx: Tx) -> bool:
        """A reaction whose removal reached us first: a delivery that failed comes again up to minutes later."""
        return not undo and at is not None and timeline.taken_back_after(tx, gesture, at)

    act(world, message.case_number, wanted, place=place, event_id=event_id, undo=undo, overtaken=overtaken)


def _made_at(event: Mapping[str, Any]) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(event["event_ts"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None


def _opened_home(world: World, event: Mapping[str, Any], event_id: str | None) -> None:
    if event.get("tab", "home") == "home":
        home.opened(world, str(event["user"]))


def _changed_account(world: World, event: Mapping[str, Any], event_id: str | None) -> None:
    """Slack tells of every change of a profile; only who is no full member any more concerns the cases."""
    member = world.directory.told_of(event["user"])
    if member.standing is not Standing.MEMBER:
        leaving.deactivated(world, member.id, event_id)


def _left_channel(world: World, event: Mapping[str, Any], event_id: str | None) -> None:
    world.directory.went(str(event["user"]), str(event["channel"]))
    leaving.left_channel(world, str(event["user"]), str(event["channel"]), event_id)


def _channel_changed(world: World, event: Mapping[str, Any], event_id: str | None) -> None:
    """Slack tells the same of a private channel under the name of a group."""
    what, told = str(event["type"]).partition("_")[2], event.get("channel")
    if what == "id_changed":
        channels.moved(world, str(event["old_channel_id"]), str(event["new_channel_id"]), event_id)
    elif what == "rename" and isinstance(told, dict):
        channels.renamed(world, str(told.get("id")), str(told.get("name")))
    elif what in _CHANNELS:
        _CHANNELS[what](world, str(told))


_CHANNELS = {"archive": channels.archived, "unarchive": channels.unarchived, "left": channels.left}
_OF_CHANNELS = (
    *("channel_archive", "channel_id_changed", "channel_left", "channel_rename", "channel_unarchive"),
    *("group_archive", "group_left", "group_rename", "group_unarchive"),
)


def _came_to_channel(world: World, event: Mapping[str, Any], event_id: str | None) -> None:
    world.directory.came(str(event["user"]), str(event["channel"]))


_LISTENERS: dict[str, Callable[[World, Mapping[str, Any], str | None], None]] = {
    "reaction_added": _reacted,
    "reaction_removed": _reacted,
    "message": written,
    "app_mention": mentioned_in,
    "app_home_opened": _opened_home,
    "user_change": _changed_account,
    "member_joined_channel": _came_to_channel,
    "member_left_channel": _left_channel,
    **dict.fromkeys(_OF_CHANNELS, _channel_changed),
}
