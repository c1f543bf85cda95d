"""The model's second opinion on each case: owed, leased, given; and a record of every call to a model."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, exists, func, insert, or_, select, update

from store import tables as t
from store.engine import Tx

_o = t.opinions.c

_NOW = bindparam("now", type_=t.Instant())
_DUE = (t.is_awaited, _o.next_attempt_at <= _NOW, or_(_o.lease_until.is_(None), _o.lease_until <= _NOW))
_ANY_DUE = select(exists().where(*_DUE))
_TAKE_DUE = (
    select(t.opinions)
    .where(*_DUE)
    .order_by(_o.next_attempt_at, _o.case_number)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


def want(tx: Tx, number: int, now: datetime) -> None:
    """A second opinion on this case is owed."""
    want_together(tx, [number], now)


def want_together(tx: Tx, numbers: Iterable[int], now: datetime) -> None:
    """As `want` for several cases, with one statement."""
    fresh = {"done": False, "attempts": 0, "next_attempt_at": now}
    tx.execute(insert(t.opinions), [fresh | {"case_number": number} for number in numbers])


def any_wanted(tx: Tx, now: datetime) -> bool:
    """Whether `take_wanted` would find something; costs no write."""
    return tx.execute(_ANY_DUE, {"now": now}).scalar_one() is True


def take_wanted(tx: Tx, now: datetime, lease: timedelta, limit: int = 4) -> list[tuple[int, int]]:
    """Leases owed opinions, oldest first: (case number, which attempt this is)."""
    rows = tx.execute(_TAKE_DUE, {"now": now, "most": limit}).all()
    numbers = [row.case_number for row in rows]
    tx.execute(
        update(t.opinions).where(_o.case_number.in_(numbers)).values(lease_until=now + lease, attempts=_o.attempts + 1)
    )
    return [(row.case_number, row.attempts + 1) for row in rows]


def put_off(tx: Tx, number: int, until: datetime) -> None:
    """The model did not answer; ask again at `until`."""
    tx.execute(update(t.opinions).where(_o.case_number == number).values(next_attempt_at=until, lease_until=None))


def give(tx: Tx, number: int, opinion: dict[str, Any] | None) -> bool:
    """The opinion is in, or given up (None); False when it was in before."""
    query = update(t.opinions).where(_o.case_number == number, _o.done.is_(False))
    return tx.execute(query.values(done=True, opinion=opinion, lease_until=None)).rowcount == 1


def tokens_since(tx: Tx, at: datetime) -> int:
    """Tokens in and out that models have cost since."""
    spent = func.coalesce(func.sum(t.model_calls.c.input_tokens + t.model_calls.c.output_tokens), 0)
    return int(tx.execute(select(spent).where(t.model_calls.c.at >= at)).scalar_one())


def record_call(
    tx: Tx,
    number: int | None,
    at: datetime,
    *,
    prompt: str,
    prompt_hash: str,
    model: str,
    input_tokens: int = 0,
    output_tokens: int = 0,
    latency_ms: int = 0,
    failure: str | None = None,
) -> None:
    """Keeps what a call to a model cost and whether it failed."""
    row = {
        "case_number": number,
        "at": at,
        "prompt": prompt,
        "prompt_hash": prompt_hash,
        "model": model,
        "input_tokens": input_tokens,
        "output_tokens": output_tokens,
        "latency_ms": latency_ms,
        "failure": failure,
    }
    tx.execute(insert(t.model_calls), row)
