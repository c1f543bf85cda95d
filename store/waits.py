"""What waits for a moment, whatever it is: cut short where that moment was reckoned by a clock that was wrong."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from store import tables as t
from store.engine import Tx

# Wherever something is put off, leased or paused, the instant has one of these names.
_NAMES = ("next_attempt_at", "lease_until", "until")


def shorten(tx: Tx, until: datetime) -> int:
    """Nothing waits longer than until then; returns how many moments were moved. Reads whole tables: not for every day."""
    waiting = [table.c[name] for table in t.metadata.sorted_tables for name in _NAMES if name in table.c]
    return sum(tx.execute(update(c.table).where(c > until).values({c: until})).rowcount for c in waiting)
