"""The HTTP server: a thread of its own for the edge's application, and the socket it listens on."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import partial

import uvicorn

from handlers.http import connections
from handlers.http.connections import Connection, Door, room_for_connections
from handlers.http.edge import Edge
from handlers.http.routes import Application

_PATIENCE = 5  # seconds that requests under way are given at the end
_BACKLOG = 2048  # connections that may wait
_AT_ONCE = (
    32  # connections accepted in one turn of the event loop: asyncio would take all that wait before any other work
)
_SELDOM = 60.0  # seconds


class Web:
    """Answers HTTP between `start` and `stop`. It has a thread, so that signals stay with whoever started it.

    `ready` is called once it answers, `ended` when it no longer does, whatever the reason.
    """

    def __init__(self, edge: Edge, bound: socket.socket, ready: Callable[[], None], ended: Callable[[], None]) -> None:
        config = uvicorn.Config(
            Application(edge, on_ready=ready),
            loop="asyncio",  # the same on every machine, whatever else is installed there
            # With httptools beneath it, an empty answer took 0.10 ms; with h11, 0.24 ms.
            http=partial(Connection, door=Door(room_for_connections())),  # type: ignore[arg-type]  # as good as a class
            backlog=_AT_ONCE,
            log_level="warning",
            access_log=False,
            proxy_headers=False,  # nobody asks where a request came from
            server_header=False,
            lifespan="on",  # what breaks before it answers ends the start
            timeout_graceful_shutdown=_PATIENCE,
        )
        self._server = _Server(config)
        for name in ("asyncio", "uvicorn.error", connections.__name__):
            logging.getLogger(name).addFilter(_seldom)
        self._bound, self._ended = bound, ended
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)

    def start(self) -> None:
        """Begins, in the background."""
        self._thread.start()

    def _run(self) -> None:
        try:
            with self._bound:
                self._server.run(sockets=[self._bound])
        finally:
            self._ended()

    def stop(self) -> None:
        """Takes no more requests, and answers those under way."""
        self._server.should_exit = True
        self._thread.join(_PATIENCE + 1)


class _Server(uvicorn.Server):
    """uvicorn's, with a queue before the door that is longer than what is taken from it at once."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for bound in sockets or ():
            bound.listen(_BACKLOG)


class Seldom(logging.Filter):
    """Lets what strangers can make us say through once a minute, with how often it would have been said since."""

    # asyncio's when no descriptor is left, which it says for every connection that waits; uvicorn's; and our own.
    OFTEN = (
        "socket.accept() out of system resource",
        "Invalid HTTP request received.",
        "Unsupported upgrade request.",
        connections.FULL,
        connections.TOO_HEAVY,
    )

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._said_at: dict[str, float] = {}
        self._unsaid: Counter[str] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        words = next((words for words in self.OFTEN if str(record.msg).startswith(words)), None)
        if words is None:
            return True
        if self._monotonic() - self._said_at.get(words, -_SELDOM) < _SELDOM:
            self._unsaid[words] += 1
            return False
        self._said_at[words] = self._monotonic()
        if unsaid := self._unsaid.pop(words, 0):
            record.msg = f"{record.msg} ({unsaid} times more since)"
        return True


_seldom = Seldom()


def listening(host: str, port: int) -> socket.socket:
    """A socket on which connections wait from now on. Raises OSError when the port is taken.

    The protocol is named because asyncio sets TCP_NODELAY only then; without it, every answer on a connection that is
    kept alive waits some 40 ms for the other side's acknowledgement.
    """
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    bound = socket.socket(family, kind, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(_BACKLOG)
    except OSError:
        bound.close()
        raise
    return bound
