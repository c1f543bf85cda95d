"""The version of a database: brought to what the code needs, refused where it does not fit."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from store import schema
from store.engine import Store, connect
from store.tables import metadata


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path}/empty.db")
    yield engine
    engine.dispose()


def at(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return schema.current(connection)


def pretend(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})


def test_empty_database_has_no_revision_at_all(empty: Engine) -> None:
    assert at(empty) is None


def test_migrating_says_what_was_and_what_is(empty: Engine) -> None:
    assert schema.migrate(empty) == (None, schema.REVISION)
    assert schema.migrate(empty) == (schema.REVISION, schema.REVISION)
    assert at(empty) == schema.REVISION


def test_two_processes_may_migrate_side_by_side(empty: Engine, tmp_path: Path) -> None:
    engines = [empty, connect(str(empty.url))]
    before: list[str | None] = []
    threads = [threading.Thread(target=lambda e=engine: before.append(schema.migrate(e)[0])) for engine in engines]  # type: ignore[misc]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engines[1].dispose()
    assert set(before) == {None, schema.REVISION}


def test_every_table_is_there_after_migrating(store: Store) -> None:
    names = set(inspect(store.engine).get_table_names()) - {"alembic_version"}
    assert names == set(metadata.tables)


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


def test_empty_sqlite_file_is_filled_at_start(empty: Engine) -> None:
    schema.check(empty)
    assert at(empty) == schema.REVISION


def test_fitting_database_is_left_as_it_is(empty: Engine) -> None:
    schema.migrate(empty)
    with empty.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        before = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        schema.check(empty)
        assert connection.exec_driver_sql("PRAGMA data_version").scalar_one() == before


def test_newer_database_is_refused_with_a_way_out(empty: Engine) -> None:
    schema.migrate(empty)
    pretend(empty, "9999")
    for refused in (schema.check, schema.migrate):
        with pytest.raises(schema.WrongSchema, match=r"(?s)9999.*restore the backup"):
            refused(empty)
    assert at(empty) == "9999"


def test_older_database_is_migrated_by_hand_only(empty: Engine) -> None:
    schema.migrate(empty)
    pretend(empty, "0000")
    with pytest.raises(schema.WrongSchema, match=re.escape("python bot.py migrate")):
        schema.check(empty)
