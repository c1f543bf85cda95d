"""Nothing of a case is said outside its thread: whether the message that another replies to still stands in Slack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from cases.messages.kinds import KINDS
from cases.model import OPEN
from handlers.slack.clients import failure_of
from handlers.world import World
from store import cases, messages
from store.messages import Owed


def parent_stands(world: World, owed: Owed, channel: str) -> bool:
    """Whether a reply can be posted below its parent; raises what Slack or the network raises.

    Slack posts a reply to a message that was deleted into the channel. chat.getPermalink may be called hundreds of times
    a minute (docs.slack.dev/reference/methods/chat.getPermalink), and knows no deleted message.
    """
    if owed.parent is None or owed.parent_ts is None:
        return True
    try:
        world.slack.reads.chat_getPermalink(channel=channel, message_ts=owed.parent_ts)
    except SlackApiError as error:
        if failure_of(error).word != "message_not_found":
            raise
        return False
    return True


def unthreaded(owed: Owed, posted: Mapping[str, Any]) -> bool:
    """Whether Slack has posted a reply into the channel: its parent was deleted since we looked.

    The answer then comes without thread_ts (tried by others: github.com/slack-go/slack/issues/1571).
    """
    return owed.parent is not None and owed.parent_ts is not None and "thread_ts" not in posted


def deleted(world: World, channel: str, ts: str) -> None:
    """A message was deleted in Slack: if it was ours, and is needed still, it comes anew, and its thread goes with it."""
    message = world.store.read(lambda tx: messages.standing_at(tx, channel, ts))
    if message is None:
        return
    case = world.store.read(lambda tx: cases.load(tx, message.case_number or 0))
    needed = KINDS[message.kind].anew_when_gone and (case is None or case.status in OPEN)
    world.store.write(lambda tx: messages.lost(tx, message.id, ts, world.now(), missed=needed))
