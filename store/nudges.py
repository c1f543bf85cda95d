"""Which nudges were given: to whom, when, by which rung, in which message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from store import tables as t
from store.engine import Tx


@dataclass(frozen=True, slots=True)
class Given:
    """A nudge that was given. `told` is where it went: a person's id, or "thread"."""

    case_number: int
    seq: int
    rung: int
    occurrence: int
    told: str
    due_at: datetime
    at: datetime


def record(tx: Tx, given: Given, message: int) -> None:
    """Keeps a nudge; the same sequence number for the same person a second time raises IntegrityError."""
    row = {name: getattr(given, name) for name in Given.__slots__}
    tx.execute(insert(t.nudges), row | {"message": message})


def given(tx: Tx, number: int) -> list[Given]:
    """The nudges about a case, oldest first."""
    rows = tx.execute(select(t.nudges).where(t.nudges.c.case_number == number).order_by(t.nudges.c.id)).all()
    return [Given(r.case_number, r.seq, r.rung, r.occurrence, r.told, r.due_at, r.at) for r in rows]


def of_message(tx: Tx, message: int) -> list[Given]:
    """The nudges one message carries."""
    rows = tx.execute(select(t.nudges).where(t.nudges.c.message == message).order_by(t.nudges.c.id)).all()
    return [Given(r.case_number, r.seq, r.rung, r.occurrence, r.told, r.due_at, r.at) for r in rows]
