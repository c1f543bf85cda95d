"""Connections: how long each may take, how many there may be, and how much is held of what nobody has verified yet.

Whoever can open a socket gets here, so nothing here may grow with what strangers do. Every connection has at any moment a
time by which something must happen. When there are too many, the one that has waited longest without a whole request
goes; when too much is held, the heaviest request that is not whole yet. So newcomers are let in, however many dawdle:
an honest request is whole within milliseconds, and is never the oldest or the heaviest for long. No share is kept for each
address: behind a proxy all have the same. The proxy's own connections are safe, as it sends requests whole.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

HEAD_SECONDS = 10.0  # a head is one packet or two: time for a bad line to lose each of them several times
VOUCHED = "vouched"  # in the state of a request: to be called once it is known whose it is
VOUCHED_SECONDS = 60.0  # for the rest of a body whose sender is known
BODY_SECONDS = 20.0  # from the beginning of the request: the largest body at 400 kbit/s
ANSWER_SECONDS = 60.0  # work takes a tenth of it, even while the database is away: whoever asked does not read
APART = 0.002  # seconds between those that are hung up on: a crowd comes again as it went, and all at once it holds up others
LARGEST_HEAD = 64 * 1024  # bytes; browsers and proxies stop at 8 to 32 kB
UNVERIFIED = (
    32 * 1024 * 1024
)  # bytes of all requests that are not answered yet: thirty of the largest, or 16,000 usual ones
MOST = 4096  # connections; each costs some 10 kB before it has said anything
# Descriptors that are not for connections: two dozen for our threads' calls to Slack, a model and a mail server, 48 for
# sixteen SQLite connections with their logs, and as many again for files, pipes and what is just being accepted.
RESERVE = 128

FULL = "more connections than can be kept: those go that have waited longest for their sender"
TOO_HEAVY = "more bytes are coming in than can be kept: the largest requests are put off"


class Door:
    """What the connections of one server have in common. To be used from one event loop."""

    def __init__(self, most: int = MOST, unverified: int = UNVERIFIED) -> None:
        self.most, self.unverified = most, unverified
        self.held = 0  # bytes
        self._turn = 0.0  # on the event loop's clock
        self.waiting: dict[
            Connection, None
        ] = {}  # those without a whole request, in the order in which they began to wait

    def enter(self, new: Connection) -> None:
        """Takes a connection in; another one may have to go for it."""
        self.waiting[new] = None
        if len(new.connections) > self.most:
            log.warning(FULL)
            oldest = next(iter(self.waiting))
            if oldest is new:  # all the others are being answered
                new.refuse(503)
            else:
                oldest.hang_up()

    def has_room_for(self, more: int, sender: Connection) -> bool:
        """Whether so many bytes more of that sender's can be held, once others have gone whose requests are heavier."""
        while self.held + more > self.unverified:
            log.warning(TOO_HEAVY)
            heaviest = max(self.waiting, key=lambda one: one.held + (more if one is sender else 0), default=sender)
            if heaviest is sender or not heaviest.held:
                return False
            heaviest.refuse(503)
        self.held += more
        sender.held += more
        return True

    def turn(self, now: float) -> float:
        """When the next connection whose time is up is hung up on."""
        self._turn = max(now, self._turn + APART)
        return self._turn

    def let_go(self, connection: Connection) -> None:
        """What was held of its request is held no more."""
        self.held -= connection.held
        connection.held = 0

    def leave(self, connection: Connection) -> None:
        """It is gone, or as good as gone."""
        self.waiting.pop(connection, None)
        self.let_go(connection)


class Connection(HttpToolsProtocol):
    """One connection of uvicorn's, watched. `held` is how many bytes of an unanswered request we have of it."""

    def __init__(self, *arguments: Any, door: Door, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.held = 0
        self._is_vouched = False
        self._door = door
        self._in_head = False
        self._began = self._until = 0.0  # on the event loop's clock
        self._timer: asyncio.TimerHandle | None = None

    # What uvicorn and its parser tell

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._begins()
        self._door.enter(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._door.leave(self)
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if not self._is_vouched and not self._door.has_room_for(len(data), self):
            self.refuse(503)
            return
        super().data_received(data)
        if self._in_head and self.held > LARGEST_HEAD:
            self.refuse(431)
        elif self._is_answered and not self._in_head:  # the rest of a body that was refused at its beginning
            self._door.let_go(self)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["state"][VOUCHED] = self.vouched
        self._in_head = True
        if self.cycle is not None:  # the first request begins with its connection
            self._begins()

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._in_head = False
        self._ends_by(self._began + BODY_SECONDS)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        if not self._is_answered:
            self._door.waiting.pop(self, None)
            self._ends_by(self.loop.time() + ANSWER_SECONDS)

    def on_response_complete(self) -> None:
        self._is_vouched = False
        another = bool(self.pipeline)  # came before this answer, and is begun by what follows
        super().on_response_complete()
        self._door.leave(self)
        if another:
            self._ends_by(self.loop.time() + ANSWER_SECONDS)
        elif not self.transport.is_closing():
            self._door.waiting[self] = None
            self._begins()

    def handle_websocket_upgrade(self) -> None:
        """There are none here. uvicorn would pass the connection on to a protocol that nobody watches."""
        self.refuse(403)

    def _should_upgrade_to_ws(self) -> bool:
        return True  # so that the answer is the same whatever else is installed

    def vouched(self) -> None:
        """It is known whose the request is: whoever called this bounds what is held of it, and nobody pushes it out."""
        self._is_vouched = True
        self._door.leave(self)
        self._ends_by(self.loop.time() + VOUCHED_SECONDS)

    # How it ends

    def refuse(self, status: int) -> None:
        """Says so, if nothing has been said yet, and hangs up."""
        self._door.leave(self)
        if self.cycle is None or not self.cycle.response_started or self.cycle.response_complete:
            again = b"retry-after: 5\r\n" if status == 503 else b""
            self.transport.write(STATUS_LINE[status] + again + b"connection: close\r\ncontent-length: 0\r\n\r\n")
        self.transport.close()

    def hang_up(self) -> None:
        """At once, and without a word."""
        self._door.leave(self)
        self.transport.abort()

    @property
    def _is_answered(self) -> bool:
        return self.cycle is not None and self.cycle.response_complete

    def _begins(self) -> None:
        self._began = self.loop.time()
        self._ends_by(self._began + HEAD_SECONDS)

    def _ends_by(self, when: float) -> None:
        """One timer for each connection: it is set anew only where it would ring too late, and looks again when it rings."""
        self._until = when
        if self._timer is None or self._timer.when() > when:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = self.loop.call_at(when, self._rings)

    def _rings(self) -> None:
        self._timer = None
        if self.loop.time() < self._until:
            self._ends_by(self._until)
        else:
            self._timer = self.loop.call_at(self._door.turn(self.loop.time()), self.hang_up)


def room_for_connections() -> int:
    """How many connections there may be, so that whoever works here can still open a file or a socket.

    The soft limit of descriptors, often 1,024, is raised as far as the hard one allows and we have a use for.
    """
    if resource is None:
        return MOST
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST + RESERVE
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return MOST
    raised = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with suppress(OSError, ValueError):  # a system may allow less than it says
        resource.setrlimit(resource.RLIMIT_NOFILE, (raised, hard))
        soft = raised
    return max(soft - RESERVE, soft // 4)
