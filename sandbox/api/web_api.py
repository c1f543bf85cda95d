"""Slack's Web API over HTTP, as far as the bot calls it: arguments, tokens, scopes and faults; the methods live beside."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.api import chat, conversations, files, people, views
from sandbox.api.call import Call, Method
from sandbox.api.faults import Fault, Faults
from sandbox.api.files import UPLOAD, receive, sent_bytes
from sandbox.api.triggers import Triggers
from sandbox.objects import Json, Refusal
from sandbox.workspace import Workspace

METHODS: dict[str, Method] = {
    **chat.METHODS,
    **conversations.METHODS,
    **people.METHODS,
    **views.METHODS,
    **files.METHODS,
}
TRANSPORT = "practice.transport"  # in the ASGI scope: the connection itself, put there by the server
# Methods whose pages name no JSON among the content types they take (docs.slack.dev/reference/methods): of a body in JSON they
# read nothing.
FORMS_ONLY = frozenset(
    {
        *("bots.info", "chat.getPermalink", "dnd.info", "files.getUploadURLExternal", "files.info"),
        *("conversations.info", "conversations.list", "conversations.members", "conversations.replies"),
        *("usergroups.list", "usergroups.users.list", "users.info", "users.list", "users.lookupByEmail"),
    }
)
WITHOUT_EFFECT = ("rate_limit", "http_error", "refuse", "drop_before")


class Dropped(Response):
    """No answer at all: the connection is closed under the caller, as when a network breaks."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[TRANSPORT].abort()
        while (await receive())["type"] != "http.disconnect":
            pass  # only once uvicorn has noticed may we return, or it would try to send a 500


@dataclass
class WebApi:
    """The API of one workspace. `methods` may be added to; `happened` takes what the bot's own calls bring about."""

    workspace: Workspace
    triggers: Triggers
    faults: Faults
    happened: Callable[[Json], None]
    base_url: str = "http://practice.invalid"
    methods: dict[str, Method] = field(default_factory=lambda: dict(METHODS))

    async def endpoint(self, request: Request) -> Response:
        """`/api/{method}`, by GET or POST; the work is microseconds under the lock, so it stays on the event loop."""
        name = request.path_params["method"]
        try:
            arguments = await read_arguments(request, json_too=name not in FORMS_ONLY)
        except Refusal as refusal:
            return JSONResponse(_refused(refusal))
        given = str(arguments.pop("token", ""))  # taken out, so that no log holds it
        token = request.headers.get("authorization", "").removeprefix("Bearer ") or given
        answer, fault = await self._tried(name, arguments, lambda: self.answer(name, arguments, token))
        return self._response(answer, fault)

    async def upload(self, request: Request) -> Response:
        """`/upload/{file}`, the one step of a file upload that is no method; faults know it as "upload"."""
        file, content = request.path_params["file"], await sent_bytes(request)
        answer, fault = await self._tried(UPLOAD, {"file": file}, lambda: receive(self.workspace, file, content))
        if fault and fault.kind not in ("refuse", "delay"):
            return self._response(answer, fault)
        return (
            PlainTextResponse(f"OK - {answer['length']}") if answer["ok"] else PlainTextResponse(answer["error"], 400)
        )

    async def _tried(self, name: str, arguments: dict[str, Any], do: Callable[[], Json]) -> tuple[Json, Fault | None]:
        """The answer to a call, done unless a fault is in the way, and the fault that hit it; late, if that is its kind."""
        fault = self.faults.strike(name, arguments)
        answer = struck(fault) if fault and fault.kind in WITHOUT_EFFECT else do()
        self.faults.record(name, arguments, answer, fault.status if fault else 200, self.workspace.now(), fault)
        if fault and fault.seconds and fault.kind != "rate_limit":
            await asyncio.sleep(fault.seconds)
        return answer, fault

    def answer(self, name: str, arguments: dict[str, Any], token: str) -> Json:
        """What Slack says to this call, having done it if it is allowed."""
        with self.workspace.lock:
            try:
                method = self._allowed(name, token)
                call = Call(name, arguments, self.workspace, self.triggers, self.happened, self.base_url)
                for scope in method.scopes:
                    call.scope(scope)
                return {"ok": True} | method.run(call)
            except Refusal as refusal:
                return _refused(refusal)

    def _allowed(self, name: str, token: str) -> Method:
        method = self.methods.get(name)
        if method is None:
            raise Refusal("unknown_method", req_method=name)
        if not token:
            raise Refusal("not_authed")
        app = self.workspace.app
        if token not in (app.bot_token, app.app_token):
            raise Refusal("invalid_auth")
        if method.app_level != (token == app.app_token):
            raise Refusal("not_allowed_token_type")
        return method

    def _response(self, answer: Json, fault: Fault | None) -> Response:
        headers = {"x-oauth-scopes": ",".join(sorted(self.workspace.app.scopes))}
        if fault is None or fault.kind in ("refuse", "delay"):
            return JSONResponse(answer, headers=headers)
        if fault.kind == "rate_limit":
            return JSONResponse(answer, 429, {"Retry-After": str(int(fault.seconds))})
        return Response(status_code=fault.status) if fault.kind == "http_error" else Dropped()


def struck(fault: Fault) -> Json:
    """The body of an answer that a fault puts in place of the real one."""
    return {"ok": False, "error": fault.error or {"rate_limit": "ratelimited"}.get(fault.kind, fault.kind)}


def _refused(refusal: Refusal) -> Json:
    return {"ok": False, "error": refusal.error, **refusal.more}


async def read_arguments(request: Request, *, json_too: bool = True) -> dict[str, Any]:
    """Arguments from the query, a form or a JSON body, which is passed over unless it is taken. Refuses bodies that are neither."""
    arguments: dict[str, Any] = dict(request.query_params)
    if "json" in request.headers.get("content-type", ""):
        if not json_too:
            return arguments
        try:
            body = json.loads(await request.body() or b"{}")
        except ValueError:
            raise Refusal("invalid_json") from None
        if not isinstance(body, dict):
            raise Refusal("json_not_object")
        return arguments | {name: value for name, value in body.items() if value is not None}
    form = await request.form()
    return arguments | dict(form)


def socket_method(open_link: Callable[[], str]) -> Method:
    """apps.connections.open: wants the app-level token and answers with the address of a WebSocket."""
    return Method(lambda call: {"url": open_link()}, app_level=True)
