"""What an app answers through a response URL or in the ack of a slash command, turned into messages."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox.answers import Json, Refusal
from sandbox.api.call import checked_blocks
from sandbox.api.triggers import ResponseTicket, ResponseUrls
from sandbox.workspace import Message, Workspace


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
            workspace.bot_user,
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
