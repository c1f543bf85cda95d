"""No sign that a customer or colleague can send keeps anybody from being read, answered or forgotten, on either database."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, MetaData, String, insert, select

from cases.arrivals.feedback import read_feedback
from cases.arrivals.json_fields import BadFeedback
from cases.model import Feedback
from store import cases, customers, feedback, forgetting, schema, timeline
from store import tables as t
from store.engine import Store, connect
from tests.store.rows import NOW, heard, opened, read, write
from tests.store.test_migrations import case_row, ms
from tests.stories.stage import Stage

HOSTILE = [
    "\x00",
    "\x00\x00",
    "\x1b[31m",
    "\x07",
    "\r",
    "\r\n",
    "\x1f",
    "\ud800",
    "\udfff",
    "\u0000",
    "\\u0000",
    "\\\\u0000",
    "\x7f",
    "\x9b",
]
HOSTILE += [
    "'",
    '"',
    "{",
    "}",
    "\\",
    "%",
    "\u2028",
    "\ufeff",
    "\u202e",
    "👩‍👩‍👧",
    "e\u0301",
    "�",
    "\uffff",
    "𝕊",
    "); DROP TABLE cases;--",
]


def fuzzed(number: int, dice: random.Random) -> dict[str, Any]:
    """A customer's data object with hostile signs in any of its texts."""

    def spoilt(text: str) -> str:
        signs = list(text)
        for _ in range(dice.randint(1, 4)):
            signs.insert(dice.randrange(len(signs) + 1), dice.choice(HOSTILE))
        return "".join(signs)

    fields = {
        name: spoilt("soup, cold") for name in ("subject", "order_ref", "occasion", "locale") if dice.random() < 0.5
    }
    customer = {"name": spoilt(f"Person {number}"), "email": f"p{number}@example.org", "id": spoilt(f"c-{number}")}
    return {"external_id": f"f-{number}", "comment": spoilt("The soup was cold."), "customer": customer, **fields}


def taken(number: int, dice: random.Random) -> Iterator[Feedback]:
    try:
        yield read_feedback(fuzzed(number, dice), route="form")
    except BadFeedback:
        return  # refused in words is well too


@pytest.mark.few(1)
def test_person_is_forgotten_among_a_thousand_hostile_texts(store: Store) -> None:
    """Attacks 8: one comment with NUL ended `forget` for everybody on PostgreSQL."""
    dice = random.Random(8)
    arriving = [one for number in range(1000) for one in taken(number, dice)]
    assert len(arriving) > 900
    write(store, feedback.record_together, [(heard(one), None) for one in arriving], NOW)
    victim = next(one for one in arriving if one.customer.name and one.customer.email)
    found = forgetting.forget(store, str(victim.customer.email), NOW)
    assert found
    assert found.feedback == 1
    left = read(store, lambda tx: tx.execute(select(t.feedback.c.content)).scalars().all())
    assert [content for content in left if content["customer"]["email"] == victim.customer.email] == []
    assert {content["customer"]["email"] for content in left if content["customer"]["email"]} == {
        one.customer.email for one in arriving if one is not victim and one.customer.email
    }


def test_every_text_of_a_row_is_kept_without_what_no_database_takes(store: Store) -> None:
    """The door of the database is behind every reader: also texts that nobody has looked at come to it."""
    wild = "a\x00b\x1b\ud800\\u0000é\n\t"
    number = write(store, opened, title=wild, learned=wild).number
    write(store, timeline.note_down, number, NOW, wild, "note", "thread", {"text": wild, "deep": [{wild: wild}]})
    assert [write(store, timeline.first_time, wild, NOW) for _ in range(2)] == [True, False]
    case = read(store, cases.load, number)
    (line,) = read(store, timeline.history, number)
    plain = "ab\ufffd\\u0000é\n\t"
    assert (case.title, case.learned, line.actor) == (plain, plain, plain)
    assert line.facts == {"text": plain, "deep": [{plain: plain}]}


