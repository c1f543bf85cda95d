"""What waits for a moment, whatever it is: cut short where that moment was reckoned by a clock that was wrong."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from store import tables as t
from store.engine import Tx


def shorten(tx: Tx, until: datetime) -> int:
    """Nothing waits longer than until then; returns how many moments were moved. Reads whole tables: not for every day."""
    waiting = [column for table in t.metadata.sorted_tables for column in table.c if isinstance(column.type, t.Until)]
    return sum(tx.execute(update(c.table).where(c > until).values({c: until})).rowcount for c in waiting)
