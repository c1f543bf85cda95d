"""Connections that dawdle, crowd or weigh too much are ended, and nobody else waits for them (attacks 9 and 10)."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from handlers.http import connections, server
from handlers.http.answer import Answer
from handlers.http.connections import LARGEST_HEAD, MOST, RESERVE, Door, room_for_connections
from handlers.http.edge import Edge
from handlers.http.server import Seldom
from handlers.sources import SOURCES
from handlers.sources.contract import LARGEST
from tests.elapsing import PATIENCE, Monotonic, until
from tests.handlers.http.served import Served, answered, rest_of

GENERIC = SOURCES["generic"].example
ALIVE = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
HEAD = b"POST /intake/generic HTTP/1.1\r\nHost: a\r\nwebhook-id: a\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,AAAA\r\n"


def half_a_body(size: int) -> bytes:
    """A request of twice that size of which so much has come."""
    return HEAD + f"content-length: {2 * size}\r\n\r\n".encode() + b" " * size


@pytest.fixture
def doors() -> list[Door]:
    """The doors of the servers that a test has started."""
    return []


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch, doors: list[Door]) -> Iterator[Callable[..., Served]]:
    """Starts servers whose edge answers 202 to every webhook, with little room and short times."""
    started: list[Served] = []

    def door(usual: int, **room: int) -> Door:
        doors.append(Door(**{"most": usual} | room))
        return doors[-1]

    def start(edge: Edge | None = None, *, seconds: dict[str, float] | None = None, **room: int) -> Served:
        monkeypatch.setattr(server, "Door", partial(door, **room) if room else door)
        for name, value in (seconds or {}).items():
            monkeypatch.setattr(connections, name, value)
        started.append(Served(edge or PlainEdge()))
        assert started[-1].ready.wait(PATIENCE)
        return started[-1]

    yield start
    for one in started:
        one.close()
    for one in doors:
        assert (one.held, one.waiting) == (0, {})  # whatever happened, nothing is kept of it


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> Monotonic:
    """How many seconds the servers' clocks are ahead: a test turns them, and nothing hangs on how fast the machine is."""
    seconds = Monotonic()
    monkeypatch.setattr(asyncio.BaseEventLoop, "time", lambda _: time.monotonic() + seconds())
    return seconds


class Nobody:
    """Writes nothing down."""

    def write(self) -> None:
        """Nothing."""


class PlainEdge(Edge):
    """Answers every webhook with 202, once it is let."""

    def __init__(self) -> None:
        self.witness = Nobody()  # type: ignore[assignment]
        self.go_on, self.begun = threading.Event(), threading.Semaphore(0)
        self.go_on.set()

    def intake_unread(self, name: str, headers: Any) -> Answer | None:
        return None

    def largest(self, name: str) -> int:
        return LARGEST

    def intakes(self, posted: Any) -> list[Answer]:
        self.begun.release()
        assert self.go_on.wait(PATIENCE)
        return [Answer(202) for _ in posted]


def slowly(one: Served, line: socket.socket, words: bytes, ahead: Monotonic) -> bytes:
    """Says the words, a byte each second, until the other side hangs up, which it must before the last; all that is heard."""
    with suppress(OSError):
        for byte in words:
            line.sendall(bytes([byte]))
            ahead.seconds += 1
            assert one.asks("GET", "/healthz").status == 200  # by then it has seen what time it is
        raise AssertionError("it was listened to until the end")
    return rest_of(line)


def says_for_ever(line: socket.socket, words: bytes, ahead: Monotonic) -> None:
    """Until the line breaks, or nothing can be said without hearing."""
    with line:
        while True:
            line.sendall(words)
            ahead.seconds += 1


def test_who_waits_to_be_told_to_go_on_is_told(serve: Callable[..., Served]) -> None:
    line = serve().line(HEAD + b"expect: 100-continue\r\ncontent-length: 2\r\n\r\n")
    assert line.recv(65536).startswith(b"HTTP/1.1 100 ")
    line.sendall(b"{}")
    assert answered(line) == 202
    line.close()


# Time


@pytest.mark.parametrize("words", [b"", b"POST", b"POST /intake/generic HTTP/1.1\r\nHost: a\r\nX: "])
def test_line_without_a_head_is_closed(
    serve: Callable[..., Served], doors: list[Door], ahead: Monotonic, words: bytes
) -> None:
    line = serve().line(words)
    assert until(lambda: doors[0].waiting)
    ahead.seconds += connections.HEAD_SECONDS
    assert rest_of(line) == b""


