"""The pictures that digests show: which are owed, which file of Slack's each has become, and which are given up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, exists, insert, or_, select, update

from cases.messages.kinds import Digest
from cases.messages.payload import as_facts, from_facts
from store import messages
from store import tables as t
from store.engine import Tx

_h = t.charts.c
_m = t.messages.c

# Only of messages that stand in Slack: one that is refused with its picture must have been shown without.
_NOW = bindparam("now", type_=t.Instant())
_FREE = or_(_h.lease_until.is_(None), _h.lease_until <= _NOW)
_DUE = (t.is_drawn, _h.next_attempt_at <= _NOW, _FREE, _m.id == _h.message, _m.ts.is_not(None))
_ANY_DUE = select(exists().where(*_DUE))
_TAKE_DUE = (
    select(t.charts, _m.facts)
    .where(*_DUE)
    .order_by(_h.next_attempt_at, _h.message)
    .limit(bindparam("most"))
    .with_for_update(of=t.charts, skip_locked=True)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A picture this process has leased to bring on its way. `file` is Slack's id of it, None before it is uploaded.

    `digest` is what its message tells of; `until` is the end of the lease, which proves it.
    """

    message: int
    file: str | None
    digest: Digest
    attempts: int
    until: datetime


def want(tx: Tx, message: int, now: datetime) -> None:
    """A message is to have a picture."""
    row = {"message": message, "state": "wanted", "attempts": 0, "next_attempt_at": now}
    tx.execute(insert(t.charts), row)


def any_owed(tx: Tx, now: datetime) -> bool:
    """Whether `take_owed` would find something; costs no write."""
    return tx.execute(_ANY_DUE, {"now": now}).scalar_one() is True


def take_owed(tx: Tx, now: datetime, lease: timedelta, limit: int = 2) -> list[Owed]:
    """Leases pictures that can be brought a step further; other processes skip them until the lease is over."""
    rows = tx.execute(_TAKE_DUE, {"now": now, "most": limit}).all()
    taken = [row.message for row in rows]
    values = {"lease_until": now + lease, "attempts": _h.attempts + 1}
    tx.execute(update(t.charts).where(_h.message.in_(taken)).values(values))
    return [
        Owed(
            message=row.message,
            file=row.file,
            digest=from_facts(Digest, row.facts),
            attempts=row.attempts + 1,
            until=now + lease,
        )
        for row in rows
    ]


def _mine(owed: Owed) -> ColumnElement[bool]:
    return (_h.message == owed.message) & (_h.lease_until == owed.until)


def put_off(tx: Tx, owed: Owed, until: datetime) -> None:
    """Not yet: the next step is tried at `until`."""
    tx.execute(update(t.charts).where(_mine(owed)).values(next_attempt_at=until, lease_until=None))


def uploaded(tx: Tx, owed: Owed, file: str, alt: str, look_at: datetime) -> bool:
    """Slack has it, and what it says in words; it can be shown once Slack has processed it. False: the lease was lost."""
    values = {"state": "uploaded", "file": file, "attempts": 0, "next_attempt_at": look_at, "lease_until": None}
    if tx.execute(update(t.charts).where(_mine(owed)).values(values)).rowcount == 0:
        return False
    facts = as_facts(replace(owed.digest, alt=alt))
    tx.execute(update(t.messages).where(_m.id == owed.message).values(facts=facts))
    return True


def show(tx: Tx, owed: Owed, now: datetime) -> None:
    """Slack has processed it: its message is owed once more, with the picture."""
    values = {"state": "shown", "lease_until": None}
    if tx.execute(update(t.charts).where(_mine(owed)).values(values)).rowcount:
        facts = as_facts(replace(owed.digest, picture=owed.file))
        wanted = update(t.messages).where(_m.id == owed.message, _m.dead.is_(None))
        tx.execute(wanted.values(facts=facts, **messages.anew(now)))


def give_up(tx: Tx, owed: Owed) -> None:
    """It will not come; its message stays as it is."""
    tx.execute(update(t.charts).where(_mine(owed)).values(state="given_up", lease_until=None))


def refuse(tx: Tx, message: int) -> bool:
    """Slack will not take a message with its picture: it stays as it stood before. False when it has none."""
    query = update(t.charts).where(_h.message == message, _h.state == "shown").values(state="given_up")
    if tx.execute(query).rowcount == 0:
        return False
    facts = tx.execute(select(_m.facts).where(_m.id == message)).scalar_one()
    plain = as_facts(replace(from_facts(Digest, facts), picture=None))
    values = {"facts": plain, "shown": _m.wanted, "lease_until": None, "posting_since": None, "attempts": 0}
    tx.execute(update(t.messages).where(_m.id == message).values(values))
    return True
