"""Rows in bulk are as SQLAlchemy's own insert would write them, numbers come in order, and a taken key changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import IntegrityError

from cases.messages import intents
from cases.messages.kinds import Card
from store import messages
from store import tables as t
from store.engine import Store, Tx, savepoint
from store.inserts import insert_all, insert_once, new_numbers
from tests.store.rows import CARE, NOW, ago, later, opened, owe, write

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


# One whose key may be taken


def test_row_with_a_free_key_goes_in(tx: Tx) -> None:
    row = insert_once(tx, t.seen_events, {"event_id": "Ev1", "at": NOW})
    assert row is not None
    assert row.event_id == "Ev1"


def test_number_the_database_gave_comes_back(tx: Tx) -> None:
    first, second = owe(tx, "card:1"), owe(tx, "card:2")
    assert first != second
    assert (messages.by_intent(tx, "card:1"), messages.by_intent(tx, "card:2")) == (first, second)


def test_row_whose_key_is_taken_changes_nothing(tx: Tx) -> None:
    pause = {"method": "chat.update", "channel": CARE, "until": NOW}
    insert_once(tx, t.pauses, pause)
    assert insert_once(tx, t.pauses, pause | {"until": later(hours=1)}) is None
    assert tx.scalars(select(t.pauses.c.until)).all() == [NOW]


def test_taken_key_undoes_nothing_that_came_before(tx: Tx) -> None:
    for event_id in ("Ev1", "Ev1", "Ev2"):
        insert_once(tx, t.seen_events, {"event_id": event_id, "at": NOW})
    assert tx.execute(select(func.count()).select_from(t.seen_events)).scalar_one() == 2


def test_any_other_mistake_in_a_row_is_raised(tx: Tx) -> None:
    row = messages.new(Card(), intent=intents.card(9), channel=CARE, case_number=9, now=NOW)  # no such case
    with pytest.raises(IntegrityError), savepoint(tx):
        insert_once(tx, t.messages, row)
    with pytest.raises(IntegrityError), savepoint(tx):
        insert_once(tx, t.messages, row | {"case_number": None, "channel": None})


def test_second_of_two_processes_puts_in_nothing(store: Store, another: Callable[[], Store]) -> None:
    event = {"event_id": "Ev1", "at": NOW}
    done = [write(own, insert_once, t.seen_events, event) is not None for own in (store, another())]
    assert done == [True, False]
