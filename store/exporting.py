"""Which cases an export holds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from store import tables as t
from store.engine import Tx


def numbers_since(tx: Tx, start: datetime | None) -> list[int]:
    """The numbers of all cases opened at or after `start`, or of all there are, in their order."""
    query = select(t.cases.c.number).order_by(t.cases.c.number)
    if start is not None:
        query = query.where(t.cases.c.opened_at >= start)
    return list(tx.scalars(query))
