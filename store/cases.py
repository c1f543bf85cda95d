"""Cases as rows: loading them whole, saving them only if nobody else has meanwhile, and the questions asked of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, insert, select, union, update

from cases.feedback import read_feedback
from cases.model import UNCONTACTED, Case, Feedback, Outcome, Reason, Severity, Status, Way
from store import tables as t
from store.engine import Tx, held, in_turn

_ENUMS: dict[str, type[StrEnum]] = {
    "status": Status,
    "severity": Severity,
    "outcome": Outcome,
    "contacted_how": Way,
}
_OWN_COLUMNS = [f.name for f in fields(Case) if f.name in t.cases.c and f.name != "number"]


def _row(case: Case) -> dict[str, Any]:
    row = {name: getattr(case, name) for name in _OWN_COLUMNS}
    return row | {"reasons": [[r.code, r.detail] for r in case.reasons], "earlier": list(case.earlier)}


def _case(row: Row[Any], feedback: Iterable[Feedback]) -> Case:
    values = dict(row._mapping)
    for name, kind in _ENUMS.items():
        values[name] = None if values[name] is None else kind(values[name])
    values["reasons"] = tuple(Reason(code, detail) for code, detail in values["reasons"])
    values["earlier"] = tuple(values["earlier"])
    return Case(**values, feedback=tuple(feedback))


def _whole(tx: Tx, query: Select[Any]) -> list[Case]:
    rows = tx.execute(query).all()
    feedback = _feedback_of(tx, [row.number for row in rows])
    return [_case(row, feedback[row.number]) for row in rows]


def _feedback_of(tx: Tx, numbers: Sequence[int]) -> dict[int, list[Feedback]]:
    found: dict[int, list[Feedback]] = defaultdict(list)
    for start in range(0, len(numbers), 500):  # SQLite takes a limited number of values in one IN
        some = numbers[start : start + 500]
        query = select(t.feedback).where(t.feedback.c.case_number.in_(some)).order_by(t.feedback.c.id)
        for row in tx.execute(query):
            found[row.case_number].append(read_feedback(row.content, route=row.source))
    return found


def load(tx: Tx, number: int) -> Case | None:
    """The case of that number, or None."""
    return next(iter(_whole(tx, select(t.cases).where(t.cases.c.number == number))), None)


def hold(tx: Tx, number: int) -> Case | None:
    """As `load`, for changing it in this transaction: nobody else changes it before the commit."""
    return next(iter(_whole(tx, held(tx, select(t.cases).where(t.cases.c.number == number)))), None)


def load_many(tx: Tx, numbers: Collection[int]) -> list[Case]:
    """The cases of these numbers that exist, by number."""
    return _whole(tx, select(t.cases).where(t.cases.c.number.in_(list(numbers))).order_by(t.cases.c.number))


def open_case(tx: Tx, case: Case) -> int:
    """Inserts a new case and returns its number; `case.number` and `case.feedback` are ignored."""
    return open_together(tx, [case])[0]


def open_together(tx: Tx, new: Sequence[Case]) -> list[int]:
    """As `open_case` for several with one statement; their numbers in the same order."""
    rows = [_row(case) for case in new]
    if tx.dialect.name != "sqlite":
        return list(tx.scalars(insert(t.cases).returning(t.cases.c.number, sort_by_parameter_order=True), rows))
    # What SQLite returns has no order (sqlite.org/lang_returning.html), but nobody else writes meanwhile.
    first = (tx.scalar(select(func.max(t.cases.c.number))) or 0) + 1
    numbers = range(first, first + len(new))
    tx.execute(insert(t.cases), [row | {"number": number} for row, number in zip(rows, numbers, strict=True)])
    return list(numbers)


def save(tx: Tx, case: Case, *, before: int) -> bool:
    """Writes the case if its revision still is `before`; False when somebody else was quicker."""
    query = update(t.cases).where(t.cases.c.number == case.number, t.cases.c.revision == before)
    return tx.execute(query, _row(case)).rowcount == 1


def remember_keys(tx: Tx, number: int, keys: Collection[str]) -> None:
    """Notes under which identities (e-mail, phone, id) the customer of this case is known."""
    k = t.customer_keys.c
    known = set(tx.scalars(select(k.key).where(k.key.in_(sorted(keys)), k.case_number == number)))
    new = [{"key": key, "case_number": number} for key in sorted(set(keys) - known)]
    if new:
        tx.execute(insert(t.customer_keys), new)


def remember_new(tx: Tx, keys: Mapping[int, Collection[str]]) -> None:
    """As `remember_keys` for cases that have just been opened, with one statement: number → keys."""
    rows = [{"key": key, "case_number": number} for number, known_by in keys.items() for key in sorted(known_by)]
    if rows:
        tx.execute(insert(t.customer_keys), rows)


def known_keys(tx: Tx, keys: Collection[str]) -> set[str]:
    """Those of these keys under which a customer with a case is known; nobody else opens a case for them meanwhile."""
    in_turn(tx, keys)
    return set(tx.scalars(select(t.customer_keys.c.key).where(t.customer_keys.c.key.in_(sorted(keys)))))


def of_customer(tx: Tx, keys: Collection[str]) -> list[tuple[int, Status]]:
    """Number and status of all cases of a customer known by any of these keys, newest first.

    In a transaction that writes, nobody else opens a case for this customer before the commit.
    """
    if not keys:
        return []
    in_turn(tx, keys)
    query = (
        select(t.cases.c.number, t.cases.c.status)
        .join(t.customer_keys, t.customer_keys.c.case_number == t.cases.c.number)
        .where(t.customer_keys.c.key.in_(sorted(keys)))
        .distinct()
        .order_by(t.cases.c.number.desc())
    )
    return [(number, Status(status)) for number, status in tx.execute(query).all()]


def due_for_nudge(tx: Tx, now: datetime, limit: int = 100) -> list[Case]:
    """Cases whose next nudge is due, longest due first, held for this transaction; other processes skip them."""
    query = (
        select(t.cases)
        .where(t.cases.c.next_nudge_at <= now)
        .order_by(t.cases.c.next_nudge_at)
        .limit(limit)
        .with_for_update(skip_locked=True, key_share=True)
    )
    return _whole(tx, query)


def owners_due(tx: Tx, now: datetime, limit: int = 100) -> list[str | None]:
    """Who holds the cases whose next nudge is due, longest due first: what can be known before they are held."""
    c = t.cases.c
    return list(tx.scalars(select(c.owner).where(c.next_nudge_at <= now).order_by(c.next_nudge_at).limit(limit)))


def put_off_nudge(tx: Tx, number: int, until: datetime) -> None:
    """Moves a case out of the sweep's way without touching anything else."""
    tx.execute(update(t.cases).where(t.cases.c.number == number).values(next_nudge_at=until))


