"""The web application, plain ASGI: which address leads where, and bodies read up to what we take."""

from __future__ import annotations

import asyncio
import re
import time
import traceback
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Generic, TypeVar
from urllib.parse import quote, unquote

from handlers.guard import unit_of_work
from handlers.http.answer import RETRY_AFTER, Answer
from handlers.http.connections import VOUCHED
from handlers.http.crowds import Crowds
from handlers.http.edge import PATIENCE, Edge, Posted, Unsettled
from handlers.http.large import OF_A_STRANGER, Lane, LargeBody
from handlers.sources.contract import LARGEST
from handlers.sources.signatures import IN_ADDRESS

_NEWS = 5.0  # seconds from one writing down of what came to the doors to the next
FRESH = 1.0  # seconds that one look at what the whole process does serves everybody who asks
_INTAKE = "/intake/"
_EVIDENCE = "/intake/evidence"
_TOKENS = frozenset(("token", "secret", "key", "apikey", "api_key", "access_token"))
_MOST_ASKED = 50
_OF_A_SOURCE = re.compile(_INTAKE + "[^/]+(/[^/]+)?")

T = TypeVar("T")

# What the ASGI specification calls so (asgi.readthedocs.io, HTTP & WebSocket, and Lifespan).
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Road = Callable[[Scope, Receive], Awaitable[Answer]]  # from a request to its answer


def _text(status: int, text: str, **headers: str) -> Answer:
    return Answer(status, text.encode(), {"content-type": "text/plain; charset=utf-8", **headers})


_ALIVE = _text(200, "alive\n")
_HERE = _text(
    200, "Amends takes feedback here by POST.\n"
)  # vendors look whether an address answers before they use it
_TOLD_HERE = _text(200, "Amends takes evidence of a contact here by POST.\n")
_NOWHERE = _text(404, "Not Found\n")
_LEFT = Answer(400)  # whoever asked has gone, and reads no answer


