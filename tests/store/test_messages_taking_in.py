"""A reminder that stands already takes in another case: one message instead of two."""

from __future__ import annotations

from sqlalchemy import select, update

from cases.messages.kinds import Heading, Nudges
from cases.messages.payload import from_facts
from store import messages
from store import tables as t
from store.engine import Tx
from tests.store.rows import NOW, opened, owe, reminder


def row_of(tx: Tx, message: int) -> object:
    return tx.execute(select(t.messages).where(t.messages.c.id == message)).one()


def test_what_is_taken_in_is_shown_anew(tx: Tx) -> None:
    message = owe(tx, "nudge:1", Nudges((reminder(1),), Heading("left", "UBEN")))
    before = row_of(tx, message)
    assert messages.take_in(tx, message, [reminder(2), reminder(3)], NOW)
    after = row_of(tx, message)
    assert from_facts(Nudges, after.facts) == Nudges(  # type: ignore[attr-defined]
        (reminder(1), reminder(2), reminder(3)), Heading("left", "UBEN")
    )
    assert after.wanted == before.wanted + 1  # type: ignore[attr-defined]


def test_message_about_several_cases_names_none(tx: Tx) -> None:
    message = owe(tx, "nudge:1", "nudge", case_number=opened(tx).number)
    messages.take_in(tx, message, [reminder(2)], NOW)
    assert row_of(tx, message).case_number is None  # type: ignore[attr-defined]


def test_last_words_take_nothing_in(tx: Tx) -> None:
    for name, last in (("settled", True), ("dead", "is_archived")):
        message = owe(tx, f"nudge:{name}", "nudge")
        tx.execute(update(t.messages).where(t.messages.c.id == message).values({name: last}))
        assert not messages.take_in(tx, message, [reminder(2)], NOW)
        assert from_facts(Nudges, row_of(tx, message).facts) == Nudges((reminder(1),))  # type: ignore[attr-defined]
