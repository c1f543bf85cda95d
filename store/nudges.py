"""Which nudges were given: to whom, when, by which rung, in which message."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, exists, func, insert, or_, select

from cases.occasions import When
from store import tables as t
from store.engine import Tx

_n = t.nudges.c
_RECORD = insert(t.nudges)
_OF_CASE = select(t.nudges).where(_n.case_number == bindparam("number")).order_by(_n.id)
_MESSAGES_SINCE = (
    select(_n.told, func.count(_n.message.distinct()))
    .where(_n.told.in_(bindparam("told", expanding=True)), _n.at >= bindparam("since"))
    .group_by(_n.told)
)
_COUNT_SINCE = select(func.count()).where(_n.case_number == bindparam("number"), _n.at >= bindparam("since"))
_LATEST = (
    select(_n.message)
    .where(_n.told == bindparam("told"), _n.at >= bindparam("after"))
    .order_by(_n.at.desc(), _n.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Given:
    """A nudge that was given, and what it was about (None: nobody knows any more).

    `told` is where it went: a person's id, "thread NUMBER" or "channel ID"; `rule` its rung in words, as they were then.
    """

    case_number: int
    seq: int
    rung: int
    occurrence: int
    told: str
    due_at: datetime
    at: datetime
    rule: str | None = None
    when: When | None = None


def record(tx: Tx, given: Given, message: int) -> None:
    """Keeps a nudge; the same sequence number for the same person a second time raises IntegrityError."""
    row = {name: getattr(given, name) for name in Given.__slots__}
    tx.execute(_RECORD, row | {"message": message})


def given(tx: Tx, number: int) -> list[Given]:
    """The nudges about a case, oldest first."""
    return [_given(row) for row in tx.execute(_OF_CASE, {"number": number})]


def _given(row: Row[Any]) -> Given:
    given = Given(*(getattr(row, name) for name in Given.__slots__))
    return replace(given, when=When(given.when)) if given.when else given


_QUESTIONS = [When.HELD.value, When.LOOK_BACK.value]
_LATER = t.nudges.alias("later")
_REPLACED = select(_n.case_number).where(
    _n.case_number.in_(bindparam("numbers", expanding=True)),
    _n.message == bindparam("message"),
    exists().where(
        _LATER.c.case_number == _n.case_number,
        _LATER.c.told == _n.told,
        _LATER.c.id > _n.id,
        _LATER.c.message != _n.message,
        # A question waits for its answer, whatever else is said meanwhile.
        or_(_n.when.not_in(_QUESTIONS), _n.when.is_(None), _LATER.c.when == _n.when),
        t.messages.c.id == _LATER.c.message,
        t.messages.c.dead.is_(None),
    ),
)


def replaced(tx: Tx, message: int, about: Collection[int]) -> set[int]:
    """Those of the cases that a message is about of which a later one has told the same person or place."""
    return set(tx.scalars(_REPLACED, {"message": message, "numbers": list(about)}))


def earlier_about(tx: Tx, told: str, numbers: Collection[int], message: int) -> set[int]:
    """The messages before this one that told the same person or place of any of these cases."""
    query = select(_n.message).where(_n.told == told, _n.case_number.in_(sorted(numbers)), _n.message != message)
    return set(tx.scalars(query))


def messages_since(tx: Tx, told: Collection[str], since: datetime) -> dict[str, int]:
    """How many reminders each of these had since then; one about several cases is one."""
    return {row.told: row[1] for row in tx.execute(_MESSAGES_SINCE, {"told": sorted(told), "since": since})}


def count_since(tx: Tx, number: int, since: datetime) -> int:
    """How often a case was spoken of since then, to whomever."""
    return int(tx.execute(_COUNT_SINCE, {"number": number, "since": since}).scalar_one())


def latest_message(tx: Tx, told: str, after: datetime) -> int | None:
    """The last reminder that went there at or after that instant."""
    return tx.execute(_LATEST, {"told": told, "after": after}).scalar_one_or_none()
