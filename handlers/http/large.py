"""Large bodies, as vendors post letters with photos: the beginning of one is read like any, the rest once it is known whose it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

from handlers.sources.contract import LARGEST

# What is read of a body whose sender is known: five photos of a telephone. What comes after it is left out.
KEPT = 24 * LARGEST
OF_A_STRANGER = 4 * LARGEST  # bytes of which nobody knows yet whose they are, where the signature stands among them
AT_ONCE = 2  # while each is worked on it takes some five times its size
PATIENCE = 5.0  # seconds that one waits for its turn


class Lane:
    """So many large bodies are read and worked on at a time. To be used from one event loop."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._free = asyncio.Semaphore(at_once)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[bool]:
        """Whether it is one's turn, before one has waited too long."""
        try:
            await asyncio.wait_for(self._free.acquire(), PATIENCE)
        except TimeoutError:
            yield False
            return
        try:
            yield True
        finally:
            self._free.release()


class LargeBody:
    """A body that is read bit by bit. `left_out` are the bytes that came after as many as are kept; `has_left`: the sender has gone."""

    def __init__(self, receive: Callable[[], Awaitable[MutableMapping[str, Any]]]) -> None:
        self._receive = receive
        self._read = bytearray()
        self.left_out = 0
        self.has_ended = self.has_left = False

    async def read_to(self, most: int) -> None:
        """Reads on until there are more bytes than that, or no more."""
        while not (self.has_ended or self.has_left) and len(self._read) + self.left_out <= most:
            message = await self._receive()
            self.has_left = message["type"] == "http.disconnect"
            came = message.get("body", b"")
            room = max(KEPT - len(self._read), 0)
            self._read += came[:room]
            self.left_out += len(came[room:])
            self.has_ended = not message.get("more_body", False)

    @property
    def size(self) -> int:
        """How many bytes have come."""
        return len(self._read) + self.left_out

    @property
    def content(self) -> bytes:
        """What is kept of it so far."""
        return bytes(self._read)
