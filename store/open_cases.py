"""The team's open cases as a list that one person leafs through: counted by what they wait for, and read page by page.

Only numbers are read here, by way of the index of open cases; whoever shows a page loads that page's cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from cases.model import UNCONTACTED, Severity, Status
from cases.people import Filter
from store import tables as t
from store.engine import Tx

_c = t.cases.c
Counts = Mapping[Filter, Mapping[Status, int]]


def of_owner(tx: Tx, owner: str, limit: int | None = None) -> list[int]:
    """One person's open cases: first those whose customers still have to be contacted, longest waiting first."""
    order = (_c.status.in_([Status.CONTACTED]), _c.waiting_since, _c.number)
    return list(tx.scalars(select(_c.number).where(_c.owner == owner, t.is_open).order_by(*order).limit(limit)))


def owned(tx: Tx, owner: str) -> int:
    """How many open cases somebody holds."""
    return tx.execute(select(func.count()).where(_c.owner == owner, t.is_open)).scalar_one()


def owners(tx: Tx) -> list[str]:
    """Everybody who holds an open case, by id."""
    return sorted(tx.scalars(select(_c.owner).where(_c.owner.is_not(None), t.is_open).distinct()))


def counts(tx: Tx, viewer: str, now: datetime) -> Counts:
    """How many open cases of others, or of nobody, each filter shows, by what they wait for."""
    sums = [func.sum(case((_shown_by(each, now), 1), else_=0)) for each in Filter]
    rows = tx.execute(select(_c.status, *sums).where(t.is_open, _not_held_by(viewer)).group_by(_c.status)).all()
    return {each: {Status(row[0]): row[place] for row in rows} for place, each in enumerate(Filter, start=1)}


def page(
    tx: Tx, viewer: str, wanted: Filter, sizes: Mapping[Status, int], first: int, size: int, now: datetime
) -> list[int]:
    """At most `size` of these cases from number `first` on (from 0), in the order of `sizes`: how many wait for what.

    Within each group the longest wait comes first.
    """
    numbers: list[int] = []
    for status, count in sizes.items():
        room = size - len(numbers)
        if first < count and room:
            numbers += _group(tx, viewer, wanted, status, first, room, now)
        first = max(0, first - count)
    return numbers


def _group(tx: Tx, viewer: str, wanted: Filter, status: Status, first: int, size: int, now: datetime) -> list[int]:
    # Each group by itself is in the order of the index of open cases: nothing is sorted, however many wait.
    query = (
        select(_c.number)
        .where(t.is_open, _c.status == status, _not_held_by(viewer), _shown_by(wanted, now))
        .order_by(_c.waiting_since, _c.number)
    )
    return list(tx.scalars(query.limit(size).offset(first)))


def _not_held_by(viewer: str) -> ColumnElement[bool]:
    return or_(_c.owner.is_(None), _c.owner != viewer)


def _shown_by(wanted: Filter, now: datetime) -> ColumnElement[bool]:
    match wanted:
        case Filter.UNCLAIMED:
            return _c.owner.is_(None)
        case Filter.OVERDUE:
            return _overdue(now)
        case Filter.CONTACTED:
            return or_(_c.status == Status.CONTACTED, _c.promise_due_at.is_not(None))
        case Filter.CRITICAL:
            return _c.severity == Severity.CRITICAL
        case _:
            return true()


def _overdue(now: datetime) -> ColumnElement[bool]:
    """Past the clock that still runs, or past a promise."""
    return or_(
        and_(_c.status == Status.UNCLAIMED, _c.claim_due_at <= now),
        and_(_c.status.in_(list(UNCONTACTED)), _c.contact_due_at <= now),
        and_(_c.promise_due_at.is_not(None), _c.promise_due_at <= now),
    )
