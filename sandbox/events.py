"""Events in the form in which Slack tells an app of them; pure functions from records to the inner `event` object."""

from __future__ import annotations

import uuid
from typing import Any

from sandbox.objects import Json, message_json, user_json
from sandbox.workspace import SLACKBOT, Channel, Message, Person, Workspace


def channel_type(channel: Channel) -> str:
    """Slack's word for the sort of conversation: channel, group or im."""
    if channel.im_with:
        return "im"
    return "group" if channel.is_private else "channel"


def message_posted(workspace: Workspace, message: Message) -> Json:
    """A new message; metadata is left out, as Slack does unless an app subscribes to it by name."""
    return _said(workspace, message) | {"channel_type": channel_type(workspace.channels[message.channel])}


def app_mentioned(workspace: Workspace, message: Message) -> Json:
    """The same message once more, for the app that is mentioned in it."""
    return _said(workspace, message) | {"type": "app_mention"}


def _said(workspace: Workspace, message: Message) -> Json:
    shown = message_json(workspace, message)
    shown |= {"channel": message.channel, "event_ts": message.ts}
    team = workspace.team_of(message.user)
    if team != workspace.team_id:  # said in a shared channel by somebody of another workspace
        shown |= {"user_team": team, "source_team": team}
    if message.user != workspace.app.user:
        shown["client_msg_id"] = str(uuid.uuid5(uuid.NAMESPACE_OID, message.channel + message.ts))
    return shown


def message_changed(workspace: Workspace, message: Message, before: Json) -> Json:
    """An edit; `before` is the message as it was."""
    return _about(workspace, message, "message_changed") | {
        "message": message_json(workspace, message),
        "previous_message": before,
    }


def deletion(workspace: Workspace, message: Message) -> Json:
    """What Slack tells of a message that is gone: of one with replies, that a tombstone stands in its place.

    Tried by others against Slack: github.com/42wim/matterbridge/issues/600.
    """
    if not workspace.replies(message):
        return message_deleted(workspace, message)
    before = message_json(workspace, message)
    tombstone = {
        "type": "message",
        "subtype": "tombstone",
        "user": SLACKBOT,
        "text": "This message was deleted.",
        "hidden": True,
        "ts": message.ts,
        "thread_ts": message.ts,
    }
    return _about(workspace, message, "message_changed") | {"message": tombstone, "previous_message": before}


def message_deleted(workspace: Workspace, message: Message) -> Json:
    """A deletion of a message without replies."""
    return _about(workspace, message, "message_deleted") | {
        "deleted_ts": message.ts,
        "previous_message": message_json(workspace, message),
    }


def _about(workspace: Workspace, message: Message, subtype: str) -> Json:
    ts = workspace.new_ts()
    return {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": message.channel,
        "channel_type": channel_type(workspace.channels[message.channel]),
        "ts": ts,
        "event_ts": ts,
    }


def reaction(workspace: Workspace, kind: str, message: Message, emoji: str, user: str) -> Json:
    """`kind` is reaction_added or reaction_removed. There is no message text in it: only where, which and who."""
    return {
        "type": kind,
        "user": user,
        "reaction": emoji,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "item_user": message.user,
        "event_ts": workspace.new_ts(),
    }


def app_home_opened(workspace: Workspace, user: str, view: Json | None) -> Json:
    """A person looks at the app's Home tab; `view` is what was published there before, if anything."""
    opened = {
        "type": "app_home_opened",
        "user": user,
        "channel": workspace.direct(user).id,
        "tab": "home",
        "event_ts": workspace.new_ts(),
    }
    return opened | ({"view": view} if view else {})


def membership(workspace: Workspace, kind: str, user: str, channel: Channel) -> Json:
    """`kind` is member_joined_channel or member_left_channel. The channel_type here is the first letter of the id."""
    return {
        "type": kind,
        "user": user,
        "channel": channel.id,
        "channel_type": channel.id[0],
        "team": workspace.team_id,
        "event_ts": workspace.new_ts(),
    }


def channel_changed(workspace: Workspace, what: str, channel: Channel, user: str) -> Json:
    """`what` is archive, unarchive, rename or left, the last only for the bot's own leaving; of a private one as of a group."""
    kind = "group" if channel.is_private else "channel"
    about: Json = {"channel": channel.id, "user": user}
    if what == "rename":
        about = {"channel": {"id": channel.id, "name": channel.name, "created": 1360782804}}
    elif what == "left":
        about = {"channel": channel.id, "actor_id": user}
    return {"type": f"{kind}_{what}", **about, "event_ts": workspace.new_ts()}


def channel_id_changed(workspace: Workspace, old: str, new: str) -> Json:
    """A private channel was shared with another organisation: it has another id for good."""
    return {
        "type": "channel_id_changed",
        "old_channel_id": old,
        "new_channel_id": new,
        "event_ts": workspace.new_ts(),
    }


def user_changed(workspace: Workspace, person: Person) -> Json:
    """Something about a member changed; `user` is the member as users.info gives it from now on."""
    ts = workspace.new_ts()
    return {
        "type": "user_change",
        "user": user_json(workspace, person),
        "cache_ts": int(float(ts)),
        "event_ts": ts,
    }


def subscription(event: dict[str, Any]) -> str:
    """The name under which an app subscribes to this event: message events go by conversation type."""
    kinds = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}
    return kinds[event["channel_type"]] if event["type"] == "message" else str(event["type"])


# The scope without which Slack does not send an event, whatever the app subscribed to.
SCOPES = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "app_mention": "app_mentions:read",
    "user_change": "users:read",
}


def needed_scope(workspace: Workspace, event: Json) -> str:
    """The scope this event needs, "" for none; who comes to and leaves a private channel needs another than a public one."""
    if event["type"].startswith("group_"):
        return "groups:read"
    if event["type"].startswith("channel_"):
        return "channels:read"
    if event["type"].startswith("member_"):
        return "groups:read" if workspace.channels[event["channel"]].is_private else "channels:read"
    return SCOPES.get(subscription(event), "")
