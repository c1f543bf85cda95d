"""Cases as rows: loading them whole, saving them only if nobody else has meanwhile, and the questions asked of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select, update

from cases.arrivals.feedback import read_kept
from cases.model import Attempt, Case, Feedback, Grade, Outcome, Promise, Reason, Severity, Sign, Status, Way
from store import inserts
from store import tables as t
from store.engine import Tx, held

_ENUMS: dict[str, type[StrEnum]] = {
    "status": Status,
    "severity": Severity,
    "outcome": Outcome,
    "contacted_how": Way,
    "evidence": Grade,
    "evidence_how": Way,
    "sign": Sign,
}
_c, _f = t.cases.c, t.feedback.c
_COLUMNS = (*_c.keys(), "flood")
_OWN_COLUMNS = [f.name for f in fields(Case) if f.name in _c and f.name != "number"]
_own_values = attrgetter(*_OWN_COLUMNS)

# Statements of every click are built once: SQLAlchemy takes longer to put one together than SQLite to answer it.
_FLOOD = select(t.gathered.c.flood).where(t.gathered.c.case_number == _c.number, t.stands_together)
_WHOLE = select(t.cases, _FLOOD.correlate(t.cases).scalar_subquery().label("flood"))
_CASE = _WHOLE.where(_c.number == bindparam("number"))
_CHANNEL = select(_c.channel).where(_c.number == bindparam("number"))
_CASES = _WHOLE.where(_c.number.in_(bindparam("numbers", expanding=True))).order_by(_c.number)
_FEEDBACK = (
    select(_f.case_number, _f.source, _f.content)
    .where(_f.case_number.in_(bindparam("numbers", expanding=True)))
    .order_by(_f.id)
)
_SAVE = update(t.cases).where(_c.number == bindparam("the_number"), _c.revision == bindparam("the_revision"))
_NUMBERS = select(_c.number)
_PLANNED, _OPEN = _NUMBERS.where(_c.next_nudge_at.is_not(None)), _NUMBERS.where(t.is_open)
_DUE = _WHOLE.where(_c.next_nudge_at <= bindparam("now")).order_by(_c.next_nudge_at).limit(bindparam("most"))
_TAKE_DUE = _DUE.with_for_update(skip_locked=True, key_share=True)
_PEOPLE_DUE = _DUE.with_only_columns(_c.channel, _c.owner, _c.closed_by, _c.change_by)


def row_of(case: Case) -> dict[str, Any]:
    """What a case's row says of it; its number and what other tables hold stand apart."""
    row = dict(zip(_OWN_COLUMNS, _own_values(case), strict=True))
    row["reasons"] = [[r.code, r.detail] for r in case.reasons]
    if case.tries:
        row["tries"] = [[_written(each.at), each.by, each.way] for each in case.tries]
    if case.promises:
        told = [[each.what, _written(each.due_at), _written(each.made_at), each.by] for each in case.promises]
        row["promises"] = told
    row["promise_due_at"] = case.promise_due_at
    return row


def _written(at: datetime) -> int:
    """An instant inside JSON, as everywhere in the tables: epoch milliseconds."""
    return round(at.timestamp() * 1000)


def _instant(written: int) -> datetime:
    return datetime.fromtimestamp(written / 1000, UTC)


def _case(row: Row[Any], feedback: Iterable[Feedback]) -> Case:
    values = dict(zip(_COLUMNS, row, strict=True))
    for name, kind in _ENUMS.items():
        values[name] = None if values[name] is None else kind(values[name])
    values["reasons"] = tuple(Reason(code, detail) for code, detail in values["reasons"])
    values["earlier"], values["perhaps"] = tuple(values["earlier"]), tuple(values["perhaps"])
    values["tries"] = tuple(Attempt(_instant(at), by, way and Way(way)) for at, by, way in values["tries"])
    values["promises"] = tuple(
        Promise(what, _instant(due), _instant(made), by) for what, due, made, by in values["promises"]
    )
    del values["promise_due_at"]  # follows from the promises; a column for questions
    return Case(**values, feedback=tuple(feedback))


def _whole(tx: Tx, query: Select[Any], **given: Any) -> list[Case]:
    rows = tx.execute(query, given).all()
    feedback = _feedback_of(tx, [row.number for row in rows])
    return [_case(row, feedback[row.number]) for row in rows]


def _feedback_of(tx: Tx, numbers: Sequence[int]) -> dict[int, list[Feedback]]:
    found: dict[int, list[Feedback]] = defaultdict(list)
    for start in range(0, len(numbers), 500):  # SQLite takes a limited number of values in one IN
        for number, source, content in tx.execute(_FEEDBACK, {"numbers": numbers[start : start + 500]}):
            found[number].append(read_kept(content, source))
    return found


