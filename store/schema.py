"""Which version of the tables a database has, and bringing it to the version this code needs."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

REVISION = "0002"  # a test holds this against the newest migration; reading it here keeps Alembic out of start-up


class WrongSchema(RuntimeError):
    """The database and this code do not fit; the message says what to do."""


def current(connection: Connection) -> str | None:
    """The revision a database has, or None when it has no tables of ours."""
    if "alembic_version" not in inspect(connection).get_table_names():
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def migrate(engine: Engine) -> tuple[str | None, str]:
    """Brings the database to REVISION; returns the revision it had and the one it has. Safe to run twice or side by side."""
    with engine.begin() as connection:
        before = current(connection)
        if before != REVISION:
            _refuse_newer(before)
            _upgrade(connection)
    return before, REVISION


def check(engine: Engine) -> None:
    """Raises WrongSchema unless the database is at REVISION. An empty SQLite file is filled at once: nothing can be lost."""
    with engine.execution_options(sqlite_begin="BEGIN").connect() as connection:
        before = current(connection)
    if before == REVISION:
        return
    if before is None and engine.dialect.name == "sqlite":
        migrate(engine)
        return
    _refuse_newer(before)
    raise WrongSchema(
        f"The database is at revision {before or 'none'}, this Amends needs {REVISION}. Run: python bot.py migrate"
    )


def _refuse_newer(before: str | None) -> None:
    if before is not None and before > REVISION:
        raise WrongSchema(
            f"The database is at revision {before}, newer than this Amends ({REVISION}). "
            "Install the newer Amends again, or restore the backup made before the upgrade."
        )


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