class Application:
    """The ASGI application. Requests run in executors of our own: the event loop must never wait for the database.

    `on_ready` is called once requests are taken; what it raises keeps the server from starting. What a road raises is
    left to the server, which answers 500 and logs it.
    """

    def __init__(self, edge: Edge, on_ready: Callable[[], None] = lambda: None, fresh: float = FRESH) -> None:
        self._edge, self._on_ready = edge, on_ready
        self._work = ThreadPoolExecutor(8, thread_name_prefix="web")
        self._looks = ThreadPoolExecutor(1, thread_name_prefix="looks")  # however many look, Slack's clicks do not wait
        self._problems = Glance(edge.problems, self._looks, fresh)
        self._measures = Glance(edge.measures, self._looks, fresh)
        self._intakes = Crowds(edge.intakes)
        self._large = Lane()
        self._addresses: Mapping[str, Mapping[str, Road]] = {
            "/slack/events": {"POST": self._slack},
            _EVIDENCE: {**_looked_at(self._evidence_is_here), "POST": self._evidence},  # and with a token behind it
            _INTAKE: {**_looked_at(self._intake_is_here), "POST": self._intake},  # and whatever begins so
            "/healthz": _looked_at(_alive),
            "/readyz": _looked_at(self._is_ready),
            "/metrics": _looked_at(self._measured),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await _respond(await self._answer(scope, receive), scope["method"], send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})  # before it was accepted: the server answers 403
        else:
            raise ValueError(f"no such protocol here: {scope['type']}")

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        path = scope["path"]
        roads = self._addresses.get(_address(path))
        if roads is None:
            return self._elsewhere(scope)
        road = roads.get(scope["method"])
        if road is None:
            return _text(405, "Method Not Allowed\n", allow=", ".join(sorted(roads)))
        return await road(scope, receive)

    def _elsewhere(self, scope: Scope) -> Answer:
        """There is nothing here; but an address that is right but for slashes at its end is shown the way."""
        right = scope["path"].rstrip("/")
        if right == scope["path"] or not (right in self._addresses or _OF_A_SOURCE.fullmatch(right)):
            return _NOWHERE
        query = scope.get("query_string", b"").decode("latin-1")
        return Answer(307, headers={"location": quote(right) + ("?" + query if query else "")})

    async def _intake(self, scope: Scope, receive: Receive) -> Answer:
        name, headers = _source_in(scope["path"]), _with_token(scope)
        largest = self._edge.largest(name)
        body = _too_large(headers, largest) or self._edge.intake_unread(name, headers)
        if body is None and largest > LARGEST:
            return await self._large_intake(name, headers, scope, receive, largest)
        whole = body or await _body(receive)
        return whole if isinstance(whole, Answer) else await self._taken_in(Posted(name, headers, whole))

    async def _large_intake(
        self, name: str, headers: Mapping[str, str], scope: Scope, receive: Receive, largest: int
    ) -> Answer:
        """What is larger than usual is read on once it is known whose it is, and only a few of these at a time."""
        body = LargeBody(receive)
        await body.read_to(LARGEST)
        if body.has_ended or body.has_left:
            return await self._taken_in(Posted(name, headers, body.content)) if body.has_ended else _LEFT
        while not self._edge.is_vouched(name, headers, body.content):
            if body.has_ended or body.has_left or body.size > OF_A_STRANGER:
                return _too_large_for(OF_A_STRANGER)
            await body.read_to(body.size + LARGEST)
        scope.get("state", {}).get(VOUCHED, lambda: None)()
        async with self._large.turn() as is_ours:
            if not is_ours:
                return _text(503, "Too many large letters come in at once.\n", **RETRY_AFTER)
            await body.read_to(largest)
            if not body.has_ended:
                return _LEFT if body.has_left else _too_large_for(largest)
            return await self._taken_in(Posted(name, headers, body.content, body.left_out))

    async def _taken_in(self, posted: Posted) -> Answer:
        answer = await self._intakes.done(posted)
        return answer if isinstance(answer, Answer) else await _settled(answer)

    async def _intake_is_here(self, scope: Scope, _: Receive) -> Answer:
        if not _OF_A_SOURCE.fullmatch(scope["path"]):
            return self._elsewhere(scope)
        return self._edge.intake_here(_source_in(scope["path"])) or _HERE

    async def _evidence(self, scope: Scope, receive: Receive) -> Answer:
        """The token may stand behind the address, for programs that can send no header."""
        headers, shown = _asked(scope) | _headers(scope), scope["path"].removeprefix(_EVIDENCE).strip("/")
        door = self._edge.evidence
        body = _too_large(headers) or door.unread(headers, shown) or await _body(receive)
        if isinstance(body, Answer):
            return body
        return await asyncio.get_running_loop().run_in_executor(self._work, door.take, headers, body, shown)

    async def _evidence_is_here(self, scope: Scope, _: Receive) -> Answer:
        return _TOLD_HERE if self._edge.evidence.is_open else self._edge.evidence.closed

    async def _slack(self, scope: Scope, receive: Receive) -> Answer:
        headers = _headers(scope)
        body = _too_large(headers) or self._edge.slack_unread(headers) or await _body(receive)
        if isinstance(body, Answer):
            return body
        return await asyncio.get_running_loop().run_in_executor(self._work, self._edge.slack, headers, body)

    async def _is_ready(self, scope: Scope, _: Receive) -> Answer:
        return self._edge.ready(await self._problems.seen(), _headers(scope))

    async def _measured(self, scope: Scope, _: Receive) -> Answer:
        return self._edge.measures_unread(_headers(scope)) or await self._measures.seen()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()  # lifespan.startup
        try:
            self._on_ready()
        except BaseException:
            await send({"type": "lifespan.startup.failed", "message": traceback.format_exc()})
            raise
        await send({"type": "lifespan.startup.complete"})
        witnessed = asyncio.create_task(self._witnessed())
        await receive()  # lifespan.shutdown
        witnessed.cancel()
        await self._write_down()
        self._work.shutdown(wait=True)
        self._looks.shutdown(wait=True)
        self._intakes.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _witnessed(self) -> None:
        """What came to the doors is written down while there is news of it, not more often however many come."""
        while True:
            await asyncio.sleep(_NEWS)
            await self._write_down()

    async def _write_down(self) -> None:
        with unit_of_work("what came to the doors"):
            await asyncio.get_running_loop().run_in_executor(self._looks, self._edge.witness.write)


