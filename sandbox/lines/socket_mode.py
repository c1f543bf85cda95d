"""Socket Mode: WebSockets that the bot opens, over which it is sent what would otherwise come by HTTP."""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
import threading
import uuid
from concurrent.futures import Future
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from sandbox.lines.requests import COMMAND, EVENT, Answer, Parcel
from sandbox.objects import Json
from sandbox.workspace import Workspace

REFRESH_SECONDS = 3600  # what hello announces as the life of a connection


@dataclass(eq=False)
class _Link:
    """One open socket, with the envelopes that are not yet acked. One asked to go is closed when another has come."""

    socket: WebSocket
    loop: asyncio.AbstractEventLoop
    asked_to_go: bool = False
    unacked: dict[str, Future[Answer]] = field(default_factory=dict)

    def write(self, message: Json) -> None:
        """Send from any thread, without waiting. What a closing socket no longer takes is lost, as in life."""
        asyncio.run_coroutine_threadsafe(self.socket.send_text(json.dumps(message)), self.loop)


class SocketLinks:
    """The open sockets of the app. Each parcel goes to any one of them; its ack is the answer."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = threading.Lock()
        self._tickets: set[str] = set()
        self._links: list[_Link] = []
        self._turn = itertools.count()

    def __bool__(self) -> bool:
        return bool(self._links)

    def __len__(self) -> int:
        return len(self._links)

    def ticket(self, base_url: str) -> str:
        """The address for one connection, good for one use (the answer of apps.connections.open)."""
        key = secrets.token_hex(12)
        with self._lock:
            self._tickets.add(key)
        return f"{base_url.replace('http', 'ws', 1)}/link?ticket={key}&app_id={self._workspace.app.id}"

    async def endpoint(self, socket: WebSocket) -> None:
        """`/link`: hello, then acks come in until the socket closes."""
        if not self._admit(socket.query_params.get("ticket", "")):
            await socket.close(4001)
            return
        await socket.accept()
        link = _Link(socket, asyncio.get_running_loop())
        with self._lock:
            self._links.append(link)
        try:
            await socket.send_text(json.dumps(self._hello()))
            await self._see_off()
            while True:
                self._acked(link, await socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            self._gone(link)

    def send(self, parcel: Parcel, seconds: float) -> Answer:
        """Send one parcel and wait for its ack, for as long as Slack does."""
        link = self._next()
        if link is None:
            return Answer(0, problem="connection_failed")
        envelope_id = str(uuid.uuid4())
        acked: Future[Answer] = Future()
        link.unacked[envelope_id] = acked
        link.write(_envelope(envelope_id, parcel))
        try:
            return acked.result(seconds)
        except TimeoutError:
            return Answer(0, problem="timeout")
        finally:
            link.unacked.pop(envelope_id, None)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the bot to connect anew; `reason` may also be warning. The old sockets stay open until a new one is."""
        for link in list(self._links):
            link.asked_to_go = True
            link.write({"type": "disconnect", "reason": reason, "debug_info": {"host": "practice"}})

    def close(self) -> None:
        """Cut all sockets."""
        for link in list(self._links):
            asyncio.run_coroutine_threadsafe(self._cut(link), link.loop)
            self._gone(link)

    def _admit(self, ticket: str) -> bool:
        with self._lock:
            known = ticket in self._tickets
            self._tickets.discard(ticket)
            return known

    def _next(self) -> _Link | None:
        with self._lock:
            links = [link for link in self._links if not link.asked_to_go] or self._links
            return links[next(self._turn) % len(links)] if links else None

    async def _see_off(self) -> None:
        for link in [link for link in self._links if link.asked_to_go]:
            await self._cut(link)

    def _gone(self, link: _Link) -> None:
        with self._lock:
            if link in self._links:
                self._links.remove(link)
        for waiting in list(link.unacked.values()):
            if not waiting.done():
                waiting.set_result(Answer(0, problem="connection_failed"))

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._links),
            "debug_info": {"host": "practice", "approximate_connection_time": REFRESH_SECONDS},
            "connection_info": {"app_id": self._workspace.app.id},
        }

    @staticmethod
    async def _cut(link: _Link) -> None:
        if link.socket.application_state is WebSocketState.CONNECTED:
            await link.socket.close()

    @staticmethod
    def _acked(link: _Link, text: str) -> None:
        try:
            ack = json.loads(text)
        except ValueError:
            return
        waiting = link.unacked.get(str(ack.get("envelope_id")))
        if waiting is not None and not waiting.done():
            payload = ack.get("payload")
            waiting.set_result(Answer(200, body=json.dumps(payload).encode() if payload else b""))


def _envelope(envelope_id: str, parcel: Parcel) -> Json:
    envelope: Json = {
        "envelope_id": envelope_id,
        "type": parcel.kind,
        "payload": parcel.payload,
        "accepts_response_payload": parcel.kind != EVENT,
    }
    if parcel.kind != COMMAND and parcel.retry:
        envelope |= {"retry_attempt": parcel.retry, "retry_reason": parcel.reason}
    elif parcel.kind == EVENT:
        envelope |= {"retry_attempt": 0, "retry_reason": ""}
    return envelope