def test_head_that_trickles_in_is_not_waited_for(serve: Callable[..., Served], ahead: Monotonic) -> None:
    one = serve()
    assert slowly(one, one.line(), HEAD, ahead) == b""


def test_body_that_trickles_in_is_not_waited_for(serve: Callable[..., Served], ahead: Monotonic) -> None:
    one, seconds = (
        serve(),
        int(connections.ANSWER_SECONDS) - 10,
    )  # longer than a body may take, and not as long as an answer
    assert slowly(one, one.line(half_a_body(seconds)), b" " * seconds, ahead) == b""


def test_crowd_goes_one_after_the_other(serve: Callable[..., Served]) -> None:
    """It comes again as it went: all at once, it would hold up everybody else each time."""
    one = serve(seconds={"HEAD_SECONDS": 0.2, "APART": 0.02})
    begun = time.monotonic()
    crowd = [one.line(b"POST") for _ in range(25)]
    assert set(map(rest_of, crowd)) == {b""}
    assert time.monotonic() - begun > 0.6


def test_empty_lines_keep_no_line_open(serve: Callable[..., Served], ahead: Monotonic) -> None:
    """The parser passes over them: to uvicorn they are data, to us no request."""
    one = serve()
    line = one.line(ALIVE)
    assert answered(line) == 200
    assert slowly(one, line, b"\r\n" * 50, ahead) == b""


def test_refused_body_that_goes_on_is_cut_off(serve: Callable[..., Served], ahead: Monotonic) -> None:
    line = serve().line(HEAD + b"content-length: 9999999999\r\n\r\n")
    assert answered(line) == 413
    with pytest.raises(OSError):
        says_for_ever(line, b" " * 65536, ahead)


def test_answers_that_nobody_reads_are_given_up(
    serve: Callable[..., Served], doors: list[Door], ahead: Monotonic
) -> None:
    line = serve().line()
    line.settimeout(0.2)
    with pytest.raises(OSError):
        says_for_ever(line, b"GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n" * 100, ahead)
    ahead.seconds += connections.ANSWER_SECONDS
    assert until(lambda: not doors[0].waiting)


def test_honest_requests_on_one_line_are_served_for_long(serve: Callable[..., Served], ahead: Monotonic) -> None:
    """Each request has its own time: a line that is kept alive may be older than any of them may take."""
    one = serve(seconds=dict.fromkeys(("HEAD_SECONDS", "BODY_SECONDS", "ANSWER_SECONDS"), 3 * PATIENCE))
    with one.line() as line:
        for _ in range(4):
            line.sendall(ALIVE)
            assert answered(line) == 200
            ahead.seconds += 2 * PATIENCE


def test_slow_work_is_not_mistaken_for_a_slow_sender(serve: Callable[..., Served], ahead: Monotonic) -> None:
    edge = PlainEdge()
    edge.go_on.clear()
    one = serve(edge, seconds={"ANSWER_SECONDS": 9 * PATIENCE})
    line = one.line(HEAD + b"content-length: 2\r\nconnection: close\r\n\r\n{}")
    assert edge.begun.acquire(timeout=PATIENCE)
    ahead.seconds += 2 * PATIENCE
    assert one.asks("GET", "/healthz").status == 200  # by then it has seen what time it is
    edge.go_on.set()
    assert rest_of(line).startswith(b"HTTP/1.1 202")


# Number


def test_newcomer_takes_the_place_of_who_waited_longest(serve: Callable[..., Served]) -> None:
    one = serve(most=3)
    oldest, *others = [one.line(b"POST") for _ in range(3)]
    assert one.asks("GET", "/healthz").status == 200
    assert rest_of(oldest) == b""
    for line in others:
        line.sendall(ALIVE.replace(b"GET", b""))  # what follows their POST
        assert answered(line) == 405
        line.close()


def test_nobody_who_is_being_answered_has_to_go(serve: Callable[..., Served], doors: list[Door]) -> None:
    edge = PlainEdge()
    edge.go_on.clear()
    one = serve(edge, most=2)
    request = HEAD + b"content-length: 2\r\nconnection: close\r\n\r\n{}"
    working = [one.line(request) for _ in range(2)]
    assert until(lambda: doors[0].held == 2 * len(request) and not doors[0].waiting)
    assert rest_of(one.line(ALIVE)).startswith(b"HTTP/1.1 503")
    edge.go_on.set()
    assert [rest_of(line)[:12] for line in working] == [b"HTTP/1.1 202"] * 2


def test_honest_senders_come_through_a_crowd(serve: Callable[..., Served]) -> None:
    one = serve(most=10)
    crowd = [one.line(half_a_body(10)) for _ in range(60)]
    assert [one.asks("POST", "/intake/generic", b"{}").status for _ in range(10)] == [202] * 10
    for line in crowd:
        line.close()


