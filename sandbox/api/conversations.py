"""The Web API's conversations methods: which conversations there are, who is in them, and what was said."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.api.call import Call, Method
from sandbox.objects import Json, Refusal, channel_json, message_json
from sandbox.workspace import Message

MOST_PER_PAGE, MOST_OF_HISTORY = 1000, 999
TYPES = {"public_channel": "channels:read", "private_channel": "groups:read", "im": "im:read", "mpim": "mpim:read"}


def listing(call: Call) -> Json:
    """The conversations of the given types that the bot can see; public channels only unless asked otherwise."""
    types = [kind.strip() for kind in (call.string("types") or "public_channel").split(",")]
    for kind in types:
        if kind not in TYPES:
            raise Refusal("invalid_types")
        call.scope(TYPES[kind])
    seen = [channel for channel in call.workspace.channels.values() if _kind(channel) in types]
    seen = [channel for channel in seen if not channel.is_private or call.workspace.app.user in channel.members]
    if call.flag("exclude_archived"):
        seen = [channel for channel in seen if not channel.archived]
    page, metadata = paged(call, seen, 100)
    return {"channels": [channel_json(call.workspace, channel) for channel in page], "response_metadata": metadata}


def _kind(channel: Any) -> str:
    if channel.im_with:
        return "im"
    return "private_channel" if channel.is_private else "public_channel"


def info(call: Call) -> Json:
    """One conversation, whether or not the bot is in it."""
    return {"channel": channel_json(call.workspace, call.channel(member=False, scope="read"))}


def members(call: Call) -> Json:
    """The ids of those in a conversation."""
    channel = call.channel(member=False, scope="read")
    page, metadata = paged(call, sorted(channel.members), 100)
    return {"members": page, "response_metadata": metadata}


def opening(call: Call) -> Json:
    """Open the direct conversation with one person, or find it again."""
    if call.string("channel"):
        return {"channel": {"id": call.channel().id}, "no_op": True, "already_open": True}
    users = [user for user in call.string("users").split(",") if user]
    if not users:
        raise Refusal("users_list_not_supplied")
    if len(users) > 1:
        raise Refusal("method_not_supported_for_channel_type")  # group conversations are not practised here
    if users[0] not in call.workspace.people:
        raise Refusal("user_not_found")
    if call.workspace.people[users[0]].deleted:
        raise Refusal("user_disabled")
    if call.workspace.people[users[0]].is_bot:
        raise Refusal("cannot_dm_bot")
    channel = call.workspace.direct(users[0])
    return {"channel": channel_json(call.workspace, channel) if call.flag("return_im") else {"id": channel.id}}


def history(call: Call) -> Json:
    """Top-level messages, newest first; ephemerals and thread replies (unless sent to the channel too) are left out."""
    channel = call.channel(scope="history")
    with_metadata = call.flag("include_all_metadata")
    said = [m for m in reversed(channel.messages) if _public(m) and (m.thread_ts is None or m.broadcast)]
    page, metadata = paged(call, _within(call, said), 100, MOST_OF_HISTORY)
    return {
        "messages": [message_json(call.workspace, message, with_metadata=with_metadata) for message in page],
        "has_more": bool(metadata["next_cursor"]),
        "response_metadata": metadata,
    }


def replies(call: Call) -> Json:
    """A thread from its first message on, oldest first."""
    channel = call.channel(scope="history")
    named = call.workspace.find(channel.id, call.needed("ts"))
    parent = call.workspace.find(channel.id, named.thread) if named and _public(named) else None
    if parent is None:
        raise Refusal("thread_not_found")
    with_metadata = call.flag("include_all_metadata")
    page, metadata = paged(call, [parent, *_within(call, call.workspace.replies(parent))], MOST_PER_PAGE)
    return {
        "messages": [message_json(call.workspace, message, with_metadata=with_metadata) for message in page],
        "has_more": bool(metadata["next_cursor"]),
        "response_metadata": metadata,
    }


def _public(message: Message) -> bool:
    return not message.deleted and message.ephemeral_to is None


def _within(call: Call, messages: Sequence[Message]) -> list[Message]:
    """Those between `oldest` and `latest`; the borders themselves only with `inclusive`."""
    oldest, latest = _instant(call, "oldest", "ts_oldest"), _instant(call, "latest", "ts_latest")
    inclusive = call.flag("inclusive")

    def inside(message: Message) -> bool:
        ts = Decimal(message.ts)
        if inclusive and ts in (oldest, latest):
            return True
        return (oldest is None or ts > oldest) and (latest is None or ts < latest)

    return [message for message in messages if inside(message)]


def _instant(call: Call, argument: str, name: str) -> Decimal | None:
    try:
        return Decimal(call.string(argument)) if call.string(argument) else None
    except InvalidOperation:
        raise Refusal(f"invalid_{name}") from None


def paged(call: Call, rows: Sequence[Any], default: int, most: int = MOST_PER_PAGE) -> tuple[list[Any], Json]:
    """The page that `cursor` and `limit` ask for, with the response_metadata that leads to the next.

    It holds half of what was asked for: "Fewer than the requested number of items may be returned, even if the end … hasn't
    been reached" (docs.slack.dev, conversations.history, conversations.members, users.list).
    """
    limit = call.number("limit", default)
    if not 0 < limit <= most:
        raise Refusal("invalid_limit")
    start = _position(call.string("cursor"))
    following = start + (limit + 1) // 2
    cursor = base64.b64encode(f"next:{following}".encode()).decode() if following < len(rows) else ""
    return list(rows[start:following]), {"next_cursor": cursor}


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise Refusal("invalid_cursor") from None


METHODS = {
    "conversations.list": Method(listing),
    "conversations.info": Method(info),
    "conversations.members": Method(members),
    "conversations.open": Method(opening, ("im:write",)),
    "conversations.history": Method(history),
    "conversations.replies": Method(replies),
}
