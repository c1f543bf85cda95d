"""A message of ours is taken away where it stands, since what it says is said elsewhere now."""

from __future__ import annotations

import logging

from slack_sdk.errors import SlackApiError

from handlers.slack.clients import failure_of
from handlers.world import World
from store.messages import Owed

log = logging.getLogger(__name__)

# It stands there and cannot be edited: a message of an earlier installation, or one that a workspace's rules find too old.
STANDS = frozenset({"cant_update_message", "edit_window_closed"})


def taken_away(world: World, owed: Owed) -> str | None:
    """Takes it away as far as Slack lets us; Slack's word where it does not. Raises what the network raises."""
    try:
        world.slack.reads.chat_delete(channel=owed.posted_in or "", ts=owed.ts or "")
    except SlackApiError as error:
        word = failure_of(error).word
        log.info("message %s (%s) could not be taken away where it stood: %s", owed.id, owed.kind, word)
        return word
    return None
