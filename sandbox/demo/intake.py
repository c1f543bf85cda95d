"""How feedback reaches the bot: signed Standard Webhooks to its generic intake."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx2
from standardwebhooks import Webhook

from sandbox.demo.cast import INTAKE_SECRET
from sandbox.lines.requests import Bot, http_client

PATH = "/intake/generic"


@dataclass(frozen=True)
class IntakeAnswer:
    """What the bot said to a piece of feedback; status 0 when it could not be reached."""

    status: int
    body: dict[str, Any]


class Intake:
    """The line to the bot's generic intake: a callable in this process or the root of its address. `wall`: real Unix seconds."""

    def __init__(self, wall: Callable[[], float], secret: str = INTAKE_SECRET) -> None:
        self._wall = wall
        self._webhook = Webhook(secret)
        self._to: Bot | str | None = None
        self._http = http_client(timeout=10)

    def connect(self, bot: Bot | None) -> None:
        """Send to a callable `(headers, body) -> (status, headers, body)`; None takes the line away."""
        self._to = bot

    def connect_http(self, base_url: str) -> None:
        """Send to a bot at this address."""
        self._to = base_url

    def send(self, payload: dict[str, Any], message_id: str, to: Bot | str | None = None) -> IntakeAnswer:
        """Sign and send; `to` goes before the connected line. The same `message_id` marks a repeated delivery."""
        body = json.dumps(payload, ensure_ascii=False).encode()
        headers = self.signed(body, message_id)
        target = to if to is not None else self._to
        if target is None:
            return IntakeAnswer(0, {})
        if isinstance(target, str):
            return self._post(target, headers, body)
        status, _, answer = target(headers, body)
        return IntakeAnswer(status, _object(answer))

    def signed(self, body: bytes, message_id: str) -> dict[str, str]:
        """The headers of Standard Webhooks."""
        at = datetime.fromtimestamp(int(self._wall()), UTC)
        return {
            "content-type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": self._webhook.sign(message_id, at, body.decode()),
        }

    def _post(self, base_url: str, headers: dict[str, str], body: bytes) -> IntakeAnswer:
        try:
            answer = self._http.post(base_url.removesuffix("/") + PATH, headers=headers, content=body)
        except httpx2.RequestError:
            return IntakeAnswer(0, {})
        return IntakeAnswer(answer.status_code, _object(answer.content))


def _object(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(body) if body else {}
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
