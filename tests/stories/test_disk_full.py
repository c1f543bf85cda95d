"""The disk is full for a while: feedback is refused with a word when to try again, nothing is half-written, and all goes on."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, func, select

from handlers.overdue import overdue
from store import tables as t
from tests.stories.stage import Stage, payload

LONG = "My order never arrived, and nobody answers me. " * 1000  # more than there is room for on the pages in use


class Disk:
    """Lets SQLite's file grow, or not: the pragma is what a full disk comes to (sqlite.org/pragma.html#pragma_max_page_count)."""

    def __init__(self, stage: Stage) -> None:
        self._is_full = False
        event.listen(stage.world.store.engine, "begin", self._begin)

    def _begin(self, connection: Any) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one() if self._is_full else 2**30
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    def fills_up(self) -> None:
        self._is_full = True

    def has_room(self) -> None:
        self._is_full = False


@pytest.fixture
def disk(stage: Stage) -> Disk:
    stage.receives(external_id="f-1")
    return Disk(stage)


def rows(stage: Stage) -> dict[str, int]:
    def count(tx: Any) -> dict[str, int]:
        return {name: tx.scalar(select(func.count()).select_from(it)) for name, it in t.metadata.tables.items()}

    return stage.world.store.read(count)


def test_full_disk_refuses_feedback_until_there_is_room(stage: Stage, disk: Disk) -> None:
    before = rows(stage)
    disk.fills_up()
    refused = [stage.receives(external_id=f"f-{number}", comment=LONG) for number in (2, 3)]
    assert [answer.status for answer in refused] == [503, 503]
    assert rows(stage) == before

    disk.has_room()
    assert stage.receives(external_id="f-2", comment=LONG).status == 201
    assert payload(stage.card(2))["status"] == "unclaimed"
    assert overdue(stage.world) == []
