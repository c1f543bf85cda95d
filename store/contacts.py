"""First contacts, the latest of every case and those of the times before it, for whoever counts them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, insert, select

from cases.acts.contact import First
from store import tables as t
from store.engine import Tx
from store.scope import ALL, Scope

_BEFORE = t.contacts.join(t.cases, t.cases.c.number == t.contacts.c.case_number)


class Kept(NamedTuple):
    """Where first contacts are kept: the table with its columns, and what to read of it."""

    rows: Any
    of: FromClause


KEPT = (Kept(t.cases.c, t.cases), Kept(t.contacts.c, _BEFORE))
"""The latest of each case stands in the case, those before it in a table of their own."""


def remember(tx: Tx, number: int, first: First) -> None:
    """The customer of this case waits anew; this was the first contact of the time before."""
    tx.execute(insert(t.contacts).values(case_number=number, **first._asdict()))


def within(
    start: datetime, end: datetime, scope: Scope = ALL
) -> Iterator[tuple[Kept, tuple[ColumnElement[bool], ...]]]:
    """Where first contacts of a time are, from `start` to `end` (excluded), and which rows of it they are."""
    for kept in KEPT:
        yield kept, (kept.rows.contacted_at >= start, kept.rows.contacted_at < end, *scope.conditions())


def before_the_latest(tx: Tx, number: int) -> list[First]:
    """The first contacts of a case whose customer has waited anew since, oldest first."""
    told = (t.contacts.c[name] for name in First._fields)
    query = select(*told).where(t.contacts.c.case_number == number).order_by(t.contacts.c.contacted_at)
    return [First(*row) for row in tx.execute(query)]
