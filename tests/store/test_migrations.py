"""A database that has been in use is brought from every earlier revision to the newest one, and nothing in it is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, func, insert, select

from cases.arrivals.feedback import to_data
from cases.model import Outcome, Promise, Severity, Status, Via
from cases.occasions import When
from cases.replies.drafts import DraftState
from store import cases, customers, drafts, facts, feedback, messages, nudges, opinions, replies, schema, timeline
from store import tables as t
from store.engine import Store, connect
from tests import postgres
from tests.store.rows import BAD, CARE, LEASE, NO_PACE, NOW, ago, heard, later, opened, read, said, write

REVISIONS = sorted(path.name[:4] for path in Path(schema.__file__).parent.glob("migrations/versions/*.py"))
LETTER = {"subject": "Your soup", "body": "Dear Ana, I am sorry.", "questions": [], "promises": []}


def ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def case_row(**values: Any) -> dict[str, Any]:
    instants = ("opened_at", "unclaimed_since", "waiting_since", "heard_at", "claim_due_at", "contact_due_at")
    return {
        "revision": 3,
        "channel": CARE,
        "status": "unclaimed",
        "severity": "high",
        "unsure": False,
        "title": "Cold soup",
        "reasons": [["cue", "refund"]],
        "earlier": [],
        "asks_no_contact": False,
        "nudge_seq": 2,
        **dict.fromkeys(instants, ms(ago(hours=5))),
        **values,
    }


def message_row(intent: str, kind: str, **values: Any) -> dict[str, Any]:
    fresh = {"wanted": 1, "shown": 0, "attempts": 0, "fence": 0, "settled": False, "priority": 10, "facts": {}}
    instants = dict.fromkeys(("created_at", "owed_since", "next_attempt_at"), ms(ago(hours=1)))
    return {"intent": intent, "kind": kind, "channel": CARE, "case_number": 1, **fresh, **instants, **values}


# What a revision may hold, table by table; numbers are given by the database, from 1. What it has no column for is left out.
USED: dict[str, list[dict[str, Any]]] = {
    "cases": [
        case_row(status="claimed", owner="UANA00001", claimed_at=ms(ago(hours=4)), next_nudge_at=ms(later(hours=1))),
        case_row(
            status="closed",
            owner="UBEN00001",
            claimed_at=ms(ago(hours=4)),
            contacted_at=ms(ago(hours=3)),
            contacted_by="UBEN00001",
            contacted_how="phone",
            closed_at=ms(ago(hours=2)),
            closed_by="UBEN00001",
            outcome="won_back",
            went_wrong="kitchen",
            learned="call sooner",
        ),
        case_row(
            earlier=[2],
            promise_due_at=ms(later(days=1)),
            promise="a voucher",
            promised_at=ms(ago(hours=1)),  # until 0005
            promises=[["a voucher", ms(later(days=1)), ms(ago(hours=1)), None]],
            heard_at=ms(ago(hours=5)),
        ),
    ],
    "facts": [{"name": "installed_at", "content": "2026-01-01T09:00:00+00:00"}],
    "pauses": [{"method": "chat.update", "channel": CARE, "until": ms(later(seconds=30))}],
    "seen_events": [{"event_id": "Ev1", "at": ms(NOW)}],
    "feedback": [
        {
            "source": "delivery-form",
            "external_id": "f-1",
            "case_number": 1,
            "received_at": ms(ago(hours=5)),
            "content": to_data(said("f-1")),
            "assessment": feedback.as_json(BAD),
        }
    ],
    "timeline": [
        {"case_number": 1, "at": ms(NOW), "actor": "UANA00001", "action": "claim", "via": "reaction", "facts": {}}
    ],
    "drafts": [
        {
            "case_number": 1,
            "version": 1,
            "state": "ready",
            "origin": "model",
            "reply": LETTER,
            "attempts": 1,
            "next_attempt_at": ms(NOW),
        }
    ],
    "draft_versions": [{"case_number": 1, "version": 1, "at": ms(NOW), "origin": "model", "reply": LETTER}],
    "replies": [
        {
            "case_number": 2,
            "version": 1,
            "at": ms(ago(hours=3)),
            "approved_by": "UBEN00001",
            "subject": "Your soup",
            "body": "Dear Ana",
            "promises": [],
            "use": "used",
        }
    ],
    "reply_bands": [{"band": -(2**62), "reply": 1}],
    "opinions": [{"case_number": 1, "done": False, "attempts": 1, "next_attempt_at": ms(ago(hours=1))}],
    "messages": [
        message_row("card:1", "card", shown=1, posted_in=CARE, ts="1.1"),
        message_row("note:1", "note", thread_of=1),
        message_row("card:2", "card", dead="restricted_action", case_number=2),
    ],
    "nudges": [
        {
            "case_number": 1,
            "seq": 1,
            "rung": 0,
            "occurrence": 1,
            "told": "UANA00001",
            "due_at": ms(ago(hours=1)),
            "at": ms(ago(hours=1)),
            "message": 2,
        }
    ],
    "model_calls": [
        {
            "case_number": 1,
            "at": ms(NOW),
            "prompt": "reply_draft",
            "prompt_hash": "a1",
            "model": "small",
            "input_tokens": 100,
            "output_tokens": 20,
            "latency_ms": 900,
        }
    ],
}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any tables."""
    on_sqlite = request.param == "sqlite"
    engine = connect(f"sqlite:///{tmp_path}/empty.db" if on_sqlite else request.getfixturevalue("bare_postgres_url"))
    yield engine
    engine.dispose()


def fill(connection: Connection) -> None:
    """Puts the rows of a bot in use into the tables as they are now."""
    there = MetaData()
    there.reflect(connection)
    for table in there.sorted_tables:
        for row in USED.get(table.name, ()):
            connection.execute(insert(table), {name: row[name] for name in row if name in table.c})


