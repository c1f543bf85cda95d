"""What the tests of several rooms share: one headless browser, and one PostgreSQL server, for the whole run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests import postgres

_ALIVE = pytest.StashKey[Any]()


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # a run's controller, or all of it
        config.stash[_ALIVE] = postgres.begin_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    postgres.forget_own()
    if _ALIVE in config.stash:
        postgres.end_run(config.stash[_ALIVE])


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium; Playwright allows one for each process, so every room opens its windows in this one."""
    from tests.sandbox import chromium  # only tests that ask for a browser pay for the import

    with chromium.launched() as launched:
        yield launched


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """A PostgreSQL server's address. Without one its tests are skipped, save where CI must show both databases."""
    try:
        return postgres.server()
    except postgres.NoPostgres as why:
        if os.environ.get("CI"):
            pytest.fail(f"There is no PostgreSQL to test with: {why}")
        pytest.skip(f"NOT TESTED ON POSTGRESQL: {why}")


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """A migrated, empty database on PostgreSQL."""
    return postgres.emptied_database()


@pytest.fixture
def bare_postgres_url(postgres_server: str) -> Iterator[str]:
    """A database on PostgreSQL without any tables."""
    url = postgres.new_database()
    yield url
    postgres.drop(url)
