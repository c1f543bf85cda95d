"""What has happened stays written: nobody changes or takes away a line of the timeline, save for the words in it."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from cases.model import Via
from store import timeline
from store.engine import Store
from store.erasing import ERASED, erase
from tests.store.rows import NOW, read, with_feedback, write

TAMPERING = [
    "UPDATE timeline SET actor = 'UFORGED01'",
    "UPDATE timeline SET facts = '{}'",
    "DELETE FROM timeline",
    "DELETE FROM timeline WHERE id = 1",
]


@pytest.fixture
def told(store: Store) -> Store:
    number = write(store, with_feedback).number
    write(store, timeline.note_down, number, NOW, "UANA", "note", Via.THREAD, {"text": "she likes tea"})
    return store


@pytest.mark.few(1)
@pytest.mark.parametrize("statement", TAMPERING)
def test_line_cannot_be_changed_or_taken_away(told: Store, statement: str) -> None:
    """Attacks 27."""
    before = read(told, timeline.history, 1)
    with pytest.raises(IntegrityError, match="only grows"):
        told.write(lambda tx: tx.execute(text(statement)))
    assert read(told, timeline.history, 1) == before


def test_table_cannot_be_emptied_at_once(postgres_url: str) -> None:
    from store.engine import connect

    store = Store(connect(postgres_url))
    with pytest.raises(IntegrityError, match="only grows"):
        store.write(lambda tx: tx.execute(text("TRUNCATE timeline")))
    store.close()


def test_erasing_takes_the_words_and_leaves_the_line(told: Store) -> None:
    write(told, erase, [1], NOW)
    (line,) = read(told, timeline.history, 1)
    assert (line.at, line.actor, line.action, line.facts) == (NOW, "UANA", "note", {"text": ERASED})
    with pytest.raises(IntegrityError, match="only grows"):  # and the way is shut again
        told.write(lambda tx: tx.execute(text("DELETE FROM timeline")))


def test_rewriting_that_fails_leaves_the_way_shut(told: Store) -> None:
    def interrupted(tx: object) -> None:
        with timeline.rewriting(tx):  # type: ignore[arg-type]
            raise LookupError

    with pytest.raises(LookupError):
        told.write(interrupted)
    with pytest.raises(IntegrityError, match="only grows"):
        told.write(lambda tx: tx.execute(text("DELETE FROM timeline")))
