"""Connections and transactions: what is written together, what fails alone, and what readers see."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from store import facts
from store.engine import Store, Tx, savepoint
from tests.elapsing import PATIENCE, until
from tests.store.rows import read


def names(store: Store, *candidates: str) -> list[str]:
    """Which of these facts are remembered."""
    return [name for name in candidates if read(store, facts.recall, name) is not None]


class Gate:
    """Work that holds the writer until it is let through, so that what comes meanwhile waits together."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def work(self, tx: Tx) -> str:
        facts.remember(tx, "gate", 1)
        self.reached.set()
        assert self.opened.wait(PATIENCE)
        return "through"


def together(store: Store, *works: Callable[[Tx], Any]) -> list[Any]:
    """Writes that wait for the same commit; the result or the exception of each, in order."""
    gate = Gate()
    with ThreadPoolExecutor(len(works) + 1) as callers:
        first = callers.submit(store.write, gate.work)
        assert gate.reached.wait(PATIENCE)
        futures = []
        for work in works:
            futures.append(callers.submit(store.write, work))
            assert until(lambda: store._writer._waiting.qsize() == len(futures))  # one after the other
        gate.opened.set()
        assert first.result() == "through"
        return [future.exception() or future.result() for future in futures]


def remembering(name: str) -> Callable[[Tx], str]:
    def work(tx: Tx) -> str:
        facts.remember(tx, name, 1)
        return name

    return work


def failing(name: str) -> Callable[[Tx], None]:
    def work(tx: Tx) -> None:
        facts.remember(tx, name, 1)
        raise LookupError(name)

    return work


def test_write_returns_what_its_work_returns(store: Store) -> None:
    assert store.write(remembering("a")) == "a"
    assert names(store, "a") == ["a"]


def test_failing_work_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(LookupError):
        store.write(failing("a"))
    assert names(store, "a") == []


def test_failing_work_hurts_no_other_in_its_batch(store: Store) -> None:
    results = together(store, remembering("a"), failing("b"), remembering("c"))
    assert results[0] == "a"
    assert isinstance(results[1], LookupError)
    assert results[2] == "c"
    assert names(store, "a", "b", "c") == ["a", "c"]


def test_work_is_done_in_the_order_it_came(store: Store) -> None:
    order: list[int] = []
    together(store, *[lambda tx, n=n: order.append(n) for n in range(8)])  # type: ignore[misc]
    assert order == list(range(8))


def test_part_of_a_transaction_can_fail_by_itself(store: Store) -> None:
    def work(tx: Tx) -> None:
        facts.remember(tx, "a", 1)
        with pytest.raises(LookupError), savepoint(tx):
            failing("b")(tx)

    store.write(work)
    assert names(store, "a", "b") == ["a"]


def test_readers_see_committed_work_only(store: Store) -> None:
    gate = Gate()
    with ThreadPoolExecutor(1) as caller:
        writing = caller.submit(store.write, gate.work)
        assert gate.reached.wait(PATIENCE)
        assert names(store, "gate") == []
        gate.opened.set()
        writing.result()
    assert names(store, "gate") == ["gate"]


def test_reader_sees_one_moment_all_through(store: Store, another: Callable[[], Store]) -> None:
    other = another()

    def twice(tx: Tx) -> tuple[Any, Any]:
        before = facts.recall(tx, "a")
        other.write(remembering("a"))
        return before, facts.recall(tx, "a")

    assert store.read(twice) == (None, None)


def test_other_processes_see_what_was_written(store: Store, another: Callable[[], Store]) -> None:
    store.write(remembering("a"))
    assert names(another(), "a") == ["a"]


def test_change_is_announced_after_the_commit(store: Store) -> None:
    seen: list[list[str]] = []
    store.changed.append(lambda: seen.append(names(store, "a")))
    store.write(remembering("a"))
    assert until(lambda: seen)
    assert seen == [["a"]]


def test_failed_work_announces_nothing(store: Store) -> None:
    seen: list[int] = []
    store.changed.append(lambda: seen.append(1))
    with pytest.raises(LookupError):
        store.write(failing("a"))
    store.write(remembering("b"))
    assert until(lambda: len(seen) == 1)


def test_broken_callback_stops_neither_writer_nor_caller(store: Store) -> None:
    seen: list[int] = []
    store.changed += [lambda: 1 // 0, lambda: seen.append(1)]
    assert store.write(remembering("a")) == "a"
    assert store.write(remembering("b")) == "b"
    assert until(lambda: len(seen) == 2)


@pytest.mark.few(1)
def test_many_writers_at_once_lose_nothing(store: Store) -> None:
    with ThreadPoolExecutor(16) as callers:
        written = list(callers.map(lambda n: store.write(remembering(f"n{n}")), range(400)))
    assert names(store, *written) == [f"n{n}" for n in range(400)]


def test_closing_twice_is_as_good_as_once(another: Callable[[], Store]) -> None:
    own = another()
    own.write(remembering("a"))
    own.close()
    own.close()
    assert names(another(), "a") == ["a"]