# Weight


def test_heaviest_half_of_a_request_makes_room(serve: Callable[..., Served], doors: list[Door]) -> None:
    one = serve(unverified=300_000)
    light, heavy = one.line(half_a_body(50_000)), one.line(half_a_body(200_000))
    assert until(lambda: doors[0].held > 250_000)
    assert one.asks("POST", "/intake/generic", b" " * 100_000).status == 202
    answer = rest_of(heavy)
    assert answer.startswith(b"HTTP/1.1 503")
    assert b"retry-after: 5" in answer
    light.sendall(b" " * 50_000)
    assert answered(light) == 202
    light.close()


def test_request_heavier_than_all_room_is_put_off(serve: Callable[..., Served]) -> None:
    one = serve(unverified=300_000)
    light = one.line(half_a_body(1000))
    assert rest_of(one.line(half_a_body(400_000))).startswith(b"HTTP/1.1 503")
    light.sendall(b" " * 1000)
    assert answered(light) == 202
    light.close()


def test_endless_head_is_refused(serve: Callable[..., Served]) -> None:
    one = serve()
    assert rest_of(one.line(HEAD + b"x: " + b"a" * 2 * LARGEST_HEAD)).startswith(b"HTTP/1.1 431")
    assert rest_of(one.line(HEAD + b"x: a\r\n" * LARGEST_HEAD)).startswith(b"HTTP/1.1 431")


def test_what_was_held_is_let_go_with_the_answer(serve: Callable[..., Served], doors: list[Door]) -> None:
    one = serve()
    with one.line() as line:
        for _ in range(3):
            line.sendall(HEAD + b"content-length: 100000\r\n\r\n" + b" " * 100_000)
            assert answered(line) == 202
            assert until(lambda: doors[0].held == 0)


# Descriptors


@pytest.mark.parametrize(
    ("soft", "hard", "room", "raised"),
    [
        (1024, 1_048_576, MOST, MOST + RESERVE),
        (1024, -1, MOST, MOST + RESERVE),
        (256, 1024, 1024 - RESERVE, 1024),
        (256, 256, 256 - RESERVE, 256),
        (64, 64, 16, 64),
        (100_000, -1, MOST, None),
        (-1, -1, MOST, None),
    ],
)
def test_limit_is_raised_and_a_part_kept_back(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, room: int, raised: int | None
) -> None:
    calls: list[int] = []
    monkeypatch.setattr(connections, "resource", limits(soft, hard, calls))
    assert room_for_connections() == room
    assert calls == ([] if raised is None else [raised])


def limits(soft: int, hard: int, calls: list[int]) -> Any:
    return SimpleNamespace(
        RLIMIT_NOFILE=7,
        RLIM_INFINITY=-1,
        getrlimit=lambda _: (soft, hard),
        setrlimit=lambda _, both: calls.append(both[0]),
    )


def test_limit_that_cannot_be_raised_counts_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int, both: tuple[int, int]) -> None:
        raise ValueError("not allowed to raise maximum limit")

    fake = limits(256, -1, [])
    fake.setrlimit = refuse
    monkeypatch.setattr(connections, "resource", fake)
    assert room_for_connections() == 256 - RESERVE


# What is said of it


def test_what_strangers_make_us_say_is_said_seldom(seconds: Monotonic, caplog: pytest.LogCaptureFixture) -> None:
    """attacks 9: 44 MB of log in half a minute."""
    logger = logging.getLogger("tests.seldom")
    logger.addFilter(Seldom(seconds))
    for _ in range(1000):
        logger.error("socket.accept() out of system resource\nsocket: <…>")
        logger.warning("Invalid HTTP request received.")
        seconds.seconds += 0.1
    logger.warning("something else")
    logger.warning("something else")
    said = [record.getMessage().replace("\n", " ") for record in caplog.records]
    assert said == [
        "socket.accept() out of system resource socket: <…>",
        "Invalid HTTP request received.",
        "socket.accept() out of system resource socket: <…> (599 times more since)",
        "Invalid HTTP request received. (599 times more since)",
        "something else",
        "something else",
    ]


def test_garbage_is_refused_and_hardly_spoken_of(
    serve: Callable[..., Served], caplog: pytest.LogCaptureFixture
) -> None:
    one = serve()
    for _ in range(20):
        assert rest_of(one.line(b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n")).startswith(b"HTTP/1.1 400")
    assert len([record for record in caplog.records if "Invalid HTTP" in record.getMessage()]) <= 1