class Glance(Generic[T]):
    """What a function answers, at most so many seconds old: while one asks it in a thread, all others wait for the same.

    To be used from one event loop.
    """

    def __init__(self, look: Callable[[], T], thread: ThreadPoolExecutor, fresh: float) -> None:
        self._look, self._thread, self._fresh = look, thread, fresh
        self._looked: asyncio.Future[T] | None = None
        self._looked_at = 0.0

    async def seen(self) -> T:
        """The answer; raises what the function raised."""
        now = time.monotonic()
        if self._looked is None or (self._looked.done() and now - self._looked_at >= self._fresh):
            self._looked = asyncio.get_running_loop().run_in_executor(self._thread, self._look)
            self._looked_at = now
        return await asyncio.shield(self._looked)


async def _settled(unsettled: Unsettled) -> Answer:
    """Waits for the verdicts without holding up anybody else, and not for long."""
    await asyncio.wait([asyncio.wrap_future(verdict) for verdict in unsettled.verdicts], timeout=PATIENCE)
    return unsettled.answer()


def _address(path: str) -> str:
    """The address that a path belongs to: some have what comes behind them."""
    if path == _EVIDENCE or path.startswith(f"{_EVIDENCE}/"):
        return _EVIDENCE
    return _INTAKE if path.startswith(_INTAKE) else path


def _source_in(path: str) -> str:
    """The source's name in an address; behind it a token may stand."""
    return path.removeprefix(_INTAKE).partition("/")[0]


def _with_token(scope: Scope) -> dict[str, str]:
    """The headers; a token at the end of the address, for programs that can send no header, counts as a bearer's."""
    token = scope["path"].removeprefix(_INTAKE).partition("/")[2]
    return _asked(scope) | _headers(scope) | ({"authorization": f"Bearer {token}"} if token else {})


def _asked(scope: Scope) -> dict[str, str]:
    """A token behind the address's question mark, `?token=…`, as the header that stands for it."""
    asked = (each.partition("=") for each in scope.get("query_string", b"").decode("latin-1").split("&", _MOST_ASKED))
    return next(({IN_ADDRESS: unquote(value)} for name, _, value in asked if name.lower() in _TOKENS), {})


def _looked_at(road: Road) -> dict[str, Road]:
    """Who may get a page may ask for its head."""
    return {"GET": road, "HEAD": road}


async def _alive(_: Scope, __: Receive) -> Answer:
    return _ALIVE


def _headers(scope: Scope) -> dict[str, str]:
    """By name, in small letters as ASGI has them; of a name that comes twice, the first."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in reversed(scope["headers"])}


def _too_large(headers: Mapping[str, str], largest: int = LARGEST) -> Answer | None:
    """The answer to a body that announces itself as larger than we take; the server sees to it that a length is a number."""
    return _too_large_for(largest) if int(headers.get("content-length") or 0) > largest else None


def _too_large_for(largest: int) -> Answer:
    return _text(413, f"A body may have {largest} bytes at most.\n")


async def _body(receive: Receive) -> bytes | Answer:
    """The whole body, or the answer as soon as it is larger than we take."""
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return _LEFT
        body += message.get("body", b"")
        if len(body) > LARGEST:
            return _too_large_for(LARGEST)
        more = message.get("more_body", False)
    return bytes(body)


async def _respond(answer: Answer, method: str, send: Send) -> None:
    headers = {"content-length": str(len(answer.body)), **answer.headers}
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else answer.body})
