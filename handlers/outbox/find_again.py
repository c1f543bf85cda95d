"""A post whose fate is unknown: it is looked for in Slack by its metadata, and if it stands there it is ours again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from handlers.world import World
from store import messages
from store.messages import Owed

EVENT_TYPE = "amends_message"
_SKEW = timedelta(minutes=5)  # between our clock and Slack's, when looking for a message by its age


def adopted(world: World, owed: Owed, channel: str) -> bool:
    """Whether the message was found; then it counts as shown. Raises what Slack or the network raises."""
    since = owed.unknown_since or world.now()
    ts = next((str(m["ts"]) for m in _since(world, owed, channel, since) if _is_of(m, owed)), None)
    if ts is not None:
        world.store.write(lambda tx: messages.adopt(tx, owed, channel, ts))
    return ts is not None


def _is_of(message: dict[str, Any], owed: Owed) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == EVENT_TYPE and payload.get("message") == owed.id


def _since(world: World, owed: Owed, channel: str, begun: datetime) -> Iterator[dict[str, Any]]:
    """Messages of the channel, or of the thread the message belongs in, since a while before it was first posted."""
    arguments: dict[str, Any] = {
        "channel": channel,
        "oldest": f"{(begun - _SKEW).timestamp():.6f}",
        "include_all_metadata": True,
        "limit": 200,
    }
    reads = world.slack.reads
    while True:
        if owed.parent_ts is not None:
            answer = reads.conversations_replies(ts=owed.parent_ts, **arguments)
        else:
            answer = reads.conversations_history(**arguments)
        yield from answer.get("messages") or []
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
        arguments["cursor"] = cursor
