"""The whole bot against the practice workspace: one served workspace for the session, one bot and database for each story."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from handlers.cards import chart
from sandbox.server import PracticeWorkspace
from tests.stories.several import Several
from tests.stories.stage import Stage, empty_database


@pytest.fixture(scope="session")
def served() -> Iterator[PracticeWorkspace]:
    practice = PracticeWorkspace()
    practice.start()
    yield practice
    practice.stop()


@pytest.fixture(scope="session", autouse=True)
def drawn_once() -> Iterator[None]:
    """The same figures are drawn once: stories have few customers, and a picture takes longer than a morning's other work."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chart, "draw", lru_cache(maxsize=None)(chart.draw))
        yield


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database, copied for each story: migrating takes longer than most stories."""
    return empty_database(tmp_path_factory.mktemp("blank") / "blank.db")


# Told on both databases: the five customers' stories, and where processes, clocks and people meet at the same rows. All but
# those of the last line are told on PostgreSQL by `make test-long` only: what they ask of a store, tests/store/ does too.
FIVE_STORIES = {
    *("test_birthday_order", "test_box_not_delivered", "test_gift_shop", "test_lost_order", "test_wrong_bill"),
    "test_by_letter",
}
ON_BOTH = {
    *FIVE_STORIES,
    *(
        "test_arriving",
        "test_acting",
        "test_nudging",
        "test_digest",
        "test_drafting",
        "test_delivering",
        "test_clock_set_back",
    ),
    *("test_hearing_twice", "test_overtaken_reactions", "test_evidence_told", "test_taught", "test_practice"),
    *("test_channels_of_sources", "test_held_for_words", "test_one_event"),
}
ALWAYS = {"test_gift_shop", "test_taught", "test_wrong_bill", "test_hearing_twice", "test_overtaken_reactions"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    module = metafunc.module.__name__.rsplit(".")[-1]
    if "staging" in metafunc.fixturenames and module in ON_BOTH:
        marks = [] if module in ALWAYS else [pytest.mark.long]
        other = pytest.param("several" if module in FIVE_STORIES else "postgresql", marks=marks)
        metafunc.parametrize("staging", ["sqlite", other], indirect=True)


@pytest.fixture
def staging(request: pytest.FixtureRequest) -> str:
    """One process on SQLite or on PostgreSQL, or several on PostgreSQL; SQLite where a module does not ask for more."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def database_url(staging: str, blank: Path, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A migrated, empty database."""
    if staging == "sqlite":
        return f"sqlite:///{shutil.copy(blank, tmp_path / 'story.db')}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def stage(served: PracticeWorkspace, staging: str, database_url: str) -> Iterator[Stage]:
    served.reset()
    stage = (Several if staging == "several" else Stage)(served, database_url)
    yield stage
    stage.close()
