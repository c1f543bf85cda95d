"""The version of a database: brought to what the code needs, refused where it does not fit."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, inspect, text

from store import schema
from store.engine import Store, connect
from store.tables import metadata


@pytest.fixture
def empty_sqlite(tmp_path: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path}/empty.db")
    yield engine
    engine.dispose()


@pytest.fixture
def empty_postgresql(bare_postgres_url: str) -> Iterator[Engine]:
    engine = connect(bare_postgres_url)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest) -> Engine:
    """A database without any tables."""
    engine: Engine = request.getfixturevalue(f"empty_{request.param}")
    return engine


def at(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return schema.current(connection)


def pretend(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})


def test_empty_database_has_no_revision_at_all(empty: Engine) -> None:
    assert at(empty) is None


@pytest.mark.few(1)
def test_migrating_says_what_was_and_what_is(empty: Engine) -> None:
    assert schema.migrate(empty) == (None, schema.REVISION)
    assert schema.migrate(empty) == (schema.REVISION, schema.REVISION)
    assert at(empty) == schema.REVISION


@pytest.mark.few(1)
def test_many_processes_may_migrate_side_by_side(empty: Engine) -> None:
    engines = [connect(empty.url.render_as_string(hide_password=False)) for _ in range(4)]
    with ThreadPoolExecutor(len(engines)) as processes:
        migrations = list(processes.map(schema.migrate, engines))
    for engine in engines:
        engine.dispose()
    assert sorted(migrations, key=str) == [(schema.REVISION, schema.REVISION)] * 3 + [(None, schema.REVISION)]


@pytest.mark.long
def test_migration_waits_for_another_however_long(empty_sqlite: Engine) -> None:
    """Two processes of a new installation start at once, on a slow disk."""
    event.listen(empty_sqlite, "checkout", lambda line, *_: line.execute("PRAGMA busy_timeout=1"))
    assert at(empty_sqlite) is None  # it has opened the file
    other = sqlite3.connect(str(empty_sqlite.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(1) as process:
        migration = process.submit(schema.migrate, empty_sqlite)
        assert wait([migration], timeout=0.2).not_done
        other.execute("ROLLBACK")
        assert migration.result() == (None, schema.REVISION)
    other.close()
    with empty_sqlite.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 1


def test_every_table_is_there_after_migrating(store: Store) -> None:
    names = set(inspect(store.engine).get_table_names()) - {"alembic_version"}
    assert names == set(metadata.tables)


@pytest.mark.few(1)
def test_failed_migration_leaves_the_database_as_it_was(empty: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade = schema._upgrade

    def fail(connection: object) -> None:
        upgrade(connection)  # type: ignore[arg-type]
        raise OSError("the power fails")

    monkeypatch.setattr(schema, "_upgrade", fail)
    with pytest.raises(OSError, match="power"):
        schema.migrate(empty)
    assert at(empty) is None
    assert inspect(empty).get_table_names() == []


@pytest.mark.long
def test_empty_sqlite_file_is_filled_at_start(empty_sqlite: Engine) -> None:
    schema.check(empty_sqlite)
    assert at(empty_sqlite) == schema.REVISION


def test_empty_postgresql_is_left_to_its_release(empty_postgresql: Engine) -> None:
    with pytest.raises(schema.WrongSchema, match=re.escape("python bot.py migrate")):
        schema.check(empty_postgresql)
    assert inspect(empty_postgresql).get_table_names() == []


@pytest.mark.long
def test_fitting_database_is_left_as_it_is(empty_sqlite: Engine) -> None:
    schema.migrate(empty_sqlite)
    with empty_sqlite.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        before = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        schema.check(empty_sqlite)
        assert connection.exec_driver_sql("PRAGMA data_version").scalar_one() == before


def test_fitting_database_has_no_problem_at_all() -> None:
    assert schema.problem(schema.REVISION) is None


def test_newer_database_is_refused_with_a_way_out(empty: Engine) -> None:
    schema.migrate(empty)
    pretend(empty, "9999")
    for refused in (schema.check, schema.migrate):
        with pytest.raises(schema.WrongSchema, match=r"(?s)9999.*restore the backup"):
            refused(empty)
    assert at(empty) == "9999"


@pytest.mark.few(1)
def test_older_database_is_migrated_by_hand_only(empty: Engine) -> None:
    schema.migrate(empty)
    pretend(empty, "0000")
    with pytest.raises(schema.WrongSchema, match=re.escape("python bot.py migrate")):
        schema.check(empty)
