"""Which nudges were given: once for each person and sequence number, and kept with their message."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from cases.occasions import When
from store import nudges
from store import tables as t
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


# How much somebody has heard


def test_one_message_about_several_cases_counts_once(tx: Tx) -> None:
    together, alone = owe(tx, "nudge:1", "nudge"), owe(tx, "nudge:2", "nudge")
    for message in (together, together, alone):
        nudges.record(tx, a_nudge(tx, told="UANA"), message)
    nudges.record(tx, a_nudge(tx, told="UBEN"), together)
    assert nudges.messages_since(tx, ["UANA", "UBEN", "UCAI"], ago(hours=1)) == {"UANA": 2, "UBEN": 1}


def test_what_was_said_before_does_not_count(tx: Tx) -> None:
    given, message = replace(a_nudge(tx, told="UANA"), at=ago(hours=2)), owe(tx, "nudge:1", "nudge")
    nudges.record(tx, given, message)
    assert nudges.messages_since(tx, ["UANA"], ago(hours=1)) == {}
    assert nudges.count_since(tx, given.case_number, ago(hours=1)) == 0
    assert nudges.count_since(tx, given.case_number, ago(hours=2)) == 1


def test_latest_message_to_a_person_is_found(tx: Tx) -> None:
    messages = {minutes: owe(tx, f"nudge:{minutes}", "nudge") for minutes in (20, 5, 10)}
    for seq, (minutes, message) in enumerate(messages.items()):
        nudges.record(tx, replace(a_nudge(tx, seq, told="UANA"), at=ago(minutes=minutes)), message)
    assert nudges.latest_message(tx, "UANA", ago(minutes=15)) == messages[5]
    assert nudges.latest_message(tx, "UANA", ago(minutes=5)) == messages[5]
    assert nudges.latest_message(tx, "UANA", ago(minutes=4)) is None
    assert nudges.latest_message(tx, "UBEN", ago(minutes=15)) is None


def test_rule_is_kept_as_it_was_then(tx: Tx) -> None:
    given = replace(a_nudge(tx), rule='when = "unclaimed", after = "0m", tell = "thread"')
    nudges.record(tx, given, owe(tx, "nudge:1", "nudge"))
    assert nudges.given(tx, given.case_number) == [given]


def test_only_what_a_later_message_says_there_is_replaced(tx: Tx) -> None:
    old = owe(tx, "nudge:old", "nudge")
    here = replace(a_nudge(tx, 1, told="UANA"), when=When.NOT_CONTACTED)
    elsewhere, question = (
        replace(a_nudge(tx, 1, told="UANA"), when=None),
        replace(a_nudge(tx, 1, told="UANA"), when=When.HELD),
    )
    numbers = [each.case_number for each in (here, elsewhere, question)]
    for each in (here, elsewhere, question):
        nudges.record(tx, each, old)
    assert nudges.replaced(tx, old, numbers) == set()
    new = owe(tx, "nudge:new", "nudge")
    nudges.record(tx, replace(here, seq=2), new)
    nudges.record(tx, replace(elsewhere, seq=2, told="UBEN"), new)
    nudges.record(tx, replace(question, seq=2, when=When.NOT_CONTACTED), new)
    assert nudges.replaced(tx, old, numbers) == {here.case_number}  # a question stays until it is answered
    assert nudges.earlier_about(tx, "UANA", numbers, new) == {old}
    bury(tx, new)
    assert nudges.replaced(tx, old, numbers) == set()  # what was never said replaces nothing


def bury(tx: Tx, message: int) -> None:
    tx.execute(update(t.messages).where(t.messages.c.id == message).values(dead="moot"))
