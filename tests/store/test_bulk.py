"""Rows in bulk are what SQLAlchemy's own insert would have written, and numbers are given out in order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from store import tables as t
from store.bulk import insert_all, new_numbers
from store.engine import Tx
from tests.store.rows import NOW, ago, opened

LINES: list[dict[str, Any]] = [
    {"at": NOW, "actor": "UANA", "action": "claim", "via": "button", "facts": {"said": "Grüße, 你好", "n": [1, 2.5]}},
    {"at": ago(minutes=1), "actor": None, "action": "opened", "via": "arrival", "facts": {}},
]


def lines(tx: Tx) -> list[dict[str, Any]]:
    columns = [column for column in t.timeline.c if column.name != "id"]
    return [dict(row._mapping) for row in tx.execute(select(*columns).order_by(t.timeline.c.id))]


def test_rows_in_bulk_are_the_rows_of_one_by_one(tx: Tx) -> None:
    rows = [line | {"case_number": opened(tx).number} for line in LINES]
    insert_all(tx, t.timeline, rows)
    for row in rows:
        tx.execute(insert(t.timeline), row)
    assert lines(tx) == rows + rows


@pytest.mark.parametrize("others", [[], [{"subject": "Your soup"}]], ids=["nobody", "somebody else"])
def test_what_a_row_leaves_empty_is_null(tx: Tx, others: list[dict[str, str]]) -> None:
    same = {"version": 1, "state": "wanted", "origin": "scaffold", "attempts": 0, "next_attempt_at": NOW}
    insert_all(tx, t.drafts, [same | {"case_number": opened(tx).number, "reply": reply} for reply in [*others, None]])
    assert tx.execute(text("SELECT count(*) FROM drafts WHERE reply IS NULL AND author IS NULL")).scalar() == 1


def test_nothing_to_insert_is_no_mistake(tx: Tx) -> None:
    insert_all(tx, t.timeline, [])
    assert lines(tx) == []


def test_value_that_a_column_refuses_is_refused(tx: Tx) -> None:
    with pytest.raises(ValueError, match="aware"):
        insert_all(tx, t.seen_events, [{"event_id": "Ev1", "at": datetime(2026, 1, 5)}])


def test_numbers_rise_and_are_given_out_once(tx: Tx) -> None:
    first = new_numbers(tx, t.feedback, 3)
    assert first == list(range(first[0], first[0] + 3))
    same = {"source": "form", "received_at": NOW, "content": {}, "assessment": {}}
    insert_all(tx, t.feedback, [same | {"id": number, "external_id": f"f-{number}"} for number in first])
    second = new_numbers(tx, t.feedback, 2)
    assert second[0] > first[-1]
    assert new_numbers(tx, t.feedback, 0) == []
