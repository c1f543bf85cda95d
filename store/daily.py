"""How many cases came, were contacted and waited, day by day: counted by quarter-hours in the database, put together here."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, case, func, select, type_coerce

from cases.model import UNCONTACTED
from store import contacts
from store import tables as t
from store.engine import Tx
from store.scope import ALL, Scope

_c = t.cases.c
# Every zone's midnight is a whole number of quarter-hours from UTC's; a day is not always twenty-four hours.
_QUARTER = 15 * 60 * 1000  # ms
Counts = tuple[int, ...]


def opened(tx: Tx, bounds: Sequence[datetime], scope: Scope = ALL) -> Counts:
    """How many cases were opened in each span between two bounds, which are local midnights."""
    within = (_c.opened_at >= bounds[0], _c.opened_at < bounds[-1])
    return _in_spans(bounds, _by_quarter(tx, _c.opened_at, *within, *scope.conditions()))


def contacted(tx: Tx, bounds: Sequence[datetime], scope: Scope = ALL) -> Counts:
    """How many first contacts were made in each span: one for each time that a customer waited anew."""
    found = (
        _by_quarter(tx, kept.rows.contacted_at, *which, of=kept.of)
        for kept, which in contacts.within(bounds[0], bounds[-1], scope)
    )
    return _in_spans(bounds, chain.from_iterable(found))


def _in_spans(bounds: Sequence[datetime], found: Iterable[tuple[int, int]]) -> Counts:
    starts, spans = _quarters(bounds), [0] * (len(bounds) - 1)
    for quarter, count in found:
        spans[bisect_right(starts, quarter) - 1] += count
    return tuple(spans)


def waiting(tx: Tx, bounds: Sequence[datetime], scope: Scope = ALL) -> Counts:
    """How many customers waited for first contact at the end of each span.

    Of a case that was closed without a contact, and opened again, only its latest wait is known.
    """
    first, conditions = bounds[0], scope.conditions()
    ends_without = (_c.closed_at >= first, _c.contacted_at.is_(None), *conditions)
    begun = [
        _by_quarter(tx, _c.waiting_since, t.is_open, _c.status.in_(list(UNCONTACTED)), *conditions),
        _by_quarter(tx, _c.waiting_since, *ends_without),
    ]
    over = [_by_quarter(tx, _c.closed_at, *ends_without)]
    for rows, of in contacts.KEPT:
        ends_in_contact = (rows.contacted_at >= first, *conditions)
        # A contact told of after the fact may lie before the wait began: then there was none.
        since = case((rows.waiting_since > rows.contacted_at, rows.contacted_at), else_=rows.waiting_since)
        begun.append(_by_quarter(tx, since, *ends_in_contact, of=of))
        over.append(_by_quarter(tx, rows.contacted_at, *ends_in_contact, of=of))
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


def _by_quarter(
    tx: Tx, instant: ColumnElement[Any], *conditions: ColumnElement[bool], of: FromClause = t.cases
) -> list[tuple[int, int]]:
    """(quarter-hours since the epoch, how many rows), where there are any."""
    quarter = (type_coerce(instant, BigInteger) // _QUARTER).label("quarter")
    query = select(quarter, func.count()).select_from(of).where(*conditions).group_by(quarter)
    return [(at, count) for at, count in tx.execute(query)]
