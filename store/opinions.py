"""What a model says of each case, its second opinion and its reading of replies: owed, leased, given; and what every call cost.

A row that is not done says that there is something to ask; what it is, is told by what has been given so far.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, exists, func, insert, or_, select, update

from store import tables as t
from store.engine import Tx, held

_o = t.opinions.c

_ROW = select(t.opinions).where(_o.case_number == bindparam("number"))
_NONE_GIVEN = {"title": None}
_REPLIES = (
    "replies"  # beside the second opinion: digest of a reply's words → what was remarked on, None where nobody could
)
_MOST_REPLIES = 20  # of one case; who brings an older one back has it read again
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


def want_again(tx: Tx, number: int, now: datetime) -> None:
    """There is something new to ask. Who is asking already goes on, and finds it when they are done."""
    row = tx.execute(held(tx, _ROW), {"number": number}).first()
    fresh: dict[str, Any] = {"done": False, "attempts": 0, "next_attempt_at": now}
    if row is None or (row.done and row.opinion is None):  # nobody is owed a second opinion any more
        fresh["opinion"] = _NONE_GIVEN
    if row is None:
        tx.execute(insert(t.opinions), fresh | {"case_number": number})
    else:
        tx.execute(update(t.opinions).where(_o.case_number == number).values(fresh))


def is_wanted(tx: Tx, number: int) -> bool:
    """Whether there is something to ask about this case."""
    row = tx.execute(_ROW, {"number": number}).first()
    return row is not None and not row.done


def is_given(tx: Tx, number: int) -> bool:
    """Whether the second opinion on a case is in, or was given up; True where none is owed."""
    row = tx.execute(_ROW, {"number": number}).first()
    return row is None or _is_given(row.opinion)


def _is_given(kept: Mapping[str, Any] | None) -> bool:
    return kept is not None and "title" in kept


def give(tx: Tx, number: int, opinion: dict[str, Any] | None) -> bool:
    """The second opinion is in, or given up (None); False when it was in before. Nothing is asked any more until `want_again`."""
    row = tx.execute(held(tx, _ROW), {"number": number}).first()
    if row is None or _is_given(row.opinion):
        return False
    _keep(tx, number, (row.opinion or {}) | (opinion or _NONE_GIVEN), done=True)
    return True


def keep_reading(tx: Tx, number: int, digest: str, remarks: Iterable[tuple[str, str]] | None) -> None:
    """A reply with this digest has been read: (quote, why) of what is remarked on, None where the model had no answer."""
    row = tx.execute(held(tx, _ROW), {"number": number}).first()
    if row is None:  # the customer has been erased meanwhile
        return
    kept = dict(row.opinion or {})
    read = kept.get(_REPLIES, {}) | {digest: None if remarks is None else [list(each) for each in remarks]}
    kept[_REPLIES] = dict(list(read.items())[-_MOST_REPLIES:])
    _keep(tx, number, kept, done=_is_given(kept))


def readings(tx: Tx, number: int) -> dict[str, tuple[tuple[str, str], ...]]:
    """What was remarked on in each of a case's replies that a model was asked about, by the digest of its words."""
    row = tx.execute(_ROW, {"number": number}).first()
    read = ((row.opinion or {}) if row else {}).get(_REPLIES, {})
    return {digest: tuple((quote, why) for quote, why in remarks or ()) for digest, remarks in read.items()}


def leave(tx: Tx, number: int) -> None:
    """There is nothing to ask after all."""
    tx.execute(update(t.opinions).where(_o.case_number == number).values(done=True, lease_until=None))


def _keep(tx: Tx, number: int, opinion: dict[str, Any], *, done: bool) -> None:
    query = update(t.opinions).where(_o.case_number == number)
    tx.execute(query.values(done=done, opinion=opinion, lease_until=None))


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
