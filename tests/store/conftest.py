"""A migrated, empty store for each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store import schema
from store.engine import Store, Tx, connect

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, copied for each test: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    engine = connect(f"sqlite:///{path}")
    schema.migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def sqlite_url(blank: Path, tmp_path: Path) -> str:
    path = tmp_path / "store.db"
    shutil.copy(blank, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database; a module that tests one of the two has a `url` of its own."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store(connect(url))
    yield store
    store.close()


@pytest.fixture
def tx(store: Store) -> Iterator[Tx]:
    """One open transaction, undone at the end: for tests of what queries answer."""
    with store.engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


@pytest.fixture
def another(url: str) -> Iterator[Callable[[], Store]]:
    """Makes stores as other processes have them: own connections, own writer, the same database."""
    made: list[Store] = []

    def make() -> Store:
        made.append(Store(connect(url)))
        return made[-1]

    yield make
    for store in made:
        store.close()
