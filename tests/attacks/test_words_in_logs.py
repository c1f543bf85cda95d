"""A statement that fails, a payload that nobody can read, a library that talks: no customer's word reaches a log."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import insert, text, update

import bot
from cases.messages.kinds import Kind, payload_of
from handlers.guard import unit_of_work
from store import feedback
from store import tables as t
from store.engine import AWAY, Store, Tx, Unready, connect
from tests.store.rows import NOW, heard, opened, said, with_feedback, write

WORDS = ("zabaglione", "quirina")
TOLD = said("f-1", comment="The zabaglione collapsed.", source="quirina@example.org")


def twice(tx: Tx) -> None:
    for _ in range(2):
        feedback.record(tx, heard(TOLD), None, NOW)


def without_a_case(tx: Tx) -> None:
    feedback.record(tx, heard(TOLD), 4711, NOW)


def without_what_must_be(tx: Tx) -> None:
    row = {"source": "quirina", "external_id": "f-1", "content": {"comment": "zabaglione"}, "assessment": None}
    tx.execute(insert(t.feedback), row)


def into_no_table(tx: Tx) -> None:
    tx.execute(text("UPDATE desserts SET name = :name"), {"name": TOLD.comment})


def without_a_status(tx: Tx) -> None:
    number = with_feedback(tx).number
    tx.execute(update(t.cases).where(t.cases.c.number == number).values(status=None, title=WORDS[0]))


FAILING: list[Callable[[Tx], None]] = [
    twice,
    without_a_case,
    without_what_must_be,
    into_no_table,
    without_a_status,
]


@pytest.fixture(autouse=True)
def loud(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Everything is logged that a level does not keep back; the levels are as a role sets them, and back again after."""
    before = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    bot.started_logging()
    caplog.set_level(logging.DEBUG)
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize("failing", FAILING)
def test_statement_that_fails_tells_no_word_of_a_customer(
    store: Store, failing: Callable[[Tx], None], caplog: pytest.LogCaptureFixture
) -> None:
    """Attacks 31: parameters, and PostgreSQL's DETAIL and CONTEXT, stood in the log."""
    with unit_of_work("it"):
        store.write(failing)
    assert caplog.text.count("it broke") + caplog.text.count("it waits") == 1
    assert [word for word in WORDS if word in caplog.text.casefold()] == []


@pytest.mark.parametrize(
    ("asked", "state"),
    [
        ("CAST(CAST(:words AS json) ->> 'a' AS INTEGER)", "22P02"),
        (r"CAST(replace(CAST(:words AS text), '?', chr(92) || 'u0000') AS json) ->> 'a'", "22P05"),
        ("to_date(CAST(:words AS text), 'DD.MM')", "22007"),
    ],
)
def test_value_that_postgresql_cannot_read_is_not_quoted(
    postgres_url: str, caplog: pytest.LogCaptureFixture, asked: str, state: str
) -> None:
    """Attacks 8 and 31: the message itself, and its CONTEXT, quoted the customer."""
    store = Store(connect(postgres_url))
    with unit_of_work("it"):
        store.read(lambda tx: tx.execute(text(f"SELECT {asked}"), {"words": f'{{"a": "{WORDS[0]}?"}}'}).all())
    store.close()
    assert state in caplog.text
    assert [word for word in WORDS if word in caplog.text] == []


def test_statements_of_a_good_day_are_not_logged_either(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """Attacks 31: at DEBUG sqlalchemy.engine printed words 998 times."""
    number = write(store, opened, title="zabaglione").number
    write(store, feedback.record, heard(TOLD), number, NOW)
    assert [word for word in WORDS if word in caplog.text.casefold()] == []


@pytest.mark.parametrize(
    "talkative",
    ["sqlalchemy.engine.Engine", "slack_sdk.web.base_client", "openai._base_client", "httpx", "httpcore.http11"],
)
def test_library_that_prints_what_it_sends_is_kept_back(talkative: str) -> None:
    assert not logging.getLogger(talkative).isEnabledFor(logging.INFO)
    assert logging.getLogger("handlers.guard").isEnabledFor(logging.INFO)


def test_payload_that_cannot_be_read_is_not_quoted() -> None:
    with pytest.raises(ValueError, match="day: ") as refused:
        payload_of(Kind.DIGEST, {"day": "quirina's zabaglione"})
    assert [word for word in WORDS if word in str(refused.value)] == []


def test_missing_table_passes_and_bad_data_does_not(store: Store) -> None:
    """F7: "does not exist" was a 500, which nobody sends again."""
    with pytest.raises(AWAY):
        store.write(into_no_table)
    with pytest.raises(Exception) as wrong:
        store.write(twice)
    assert not isinstance(wrong.value, AWAY)


def test_leftover_of_a_session_passes_too(store: Store) -> None:
    if store.engine.dialect.name == "sqlite":
        pytest.skip("SQLite prepares nothing by name")
    with pytest.raises(Unready, match="does not exist"):
        store.write(lambda tx: tx.exec_driver_sql("EXECUTE _pg3_0"))
