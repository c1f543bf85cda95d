"""Lessons as rows of their cases: the latest, from which causes, and which changes are still to be made."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from cases.acts.lesson import LINES
from cases.lessons.lesson import Lesson
from store import tables as t
from store.engine import Tx
from store.scope import ALL, Scope

_c = t.cases.c
_LINES = tuple(_c[name] for name in LINES)
_LESSON: Select[Any] = select(_c.number, _c.cause, *_LINES, _c.lesson_at, _c.change_by, _c.change_due_at)


def _says_something() -> ColumnElement[bool]:
    """A cause alone is counted, and teaches nothing."""
    return or_(*(func.trim(line) != "" for line in _LINES))


def latest(
    tx: Tx, limit: int, scope: Scope = ALL, *, start: datetime | None = None, end: datetime | None = None
) -> list[Lesson]:
    """The lessons told last, newest first; those told from `start` to `end` (excluded), where these are given."""
    query = _LESSON.where(t.has_lesson, _says_something(), *_told_within(start, end), *scope.conditions())
    rows = tx.execute(query.order_by(_c.lesson_at.desc(), _c.number.desc()).limit(limit))
    return [_lesson(row) for row in rows]


def of_cases(tx: Tx, numbers: Collection[int]) -> dict[int, Lesson]:
    """The lessons of these cases, as far as they have one that says something."""
    rows = tx.execute(_LESSON.where(_c.number.in_(sorted(numbers)), _says_something()))
    return {row.number: _lesson(row) for row in rows}


def causes(tx: Tx, start: datetime, end: datetime, scope: Scope = ALL) -> list[tuple[str, int]]:
    """From which causes the cases came whose cause was told in that time, the most frequent first: (cause, cases)."""
    count = func.count()
    query = select(_c.cause, count).where(t.has_lesson, _c.cause.is_not(None), *_told_within(start, end))
    rows = tx.execute(query.where(*scope.conditions()).group_by(_c.cause).order_by(count.desc(), _c.cause))
    return [(cause, number) for cause, number in rows]


def comes_again(tx: Tx, cause: str, since: datetime, but: int) -> bool:
    """Whether another case than `but` has had this cause since then, and nobody has thought it through."""
    query = select(func.count(), func.count(_c.expected), func.count(_c.happened))
    query = query.where(t.has_lesson, _c.lesson_at >= since, _c.cause == cause, _c.number != but, t.is_real)
    had, *thought_through = tx.execute(query).one()
    return had > 0 and not any(thought_through)


def changes_before(tx: Tx, end: datetime, limit: int, scope: Scope = ALL) -> list[Lesson]:
    """Those whose change is to be made before `end` and has not been, the earliest first."""
    query = _LESSON.where(t.has_change, _c.change_due_at < end, *scope.conditions())
    return [_lesson(row) for row in tx.execute(query.order_by(_c.change_due_at, _c.number).limit(limit))]


def _lesson(row: Row[Any]) -> Lesson:
    """The columns stand in the order of its fields."""
    return Lesson(*row)


def _told_within(start: datetime | None, end: datetime | None) -> tuple[ColumnElement[bool], ...]:
    began = () if start is None else (_c.lesson_at >= start,)
    return began if end is None else (*began, _c.lesson_at < end)
