"""A database that is not ready just now is told of as one: the sender comes again, and nothing is lost."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.stories.stage import Stage


@pytest.fixture(params=["sqlite", "postgresql"])
def staging(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_table_that_is_just_being_put_back_is_503_and_then_a_case(stage: Stage) -> None:
    """F7: "does not exist" came as 500, which many senders do not send again."""
    rename = "ALTER TABLE {} RENAME TO {}"
    with stage.world.store.engine.begin() as tx:
        tx.execute(text(rename.format("feedback", "feedback_of_old")))
    answer = stage.receives()
    assert (answer.status, answer.headers.get("retry-after")) == (503, "5")
    with stage.world.store.engine.begin() as tx:
        tx.execute(text(rename.format("feedback_of_old", "feedback")))
    assert stage.receives().status == 201