def test_every_column_of_text_is_behind_the_door() -> None:
    """A column of plain String would let through what PostgreSQL refuses the whole row for: Line or Prose is meant."""
    columns = [column for table in t.metadata.sorted_tables for column in table.columns]
    assert [str(column) for column in columns if isinstance(column.type, String)] == []


# Rows of old


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database at the revision before texts were cleaned."""
    on_sqlite = request.param == "sqlite"
    engine = connect(f"sqlite:///{tmp_path}/old.db" if on_sqlite else request.getfixturevalue("bare_postgres_url"))
    with engine.begin() as connection:
        schema._upgrade(connection, "0003")
    yield engine
    engine.dispose()


ROW = {
    "feedback": (
        "content",
        r'{"customer": {"email": "ana@example.org", "name": "A\u0000na"}, "comment": "cold\u0000\ud800 \\u0000é"}',
    ),
    "timeline": ("facts", r'{"text": "a\u0000\u001bb"}'),
    "cases": ("reasons", r'[["cue", "re\u0000fund"]]'),
}


def by_hand(connection: Connection) -> None:
    """Rows as an earlier version wrote them, hostile signs and all."""
    there = MetaData()
    there.reflect(connection)
    connection.execute(insert(there.tables["cases"]), case_row())
    row = {"case_number": 1, "received_at": ms(NOW), "at": ms(NOW), "action": "note", "via": "thread"}
    row |= {"content": {}, "assessment": {"reasons": []}, "facts": {}, "source": "form", "external_id": "f-1"}
    for name in ("feedback", "timeline"):
        columns = there.tables[name].columns
        connection.execute(insert(there.tables[name]), {key: value for key, value in row.items() if key in columns})
    for table, (column, written) in ROW.items():
        mark = "?" if connection.dialect.name == "sqlite" else "CAST(%s AS json)"
        connection.exec_driver_sql(f"UPDATE {table} SET {column} = {mark}", (written,))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("UPDATE cases SET learned = 'call' || char(0) || ' sooner'")


def test_rows_of_old_are_cleaned_and_people_in_them_forgotten(old: Engine) -> None:
    with old.begin() as connection:
        by_hand(connection)
    schema.migrate(old)
    store = Store(old)
    (content,) = read(store, lambda tx: tx.execute(select(t.feedback.c.content)).scalars().all())
    assert content["comment"] == "cold\ufffd \\u0000é"
    assert content["customer"]["name"] == "Ana"
    (line,) = read(store, timeline.history, 1)
    assert line.facts == {"text": "ab"}
    reasons, learned = read(store, lambda tx: tx.execute(select(t.cases.c.reasons, t.cases.c.learned)).one())
    assert reasons == [["cue", "refund"]]
    assert learned in (None, "call sooner")
    customers.keep_up(store, None)
    assert forgetting.forget(store, "ana@example.org", NOW)
    store.close()


# Every road of a colleague's


@pytest.fixture(params=["sqlite", "postgresql"])
def staging(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def fate(stage: Stage) -> str:
    return f"fate-{stage.case().owed[0].key}"


@pytest.mark.few(1)
def test_nul_from_slack_is_a_sign_like_any_other(stage: Stage) -> None:
    """Attacks 31: a click whose trigger held NUL broke on PostgreSQL."""
    stage.receives(external_id="f\x00-1", comment="The soup\x00 was cold.", customer={"name": "Ana\x00 Ruiz"})
    ana = stage.person("ana")
    ana.click(stage.card(), "claim")
    ana.command("/case", "note 1 she\x00 likes\x1b tea")
    ana.say(stage.card(), "spoke\x00 to her")
    ana.command("/case", "promise 1 tomorrow 10:00: a vou\x00cher")
    ana.command("/case", "contacted 1 by phone \x00 glad")
    ana.click(stage.card(), "close")
    ana.submit({"outcome": "won_back", fate(stage): "kept", "learned": "ask\x00 first"})
    assert stage.case().learned == "ask first"
    assert "\x00" not in str(stage.world.store.read(lambda tx: timeline.history(tx, 1)))
    assert not [sentence for sentence in ana.sees() if "Something broke" in sentence]
