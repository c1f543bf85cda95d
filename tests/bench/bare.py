"""The bare durable loop: one thread that commits the rows of one feedback after another, with the database's own driver."""

from __future__ import annotations

import json
import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Dialect, Table, bindparam, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import psycopg as postgresql

from cases.arrivals.customers import looked_up_by
from cases.arrivals.feedback import read_feedback
from cases.arrivals.search import search_keys
from cases.messages import intents
from cases.messages.kinds import Card
from cases.model import Assessment, Reason, Severity
from handlers.sources.contract import delivery
from store import cases, messages
from store import feedback as kept
from store import tables as t
from tests.bench.load import feedback
from tests.store.rows import a_case

REASONS = (Reason("rating_low", "2/5"), Reason("late", "an hour late"), Reason("rude", "the driver was rude"))
ASSESSMENT = json.dumps(kept.as_json(Assessment(negative=True, severity=Severity.NORMAL, reasons=REASONS)))
_AT = 1_767_600_000_000  # an instant, as tables keep it

Row = dict[str, Any]
Own = tuple[Row, Sequence[str]]
"""What is one feedback's own in its row, and the keys by which its customer is known and its case is found."""
Execute = Callable[[str, Any], Any]


def _same() -> dict[Table, Row]:
    """What the rows of every new case have in common, by table, as the driver takes it."""
    case = {name: value for name, value in cases.row_of(a_case(reasons=REASONS)).items() if value is not None}
    card = messages.new(Card(), intent=intents.card(0), channel="CCARE0001", now=a_case().opened_at, case_number=0)
    draft = {"version": 0, "state": "wanted", "origin": "scaffold", "attempts": 0, "next_attempt_at": _AT}
    line = {"at": _AT, "action": "opened", "via": "arrival", "facts": {"source": "delivery-form", "severity": "normal"}}
    told = {"source": "delivery-form", "received_at": _AT, "said_at": _AT, "assessment": ASSESSMENT}
    own = {"content": "", "external_id": "", "events": ""}
    found = {
        t.cases: case | {"next_nudge_at": _AT},
        t.feedback: told | own | {"id": 0, "case_number": 0},
        t.customer_keys: {"key": "", "feedback": 0},
        t.messages: {name: value for name, value in card.items() if value is not None},
        t.drafts: draft | {"case_number": 0},
        t.timeline: line | {"case_number": 0},
    }
    return {table: {name: _driver(value) for name, value in row.items()} for table, row in found.items()}


def _driver(value: Any) -> Any:
    """Instants as epoch milliseconds, JSON as text."""
    if hasattr(value, "timestamp"):
        return round(value.timestamp() * 1000)
    return json.dumps(value) if isinstance(value, dict | list | tuple) else value


def _rows(same: dict[Table, Row], own: Own, case: int) -> list[tuple[Table, Row]]:
    """The rows that belong to a case, after its own."""
    feedback_row, keys = own
    about = {"case_number": case}
    return [
        (t.feedback, same[t.feedback] | about | {"id": case} | feedback_row),
        *((t.customer_keys, {"key": key, "feedback": case}) for key in keys),
        (t.messages, same[t.messages] | about | {"intent": f"card:{case}"}),
        (t.drafts, same[t.drafts] | about),
        (t.timeline, same[t.timeline] | about),
    ]


def _statements(dialect: Dialect, same: dict[Table, Row]) -> dict[Table, str]:
    """The INSERT of each table for these columns."""
    return {
        table: str(insert(table).values({n: bindparam(n) for n in row}).inline().compile(dialect=dialect))
        for table, row in same.items()
    }


def _each(count: int, first: int) -> Sequence[Own]:
    dice = random.Random(first)
    return [_own(feedback(number, dice)) for number in range(first, first + count)]


def _own(data: dict[str, object]) -> Own:
    heard = read_feedback(data, route="generic")
    row = {"external_id": heard.external_id, "content": json.dumps(data), "events": json.dumps([delivery(b"")])}
    return row, sorted(looked_up_by(heard) | search_keys(heard))


def sqlite_per_second(database: Path, count: int, first: int) -> float:
    """Feedbacks a second into a SQLite file, as durable as the bot's: WAL, synchronous=FULL."""
    same, each = _same(), _each(count, first)
    statements = _statements(sqlite.dialect(paramstyle="named"), same)
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-65536"):
            connection.execute(f"PRAGMA {pragma}")
        begun = time.perf_counter()
        for own in each:
            connection.execute("BEGIN IMMEDIATE")
            case = connection.execute(statements[t.cases], same[t.cases]).lastrowid or 0
            for table, row in _rows(same, own, case):
                connection.execute(statements[table], row)
            connection.execute("COMMIT")
        return count / (time.perf_counter() - begun)


def postgresql_per_second(url: str, count: int, first: int) -> float:
    """Feedbacks a second into PostgreSQL, with its defaults."""
    same, each = _same(), _each(count, first)
    statements = _statements(postgresql.dialect(), same)
    with psycopg.connect(url) as connection:
        begun = time.perf_counter()
        for own in each:
            opened = connection.execute(statements[t.cases] + " RETURNING number", same[t.cases]).fetchone()
            for table, row in _rows(same, own, opened[0] if opened else 0):
                connection.execute(statements[table], row)
            connection.commit()
        return count / (time.perf_counter() - begun)
