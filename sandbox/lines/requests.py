"""One request to the bot and its answer: how it is encoded and signed, and the two ways to send it, within this process and over HTTP."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx2

from sandbox.objects import Json

EVENT, INTERACTION, COMMAND = "events_api", "interactive", "slash_commands"

Bot = Callable[[dict[str, str], bytes], tuple[int, dict[str, str], bytes]]


@dataclass(frozen=True)
class Parcel:
    """What is to reach the bot. `kind` is Socket Mode's word for it; `retry` counts from 1 for a repeated event."""

    kind: str
    payload: Json
    retry: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Answer:
    """What came back. `problem` is Slack's retry reason (http_timeout, connection_failed, http_error …), empty when all is well."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    problem: str = ""

    @property
    def ok(self) -> bool:
        """Whether the bot took the parcel."""
        return not self.problem

    @property
    def final(self) -> bool:
        """Whether the bot asked not to be told again."""
        return self.headers.get("x-slack-no-retry") == "1"

    def content(self) -> Json:
        """The body as an object: JSON as it is, other text as {"text": …}, nothing as {}."""
        try:
            read = json.loads(self.body) if self.body else {}
        except ValueError:
            read = {"text": self.body.decode(errors="replace")}
        return read if isinstance(read, dict) else {}


def request(parcel: Parcel, timestamp: int, secret: str) -> tuple[dict[str, str], bytes]:
    """A parcel as a signed HTTP request, headers and body; `timestamp` is real Unix seconds."""
    content_type, body = _encoded(parcel)
    headers = {"content-type": content_type, **signed(body, timestamp, secret)}
    if parcel.retry:
        headers |= {"x-slack-retry-num": str(parcel.retry), "x-slack-retry-reason": parcel.reason}
    return headers, body


def _encoded(parcel: Parcel) -> tuple[str, bytes]:
    if parcel.kind == EVENT:
        return "application/json", json.dumps(parcel.payload).encode()
    fields = {"payload": json.dumps(parcel.payload)} if parcel.kind == INTERACTION else parcel.payload
    return "application/x-www-form-urlencoded", urlencode(fields).encode()


def in_process(bot: Bot, headers: dict[str, str], body: bytes) -> Answer:
    """Call the bot; a ConnectionError is how a test plays a process that is gone."""
    try:
        status, answered, content = bot(headers, body)
    except ConnectionError:
        return Answer(0, problem="connection_failed")
    return _answered(status, answered, content)


def over_http(client: httpx2.Client, url: str, headers: dict[str, str], body: bytes, seconds: float) -> Answer:
    """Post to the bot and wait for as long as Slack does."""
    try:
        answer = client.post(url, headers=headers, content=body, timeout=seconds)
    except httpx2.TimeoutException:
        return Answer(0, problem="http_timeout")
    except httpx2.TooManyRedirects:
        return Answer(0, problem="too_many_redirects")
    except httpx2.RequestError:
        return Answer(0, problem="connection_failed")
    return _answered(answer.status_code, dict(answer.headers), answer.content)


def http_client(**options: Any) -> httpx2.Client:
    """A client that ignores proxies (nothing leaves this machine) and keeps no idle connection open."""
    return httpx2.Client(trust_env=False, limits=httpx2.Limits(max_keepalive_connections=0), **options)


def _answered(status: int, headers: dict[str, Any], body: bytes) -> Answer:
    lowered = {name.lower(): value if isinstance(value, str) else str(value[0]) for name, value in headers.items()}
    return Answer(status, lowered, body, "" if 200 <= status < 300 else "http_error")


def signed(body: bytes, timestamp: int, secret: str) -> dict[str, str]:
    """Slack's request signature: v0, HMAC-SHA256 over `v0:timestamp:body`."""
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": str(timestamp), "x-slack-signature": f"v0={digest}"}
