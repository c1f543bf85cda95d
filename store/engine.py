"""Connections and transactions: readers side by side, and writers whose waiting work is committed together."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from functools import cache
from hashlib import blake2b
from typing import Any, TypeVar

from sqlalchemy import ARRAY, URL, BigInteger, Connection, Engine, Select, create_engine, event, func, literal, select
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from cases.arrivals.json_fields import write_json
from cases.text import storable
from store.waking import CHANNEL, Watch
from store.writer import Contended, StoreClosed, TransactionLost, Work, Writer, is_contended

__all__ = ["AWAY", "Store", "StoreClosed", "Tx", "connect", "held", "in_turn", "savepoint", "what_is_away"]

log = logging.getLogger(__name__)
Tx = Connection
T = TypeVar("T")


class Unready(RuntimeError):
    """The database refuses, though neither the statement nor its data are at fault: a session or server not as we need it."""


# What a database that is away, full, locked or not ready raises; the work was undone and may be tried again.
AWAY = (OperationalError, InterfaceError, PoolTimeout, TransactionLost, Unready)


def what_is_away(error: Exception) -> str:
    """One of AWAY as half a sentence for the log; the statement it hit and the parameters stay out of it."""
    return f"the database does not answer: {str(error).splitlines()[0]}"


_PRAGMAS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-65536",
    "PRAGMA journal_size_limit=67108864",
)
# Milliseconds to wait for whoever else writes. What waits behind a batch that fails waits twice as long, and a webhook's sender
# ten seconds at most; for a command at a terminal nobody waits but who gave it.
_BUSY, _BUSY_AT_TERMINAL = 2_500, 60_000
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
# For one transaction at a time: behind a pooler such as PgBouncer the session belongs to others too.
_WRITING = (
    # Work that shares a transaction with others waits for nobody's lock much longer than a commit takes: it is done alone.
    "SELECT set_config('lock_timeout', '100ms', TRUE),"
    # A process that hangs in the middle of a transaction must not hold up the others for ever.
    " set_config('idle_in_transaction_session_timeout', '30s', TRUE)"
)
# SQLSTATE classes of a fault in the data, a key or the statement: the same again fails again. All else passes, and so does
# what is missing while a backup is put back or a release brings the tables along (postgresql.org/docs/current/errcodes-appendix.html).
_OUR_FAULT = frozenset({"22", "23", "42"})
_IN_THE_MAKING = frozenset(
    {"42P01", "42703", "42P05", "42501"}
)  # no table, no column, a session's leftovers, no right yet
_ALONE = "SET LOCAL lock_timeout = '5s'"
_TRIES_ALONE = 3
_READING: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def connect(url: str, *, patient: bool = False) -> Engine:
    """An engine for DATABASE_URL. Plain postgres:// and postgresql:// mean psycopg 3.

    A `patient` one waits a minute for whoever else writes into an SQLite file; a bot that shows thousands of cards hardly stops.
    """
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            url = "postgresql+psycopg://" + url.removeprefix(plain)
    address = make_url(url)
    return (
        _sqlite(address, _BUSY_AT_TERMINAL if patient else _BUSY)
        if address.get_backend_name() == "sqlite"
        else _postgresql(address)
    )


def _postgresql(address: URL) -> Engine:
    engine = create_engine(
        address,
        json_serializer=_json,
        hide_parameters=True,
        pool_size=8,
        max_overflow=0,
        pool_timeout=_WAIT_FOR_CONNECTION,
        pool_pre_ping=True,
        # Statements that a driver prepares stay in a session which, behind a pooler, is somebody else's the next moment.
        connect_args={"prepare_threshold": None}
        | {name: value for name, value in _LINE.items() if name not in address.query},
    )
    event.listen(engine, "begin", _begin_writing)
    event.listen(engine, "handle_error", _named, retval=True)
    return engine


def _json(value: Any) -> str:
    written = write_json(value).decode()
    # Only what is written as an escape can be what PostgreSQL's JSON cannot be read with afterwards.
    return write_json(_storable(value)).decode() if "\\u" in written else written


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {storable(name): _storable(part) for name, part in value.items()}
    return [_storable(part) for part in value] if isinstance(value, list | tuple) else value


def _begin_writing(connection: Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    if not driver.autocommit and not driver.read_only:
        connection.exec_driver_sql(_WRITING)


def _named(context: ExceptionContext) -> BaseException | None:
    """An error of PostgreSQL's without the words in it; what passes by itself gets a name that says so."""
    wrong, known = context.original_exception, context.sqlalchemy_exception
    state = getattr(wrong, "sqlstate", None)
    if state is None:
        return None
    said = _without_words(wrong, state)
    if isinstance(known, AWAY) or (state[:2] in _OUR_FAULT and state not in _IN_THE_MAKING):
        for each in (wrong, known):
            if each is not None:
                each.args = (said,)
        return None
    return Unready(said)


