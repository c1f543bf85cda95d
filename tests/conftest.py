"""What the tests of several rooms share: how many examples of a property, an order, one headless browser, and one PostgreSQL server, for the whole run."""

from __future__ import annotations

import gc
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

from tests import compiled, postgres
from tests.tables import pytest_addoption, pytest_pycollect_makeitem

__all__ = ["pytest_addoption", "pytest_pycollect_makeitem"]

# The same examples each time, so that nobody's change is red for a fault of another; `make test-long` looks for new ones.
settings.register_profile("short", max_examples=10, deadline=None, derandomize=True)
settings.register_profile("long", max_examples=250, deadline=None, print_blob=True)
settings.register_profile("ci", settings.get_profile("long"), max_examples=25)  # others with each run, in minutes
settings.register_profile("unshrunk", settings.get_profile("short"), phases=[Phase.explicit, Phase.generate])
settings.load_profile("short")

compiled.once()

# No test asks who needs a public authority's word; to read all of theirs for each client of a model took most of its test.
os.environ.pop("SSL_CERT_FILE", None)
os.environ["SSL_CERT_DIR"] = str(Path(__file__).parent)

# What a test writes is thrown away. In memory a commit is as durable as it will ever be; on a disk each waits for milliseconds.
_MEMORY, _ROOM = Path("/dev/shm"), 2**30
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))  # where pytest makes its temporary folders

_STORIES = Path(__file__).parent / "stories"
_ALIVE = pytest.StashKey[Any]()


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # until all tests are known: what collecting them makes, stays
    if not hasattr(config, "workerinput"):  # a run's controller, or all of it
        config.stash[_ALIVE] = postgres.begin_run()
    elif config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        _look_elsewhere_first(config, int(config.workerinput["workerid"].removeprefix("gw")))


def _look_elsewhere_first(config: pytest.Config, worker: int) -> None:
    """Each worker collects from another file on: in a fresh clone it finds compiled what the others have compiled by then."""
    files = sorted(map(str, Path(__file__).parent.rglob("test_*.py")))
    begin = len(files) * worker // config.workerinput["workercount"]
    config.args = files[begin:] + files[:begin]


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are processors: at most times one waits for processes that it has started."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)  # before those that are marked long are left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    _leave_to_the_long_form(items)
    _in_good_order(items)


def _leave_to_the_long_form(items: list[pytest.Item]) -> None:
    """Of a test that is marked `few` all rows but its first so many."""
    tried: Counter[tuple[Path, str]] = Counter()
    for item in items:
        if isinstance(item, pytest.Function) and (mark := item.get_closest_marker("few")):
            tried[test := (item.path, item.originalname)] += 1
            if tried[test] > mark.args[0]:
                item.add_marker("long")


def _in_good_order(items: list[pytest.Item]) -> None:
    """Tests that mostly wait come early, a file of them and a busy one in turn, so that no worker is left alone with them."""
    items.sort(key=lambda item: (not item.path.is_relative_to(_STORIES), item.path))
    waiting = [item for item in items if item.path.parent.name in ("torture", "processes")]
    busy = [item for item in items if item.path.parent.name not in ("torture", "processes")]
    files = [[list(group) for _, group in groupby(part, lambda item: item.path)] for part in (waiting, busy)]
    items[:] = [item for pair in zip_longest(*files, fillvalue=[]) for file in pair for item in file]


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()  # nor is it looked through again and again while they run
    gc.set_threshold(
        50_000, 10, 20
    )  # as Python has it, a seventh of the time goes into looking at what is still needed
    gc.enable()


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
