"""The whole bot against the practice workspace: one served workspace for the session, one bot and database for each story."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.server import PracticeWorkspace
from tests.stories.stage import Stage, empty_database


@pytest.fixture(scope="session")
def served() -> Iterator[PracticeWorkspace]:
    practice = PracticeWorkspace()
    practice.start()
    yield practice
    practice.stop()


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database, copied for each story: migrating takes longer than most stories."""
    return empty_database(tmp_path_factory.mktemp("blank") / "blank.db")


@pytest.fixture
def stage(served: PracticeWorkspace, blank: Path, tmp_path: Path) -> Iterator[Stage]:
    database = tmp_path / "story.db"
    shutil.copy(blank, database)
    served.reset()
    stage = Stage(served, f"sqlite:///{database}")
    yield stage
    stage.close()
