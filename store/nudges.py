"""Which nudges were given: to whom, when, by which rung, in which message."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select

from store import tables as t
from store.engine import Tx


@dataclass(frozen=True, slots=True)
class Given:
    """A nudge that was given. `told` is where it went: a person's id, "thread NUMBER" or "channel ID"; `rule` its rung in words."""

    case_number: int
    seq: int
    rung: int
    occurrence: int
    told: str
    due_at: datetime
    at: datetime
    rule: str | None = None


def record(tx: Tx, given: Given, message: int) -> None:
    """Keeps a nudge; the same sequence number for the same person a second time raises IntegrityError."""
    row = {name: getattr(given, name) for name in Given.__slots__}
    tx.execute(insert(t.nudges), row | {"message": message})


def given(tx: Tx, number: int) -> list[Given]:
    """The nudges about a case, oldest first."""
    rows = tx.execute(select(t.nudges).where(t.nudges.c.case_number == number).order_by(t.nudges.c.id)).all()
    return [_given(r) for r in rows]


def _given(row: Row[Any]) -> Given:
    return Given(*(getattr(row, name) for name in Given.__slots__))


def of_message(tx: Tx, message: int) -> list[Given]:
    """The nudges one message carries."""
    rows = tx.execute(select(t.nudges).where(t.nudges.c.message == message).order_by(t.nudges.c.id)).all()
    return [_given(r) for r in rows]


def messages_since(tx: Tx, told: Collection[str], since: datetime) -> dict[str, int]:
    """How many reminders each of these had since then; one about several cases is one."""
    c = t.nudges.c
    query = (
        select(c.told, func.count(c.message.distinct())).where(c.told.in_(sorted(told)), c.at >= since).group_by(c.told)
    )
    return {row.told: row[1] for row in tx.execute(query)}


def count_since(tx: Tx, number: int, since: datetime) -> int:
    """How often a case was spoken of since then, to whomever."""
    c = t.nudges.c
    return tx.execute(select(func.count()).where(c.case_number == number, c.at >= since)).scalar_one()


def latest_message(tx: Tx, told: str, after: datetime) -> int | None:
    """The last reminder that went there after that instant."""
    c = t.nudges.c
    query = select(c.message).where(c.told == told, c.at > after).order_by(c.at.desc(), c.id.desc()).limit(1)
    return tx.execute(query).scalar_one_or_none()
