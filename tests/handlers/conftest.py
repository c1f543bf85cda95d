"""The same stage as the stories have; and the bare world as handlers are given it, with the practice workspace for Slack."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cases.policy.page import Policy
from handlers.slack.clients import Slack
from handlers.slack.directory import Directory
from handlers.world import World
from sandbox.demo import cast
from sandbox.server import PracticeWorkspace
from store.engine import Store, connect
from tests.elapsing import Monotonic
from tests.stories.conftest import blank, database_url, served, stage, staging

__all__ = ["blank", "database_url", "served", "stage", "staging"]


@pytest.fixture
def seconds() -> Monotonic:
    """The time of what measures it without the practice clock."""
    return Monotonic()


@pytest.fixture
def practice(served: PracticeWorkspace) -> PracticeWorkspace:
    served.reset()
    return served


@pytest.fixture
def slack(practice: PracticeWorkspace) -> Slack:
    """Both clients; the reading one does not try again here, as its waiting is real."""
    slack = Slack(cast.BOT_TOKEN, practice.slack_api_url)
    slack.reads.retry_handlers.clear()
    return slack


@pytest.fixture
def database(blank: Path, tmp_path: Path) -> Path:
    path = tmp_path / "amends.db"
    shutil.copy(blank, path)
    return path


@pytest.fixture
def world(database: Path, practice: PracticeWorkspace, slack: Slack) -> Iterator[World]:
    now = practice.clock.now
    store = Store(connect(f"sqlite:///{database}"))
    yield World(store=store, policy=Policy(), now=now, slack=slack, directory=Directory(slack, cast.CARE, now))
    store.close()
