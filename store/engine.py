"""Connections and transactions: readers side by side, and writers whose waiting work is committed together."""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

log = logging.getLogger(__name__)
Tx = Connection
T = TypeVar("T")
Work = Callable[[Tx], T]

# What a database that is away, full or locked raises; the work was undone and may be tried again.
AWAY = (OperationalError, InterfaceError, PoolTimeout)


def what_is_away(error: Exception) -> str:
    """One of AWAY as half a sentence for the log; the statement it hit and the parameters stay out of it."""
    return f"the database does not answer: {str(error).splitlines()[0]}"


_PRAGMAS = (
    "PRAGMA synchronous=FULL",
    # Milliseconds. What waits behind a batch that fails waits twice as long, and a webhook's sender ten seconds at most.
    "PRAGMA busy_timeout=2500",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-65536",
    "PRAGMA journal_size_limit=67108864",
)
_TRIES, _BETWEEN_TRIES = 50, 0.05  # seconds
_MOST_TOGETHER = 200  # work committed in one transaction at the most


class StoreClosed(RuntimeError):
    """The store has been closed; nothing more is written."""


def connect(url: str) -> Engine:
    """An engine for DATABASE_URL. Plain postgres:// and postgresql:// mean psycopg 3."""
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            url = "postgresql+psycopg://" + url.removeprefix(plain)
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_size=8, max_overflow=0, pool_pre_ping=True)
    # isolation_level None hands transactions to us: Python's own would begin them late, and too weakly.
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=8,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def savepoint(tx: Tx) -> AbstractContextManager[object]:
    """A part of a transaction that can fail by itself."""
    return tx.begin_nested()


def _prepare(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    _keep_a_log(cursor)
    cursor.close()


def _keep_a_log(cursor: Any) -> None:
    """WAL. A new file that another process is just opening too is "locked" at once here, whatever busy_timeout says."""
    for _ in range(_TRIES):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            time.sleep(_BETWEEN_TRIES)
        else:
            return
    cursor.execute("PRAGMA journal_mode=WAL")


def _begin(connection: Connection) -> None:
    # A deferred BEGIN that later writes fails at once when somebody else committed meanwhile, whatever busy_timeout says.
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN IMMEDIATE"))


class Store:
    """Reads and writes. `changed` callbacks run after every commit made through this object, outside the transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reader = engine.execution_options(sqlite_begin="BEGIN")
        self.changed: list[Callable[[], None]] = []
        self._writer = _Writer(engine, self._announce) if engine.dialect.name == "sqlite" else None

    def read(self, work: Work[T]) -> T:
        """Runs `work` in a transaction of its own that sees one moment of the database."""
        with self._reader.begin() as tx:
            return work(tx)

    def write(self, work: Work[T]) -> T:
        """Runs `work` and returns when its effect is durable. An exception of `work` undoes its own effect only."""
        if self._writer is not None:
            return self._writer.submit(work).result()
        with self.engine.begin() as tx:
            result = work(tx)
        self._announce()
        return result

    def _announce(self) -> None:
        for callback in self.changed:
            try:
                callback()
            except Exception:  # what is committed is committed: neither the caller nor the writer may fail for it
                log.exception("a callback after a commit failed")

    def close(self) -> None:
        """Finishes what waits and lets the database go."""
        if self._writer is not None:
            self._writer.stop()
        self.engine.dispose()


class _Writer:
    """One thread that takes whatever work waits and commits it together: the commit under way is the batching window."""

    def __init__(self, engine: Engine, announce: Callable[[], None]) -> None:
        self._engine = engine
        self._announce = announce
        self._waiting: queue.SimpleQueue[tuple[Work[Any], Future[Any]] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopped = False

    def submit(self, work: Work[T]) -> Future[T]:
        """Queues `work`; the future resolves after the commit. A write within a write would wait for itself: RuntimeError."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("a transaction is open: use it instead of beginning another")
        with self._lock:
            if self._stopped:
                raise StoreClosed("the store is closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
                self._thread.start()
            future: Future[T] = Future()
            self._waiting.put((work, future))
            return future

    def stop(self) -> None:
        """Lets the thread finish what was queued before this call."""
        with self._lock:
            self._stopped = True
            thread = self._thread
        if thread is not None:
            self._waiting.put(None)
            thread.join(timeout=30)

    def _run(self) -> None:
        going_on = True
        while going_on:
            batch = []
            job = self._waiting.get()
            while job is not None:
                batch.append(job)
                if len(batch) == _MOST_TOGETHER or self._waiting.empty():
                    break
                job = self._waiting.get()
            going_on = job is not None
            if batch:
                self._commit(batch)

    def _commit(self, batch: list[tuple[Work[Any], Future[Any]]]) -> None:
        done: list[tuple[Future[Any], Any]] = []
        failed: list[tuple[Future[Any], BaseException]] = []
        try:
            with self._engine.begin() as tx:
                for work, future in batch:
                    try:
                        with tx.begin_nested():
                            done.append((future, work(tx)))
                    except BaseException as wrong:  # noqa: BLE001  each caller hears of its own failure
                        failed.append((future, wrong))
                        _insist_on_transaction(tx, wrong)
        except BaseException as wrong:  # noqa: BLE001  the whole batch is undone, and every caller hears why
            done, failed = [], [(future, wrong) for _, future in batch]
        for future, result in done:
            future.set_result(result)
        for future, why in failed:
            future.set_exception(why)
        if done:
            self._announce()


def _insist_on_transaction(tx: Tx, wrong: BaseException) -> None:
    """Raises `wrong` if SQLite has ended the transaction, as it may when the disk is full (sqlite.org/lang_transaction.html).

    What came before in the batch is undone then, and neither SQLAlchemy nor the driver's commit would say so.
    """
    if not tx.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
        raise wrong