def load(tx: Tx, number: int) -> Case | None:
    """The case of that number, or None."""
    return next(iter(_whole(tx, _CASE, number=number)), None)


def channel(tx: Tx, number: int) -> str | None:
    """The channel that a case belongs to, as the case has it; None where there is no such case."""
    return tx.execute(_CHANNEL, {"number": number}).scalar_one_or_none()


def hold(tx: Tx, number: int) -> Case | None:
    """As `load`, for changing it in this transaction: nobody else changes it before the commit."""
    return next(iter(_whole(tx, held(tx, _CASE), number=number)), None)


def load_many(tx: Tx, numbers: Collection[int]) -> list[Case]:
    """The cases of these numbers that exist, by number."""
    return _whole(tx, _CASES, numbers=list(numbers))


def in_order(tx: Tx, numbers: Sequence[int]) -> list[Case]:
    """The cases of these numbers, in this order."""
    found = {case.number: case for case in load_many(tx, numbers)}
    return [found[number] for number in numbers]


def joined_into(tx: Tx, number: int) -> list[int]:
    """The numbers of the cases that a person joined into this one, newest first."""
    return list(tx.scalars(select(_c.number).where(_c.joined_into == number).order_by(_c.number.desc())))


def new_numbers(tx: Tx, count: int) -> list[int]:
    """The numbers of so many cases to be opened in this transaction, rising."""
    return inserts.new_numbers(tx, t.cases, count)


def open_together(tx: Tx, new: Sequence[Case]) -> None:
    """Inserts new cases, each with a number of `new_numbers`; their feedback is kept by itself."""
    inserts.insert_all(tx, t.cases, [row_of(case) | {"number": case.number} for case in new])


def save(tx: Tx, case: Case, *, before: Case) -> bool:
    """Writes in what the case differs from `before`, if that is its revision still; False when somebody else was quicker.

    A column that is written costs its indexes too, whether it has changed or not.
    """
    former = row_of(before)
    changes = {name: value for name, value in row_of(case).items() if value != former[name]}
    changes["revision"] = case.revision
    return tx.execute(_SAVE, changes | {"the_number": case.number, "the_revision": before.revision}).rowcount == 1


def due_for_nudge(tx: Tx, now: datetime, limit: int = 100) -> list[Case]:
    """Cases whose next nudge is due, longest due first, held for this transaction; other processes skip them."""
    return _whole(tx, _TAKE_DUE, now=now, most=limit)


def people_due(tx: Tx, now: datetime, limit: int = 100) -> list[tuple[str, frozenset[str]]]:
    """(channel, whoever has it, closed it or makes a change) of the cases whose next nudge is due: what can be known before
    they are held."""
    rows = tx.execute(_PEOPLE_DUE, {"now": now, "most": limit})
    return [(channel, frozenset(filter(None, people))) for channel, *people in rows]


def overdue_nudges(tx: Tx, by: datetime) -> int:
    """How many cases have a nudge due by then."""
    return tx.execute(select(func.count()).where(t.cases.c.next_nudge_at <= by)).scalar_one()


def look_anew(tx: Tx) -> None:
    """As if nothing had been said yet of any open case: what is due by the rules is due again."""
    tx.execute(update(t.cases).where(t.is_open).values(nudged_until=None))


def every_open_number(tx: Tx) -> list[int]:
    """The numbers of all open cases, and of closed ones that owe something still, for planning them anew."""
    return sorted({*tx.scalars(_PLANNED), *tx.scalars(_OPEN)})


def are_there(tx: Tx) -> bool:
    """Whether there has been a case at all."""
    return tx.scalar(select(t.cases.c.number).limit(1)) is not None


def numbers_since(tx: Tx, start: datetime | None) -> list[int]:
    """The numbers of all cases opened at or after `start`, or of all there are, in their order; none of practice."""
    query = select(t.cases.c.number).where(t.is_real).order_by(t.cases.c.number)
    if start is not None:
        query = query.where(t.cases.c.opened_at >= start)
    return list(tx.scalars(query))


def count_by_status(tx: Tx) -> dict[Status, int]:
    """How many open cases wait for what."""
    query = select(t.cases.c.status, func.count()).where(t.is_open, t.is_real).group_by(t.cases.c.status)
    return {Status(status): count for status, count in tx.execute(query).all()}


def open_practice(tx: Tx, channel: str) -> int | None:
    """The number of the invented case that is practised with in a channel now."""
    return tx.scalar(select(_c.number).where(t.is_open, ~t.is_real, _c.channel == channel))
