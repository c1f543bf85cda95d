"""Connections and transactions: readers side by side, and writers whose waiting work is committed together."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from functools import cache
from hashlib import blake2b
from typing import Any, TypeVar

from sqlalchemy import ARRAY, URL, BigInteger, Connection, Engine, Select, create_engine, event, func, literal, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from cases.arrivals.json_fields import write_json
from store.waking import CHANNEL, Watch
from store.writer import Contended, StoreClosed, TransactionLost, Work, Writer, is_contended

__all__ = ["AWAY", "Store", "StoreClosed", "Tx", "connect", "held", "in_turn", "savepoint", "what_is_away"]

log = logging.getLogger(__name__)
Tx = Connection
T = TypeVar("T")

# What a database that is away, full or locked raises; the work was undone and may be tried again.
AWAY = (OperationalError, InterfaceError, PoolTimeout, TransactionLost)


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

# How soon a PostgreSQL that went away without a word is missed: libpq's own settings, seconds and milliseconds.
_LINE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "application_name": "amends",
}
_WAIT_FOR_CONNECTION = 5  # seconds, when all of the pool are in use
_SESSION = (
    # Work that shares a transaction with others waits for nobody's lock much longer than a commit takes: it is done alone.
    "SET lock_timeout = '100ms'",
    # A process that hangs in the middle of a transaction must not hold up the others for ever.
    "SET idle_in_transaction_session_timeout = '30s'",
)
_ALONE = "SET LOCAL lock_timeout = '5s'"
_TRIES_ALONE = 3
_READING: dict[str, dict[str, Any]] = {
    "sqlite": {"sqlite_begin": "BEGIN"},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}


def connect(url: str) -> Engine:
    """An engine for DATABASE_URL. Plain postgres:// and postgresql:// mean psycopg 3."""
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            url = "postgresql+psycopg://" + url.removeprefix(plain)
    address = make_url(url)
    return _sqlite(address) if address.get_backend_name() == "sqlite" else _postgresql(address)


def _postgresql(address: URL) -> Engine:
    engine = create_engine(
        address,
        json_serializer=_json,
        pool_size=8,
        max_overflow=0,
        pool_timeout=_WAIT_FOR_CONNECTION,
        pool_pre_ping=True,
        connect_args={name: value for name, value in _LINE.items() if name not in address.query},
    )
    event.listen(engine, "connect", _begin_session)
    return engine


def _json(value: Any) -> str:
    return write_json(value).decode()


def _begin_session(connection: Any, _record: Any) -> None:
    connection.autocommit = True
    for statement in _SESSION:
        connection.execute(statement)
    connection.autocommit = False


def _sqlite(address: URL) -> Engine:
    # isolation_level None hands transactions to us: Python's own would begin them late, and too weakly.
    engine = create_engine(
        address,
        json_serializer=_json,
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


def held(tx: Tx, query: Select[Any]) -> Select[Any]:
    """The query, so that nobody else changes the rows it finds before the commit; in a transaction that reads, as it is.

    Rows that others refer to may still be referred to meanwhile: FOR NO KEY UPDATE, where plain FOR UPDATE would hold up
    whoever adds a message to a case. `query` is a constant of its module: what is made of it is kept for ever.
    """
    return query if _only_reads(tx) else _for_update(query)


@cache
def _for_update(query: Select[Any]) -> Select[Any]:
    return query.with_for_update(key_share=True)


def in_turn(tx: Tx, names: Collection[str]) -> None:
    """Whoever names one of these waits for the end of a transaction that has named it, in whichever process.

    For what no row stands for yet, as a customer who writes twice at once and has no case. SQLite's writers wait anyway.
    """
    if tx.dialect.name != "postgresql" or _only_reads(tx):
        return
    keys = sorted(int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True) for name in names)
    each = select(func.unnest(literal(keys, ARRAY(BigInteger))).label("key")).subquery()
    tx.execute(select(func.pg_advisory_xact_lock(each.c.key)))


def _only_reads(tx: Tx) -> bool:
    return bool(tx.get_execution_options().get("postgresql_readonly"))


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
        self._reader = engine.execution_options(**_READING[engine.dialect.name])
        self.changed: list[Callable[[], None]] = []
        self._writer = Writer(engine, self._notify, self._announce)

    def read(self, work: Work[T]) -> T:
        """Runs `work` in a transaction of its own that sees one moment of the database."""
        with self._reader.begin() as tx:
            return work(tx)

    def write(self, work: Work[T]) -> T:
        """Runs `work` and returns when its effect is durable. An exception of `work` undoes its own effect only.

        `work` may run more than once: on PostgreSQL it is done again when another process was at the same rows.
        """
        try:
            return self._writer.submit(work).result()
        except Contended:
            return self._alone(work, _TRIES_ALONE)

    def _alone(self, work: Work[T], tries: int) -> T:
        """In the caller's thread, where it can wait for the other process without holding up anybody."""
        try:
            with self.engine.begin() as tx:
                tx.exec_driver_sql(_ALONE)
                result = work(tx)
                self._notify(tx)
        except DBAPIError as wrong:
            if tries > 1 and is_contended(wrong):
                return self._alone(work, tries - 1)
            raise
        self._announce()
        return result

    def _notify(self, tx: Tx) -> None:
        """Wakes the workers of other processes with the commit. A process that has workers of its own does the work itself."""
        if not self.changed and tx.dialect.name == "postgresql":
            tx.exec_driver_sql(f"NOTIFY {CHANNEL}")

    def watch(self, ring: Callable[[], None]) -> Watch:
        """What calls `ring` when others have committed, once it is started."""
        return Watch(self.engine, ring)

    def _announce(self) -> None:
        for callback in self.changed:
            try:
                callback()
            except Exception:  # what is committed is committed: neither the caller nor the writer may fail for it
                log.exception("a callback after a commit failed")

    def close(self) -> None:
        """Finishes what waits and lets the database go."""
        self._writer.stop()
        self.engine.dispose()
