"""A practice workspace on the real clock, and a house around it in which bot processes are started and always ended."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox.server import PracticeWorkspace
from tests.processes.harness import House
from tests.stories.stage import empty_database


@pytest.fixture
def practice() -> Iterator[PracticeWorkspace]:
    with PracticeWorkspace(start=datetime.now(UTC), speed=1.0) as practice:
        # Slack waits three seconds, and repeats an event three times within six minutes: here it waits as long as a busy
        # machine needs, and repeats it soon, until it is taken.
        practice.delivery.seconds = 20.0
        practice.delivery.delays = (timedelta(seconds=0.25),) * 1000  # type: ignore[assignment]
        yield practice


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database, copied for each house: a process that migrates takes a third longer to be ready."""
    return empty_database(tmp_path_factory.mktemp("blank") / "blank.db")


@pytest.fixture
def build(practice: PracticeWorkspace, tmp_path: Path, blank: Path) -> Iterator[Callable[..., House]]:
    """Makes houses with clocks of their own: `build(claim="1s", contact="2s")`; `learned`, so that the engine judges; `bare` without a database."""
    houses: list[House] = []

    def built(*, bare: bool = False, **settings: Any) -> House:
        if not bare:
            shutil.copy(blank, tmp_path / "amends.db")
        houses.append(House(practice, tmp_path, **settings))
        return houses[-1]

    yield built
    for house in houses:
        house.close()
        print(house.logs())


@pytest.fixture
def house(build: Callable[..., House]) -> House:
    return build()


@pytest.fixture
def bare_house(build: Callable[..., House]) -> House:
    """There is no database yet."""
    return build(bare=True)
