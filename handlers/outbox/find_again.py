"""A post whose fate is unknown: it is looked for in Slack by its metadata, and if it stands there it is ours again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from handlers.slack.clients import failure_of
from handlers.world import World
from store import messages
from store.engine import Tx
from store.messages import Owed

EVENT_TYPE = "amends_message"
_SKEW = timedelta(minutes=5)  # between our clock and Slack's, when looking for a message by its age


def adopted(world: World, owed: Owed, channel: str) -> bool:
    """Whether the message was found; then it counts as shown. Raises what Slack or the network raises."""
    since = owed.unknown_since or world.now()
    ts = _found(world, owed, channel, since)
    if ts is None:
        if owed.parent_ts is not None:
            _take_back(world, owed, channel, since)
        return False

    def adopt(tx: Tx) -> None:
        messages.adopt(tx, owed, channel, ts)
        if owed.again:
            messages.thread_follows(tx, owed.id, ts, world.now())

    world.store.write(adopt)
    return True


def _found(world: World, owed: Owed, channel: str, since: datetime) -> str | None:
    try:
        return next((str(m["ts"]) for m in _since(world, owed, channel, since) if _is_of(m, owed)), None)
    except SlackApiError as error:
        if failure_of(error).word != "thread_not_found":  # its parent is gone, and what it could have joined with it
            raise
        return None


def _take_back(world: World, owed: Owed, channel: str, since: datetime) -> None:
    """A reply whose parent was deleted while it was on its way stands in the channel, where nothing of a case belongs."""
    for message in _pages(world.slack.reads.conversations_history, _from(channel, since)):
        if _is_of(message, owed) and "thread_ts" not in message:
            world.slack.reads.chat_delete(channel=channel, ts=message["ts"])


def _is_of(message: dict[str, Any], owed: Owed) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == EVENT_TYPE and payload.get("message") == owed.id


def _since(world: World, owed: Owed, channel: str, begun: datetime) -> Iterator[dict[str, Any]]:
    """Messages of the channel, or of the thread the message belongs in, since a while before it was first posted."""
    arguments, reads = _from(channel, begun), world.slack.reads
    if owed.parent_ts is None:
        return _pages(reads.conversations_history, arguments)
    return _pages(reads.conversations_replies, arguments | {"ts": owed.parent_ts})


def _from(channel: str, begun: datetime) -> dict[str, Any]:
    oldest = f"{(begun - _SKEW).timestamp():.6f}"
    return {"channel": channel, "oldest": oldest, "include_all_metadata": True, "limit": 200}


def _pages(method: Callable[..., SlackResponse], arguments: dict[str, Any]) -> Iterator[dict[str, Any]]:
    cursor = None
    while True:
        answer = method(**arguments, cursor=cursor)
        yield from answer.get("messages") or []
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
