"""Requests that arrive while others are worked on are worked on together next: the work under way is the waiting window."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")
_AT_ONCE = 2  # crowds: while one waits for the disk, the next is judged
_MOST = 64  # requests at a time: nobody waits for a crowd larger than that


class Together(Generic[Q, A]):
    """Awaitable answers from a plain function that takes several requests at once, run in a thread of its own.

    To be used from one event loop. The function answers in the order of the requests; what it raises, all of them hear.
    """

    def __init__(self, work: Callable[[Sequence[Q]], Sequence[A]]) -> None:
        self._work = work
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="intake")
        self._waiting: deque[tuple[Q, asyncio.Future[A]]] = deque()
        self._working: set[asyncio.Task[None]] = set()

    async def done(self, request: Q) -> A:
        """The answer to this request."""
        future: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((request, future))
        if len(self._working) < _AT_ONCE:
            working = asyncio.create_task(self._run())
            self._working.add(working)
            working.add_done_callback(self._working.discard)
        return await future

    async def _run(self) -> None:
        while self._waiting:
            await self._some([self._waiting.popleft() for _ in range(min(_MOST, len(self._waiting)))])

    async def _some(self, batch: list[tuple[Q, asyncio.Future[A]]]) -> None:
        try:
            requests = [request for request, _ in batch]
            answers = await asyncio.get_running_loop().run_in_executor(self._threads, self._work, requests)
        except Exception as wrong:  # noqa: BLE001  every caller hears of it
            for _, future in batch:
                if not future.done():
                    future.set_exception(wrong)
            return
        for (_, future), answer in zip(batch, answers, strict=True):
            if not future.done():  # whoever asked may have gone
                future.set_result(answer)

    def close(self) -> None:
        """Waits for what is under way."""
        self._threads.shutdown(wait=True)
