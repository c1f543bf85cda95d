"""A directory that asks Slack nothing, for the commands that work beside the running bot and need no tokens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from handlers.slack.clients import Slack
from handlers.slack.directory import Directory

DEFAULT_CHANNEL = "default"


class Offline(Directory):
    """Knows nobody and no links. A channel's name stays a name, which the running bot takes for its default channel.

    Cases opened meanwhile carry the setting as it is, or DEFAULT_CHANNEL where it is not set: `Directory.place` resolves
    either when the card is sent.
    """

    def __init__(self, channel: str, now: Callable[[], datetime]) -> None:
        super().__init__(Slack(""), channel or DEFAULT_CHANNEL, now)

    def _ask(self, method: str, **arguments: Any) -> dict[str, Any] | None:
        return None
