"""Response URLs that Slack hands out with interactions, and what an app answers through one, or in the ack of a command."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox.api.call import checked_blocks
from sandbox.objects import Json, Refusal
from sandbox.workspace import Message, Workspace

RESPONSE_USES = 5
RESPONSE_LIFE = timedelta(minutes=30)


@dataclass
class ResponseTicket:
    """What a response URL stands for: whose gesture, in which conversation, on which message if any."""

    user: str
    channel: str
    message: Message | None
    given_at: datetime
    uses_left: int = RESPONSE_USES


class ResponseUrls:
    """Response URLs: five uses within thirty minutes of practice time. `now` is the practice clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._given: dict[str, ResponseTicket] = {}
        self.base_url = "http://practice.invalid"

    def issue(self, user: str, channel: str, message: Message | None = None) -> str:
        """A fresh response URL."""
        with self._lock:
            key = secrets.token_hex(12)
            self._given[key] = ResponseTicket(user, channel, message, self._now())
            return f"{self.base_url}/response/{key}"

    def use(self, key: str) -> ResponseTicket:
        """The ticket behind a URL, one use less. Refuses what is unknown, used up (`used_url`) or old (`expired_url`)."""
        with self._lock:
            ticket = self._given.get(key)
            if ticket is None:
                raise Refusal("invalid_url")
            if self._now() - ticket.given_at > RESPONSE_LIFE:
                raise Refusal("expired_url")
            if ticket.uses_left <= 0:
                raise Refusal("used_url")
            ticket.uses_left -= 1
            return ticket

    def clear(self) -> None:
        """Forget all response URLs."""
        with self._lock:
            self._given.clear()


def show_response(workspace: Workspace, ticket: ResponseTicket, said: Json) -> Message | None:
    """Post, replace or delete as `said` asks; None when there is nothing to show. Ephemeral unless it says in_channel."""
    with workspace.lock:
        if said.get("delete_original") and ticket.message:
            ticket.message.deleted = True
            workspace.changed()
            return None
        blocks = checked_blocks(workspace, said.get("blocks") or [])
        text = str(said.get("text") or "")
        if not blocks and not text.strip():
            raise Refusal("no_text")
        if said.get("replace_original") and ticket.message:
            return _replaced(workspace, ticket.message, text, blocks)
        private = said.get("response_type", "ephemeral") != "in_channel"
        return workspace.post(
            ticket.channel,
            workspace.app.user,
            text,
            blocks=blocks,
            thread_ts=_thread(said, ticket),
            ephemeral_to=ticket.user if private else None,
        )


def _replaced(workspace: Workspace, message: Message, text: str, blocks: list[Json]) -> Message:
    message.text, message.blocks = text, workspace.with_ids(blocks)
    workspace.changed()
    return message


def _thread(said: Json, ticket: ResponseTicket) -> str | None:
    """The thread asked for; a private answer to something in a thread stays in that thread."""
    if said.get("thread_ts"):
        return str(said["thread_ts"])
    return ticket.message.thread_ts if ticket.message else None


async def response_endpoint(workspace: Workspace, responses: ResponseUrls, request: Request) -> Response:
    """`POST /response/{key}`: "ok", or why not."""
    try:
        said = json.loads(await request.body() or b"{}")
        show_response(workspace, responses.use(request.path_params["key"]), said)
    except ValueError:
        return JSONResponse({"ok": False, "error": "invalid_json"}, 400)
    except Refusal as refusal:
        return JSONResponse(
            {"ok": False, "error": refusal.error, **refusal.more}, 404 if "url" in refusal.error else 400
        )
    return PlainTextResponse("ok")
