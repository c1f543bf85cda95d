"""A server on a real socket, and who asks it."""

from __future__ import annotations

import http.client
import socket
import threading
from contextlib import suppress

from handlers.http.answer import Answer
from handlers.http.edge import Edge
from handlers.http.server import Web, listening
from tests.elapsing import PATIENCE


class Served:
    """A server of an edge's for as long as a test takes, and who asks it."""

    def __init__(self, edge: Edge) -> None:
        self.ready, self.ended = threading.Event(), threading.Event()
        bound = listening("127.0.0.1", 0)
        self.port: int = bound.getsockname()[1]
        self.web = Web(edge, bound, self.ready.set, self.ended.set)
        self.web.start()

    def asks(self, method: str, target: str, body: bytes | None = None, **headers: str) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        line.request(method, target, body, headers)
        answer = line.getresponse()
        found = Answer(answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()})
        line.close()
        return found

    def line(self, words: bytes = b"") -> socket.socket:
        """A line of one's own on which these words have been said."""
        line = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        line.sendall(words)
        return line

    def close(self) -> None:
        """Stops it, and waits for the end."""
        self.web.stop()
        assert self.ended.wait(PATIENCE)


def rest_of(line: socket.socket) -> bytes:
    """All that is heard until the other side hangs up."""
    heard = b""
    with line, suppress(ConnectionResetError):
        while part := line.recv(65536):
            heard += part
    return heard


def answered(line: socket.socket) -> int:
    """The status of the next answer on a line that stays open, once all of it has come."""
    answer = http.client.HTTPResponse(line)
    answer.begin()
    answer.read()
    return answer.status
