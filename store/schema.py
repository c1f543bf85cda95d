"""Which version of the tables a database has, and bringing it to the version this code needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from store.engine import reading

REVISION = "0016"  # a test holds this against the newest migration; reading it here keeps Alembic out of start-up
_MIGRATING = 8417320150911  # the key of an advisory lock: any number that nobody else uses in this database

_PATIENCE = 600_000  # milliseconds that one migration waits for another


class WrongSchema(RuntimeError):
    """The database and this code do not fit; the message says what to do."""


def current(connection: Connection) -> str | None:
    """The revision a database has, or None when it has no tables of ours."""
    if "alembic_version" not in inspect(connection).get_table_names():
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def migrate(engine: Engine) -> tuple[str | None, str]:
    """Brings the database to REVISION; returns the revision it had and the one it has. Safe to run twice or side by side.

    Either all of it is done or nothing: both databases can undo changes of tables. Raises WrongSchema for a newer one.
    """
    with engine.connect() as connection:
        _be_patient(connection)
        before = _brought_along(connection)
    return before, REVISION


def _brought_along(connection: Connection) -> str | None:
    with connection.begin():
        if connection.dialect.name == "postgresql":
            _wait_for_others(connection)
        before = current(connection)
        if _is_newer(before):
            raise WrongSchema(problem(before))
        if before != REVISION:
            _upgrade(connection)
    return before


def check(engine: Engine) -> None:
    """Raises WrongSchema unless the database is at REVISION. An empty SQLite file is filled at once: nothing can be lost."""
    with reading(engine) as connection:
        before = current(connection)
    if before is None and engine.dialect.name == "sqlite":
        migrate(engine)
    elif wrong := problem(before):
        raise WrongSchema(wrong)


def problem(revision: str | None) -> str | None:
    """Why this code cannot go on with a database at that revision, and what mends it; None when they fit."""
    if revision == REVISION:
        return None
    if _is_newer(revision):
        return (
            f"The database is at revision {revision}, newer than this Amends ({REVISION}). "
            "Install the newer Amends again, or restore the backup made before the upgrade."
        )
    return f"The database is at revision {revision or 'none'}, this Amends needs {REVISION}. Run: python bot.py migrate"


def _is_newer(revision: str | None) -> bool:
    return revision is not None and revision > REVISION


def _be_patient(connection: Connection) -> None:
    """SQLite's transactions for writing are one at a time by themselves; a migration may take longer than others wait for one."""
    if connection.dialect.name == "sqlite":
        connection.detach()  # it is closed afterwards: nobody else is to wait for so long
        driver: Any = connection.connection.dbapi_connection
        driver.execute(f"PRAGMA busy_timeout={_PATIENCE}")


def _wait_for_others(connection: Connection) -> None:
    """One migration at a time, until the commit."""
    connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
    # Whoever reads or writes meanwhile waits behind a change of tables that waits: not for long.
    connection.exec_driver_sql("SET LOCAL lock_timeout = '30s'")


def _upgrade(connection: Connection, to: str = "head") -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