def _by(*conditions: ColumnElement[bool], limit: int | None = None) -> Select[Any]:
    return select(t.cases).where(*conditions).order_by(t.cases.c.waiting_since, t.cases.c.number).limit(limit)


def open_cases(tx: Tx, limit: int | None = None) -> list[Case]:
    """All that are not closed, longest waiting first."""
    return _whole(tx, _by(t.is_open, limit=limit))


def open_count(tx: Tx) -> int:
    """How many cases are not closed."""
    return tx.execute(select(func.count()).where(t.is_open)).scalar_one()


def uncontacted(tx: Tx, limit: int | None = None) -> list[Case]:
    """Whose customers nobody has contacted, longest waiting first."""
    return _whole(tx, _by(t.is_open, t.cases.c.status.in_(list(UNCONTACTED)), limit=limit))


def of_owner(tx: Tx, owner: str) -> list[Case]:
    """One person's open cases, longest waiting first."""
    return _whole(tx, _by(t.cases.c.owner == owner, t.is_open))


def contacted_between(tx: Tx, start: datetime, end: datetime) -> list[Case]:
    """Cases whose customers were first reached in [start, end)."""
    return _whole(tx, _by(t.cases.c.contacted_at >= start, t.cases.c.contacted_at < end))


def closed_between(tx: Tx, start: datetime, end: datetime) -> list[Case]:
    """Cases closed in [start, end)."""
    return _whole(tx, _by(t.cases.c.closed_at >= start, t.cases.c.closed_at < end))


def touched_since(tx: Tx, start: datetime) -> list[Case]:
    """Cases opened, contacted or closed since `start`, and all that are open: what statistics are made of."""
    c = t.cases.c
    # One index answers each part; a single condition with "or" would read every case there ever was.
    parts = (c.opened_at >= start, c.contacted_at >= start, c.closed_at >= start, t.is_open)
    return _whole(tx, _by(c.number.in_(union(*(select(c.number).where(part) for part in parts)))))


def overdue_nudges(tx: Tx, by: datetime) -> int:
    """How many cases have a nudge due by then."""
    return tx.execute(select(func.count()).where(t.cases.c.next_nudge_at <= by)).scalar_one()


def every_open_number(tx: Tx) -> list[int]:
    """The numbers of all open cases, for planning them anew."""
    return sorted(tx.scalars(select(t.cases.c.number).where(t.is_open)))


def count_by_status(tx: Tx) -> dict[Status, int]:
    """How many open cases wait for what."""
    query = select(t.cases.c.status, func.count()).where(t.is_open).group_by(t.cases.c.status)
    return {Status(status): count for status, count in tx.execute(query).all()}
