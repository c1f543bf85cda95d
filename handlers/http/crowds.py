"""Requests that arrive while others are worked on are worked on together next: the work under way is the waiting window."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")
_MOST = 64  # requests at a time: nobody waits for a crowd larger than that
_QUIET = 4  # turns of the event loop without anybody new, a tenth of a millisecond in all, and a crowd is whole


class Crowds(Generic[Q, A]):
    """Awaitable answers from a plain function that takes several requests at once, run in a thread of its own.

    To be used from one event loop. The function answers in the order of the requests; what it raises, all of them hear.
    One crowd is worked on at a time: Python would let two of them only take turns, at a price.
    """

    def __init__(self, work: Callable[[Sequence[Q]], Sequence[A]]) -> None:
        self._work = work
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="intake")
        self._waiting: deque[tuple[Q, asyncio.Future[A]]] = deque()
        self._crowd: asyncio.Task[None] | None = None

    async def done(self, request: Q) -> A:
        """The answer to this request."""
        future: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((request, future))
        self._begin()
        return await future

    def _begin(self) -> None:
        """Makes a crowd of those who wait, unless there is one: called when somebody comes, and when a crowd has ended."""
        if self._waiting and self._crowd is None:
            self._crowd = asyncio.create_task(self._gathered())

    async def _gathered(self) -> None:
        try:
            await self._answered(await self._all_here())
        finally:  # in the same turn of the event loop, so that nobody comes in between and counts on this crowd
            self._crowd = None
            self._begin()

    async def _all_here(self) -> list[tuple[Q, asyncio.Future[A]]]:
        """Those who wait, once nobody new comes: who was just answered often has more to ask."""
        quiet = waiting = 0
        while quiet < _QUIET and waiting < _MOST:
            await asyncio.sleep(0)
            came = len(self._waiting) - waiting
            quiet, waiting = 0 if came else quiet + 1, waiting + came
        return [self._waiting.popleft() for _ in range(min(_MOST, len(self._waiting)))]

    async def _answered(self, batch: list[tuple[Q, asyncio.Future[A]]]) -> None:
        try:
            requests = [request for request, _ in batch]
            answers = await asyncio.get_running_loop().run_in_executor(self._thread, self._work, requests)
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
        self._thread.shutdown(wait=True)