# Every migration runs on both on the way from the oldest revision; what begins between takes as long and seldom finds more.
FROM = [pytest.param(("sqlite", revision), id=f"{revision}-sqlite") for revision in REVISIONS] + [
    pytest.param(
        ("postgresql", revision),
        id=f"{revision}-postgresql",
        marks=[pytest.mark.long, pytest.mark.bulk] if revision in REVISIONS[1:-2] else [],
    )
    for revision in REVISIONS
]


@pytest.fixture(scope="module", params=FROM)
def used(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The database of a bot in use at an earlier revision, brought to the newest: once, for migrating takes its time."""
    kind, revision = request.param
    if not (on_sqlite := kind == "sqlite"):
        request.getfixturevalue("postgres_server")
    url = f"sqlite:///{tmp_path_factory.mktemp('used')}/used.db" if on_sqlite else postgres.new_database()
    engine = connect(url)
    with engine.begin() as connection:
        schema._upgrade(connection, revision)
        fill(connection)
    schema.migrate(engine)
    engine.dispose()
    yield url
    if not on_sqlite:
        postgres.drop(url)


@pytest.fixture
def migrated(used: str, tmp_path: Path) -> Iterator[Store]:
    """A copy of it for each test."""
    on_sqlite = used.startswith("sqlite")
    url = f"sqlite:///{tmp_path}/copy.db" if on_sqlite else postgres.new_database(like=used)
    if on_sqlite:
        shutil.copy(used.removeprefix("sqlite:///"), tmp_path / "copy.db")
    store = Store(connect(url))
    yield store
    store.close()
    if not on_sqlite:
        postgres.drop(url)


@pytest.mark.few(2)
def test_rows_of_every_table_are_still_there(migrated: Store) -> None:
    tables = [t.metadata.tables[name] for name in USED]
    counted = migrated.read(lambda tx: {i.name: tx.scalar(select(func.count()).select_from(i)) for i in tables})
    assert counted == {name: len(rows) for name, rows in USED.items()}
    assert {name for name in USED if not USED[name]} == set()


def test_cases_are_read_as_they_were_left(migrated: Store) -> None:
    claimed, closed, promised = read(migrated, cases.load_many, [1, 2, 3])
    assert (claimed.status, claimed.owner, claimed.claimed_at) == (Status.CLAIMED, "UANA00001", ago(hours=4))
    assert [f.external_id for f in claimed.feedback] == ["f-1"]
    assert (closed.status, closed.outcome, closed.learned) == (Status.CLOSED, Outcome.WON_BACK, "call sooner")
    assert (promised.earlier, promised.severity, promised.heard_at) == ((2,), Severity.HIGH, ago(hours=5))
    assert promised.promises == (Promise("a voucher", later(days=1), ago(hours=1)),)


def test_keys_of_customers_are_made_anew_at_start(migrated: Store) -> None:
    for _ in range(2):
        customers.keep_up(migrated, None)
        assert [each.number for each in read(migrated, customers.known_by, ["email:ana@example.org"])] == [1]


@pytest.mark.few(2)
def test_what_was_owed_is_owed_still(migrated: Store) -> None:
    owed = write(migrated, messages.take_due, NOW, LEASE, NO_PACE)
    assert [(message.kind, message.parent_ts) for message in owed] == [("note", "1.1")]
    assert read(migrated, messages.counts) == {"owed": 1, "dead": 1}
    assert write(migrated, opinions.take_wanted, NOW, LEASE) == [(1, 2)]


def test_words_written_before_are_read_after(migrated: Store) -> None:
    draft = read(migrated, drafts.load, 1)
    assert (draft.state, draft.reply.subject) == (DraftState.READY, "Your soup")
    assert [entry.action for entry in read(migrated, timeline.history, 1)] == ["claim"]
    assert read(migrated, replies.uses, ago(days=1)) == [(None, "used", 1)]
    assert read(migrated, feedback.named, "delivery-form", "f-1") == said("f-1")
    assert read(migrated, facts.recall, "installed_at") == "2026-01-01T09:00:00+00:00"


@pytest.mark.few(2)
def test_numbers_go_on_where_they_stopped(migrated: Store) -> None:
    number = write(migrated, opened).number
    assert number == 4
    write(migrated, timeline.note_down, number, NOW, None, "opened", Via.ARRIVAL)
    assert write(migrated, feedback.record, heard(said("f-2")), number, NOW) == 2


def test_event_seen_before_is_still_known(migrated: Store) -> None:
    assert not write(migrated, timeline.first_time, "Ev1", NOW)


@pytest.mark.few(2)
def test_tables_are_those_the_code_describes(migrated: Store) -> None:
    with migrated.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, t.metadata) == []


RULES = {
    'when = "promised", after = "0m", tell = "@unclaimed-cases"': When.PROMISED,
    'when = "not_contacted", after = "-15m", tell = "owner"': When.NOT_CONTACTED,
    "held": When.HELD,
    "passed_on": When.PASSED_ON,
    None: None,  # given before rules were kept
}


def test_reminders_given_before_know_what_they_were_about(empty: Engine) -> None:
    with empty.begin() as connection:
        schema._upgrade(connection, "0002")
        fill(connection)
        there = MetaData()
        there.reflect(connection)
        rows = [USED["nudges"][0] | {"seq": seq, "rule": rule} for seq, rule in enumerate(RULES, start=2)]
        connection.execute(insert(there.tables["nudges"]), rows)
    schema.migrate(empty)
    store = Store(empty)
    assert {given.rule: given.when for given in read(store, nudges.given, 1)} == RULES
    store.close()
