"""Which nudges were given: once for each person and sequence number, and kept with their message."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from store import nudges
from store.engine import Tx, savepoint
from store.nudges import Given
from tests.store.rows import NOW, ago, opened, owe


def a_nudge(tx: Tx, seq: int = 1, told: str = "thread") -> Given:
    return Given(opened(tx).number, seq, rung=2, occurrence=3, told=told, due_at=ago(minutes=1), at=NOW)


def test_nudges_of_a_case_come_oldest_first(tx: Tx) -> None:
    first = a_nudge(tx)
    second = replace(first, seq=2, told="UANA")
    message = owe(tx, "nudge:1", "nudge")
    for given in (first, second):
        nudges.record(tx, given, message)
    nudges.record(tx, a_nudge(tx), message)
    assert nudges.given(tx, first.case_number) == [first, second]


def test_nobody_is_given_the_same_nudge_twice(tx: Tx) -> None:
    given, message = a_nudge(tx), owe(tx, "nudge:1", "nudge")
    nudges.record(tx, given, message)
    nudges.record(tx, replace(given, told="UANA"), message)
    with pytest.raises(IntegrityError), savepoint(tx):
        nudges.record(tx, replace(given, rung=0), message)
    assert len(nudges.given(tx, given.case_number)) == 2


def test_nudge_always_belongs_to_a_message(tx: Tx) -> None:
    with pytest.raises(IntegrityError):
        nudges.record(tx, a_nudge(tx), 99)
