"""Work that another process has committed is noticed soon: LISTEN on PostgreSQL, a look at the file's version on SQLite."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger(__name__)
CHANNEL = "amends_work"  # what LISTEN and NOTIFY call it
_LOOK = 0.1  # seconds between looks at an SQLite file; microseconds each
_LISTEN = 0.25  # seconds PostgreSQL is listened to before somebody may ask us to stop
_AGAIN = 1.0  # seconds before a lost connection is opened anew


class Watch:
    """Calls `ring` after others have committed, from `start` to `stop`. Whoever relies on it looks by themselves too.

    While the database does not answer nothing rings; the connection is opened again by itself, and then it rings once.
    """

    def __init__(self, engine: Engine, ring: Callable[[], None]) -> None:
        self._engine, self._ring = engine, ring
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._signals = {"postgresql": _notified, "sqlite": _committed}[engine.dialect.name]

    def start(self) -> None:
        """Begins, in the background."""
        self._thread.start()

    def stop(self) -> None:
        """Ends, within a moment."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _run(self) -> None:
        is_lost = False
        while not self._stopping.is_set():
            try:
                for has_news in self._signals(self._engine, self._stopping):
                    is_lost = False
                    if has_news:
                        self._ring()
            except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error) as lost:
                if not is_lost:
                    log.warning("new work is noticed later for now: %s", str(lost).splitlines()[0])
                is_lost = True
                self._stopping.wait(_AGAIN)


def _notified(engine: Engine, stopping: threading.Event) -> Iterator[bool]:
    """PostgreSQL's own signals; through a pooler, which would keep them, none: whoever relies on us looks by themselves."""
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.detach()  # it listens for ever: the pool is for others
        if not _is_pooled(connection):
            yield from _listening(connection, stopping)
            return
    log.info("the database is reached through a pooler, so new work is noticed within a second")
    while not stopping.is_set():
        yield False
        stopping.wait(_AGAIN)


def _is_pooled(connection: Connection) -> bool:
    """True when the server's process is another than the one we were told of when the line was opened.

    A pooler makes up that number: it is what a client gives to have a query cancelled (pgbouncer.org/features.html;
    postgresql.org/docs/current/protocol-flow.html, BackendKeyData).
    """
    driver: Any = connection.connection.dbapi_connection
    told: int = driver.info.backend_pid
    return bool(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one() != told)


def _listening(connection: Connection, stopping: threading.Event) -> Iterator[bool]:
    """True when somebody has notified, and at the beginning, as before it nobody listened; False now and then."""
    connection.exec_driver_sql(f"LISTEN {CHANNEL}")
    driver: Any = connection.connection.dbapi_connection
    yield True
    while not stopping.is_set():
        # What has come together is one reason to look.
        yield len(list(driver.notifies(timeout=_LISTEN, stop_after=1))) > 0


def _committed(engine: Engine, stopping: threading.Event) -> Iterator[bool]:
    """True when the file was changed through another connection, of this process too (sqlite.org/pragma.html#pragma_data_version)."""
    line = engine.raw_connection()
    line.detach()
    try:
        cursor, before = line.cursor(), None
        while not stopping.wait(0 if before is None else _LOOK):
            version = cursor.execute(
                "PRAGMA data_version"
            ).fetchone()  # outside any transaction, which would see no change
            yield version != before
            before = version
    finally:
        line.close()