def _without_words(wrong: BaseException, state: str) -> str:
    """What PostgreSQL says of an error, without what it quotes: the row in DETAIL, the JSON in CONTEXT, a value of bad data."""
    quotes = state.startswith("22")
    return f"{type(wrong).__name__} ({state})" + ("" if quotes else f": {str(wrong).splitlines()[0]}")


class SQLite(SQLiteDialect_pysqlite):
    """Begins transactions by SQLAlchemy's own hook: its event for that would make every statement a fifth dearer.

    A deferred BEGIN that later writes fails at once when somebody else committed meanwhile, whatever busy_timeout says.
    """

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        cursor = dbapi_connection.cursor()
        cursor.execute("BEGIN" if dbapi_connection.info.pop(_ONLY_READS, False) else "BEGIN IMMEDIATE")
        cursor.close()


_ONLY_READS = "amends_only_reads"  # in the notes of a connection: so the next transaction does
registry.register("sqlite.amends", __name__, SQLite.__name__)


def _sqlite(address: URL, busy: int) -> Engine:
    # isolation_level None hands transactions to us: Python's own would begin them late, and too weakly.
    engine = create_engine(
        address.set(drivername="sqlite+amends"),
        json_serializer=_json,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=8,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "connect", lambda connection, _: _prepare(connection, busy))
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Tx]:
    """A transaction that sees one moment of the database and changes nothing."""
    with engine.connect() as tx:
        if engine.dialect.name == "sqlite":
            tx.connection.info[_ONLY_READS] = True
        with tx.begin():
            yield tx


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


def _prepare(connection: Any, busy: int) -> None:
    cursor = connection.cursor()
    try:
        for pragma in (*_PRAGMAS, f"PRAGMA busy_timeout={busy}"):
            cursor.execute(pragma)
        _keep_a_log(cursor)
    except sqlite3.DatabaseError as wrong:
        if wrong.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
            raise
        raise Unready("its file is no SQLite database: correct DATABASE_URL, or move that file away") from None
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


class Store:
    """Reads and writes. `changed` callbacks run after every commit made through this object, outside the transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reader = engine.execution_options(**_READING) if engine.dialect.name == "postgresql" else engine
        self.changed: list[Callable[[], None]] = []
        self._first: Work[None] | None = None
        self._writer = Writer(engine, self._notify, self._announce)

    def beginning_with(self, first: Work[None]) -> Store:
        """The same store, whose next write that succeeds has begun with `first`; what that raises, `write` raises."""
        begun = copy(self)
        begun._first = first
        return begun

    def read(self, work: Work[T]) -> T:
        """Runs `work` in a transaction of its own that sees one moment of the database."""
        with reading(self._reader) as tx:
            return work(tx)

    def write(self, work: Work[T]) -> T:
        """Runs `work` and returns when its effect is durable. An exception of `work` undoes its own effect only.

        `work` may run more than once: on PostgreSQL it is done again when another process was at the same rows.
        """
        work = self._begun_with_first(work)
        try:
            result = self._writer.submit(work).result()
        except Contended:
            result = self._alone(work, _TRIES_ALONE)
        self._first = None
        return result

    def _begun_with_first(self, work: Work[T]) -> Work[T]:
        first = self._first
        if first is None:
            return work

        def both(tx: Tx) -> T:
            first(tx)
            return work(tx)

        return both

    def write_aside(self, work: Work[T]) -> T:
        """As `write`, for work that takes its time: on PostgreSQL nobody's webhook waits behind it. SQLite has one writer."""
        return self._alone(work, _TRIES_ALONE) if self.engine.dialect.name == "postgresql" else self.write(work)

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
