"""How many cases came, were contacted and waited, day by day: counted by quarter-hours in the database, put together here."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, case, func, select, type_coerce

from cases.model import UNCONTACTED
from store import tables as t
from store.engine import Tx
from store.scope import ALL, Scope

_c = t.cases.c
# Every zone's midnight is a whole number of quarter-hours from UTC's; a day is not always twenty-four hours.
_QUARTER = 15 * 60 * 1000  # ms
Counts = tuple[int, ...]


def opened(tx: Tx, bounds: Sequence[datetime], scope: Scope = ALL) -> Counts:
    """How many cases were opened in each span between two bounds, which are local midnights."""
    return _of(tx, _c.opened_at, bounds, scope)


def contacted(tx: Tx, bounds: Sequence[datetime], scope: Scope = ALL) -> Counts:
    """How many customers were first contacted in each span."""
    return _of(tx, _c.contacted_at, bounds, scope)


def _of(tx: Tx, column: ColumnElement[Any], bounds: Sequence[datetime], scope: Scope) -> Counts:
    found = _by_quarter(tx, column, column >= bounds[0], column < bounds[-1], *scope.conditions())
    starts, spans = _quarters(bounds), [0] * (len(bounds) - 1)
    for quarter, count in found:
        spans[bisect_right(starts, quarter) - 1] += count
    return tuple(spans)


def waiting(tx: Tx, bounds: Sequence[datetime], scope: Scope = ALL) -> Counts:
    """How many customers waited for first contact at the end of each span.

    Of a case that was reopened only its latest wait is known.
    """
    first, conditions = bounds[0], scope.conditions()
    ends_in_contact = (_c.contacted_at >= first, *conditions)
    ends_without = (_c.closed_at >= first, _c.contacted_at.is_(None), *conditions)
    # A contact told of after the fact may lie before the wait began: then there was none.
    begun_before_contact = case((_c.waiting_since > _c.contacted_at, _c.contacted_at), else_=_c.waiting_since)
    begun = (
        _by_quarter(tx, _c.waiting_since, t.is_open, _c.status.in_(list(UNCONTACTED)), *conditions),
        _by_quarter(tx, begun_before_contact, *ends_in_contact),
        _by_quarter(tx, _c.waiting_since, *ends_without),
    )
    over = _by_quarter(tx, _c.contacted_at, *ends_in_contact), _by_quarter(tx, _c.closed_at, *ends_without)
    ends = _quarters(bounds)[1:]
    return tuple(b - o for b, o in zip(_until(ends, begun), _until(ends, over), strict=True))


def _until(ends: Sequence[int], histograms: Iterable[Iterable[tuple[int, int]]]) -> list[int]:
    """For each end, the sum of all counts before it."""
    together: Counter[int] = Counter()
    for histogram in histograms:
        for quarter, count in histogram:
            together[bisect_right(ends, quarter)] += count
    sums, total = [], 0
    for index in range(len(ends)):
        total += together[index]
        sums.append(total)
    return sums


def _quarters(bounds: Sequence[datetime]) -> list[int]:
    return [round(at.timestamp() * 1000) // _QUARTER for at in bounds]


def _by_quarter(tx: Tx, instant: ColumnElement[Any], *conditions: ColumnElement[bool]) -> list[tuple[int, int]]:
    """(quarter-hours since the epoch, how many rows), where there are any."""
    quarter = (type_coerce(instant, BigInteger) // _QUARTER).label("quarter")
    query = select(quarter, func.count()).select_from(t.cases).where(*conditions).group_by(quarter)
    return [(at, count) for at, count in tx.execute(query)]
