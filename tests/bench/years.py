"""A database as a year of work leaves it: any number of cases, one in a hundred open, built by the database itself."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, String, Table, cast, insert, literal, literal_column, select, update

from cases.arrivals.feedback import to_data
from cases.messages.kinds import KINDS, Kind
from cases.model import Status
from store import cases, schema
from store import tables as t
from store.engine import Tx, connect
from tests.store.rows import CARE, a_case, said

NOW = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)
YEAR = timedelta(days=365)
OPEN_IN = 100  # one case in so many is open
HELD_BY_ONE = 10  # open cases of one colleague, about
_CHUNK = 50_000  # rows of one statement


def database(count: int) -> str:
    """The URL of a database of so many cases; built once for each revision of the tables, and kept with temporary files."""
    path = Path(tempfile.gettempdir()) / f"amends-years-{schema.REVISION}-{count}.db"
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        _build(f"sqlite:///{unfinished}", count)
        unfinished.rename(path)
    return f"sqlite:///{path}"


def colleague(number: int) -> str:
    """The Slack id of somebody who holds cases; they are numbered from 0."""
    return f"UPERSON{number}"


def colleagues(count: int) -> int:
    """How many people share the open cases among themselves."""
    return max(1, count // OPEN_IN // HELD_BY_ONE)


def _build(url: str, count: int) -> None:
    engine = connect(url)
    schema.migrate(engine)
    for first in range(1, count + 1, _CHUNK):
        with engine.begin() as tx:
            _fill(tx, first, min(first + _CHUNK - 1, count), count)
    with engine.connect() as tx:
        tx.exec_driver_sql("COMMIT")
        tx.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _fill(tx: Tx, first: int, last: int, count: int) -> None:
    """All rows of the cases from `first` to `last`; values that differ from case to case are SQL over its number n."""
    opened = f"{_instant(NOW - YEAR)} + n * {int(YEAR.total_seconds() * 1000 / count)}"
    ended = f"{opened} + (n * 7919 % 240 + 3) * 60000"  # people took some minutes, up to four hours
    row = {name: value for name, value in cases.row_of(a_case()).items() if value is not None}
    insert_rows = partial(_insert, tx, first, last)
    insert_rows(t.cases, row, {"number": "n"} | _course(count, opened, ended))
    told = {"source": "delivery-form", "content": to_data(said()), "assessment": {"negative": True}}
    insert_rows(t.feedback, told, {"id": "n", "external_id": "'f-' || n", "case_number": "n", "received_at": opened})
    for kind in ("email:ana.", "id:delivery-form:c-"):
        insert_rows(t.customer_keys, {}, {"key": f"'{kind}' || n", "feedback": "n"})
    for action, at in (("opened", opened), ("claim", ended), ("contacted", ended), ("close", ended)):
        insert_rows(t.timeline, {"action": action, "via": "button", "facts": {}}, {"case_number": "n", "at": at})
    for place, kind in enumerate(("card", "draft")):
        insert_rows(t.messages, _shown(kind), {
            "id": f"n * 2 - 1 + {place}", "intent": f"'{kind}:' || n", "case_number": "n", "ts": f"n || '.{place}'",
            "created_at": opened, "owed_since": opened, "next_attempt_at": opened,
        })  # fmt: skip
    draft = {"version": 1, "state": "ready", "origin": "scaffold", "attempts": 0}
    insert_rows(t.drafts, draft, {"case_number": "n", "next_attempt_at": opened})
    nudge = {"seq": 1, "rung": 0, "occurrence": 1, "told": "thread"}
    insert_rows(t.nudges, nudge, {"case_number": "n", "due_at": opened, "at": opened, "message": "n * 2 - 1"})


def _course(count: int, opened: str, ended: str) -> dict[str, str]:
    """How the cases went. Of three open ones, one is unclaimed, one claimed, one contacted."""
    is_open, which = f"n % {OPEN_IN} = 0", f"n / {OPEN_IN} % 3"
    unclaimed, uncontacted = f"{is_open} AND {which} = 0", f"{is_open} AND {which} < 2"
    owner = f"'UPERSON' || (n / {OPEN_IN} % {colleagues(count)})"
    return {
        **dict.fromkeys(("opened_at", "unclaimed_since", "waiting_since"), opened),
        **dict.fromkeys(("claim_due_at", "contact_due_at"), f"{opened} + 3600000"),
        "status": f"CASE WHEN NOT ({is_open}) THEN 'closed' WHEN {which} = 0 THEN 'unclaimed'"
        f" WHEN {which} = 1 THEN 'claimed' ELSE 'contacted' END",
        "owner": f"iif({unclaimed}, NULL, {owner})",
        "claimed_at": f"iif({unclaimed}, NULL, {ended})",
        "contacted_at": f"iif({uncontacted}, NULL, {ended})",
        "contacted_by": f"iif({uncontacted}, NULL, {owner})",
        "closed_at": f"iif({is_open}, NULL, {ended})",
        "outcome": f"iif({is_open}, NULL, 'satisfied')",
        "next_nudge_at": f"iif({is_open}, {_instant(NOW + timedelta(days=2))}, NULL)",
    }


def _shown(kind: str) -> dict[str, Any]:
    """A message that stands in Slack and is up to date."""
    return {
        "kind": kind,
        "priority": KINDS[Kind(kind)].priority,
        "channel": CARE,
        "posted_in": CARE,
        "facts": {},
        **dict.fromkeys(("wanted", "shown", "fence"), 3),
        "attempts": 0,
        "settled": False,
    }


def _insert(tx: Tx, first: int, last: int, table: Table, same: Mapping[str, Any], by_number: Mapping[str, str]) -> None:
    """A row for every n from `first` to `last`: columns that are the `same` in all, and SQL for the others."""
    values: dict[str, ColumnElement[Any]] = {name: literal(value, table.c[name].type) for name, value in same.items()}
    values |= {name: literal_column(sql) for name, sql in by_number.items()}
    # Tables may grow: a new column that must not be empty gets what means nothing there.
    for column in table.c:
        if not (column.nullable or column.name in values or column.server_default is not None or column.primary_key):
            values[column.name] = literal(0)
    numbers = select(literal_column(str(first)).label("n")).cte("series", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < last))
    tx.execute(insert(table).from_select(list(values), select(*values.values()).select_from(numbers)))


def _instant(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def make_due(tx: Tx, some: int) -> None:
    """Has the nudges of so many unclaimed cases fall due."""
    c = t.cases.c
    these = select(c.number).where(t.is_open, c.status == Status.UNCLAIMED).order_by(c.number.desc()).limit(some)
    longest = NOW - timedelta(days=3)
    values = {"next_nudge_at": NOW - timedelta(minutes=1), "nudged_until": longest, "waiting_since": longest}
    tx.execute(update(t.cases).where(c.number.in_(these)).values(values))


def make_owed(tx: Tx, some: int) -> None:
    """Has so many messages, each in a channel of its own, be out of date."""
    m = t.messages.c
    these = select(m.id).order_by(m.id.desc()).limit(some)
    owed = {"wanted": m.shown + 1, "next_attempt_at": NOW, "channel": literal("C") + cast(m.id, String)}
    tx.execute(update(t.messages).where(m.id.in_(these)).values(owed))
