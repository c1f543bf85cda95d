"""Which address answers what: as the server asks the application, and over a real socket."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import pytest

from handlers.http.answer import Answer
from handlers.http.edge import Edge
from handlers.http.routes import LARGEST, Application
from handlers.listeners.app import build_app
from handlers.sources import SOURCES
from handlers.world import World
from sandbox.demo import cast
from tests.elapsing import PATIENCE
from tests.handlers.http.served import Served, rest_of

GENERIC = SOURCES["generic"].example
Messages = list[dict[str, Any]]


@pytest.fixture
def edge(world: World) -> Edge:
    return Edge(world, build_app(world), {"generic": GENERIC.secret}, cast.SIGNING_SECRET)


def told(app: Application, scope: dict[str, Any], *messages: dict[str, Any]) -> Messages:
    """What the application sends when it is called so and hears these."""
    heard, sent = iter(messages), Messages()

    async def receive() -> dict[str, Any]:
        return next(heard)

    async def send(message: Any) -> None:
        sent.append(dict(message))

    asyncio.run(app(scope, receive, send))
    return sent


# Whatever is not signed at all is refused before its body is looked at.
FORGED = {
    "webhook-id": "msg_1",
    "webhook-timestamp": "1",
    "webhook-signature": "v1,AAAA",
    "x-slack-request-timestamp": "1",
    "x-slack-signature": "v0=0",
}


def asked(app: Application, method: str, target: str, *chunks: bytes, **headers: str) -> Answer:
    """The answer to a request, as uvicorn would pass it on: with the path decoded."""
    path, _, query = target.partition("?")
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": unquote(path), "query_string": query.encode(), "headers": raw}
    parts = chunks or (b"",)
    bodies = [
        {"type": "http.request", "body": part, "more_body": number < len(parts)} for number, part in enumerate(parts, 1)
    ]
    start, body = told(app, scope, *bodies)
    assert (start["type"], body["type"]) == ("http.response.start", "http.response.body")
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], body["body"], headers)


@pytest.fixture
def app(edge: Edge) -> Application:
    return Application(edge)


# Addresses


def test_evidence_has_its_own_address_with_or_without_a_token(app: Application, edge: Edge) -> None:
    told = b'{"outcome": "reached"}'
    assert [asked(app, method, "/intake/evidence", told).status for method in ("GET", "HEAD", "POST")] == [503] * 3
    edge.secrets = {"evidence": GENERIC.secret}
    assert [asked(app, method, "/intake/evidence").status for method in ("GET", "HEAD")] == [200, 200]
    assert asked(app, "POST", f"/intake/evidence/{GENERIC.secret}", told).status == 202
    assert asked(app, "POST", "/intake/evidence/", told, authorization=f"Bearer {GENERIC.secret}").status == 202
    assert asked(app, "POST", "/intake/evidence/whsec_x", told).status == 401
    assert asked(app, "POST", "/intake/evidence", told).status == 401
    assert asked(app, "POST", "/intake/evidences", told).status == 404
    assert asked(app, "PUT", "/intake/evidence").status == 405


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/intake/generic"])
def test_whoever_looks_gets_an_answer(app: Application, path: str) -> None:
    page, head = asked(app, "GET", path), asked(app, "HEAD", path)
    assert (page.status, head.status) == (200, 200)
    assert page.body
    assert head.body == b""
    assert int(page.headers["content-length"]) == len(page.body)
    assert set(page.headers) == set(head.headers)


def test_address_says_what_a_webhook_would_hear_there(app: Application) -> None:
    assert [asked(app, "GET", f"/intake/{name}").status for name in ("generic", "typeform", "pigeon")] == [
        200,
        503,
        404,
    ]


@pytest.mark.parametrize(
    "path", ["/", "", "/intake", "/intake/", "/intake/a/b", "/slack", "/healthz/more", "/healthzz"]
)
def test_other_roads_lead_nowhere_at_all(app: Application, path: str) -> None:
    assert asked(app, "GET", path).status == 404


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/slack/events", "POST"),
        ("HEAD", "/slack/events", "POST"),
        ("PUT", "/intake/generic", "GET, HEAD, POST"),
        ("DELETE", "/intake/generic", "GET, HEAD, POST"),
        ("POST", "/readyz", "GET, HEAD"),
        ("OPTIONS", "/metrics", "GET, HEAD"),
    ],
)
def test_wrong_method_is_told_the_right_ones(app: Application, method: str, path: str, allowed: str) -> None:
    answer = asked(app, method, path)
    assert (answer.status, answer.headers["allow"]) == (405, allowed)


def test_encoded_path_means_what_it_spells(app: Application) -> None:
    assert asked(app, "GET", "/%68ealthz").status == 200
    assert asked(app, "POST", "/intake/gen%65ric").status == 401
    assert asked(app, "GET", "/intake/gen%65ric").status == 200


@pytest.mark.parametrize("name", ["pigeon", "", "a/b", "caf%C3%A9"])
def test_post_to_no_source_hears_which_there_are(app: Application, name: str) -> None:
    answer = asked(app, "POST", f"/intake/{name}", b"{}")
    assert answer.status == 404
    assert b"generic" in answer.body


@pytest.mark.parametrize(
    ("method", "target", "location"),
    [
        ("GET", "/healthz/", "/healthz"),
        ("GET", "/readyz//?verbose=1", "/readyz?verbose=1"),
        ("POST", "/slack/events/", "/slack/events"),
        ("GET", "/intake/generic/", "/intake/generic"),
        ("GET", "/intake/caf%C3%A9%0D%0A/", "/intake/caf%C3%A9%0D%0A"),
    ],
)
def test_slash_too_many_is_shown_the_way(app: Application, method: str, target: str, location: str) -> None:
    answer = asked(app, method, target)
    assert (answer.status, answer.headers["location"]) == (307, location)


@pytest.mark.parametrize("target", ["//", "/nowhere/", "//example.org/", "/intake//", "/intake/a/b/c/"])
def test_slash_too_many_on_nothing_stays_nothing(app: Application, target: str) -> None:
    assert asked(app, "GET", target).status == 404


# Bodies


@pytest.mark.parametrize("path", ["/intake/generic", "/slack/events"])
def test_body_is_refused_as_soon_as_too_large(app: Application, path: str) -> None:
    half = b" " * (LARGEST // 2)
    assert asked(app, "POST", path, half, half, **FORGED).status == 401  # read, and not signed by whom we know
    answer = asked(app, "POST", path, half, half, b" ", half, **FORGED)
    assert answer.status == 413
    assert str(LARGEST).encode() in answer.body


@pytest.mark.parametrize("path", ["/intake/generic", "/slack/events"])
def test_body_announced_too_large_is_not_read(app: Application, path: str) -> None:
    assert told_unread(app, path, **FORGED, **{"content-length": str(LARGEST + 1)}) == 413


@pytest.mark.parametrize("path", ["/intake/generic", "/slack/events", "/intake/typeform", "/intake/pigeon"])
def test_body_that_nobody_signed_is_not_read(app: Application, path: str) -> None:
    assert told_unread(app, path) in (401, 404, 503)


@pytest.mark.parametrize("missing", FORGED)
def test_each_part_of_a_signature_is_missed(app: Application, missing: str) -> None:
    path = "/slack/events" if missing.startswith("x-slack") else "/intake/generic"
    assert told_unread(app, path, **{name: said for name, said in FORGED.items() if name != missing}) == 401


def told_unread(app: Application, path: str, **headers: str) -> int:
    """The status for a request whose body nobody may ask for."""
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    start, _ = told(app, {"type": "http", "method": "POST", "path": path, "headers": raw})
    return int(start["status"])


def test_sender_who_leaves_is_given_up(app: Application) -> None:
    raw = [(name.encode(), value.encode()) for name, value in FORGED.items()]
    scope = {"type": "http", "method": "POST", "path": "/intake/generic", "headers": raw}
    begun = {"type": "http.request", "body": b"{", "more_body": True}
    start, _ = told(app, scope, begun, {"type": "http.disconnect"})
    assert start["status"] == 400


# The other protocols


def test_web_socket_is_turned_away_at_once(app: Application) -> None:
    scope = {"type": "websocket", "path": "/healthz", "headers": []}
    assert told(app, scope, {"type": "websocket.connect"}) == [{"type": "websocket.close"}]


def test_protocol_nobody_knows_is_an_error(app: Application) -> None:
    with pytest.raises(ValueError, match="gopher"):
        told(app, {"type": "gopher"})


STARTUP, SHUTDOWN = {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}


def test_readiness_is_announced_once_served(edge: Edge) -> None:
    said: list[str] = []
    sent = told(Application(edge, lambda: said.append("ready")), {"type": "lifespan"}, STARTUP, SHUTDOWN)
    assert said == ["ready"]
    assert [message["type"] for message in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_start_that_breaks_is_said_to_the_server(edge: Edge) -> None:
    def broken() -> None:
        raise LookupError("nobody to tell")

    sent = Messages()

    async def receive() -> dict[str, Any]:
        return STARTUP

    async def send(message: Any) -> None:
        sent.append(dict(message))

    with pytest.raises(LookupError):
        asyncio.run(Application(edge, broken)({"type": "lifespan"}, receive, send))
    assert [message["type"] for message in sent] == ["lifespan.startup.failed"]
    assert "nobody to tell" in sent[0]["message"]


# Over a real socket


@pytest.fixture
def server(edge: Edge) -> Iterator[Served]:
    one = Served(edge)
    assert one.ready.wait(PATIENCE)
    yield one
    one.close()


@pytest.fixture
def bare(server: Served) -> Iterator[Callable[[bytes], bytes]]:
    """Says something on a line of its own, and hears all until the server hangs up."""

    return lambda words: rest_of(server.line(words))


def test_server_answers_at_each_address(server: Served) -> None:
    assert server.asks("GET", "/healthz").body == b"alive\n"
    assert server.asks("GET", "/%68ealthz").status == 200
    assert server.asks("POST", "/intake/generic", b"{}").status == 401
    assert server.asks("POST", "/slack/events", b"{}").status == 401
    assert server.asks("GET", "/nowhere").status == 404
    assert server.asks("PATCH", "/intake/generic").headers["allow"] == "GET, HEAD, POST"
    assert server.asks("GET", "/healthz/").headers["location"] == "/healthz"


def test_head_over_a_line_is_followed_by_nothing(bare: Callable[[bytes], bytes]) -> None:
    both = bare(
        b"HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    head, _, rest = both.partition(b"\r\n\r\n")
    assert b"content-length: 6" in head
    assert rest.startswith(b"HTTP/1.1 200")
    assert rest.endswith(b"\r\n\r\nalive\n")


def test_large_body_over_a_line_is_refused(server: Served) -> None:
    assert server.asks("POST", "/intake/generic", b" " * (LARGEST + 1)).status == 413


def test_web_socket_over_a_line_is_refused(bare: Callable[[bytes], bytes]) -> None:
    upgrade = (
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    assert bare(upgrade).startswith(b"HTTP/1.1 403")


def test_stopping_server_answers_what_is_under_way(edge: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> list[str]:
        begun.set()
        assert go_on.wait(PATIENCE)
        return []

    monkeypatch.setattr(edge, "problems", slowly)
    server = Served(edge)
    assert server.ready.wait(PATIENCE)
    answers: list[Answer] = []
    asking = threading.Thread(target=lambda: answers.append(server.asks("GET", "/readyz")))
    asking.start()
    assert begun.wait(PATIENCE)
    stopping = threading.Thread(target=server.web.stop)
    stopping.start()
    assert not server.ended.wait(0.3)
    go_on.set()
    for thread in (asking, stopping):
        thread.join(PATIENCE)
    assert [answer.body for answer in answers] == [b'{"ready":true}']
    assert server.ended.is_set()
