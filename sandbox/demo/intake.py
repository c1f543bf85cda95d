"""How feedback reaches the bot: signed Standard Webhooks to its generic intake."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from standardwebhooks import Webhook

from sandbox.demo.cast import INTAKE_SECRET
from sandbox.lines.requests import Answer, Bot, http_client, in_process, over_http

PATH = "/intake/generic"
PATIENCE = 10.0  # seconds


class Intake:
    """The line to the bot's generic intake: a callable in this process or the root of its address. `wall`: real Unix seconds."""

    def __init__(self, wall: Callable[[], float], secret: str = INTAKE_SECRET) -> None:
        self._wall = wall
        self._webhook = Webhook(secret)
        self._to: Bot | str | None = None
        self._http = http_client()

    def connect(self, bot: Bot | None) -> None:
        """Send to a callable `(headers, body) -> (status, headers, body)`; None takes the line away."""
        self._to = bot

    def connect_http(self, base_url: str) -> None:
        """Send to a bot at this address."""
        self._to = base_url

    def send(self, payload: dict[str, Any], message_id: str, to: Bot | str | None = None) -> Answer:
        """Sign and send; `to` goes before the connected line. The same `message_id` marks a repeated delivery.

        Status 0 says that it could not be reached.
        """
        body = json.dumps(payload, ensure_ascii=False).encode()
        headers = self.signed(body, message_id)
        target = to if to is not None else self._to
        if target is None:
            return Answer(0, problem="connection_failed")
        if isinstance(target, str):
            return over_http(self._http, target.removesuffix("/") + PATH, headers, body, PATIENCE)
        return in_process(target, headers, body)

    def signed(self, body: bytes, message_id: str) -> dict[str, str]:
        """The headers of Standard Webhooks."""
        at = datetime.fromtimestamp(int(self._wall()), UTC)
        return {
            "content-type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": self._webhook.sign(message_id, at, body.decode()),
        }
