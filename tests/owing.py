"""Promises as cases of the tests have them."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.model import Promise


def owing(what: str, due_at: datetime, made_at: datetime | None = None) -> tuple[Promise, ...]:
    """One promise; made long before it is due, if nothing else is said."""
    return (Promise(what, due_at, made_at or due_at - timedelta(days=9)),)
