"""The web application: which address leads where, and bodies read up to what we take."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from handlers.http.crowds import Crowds
from handlers.http.edge import Answer, Edge, Posted

LARGEST = 1024 * 1024  # bytes of a body
_INTAKE = "/intake/"
_TOO_LARGE = Answer(413, f"A body may have {LARGEST} bytes at most.\n".encode(), {"content-type": "text/plain"})
_LEFT = Answer(400)  # whoever asked has gone, and reads no answer


class Application:
    """The ASGI application. Requests run in executors of our own: the event loop must never wait for the database."""

    def __init__(self, edge: Edge, on_ready: Callable[[], None] = lambda: None) -> None:
        self._edge, self._on_ready = edge, on_ready
        self._work = ThreadPoolExecutor(8, thread_name_prefix="web")
        self._intakes = Crowds(edge.intakes)
        routes = [
            Route("/slack/events", self._slack, methods=["POST"]),
            Route(_INTAKE + "{source}", _intake_is_here, methods=["GET", "HEAD"]),
            Route("/healthz", _alive),
            Route("/readyz", self._in_thread(edge.ready)),
            Route("/metrics", self._in_thread(edge.measures)),
        ]
        self._routes = Starlette(routes=routes, lifespan=self._lifespan)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Feedback comes in crowds, and the framework's way here and back is some 8 % of what one costs (decision 10).
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"].startswith(_INTAKE):
            await _respond(await self._intake(scope, receive), send)
        else:
            await self._routes(scope, receive, send)

    async def _intake(self, scope: Scope, receive: Receive) -> Answer:
        body = await _body(receive)
        if isinstance(body, Answer):
            return body
        return await self._intakes.done(Posted(scope["path"].removeprefix(_INTAKE), _headers(scope), body))

    async def _slack(self, request: Request) -> Response:
        body = await _body(request.receive)
        if isinstance(body, Answer):
            return _response(body)
        return _response(await self._run(self._edge.slack, _headers(request.scope), body))

    def _in_thread(self, look: Callable[[], Answer]) -> Callable[[Request], Any]:
        async def answer(_: Request) -> Response:
            return _response(await self._run(look))

        return answer

    async def _run(self, function: Callable[..., Answer], *arguments: Any) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._work, function, *arguments)

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        self._on_ready()
        yield
        self._work.shutdown(wait=True)
        self._intakes.close()


async def _alive(_: Request) -> Response:
    return Response("alive\n")


async def _intake_is_here(_: Request) -> Response:
    """Vendors look whether the address answers before they use it."""
    return Response("Amends takes feedback here by POST.\n")


def _headers(scope: Scope) -> dict[str, str]:
    """By name, in small letters as ASGI has them; of a name that comes twice, the first."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in reversed(scope["headers"])}


async def _body(receive: Receive) -> bytes | Answer:
    """The whole body, or the answer as soon as it is larger than we take."""
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return _LEFT
        body += message.get("body", b"")
        if len(body) > LARGEST:
            return _TOO_LARGE
        more = message.get("more_body", False)
    return bytes(body)


def _response(answer: Answer) -> Response:
    return Response(answer.body, answer.status, dict(answer.headers))


async def _respond(answer: Answer, send: Send) -> None:
    headers = {"content-length": str(len(answer.body)), **answer.headers}
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    await send({"type": "http.response.body", "body": answer.body})
