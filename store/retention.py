"""What has been kept for as long as the policy says: feedback whose words are over, and rows that would grow for ever."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, Table, and_, delete, exists, func, or_, select, update

from cases.model import Status
from store import tables as t
from store.engine import Tx

_LAST = 90  # the priority of an edit that nobody waits for: after all that there is
_CHARTS_KEPT = timedelta(days=30)  # a digest is not edited for nearly so long
_c, _f, _m = t.cases.c, t.feedback.c, t.messages.c


@dataclass(frozen=True, slots=True)
class Since:
    """From when on things are kept: cases by when they were closed, feedback by when it came, answers by when they were said."""

    words: datetime
    harmless: datetime
    answers: datetime


@dataclass(frozen=True, slots=True)
class Over:
    """How much has been kept long enough: closed cases, feedback that opened none, and rows of other tables."""

    cases: int = 0
    harmless: int = 0
    answers: int = 0
    others: int = 0

    def __bool__(self) -> bool:
        return any((self.cases, self.harmless, self.answers, self.others))


def _closed(since: Since) -> Select[tuple[int]]:
    """Of the feedback that is kept the oldest: of a case that was closed so long ago the first came before that."""
    closed = and_(_c.number == _f.case_number, _c.status == Status.CLOSED, _c.closed_at < since.words)
    return select(_f.case_number).join(t.cases, closed).where(t.is_kept, _f.received_at < since.words)


def closed_cases(tx: Tx, since: Since, limit: int) -> list[int]:
    """The numbers of cases whose words are over, at most so many."""
    return sorted(set(tx.scalars(_closed(since).order_by(_f.received_at).limit(limit))))


def feedback_of(tx: Tx, numbers: Collection[int]) -> list[int]:
    """The ids of all feedback of these cases."""
    return list(tx.scalars(select(_f.id).where(_f.case_number.in_(sorted(numbers)))))


def _harmless(since: Since) -> tuple[ColumnElement[bool], ...]:
    return t.is_harmless, _f.received_at < since.harmless


def harmless(tx: Tx, since: Since, limit: int) -> list[int]:
    """The ids of feedback that opened no case, longest kept first."""
    return list(tx.scalars(select(_f.id).where(*_harmless(since)).order_by(_f.received_at, _f.id).limit(limit)))


def _answers(since: Since) -> tuple[ColumnElement[bool], ...]:
    """Private messages whose time is over, and that nobody waits for. The newest of all stays: its number is not given again.

    So does what stands in a direct conversation about a case whose words are kept: it is edited when they are erased.
    """
    newest = select(func.max(_m.id)).scalar_subquery()
    said = or_(_m.shown >= _m.wanted, _m.dead.is_not(None))
    kept = exists().where(_f.case_number == _m.case_number, t.is_kept)
    stands = and_(_m.ts.is_not(None), _m.only_for.is_(None), kept)
    return t.is_private, _m.created_at < since.answers, said, _m.id != newest, ~stands


def _others(since: Since, now: datetime) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """What else nobody asks for any more, none of which holds words."""
    of_old = exists().where(_m.id == t.attached.c.message, _m.created_at < now - _CHARTS_KEPT)
    yield t.attached, and_(of_old, t.attached.c.feedback.is_(None), ~t.is_on_its_way)
    yield t.model_calls, t.model_calls.c.at < since.words


def prune(tx: Tx, since: Since, now: datetime, limit: int) -> Over:
    """Removes at most so many rows of each kind; how many went."""
    answers = _remove(tx, t.messages, and_(*_answers(since)), limit)
    return Over(answers=answers, others=sum(_remove(tx, *each, limit) for each in _others(since, now)))


def _remove(tx: Tx, table: Table, which: ColumnElement[bool], limit: int) -> int:
    (key,) = table.primary_key.columns
    some = list(tx.scalars(select(key).where(which).limit(limit)))
    return tx.execute(delete(table).where(key.in_(some))).rowcount if some else 0


def over(tx: Tx, since: Since, now: datetime) -> Over:
    """How much there is of each; nothing is changed."""

    def count(table: Table, *which: ColumnElement[bool]) -> int:
        return int(tx.execute(select(func.count()).select_from(table).where(*which)).scalar_one())

    return Over(
        cases=int(tx.execute(select(func.count()).select_from(_closed(since).distinct().subquery())).scalar_one()),
        harmless=count(t.feedback, *_harmless(since)),
        answers=count(t.messages, *_answers(since)),
        others=sum(count(*each) for each in _others(since, now)),
    )


def show_last(tx: Tx, numbers: Collection[int]) -> None:
    """What is owed about these cases is shown when nothing else is to be."""
    tx.execute(update(t.messages).where(_m.case_number.in_(sorted(numbers)), t.is_owed).values(priority=_LAST))


def still_showing(tx: Tx) -> bool:
    """Whether edits of `show_last` are owed yet."""
    return tx.execute(select(_m.id).where(t.is_owed, _m.priority == _LAST).limit(1)).first() is not None
