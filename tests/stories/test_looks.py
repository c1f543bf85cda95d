"""The stage asks a worker only where one look says that there is work: so that look must ask what the worker asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection

from sandbox.server import PracticeWorkspace
from tests.stories.looks import FIRST_LOOKS
from tests.stories.stage import Stage, by_mail


@pytest.fixture
def equipped(served: PracticeWorkspace, database_url: str) -> Iterator[Stage]:
    """With everything without which a worker would not even look: a model and a mail server."""
    served.reset()
    stage = Stage(served, database_url, openai_api_key="sk-nobody-asks", **by_mail(served))
    yield stage
    stage.close()


def test_one_look_asks_all_that_the_workers_ask(equipped: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    equipped.settle()
    asked: list[Any] = []
    execute = Connection.execute

    def heard(self: Connection, statement: Any, *arguments: Any, **named: Any) -> Any:
        asked.append(statement)
        return execute(self, statement, *arguments, **named)

    monkeypatch.setattr(Connection, "execute", heard)
    for work, looks in FIRST_LOOKS.items():
        asked.clear()
        assert work(equipped.world) == 0
        assert {id(statement) for statement in asked} == {id(look) for look in looks}, work.__name__
