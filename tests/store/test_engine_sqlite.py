"""What holds on SQLite alone: its one writer, its locks, its ways to end a transaction, and how a file is opened."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError, OperationalError

from store import facts
from store.engine import AWAY, Store, StoreClosed, Tx, connect
from tests.elapsing import PATIENCE, until
from tests.store.test_engine import Gate, failing, names, remembering, together


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    """A store that waits for a lock for a twentieth of a second, not for seconds."""
    engine = connect(sqlite_url)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=50"))
    store = Store(engine)
    yield store
    store.close()


@pytest.fixture
def file(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another process writes, and takes its time."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def pragma(store: Store, name: str) -> Any:
    return store.read(lambda tx: tx.exec_driver_sql(f"PRAGMA {name}").scalar_one())


@pytest.mark.parametrize(
    ("name", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 2500)]
)
def test_every_connection_is_durable_and_strict(sqlite_url: str, name: str, value: object) -> None:
    store = Store(connect(sqlite_url))
    assert pragma(store, name) == value
    store.close()


def test_foreign_keys_are_insisted_upon(store: Store) -> None:
    with pytest.raises(IntegrityError):
        store.write(lambda tx: tx.exec_driver_sql("INSERT INTO customer_keys VALUES ('k', 99)"))


def test_write_against_a_held_lock_fails_and_recovers(store: Store, file: Path) -> None:
    with locked(file), pytest.raises(OperationalError) as raised:
        store.write(remembering("a"))
    assert isinstance(raised.value, AWAY)
    assert store.write(remembering("b")) == "b"
    assert names(store, "a", "b") == ["b"]


def test_reading_goes_on_while_another_process_writes(store: Store, file: Path) -> None:
    store.write(remembering("a"))
    with locked(file):
        assert names(store, "a") == ["a"]


def test_whole_batch_hears_that_the_database_is_locked(store: Store, file: Path) -> None:
    failures: list[BaseException] = []

    def caller(name: str) -> None:
        with pytest.raises(OperationalError) as raised:
            store.write(remembering(name))
        failures.append(raised.value)

    with locked(file):
        threads = [threading.Thread(target=caller, args=(name,)) for name in "abc"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(failures) == 3
    assert names(store, "a", "b", "c") == []


def breaking_commits(engine: Engine) -> Callable[[], None]:
    """Makes every commit fail, as a full disk does; returns what mends it."""

    def fail(_: object) -> None:
        raise OperationalError("COMMIT", {}, sqlite3.OperationalError("database or disk is full"))

    event.listen(engine, "commit", fail)
    return lambda: event.remove(engine, "commit", fail)


def test_failing_commit_fails_all_of_its_batch(store: Store) -> None:
    mends: list[Callable[[], None]] = []

    def full(tx: Tx) -> None:
        mends.append(breaking_commits(store.engine))

    results = together(store, remembering("a"), full, remembering("b"))
    mends[0]()
    assert [type(result) for result in results] == [OperationalError] * 3
    assert names(store, "a", "b") == []
    assert store.write(remembering("c")) == "c"


def rolled_back_by_sqlite(tx: Tx) -> None:
    """What SQLite may do of itself when the disk is full: the transaction is over, and the statement fails."""
    tx.connection.dbapi_connection.execute("ROLLBACK")  # type: ignore[union-attr]
    raise sqlite3.OperationalError("database or disk is full")


def test_batch_undone_by_sqlite_is_reported_to_all(store: Store) -> None:
    results = together(store, remembering("a"), rolled_back_by_sqlite, remembering("b"))
    assert all(isinstance(result, Exception) for result in results)
    assert names(store, "a", "b") == []
    assert store.write(remembering("c")) == "c"


def test_not_even_an_exit_ends_the_writer(store: Store) -> None:
    def leave(tx: Tx) -> None:
        raise SystemExit(1)

    results = together(store, remembering("a"), leave, remembering("b"))
    assert (results[0], type(results[1]), results[2]) == ("a", SystemExit, "b")
    assert store.write(remembering("c")) == "c"


def test_write_within_a_write_is_refused_at_once(store: Store) -> None:
    with pytest.raises(RuntimeError, match="transaction is open"):
        store.write(lambda tx: store.write(remembering("a")))
    assert store.write(remembering("b")) == "b"


def test_what_waits_is_committed_together(store: Store) -> None:
    commits: list[int] = []
    event.listen(store.engine, "commit", lambda _: commits.append(1))
    together(store, *[remembering(f"n{n}") for n in range(20)])
    assert len(commits) <= 3  # the one that held the others up, and all the rest


def test_failing_work_costs_its_batch_no_second_commit(store: Store) -> None:
    commits: list[int] = []
    event.listen(store.engine, "commit", lambda _: commits.append(1))
    together(store, remembering("a"), failing("b"), remembering("c"))
    assert len(commits) <= 3


def test_closing_finishes_what_was_waiting(store: Store) -> None:
    gate = Gate()
    with ThreadPoolExecutor(9) as callers:
        futures = [callers.submit(store.write, gate.work)]
        assert gate.reached.wait(PATIENCE)
        futures += [callers.submit(store.write, remembering(f"n{n}")) for n in range(7)]
        assert until(lambda: store._writer._waiting.qsize() == 7)
        closing = callers.submit(store.close)
        gate.opened.set()
        closing.result()
        assert all(future.exception() is None for future in futures)
    left = Store(connect(str(store.engine.url)))
    assert len(names(left, *[f"n{n}" for n in range(7)])) == 7
    left.close()


def test_closed_store_refuses_to_write_more(store: Store) -> None:
    store.close()
    with pytest.raises(StoreClosed):
        store.write(remembering("a"))


def test_missing_folder_counts_as_database_away(tmp_path: Path) -> None:
    store = Store(connect(f"sqlite:///{tmp_path}/nowhere/amends.db"))
    with pytest.raises(AWAY):
        store.write(remembering("a"))
    with pytest.raises(AWAY):
        store.read(lambda tx: facts.recall(tx, "a"))
    store.close()


def test_committed_work_survives_without_closing(store: Store, file: Path, tmp_path: Path) -> None:
    """What a kill -9 leaves: the file and its log as they are, copied while the store is open."""
    store.write(remembering("a"))
    for suffix in ("", "-wal"):
        (tmp_path / f"killed.db{suffix}").write_bytes(Path(f"{file}{suffix}").read_bytes())
    survivor = Store(connect(f"sqlite:///{tmp_path}/killed.db"))
    assert names(survivor, "a") == ["a"]
    survivor.close()
