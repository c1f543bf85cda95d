"""One thread that commits together whatever work waits: the commit under way is the batching window."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import nullcontext
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")
Work = Callable[[Connection], T]
Job = tuple[Work[Any], Future[Any]]
_MOST_TOGETHER = 200  # work committed in one transaction at the most

# PostgreSQL's words for "somebody else was there first": what failed for one of them may be done again from the start.
# A row or a customer taken by another transaction, a deadlock, an outdated snapshot, the same key inserted twice at once.
_IN_THE_WAY = frozenset({"55P03", "40P01", "40001", "23505"})


class StoreClosed(RuntimeError):
    """The store has been closed; nothing more is written."""


class TransactionLost(RuntimeError):
    """The database has ended a transaction in the middle; nothing of it is kept."""


class Contended(RuntimeError):
    """Another process was in the way of a piece of work; it has been undone, and is to be done again by itself."""


def is_contended(wrong: BaseException) -> bool:
    """Whether work failed only since another process was at the same rows; on SQLite it never does."""
    return isinstance(wrong, DBAPIError) and getattr(wrong.orig, "sqlstate", None) in _IN_THE_WAY


class Writer:
    """`finish` is called with each transaction before its commit, `announce` after it, outside."""

    def __init__(self, engine: Engine, finish: Callable[[Connection], None], announce: Callable[[], None]) -> None:
        self._engine = engine
        self._finish = finish
        self._announce = announce
        self._waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
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

    def _commit(self, batch: list[Job]) -> None:
        done: list[tuple[Future[Any], Any]] = []
        failed: list[tuple[Future[Any], BaseException]] = []
        part = Connection.begin_nested if len(batch) > 1 else nullcontext  # what is alone can be undone as a whole
        try:
            with self._engine.begin() as tx:
                for work, future in batch:
                    try:
                        with part(tx):
                            done.append((future, work(tx)))
                    except BaseException as wrong:
                        why = Contended() if is_contended(wrong) else wrong
                        if len(batch) == 1:
                            raise why from wrong
                        _insist_on_transaction(tx, wrong)
                        failed.append((future, why))  # each caller hears of its own failure
                if done:
                    self._finish(tx)
        except BaseException as wrong:  # noqa: BLE001  the whole batch is undone, and every caller hears why
            done, failed = [], [(future, wrong) for _, future in batch]
        for future, result in done:
            future.set_result(result)
        for future, why in failed:
            future.set_exception(why)
        if done:
            self._announce()


def _insist_on_transaction(tx: Connection, wrong: BaseException) -> None:
    """Raises TransactionLost if the database has ended the transaction: what came before in the batch is undone then.

    SQLite may when the disk is full (sqlite.org/lang_transaction.html), and neither SQLAlchemy nor the driver's commit
    would say so; PostgreSQL has when the connection was cut.
    """
    if not _is_in_transaction(tx):
        raise TransactionLost(str(wrong)) from wrong


def _is_in_transaction(tx: Connection) -> bool:
    if tx.invalidated or tx.closed:
        return False
    driver: Any = tx.connection.dbapi_connection
    return bool(driver.in_transaction) if tx.dialect.name == "sqlite" else not driver.closed
