"""The page with the real bot behind it: a bot, a database and a window of its own for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from sandbox.server import PracticeWorkspace
from tests.page.desk import Desk, bot_at_work
from tests.stories.stage import empty_database

Opens = Callable[..., Desk]


@pytest.fixture(scope="session")
def served() -> Iterator[PracticeWorkspace]:
    with PracticeWorkspace() as practice:
        yield practice


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_database(tmp_path_factory.mktemp("blank") / "blank.db")


@pytest.fixture
def practice(served: PracticeWorkspace, blank: Path, tmp_path: Path) -> Iterator[PracticeWorkspace]:
    """The workspace with the bot at work; its clock stands still until somebody jumps."""
    served.reset()
    database = shutil.copy(blank, tmp_path / "page.db")
    with bot_at_work(served, f"sqlite:///{database}"):
        yield served


@pytest.fixture
def opens(browser: Browser, practice: PracticeWorkspace) -> Iterator[Opens]:
    """Opens the page, as Ana unless told otherwise; an error in its script fails the test."""
    errors: list[str] = []
    windows = []

    def opened(who: str = "ana", **options: Any) -> Desk:
        page = browser.new_page(**options)
        page.on("pageerror", lambda error: errors.append(str(error)))
        windows.append(page)
        return Desk(page, practice.base_url, practice.person(who).id)

    yield opened
    for page in windows:
        page.close()
    assert errors == []


@pytest.fixture
def desk(opens: Opens) -> Desk:
    """Ana's page, after the first customer has written."""
    desk = opens()
    desk.next_customer(1)
    return desk
