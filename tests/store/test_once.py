"""A row whose key may be taken goes in at most once, without an error that would undo what came before it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from store import messages
from store import tables as t
from store.engine import Store, Tx, savepoint
from store.once import insert_once
from tests.store.rows import CARE, NOW, later, owe, write


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
    row = messages.new(intent="card:9", kind="card", channel=CARE, case_number=9, now=NOW)  # no such case
    with pytest.raises(IntegrityError), savepoint(tx):
        insert_once(tx, t.messages, row)
    with pytest.raises(IntegrityError), savepoint(tx):
        insert_once(tx, t.messages, row | {"case_number": None, "channel": None})


def test_second_of_two_processes_puts_in_nothing(store: Store, another: Callable[[], Store]) -> None:
    event = {"event_id": "Ev1", "at": NOW}
    done = [write(own, insert_once, t.seen_events, event) is not None for own in (store, another())]
    assert done == [True, False]
