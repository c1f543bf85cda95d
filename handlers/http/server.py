"""The HTTP server: a thread of its own for the edge's application, and the socket it listens on."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable

import uvicorn

from handlers.http.edge import Edge
from handlers.http.routes import Application

_PATIENCE = 5  # seconds that requests under way are given at the end
_BACKLOG = 2048  # connections that may wait


class Web:
    """Answers HTTP between `start` and `stop`. It has a thread, so that signals stay with whoever started it.

    `ready` is called once it answers, `ended` when it no longer does, whatever the reason.
    """

    def __init__(self, edge: Edge, bound: socket.socket, ready: Callable[[], None], ended: Callable[[], None]) -> None:
        config = uvicorn.Config(
            Application(edge, on_ready=ready),
            loop="asyncio",  # the same on every machine, whatever else is installed there
            http="httptools",  # an empty answer took 0.10 ms with it, 0.24 ms with h11
            log_level="warning",
            access_log=False,
            proxy_headers=False,  # nobody asks where a request came from
            server_header=False,
            lifespan="on",  # what breaks before it answers ends the start
            timeout_graceful_shutdown=_PATIENCE,
        )
        self._server = uvicorn.Server(config)
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
