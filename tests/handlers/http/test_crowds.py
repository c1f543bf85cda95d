"""Requests that wait at the same time are worked on together, and each gets its own answer."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest

from handlers.http.crowds import Crowds
from tests.elapsing import PATIENCE


class Desk:
    """Doubles numbers in one go, once it is let; remembers who came together. A negative number is more than it can bear."""

    def __init__(self) -> None:
        self.crowds: list[list[int]] = []
        self.begun, self.go_on = threading.Event(), threading.Event()

    def doubled(self, numbers: Sequence[int]) -> list[int]:
        self.crowds.append(list(numbers))
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        if min(numbers) < 0:
            raise ValueError("below nothing")
        return [2 * number for number in numbers]


async def first_of_all(desk: Desk, crowds: Crowds[int, int]) -> asyncio.Task[int]:
    """One request that is being worked on when this returns."""
    first = asyncio.create_task(crowds.done(0))
    await asyncio.to_thread(desk.begun.wait, PATIENCE)
    return first


def test_what_arrives_meanwhile_is_worked_on_together() -> None:
    desk = Desk()

    async def story() -> list[int]:
        crowds = Crowds(desk.doubled)
        first = await first_of_all(desk, crowds)
        others = [asyncio.create_task(crowds.done(number)) for number in (1, 2, 3)]
        await asyncio.sleep(0)
        desk.go_on.set()
        answers = await asyncio.gather(first, *others)
        crowds.close()
        return answers

    assert asyncio.run(story()) == [0, 2, 4, 6]
    assert desk.crowds == [[0], [1, 2, 3]]


def test_no_crowd_grows_beyond_what_is_bearable() -> None:
    desk = Desk()

    async def story() -> list[int]:
        crowds = Crowds(desk.doubled)
        first = await first_of_all(desk, crowds)
        others = [asyncio.create_task(crowds.done(number)) for number in range(1, 101)]
        await asyncio.sleep(0)
        desk.go_on.set()
        return await asyncio.gather(first, *others)

    assert asyncio.run(story()) == [2 * number for number in range(101)]
    assert [len(crowd) for crowd in desk.crowds] == [1, 64, 36]


def test_work_that_fails_is_told_and_the_next_done() -> None:
    desk = Desk()
    desk.go_on.set()

    async def story() -> int:
        crowds = Crowds(desk.doubled)
        with pytest.raises(ValueError, match="below nothing"):
            await crowds.done(-1)
        return await crowds.done(4)

    assert asyncio.run(story()) == 8


def test_caller_who_leaves_takes_nobody_along() -> None:
    desk = Desk()

    async def story() -> list[int]:
        crowds = Crowds(desk.doubled)
        first = await first_of_all(desk, crowds)
        leaving, staying = (asyncio.create_task(crowds.done(number)) for number in (1, 2))
        await asyncio.sleep(0)
        leaving.cancel()
        first.cancel()
        desk.go_on.set()
        return [await staying, await crowds.done(5)]

    assert asyncio.run(story()) == [4, 10]


def test_whoever_asks_again_at_once_is_answered() -> None:
    """The crowd of the first question has just ended then: nobody may count on it to take the next one with it."""
    desk = Desk()
    desk.go_on.set()

    async def story() -> list[int]:
        crowds = Crowds(desk.doubled)
        async with asyncio.timeout(PATIENCE):
            return [await crowds.done(number) for number in range(3)]

    assert asyncio.run(story()) == [0, 2, 4]


def test_crowd_takes_everybody_who_comes_in_a_row() -> None:
    """Those who were answered together come again one after another, a turn of the event loop apart."""
    desk = Desk()
    desk.go_on.set()

    async def later(crowds: Crowds[int, int], number: int) -> int:
        for _ in range(number):
            await asyncio.sleep(0)
        return await crowds.done(number)

    async def story() -> list[int]:
        crowds = Crowds(desk.doubled)
        return await asyncio.gather(*[later(crowds, number) for number in range(10)])

    assert asyncio.run(story()) == [2 * number for number in range(10)]
    assert desk.crowds == [list(range(10))]
