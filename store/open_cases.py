"""Open cases as lists, worst first as cases/urgency.py has it: the team's, one person's, and the pages somebody leafs through.

Only numbers are read here, by way of the indexes of open cases; whoever shows some loads those cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from cases.model import UNCONTACTED, Severity, Status
from cases.people import Filter
from cases.urgency import Count
from store import tables as t
from store.engine import Tx
from store.scope import ALL, Scope

_c = t.cases.c
_GRAVITY = {severity.value: place for place, severity in enumerate(reversed(Severity))}


Counts = Mapping[Filter, Count]


def worst_first(now: datetime) -> tuple[ColumnElement[object], ...]:
    """What to order open cases by; the same as `urgency`, which a property test holds."""
    return (
        case((_rests(now), 1), else_=0),
        case(_GRAVITY, value=_c.severity, else_=len(_GRAVITY)),
        case((_overdue(now), 0), else_=1),
        _c.waiting_since,
        _c.number,
    )


def of_team(tx: Tx, now: datetime, limit: int, wanted: Filter = Filter.ALL, scope: Scope = ALL) -> list[int]:
    """The first of all open cases, or of those that a filter shows."""
    query = select(_c.number).where(t.is_open, _shown_by(wanted, now), *scope.conditions())
    return list(tx.scalars(query.order_by(*worst_first(now)).limit(limit)))


def owing_though_closed(
    tx: Tx, now: datetime, limit: int, wanted: Filter = Filter.ALL, owner: str | None = None, scope: Scope = ALL
) -> list[int]:
    """Closed cases with a promise still to be kept, or a change to be made, the earliest first: those a filter shows, or one
    person's."""
    anybody = owner is None
    owes = or_(
        and_(_c.promise_due_at.is_not(None), true() if anybody else _c.owner == owner),
        and_(t.has_change, true() if anybody else _c.change_by == owner),
    )
    query = select(_c.number).where(t.is_planned, ~t.is_open, owes, _shown_by(wanted, now))
    earliest = case(
        (_c.promise_due_at <= _c.change_due_at, _c.promise_due_at),
        else_=func.coalesce(_c.change_due_at, _c.promise_due_at),
    )
    return list(tx.scalars(query.where(*scope.conditions()).order_by(earliest, _c.number).limit(limit)))


def of_owner(tx: Tx, owner: str, now: datetime, limit: int | None = None, scope: Scope = ALL) -> list[int]:
    """One person's open cases."""
    query = select(_c.number).where(_c.owner == owner, t.is_open, *scope.conditions()).order_by(*worst_first(now))
    return list(tx.scalars(query.limit(limit)))


def owned(tx: Tx, owner: str, scope: Scope = ALL) -> int:
    """How many open cases somebody holds."""
    query = select(func.count()).where(_c.owner == owner, t.is_open, *scope.conditions())
    return tx.execute(query).scalar_one()


def owners(tx: Tx) -> list[str]:
    """Everybody who holds an open case, by id."""
    return sorted(tx.scalars(select(_c.owner).where(_c.owner.is_not(None), t.is_open, t.is_real).distinct()))


def counts(tx: Tx, viewer: str, now: datetime, scope: Scope = ALL) -> Counts:
    """How many open cases of others, or of nobody, each filter shows."""
    sums = [
        func.coalesce(func.sum(case((and_(_shown_by(each, now), is_so), 1), else_=0)), 0)
        for each in Filter
        for is_so in (~_rests(now), _rests(now))
    ]
    row = tx.execute(select(*sums).where(t.is_open, _not_held_by(viewer), *scope.conditions())).one()
    return {each: Count(row[2 * place], row[2 * place + 1]) for place, each in enumerate(Filter)}


def page(tx: Tx, viewer: str, wanted: Filter, first: int, size: int, now: datetime, scope: Scope = ALL) -> list[int]:
    """At most `size` of these cases, from number `first` on (from 0)."""
    query = select(_c.number).where(t.is_open, _not_held_by(viewer), _shown_by(wanted, now), *scope.conditions())
    return list(tx.scalars(query.order_by(*worst_first(now)).limit(size).offset(first)))


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


def _rests(now: datetime) -> ColumnElement[bool]:
    """Nobody waits for us: contacted, and no promise is broken."""
    return and_(_c.status.not_in(list(UNCONTACTED)), or_(_c.promise_due_at.is_(None), _c.promise_due_at > now))
