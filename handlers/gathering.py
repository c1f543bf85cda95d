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

    def __init__(self, work: Callable[[Sequence[Q]], Sequence[A]], at_once: int = _AT_ONCE) -> None:
        self._work, self._at_once = work, at_once
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="intake")
        self._waiting: deque[tuple[Q, asyncio.Future[A]]] = deque()
        self._gathering, self._under_way = False, 0
        self._crowds: set[asyncio.Task[None]] = set()  # the event loop itself holds tasks only weakly

    async def done(self, request: Q) -> A:
        """The answer to this request."""
        future: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((request, future))
        self._begin()
        return await future

    def _begin(self) -> None:
        """Gathers a crowd of those who wait, unless that is being done, or there is enough under way.

        Called whenever somebody comes and whenever a crowd has been answered, so nobody is left waiting.
        """
        if self._waiting and not self._gathering and self._under_way < self._at_once:
            self._gathering = True
            crowd = asyncio.create_task(self._crowd())
            self._crowds.add(crowd)
            crowd.add_done_callback(self._crowds.discard)

    async def _crowd(self) -> None:
        batch = await self._gathered()
        self._gathering, self._under_way = False, self._under_way + 1
        self._begin()  # for those who found no room in this one
        try:
            await self._answered(batch)
        finally:
            self._under_way -= 1
            self._begin()

    async def _gathered(self) -> list[tuple[Q, asyncio.Future[A]]]:
        """Those who wait, once a turn of the event loop brings nobody new: who was just answered often has more to ask."""
        waiting = 0
        while waiting < len(self._waiting) < _MOST:
            waiting = len(self._waiting)
            await asyncio.sleep(0)
        return [self._waiting.popleft() for _ in range(min(_MOST, len(self._waiting)))]

    async def _answered(self, batch: list[tuple[Q, asyncio.Future[A]]]) -> None:
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
