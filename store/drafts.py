"""Proposed replies: the latest version of each case, all earlier ones, and which are owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, exists, func, insert, or_, select, update

from cases.replies.drafts import Draft, DraftState, Origin, Reply, Version, as_shown
from store import tables as t
from store.engine import Tx, held
from store.inserts import insert_all

_d = t.drafts.c
_v = t.draft_versions.c
_NOW = bindparam("now", type_=t.Instant())
_DRAFT = select(t.drafts).where(_d.case_number == bindparam("number"))
_NEWEST = select(func.max(_v.version)).where(_v.case_number == bindparam("number"))
_WRITE = update(t.drafts).where(
    _d.case_number == bindparam("number"), _d.version == bindparam("before"), _d.state == bindparam("state_before")
)
_KEEP = insert(t.draft_versions)
_DUE = (t.is_wanted, _d.next_attempt_at <= _NOW, or_(_d.lease_until.is_(None), _d.lease_until <= _NOW))
_ANY_DUE = select(exists().where(*_DUE))
_TAKE_DUE = (
    select(t.drafts)
    .where(*_DUE)
    .order_by(_d.next_attempt_at, _d.case_number)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_LEASE = (
    update(t.drafts)
    .where(_d.case_number.in_(bindparam("numbers", expanding=True)))
    .values(lease_until=bindparam("until"), attempts=_d.attempts + 1)
)


def _reply(content: dict[str, Any] | None) -> Reply | None:
    if content is None:
        return None
    return Reply(**content | {"questions": tuple(content["questions"]), "promises": tuple(content["promises"])})


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        case=row.case_number,
        version=row.version,
        state=DraftState(row.state),
        origin=Origin(row.origin),
        reply=_reply(row.reply),
        author=row.author,
        failure=row.failure,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        override=row.override,
        overruled_by=row.overruled_by,
        prompt_hash=row.prompt_hash,
        instruction=row.instruction,
        attempts=row.attempts,
    )


def begin(tx: Tx, number: int, state: DraftState, now: datetime) -> None:
    """A new case is owed a draft, or has it held."""
    begin_together(tx, {number: state}, now)


def begin_together(tx: Tx, states: Mapping[int, DraftState], now: datetime) -> None:
    """As `begin` for several new cases, with one statement: number → state."""
    fresh = {"version": 0, "origin": Origin.SCAFFOLD, "attempts": 0, "next_attempt_at": now}
    insert_all(tx, t.drafts, [fresh | {"case_number": number, "state": state} for number, state in states.items()])


def load(tx: Tx, number: int) -> Draft | None:
    """The latest version of a case's draft, for changing it in this transaction too."""
    row = tx.execute(held(tx, _DRAFT), {"number": number}).first()
    return None if row is None else _draft(row)


def want(tx: Tx, number: int, now: datetime, instruction: str | None = None) -> None:
    """Another version is owed."""
    values = {
        "state": DraftState.WANTED,
        "instruction": instruction,
        "attempts": 0,
        "next_attempt_at": now,
        "lease_until": None,
    }
    tx.execute(update(t.drafts).where(_d.case_number == number).values(values))


def drop(tx: Tx, number: int) -> None:
    """A person says that nobody needs it; its words are kept."""
    _leave(tx, number, DraftState.DROPPED)


def stand(tx: Tx, number: int, failure: str | None = None) -> None:
    """The words that are there stay, and no other version is owed. `failure`: why a model wrote none."""
    _leave(tx, number, DraftState.READY, failure=failure)


def _leave(tx: Tx, number: int, state: DraftState, **more: Any) -> None:
    tx.execute(update(t.drafts).where(_d.case_number == number).values(state=state, lease_until=None, **more))


def renew(tx: Tx, draft: Draft, now: datetime) -> None:
    """What was written by rules or a model no longer fits and is owed anew; a person's words stand."""
    if draft.is_a_persons:
        stand(tx, draft.case)
    else:
        want(tx, draft.case, now)


def want_next(tx: Tx, number: int, now: datetime) -> None:
    """The customer has answered these words: they are kept with the case, and another letter is owed."""
    over = ("reply", "author", "failure", "approved_by", "approved_at", "override", "overruled_by", "prompt_hash")
    blank = {"origin": Origin.SCAFFOLD, **dict.fromkeys(over)}
    tx.execute(update(t.drafts).where(_d.case_number == number).values(blank))
    want(tx, number, now)


def want_none(tx: Tx, draft: Draft) -> None:
    """Nobody waits for another version any more; a person's words stand."""
    if draft.is_a_persons:
        stand(tx, draft.case)
    else:
        drop(tx, draft.case)


def any_wanted(tx: Tx, now: datetime) -> bool:
    """Whether `take_wanted` would find something; costs no write."""
    return tx.execute(_ANY_DUE, {"now": now}).scalar_one() is True


def take_wanted(tx: Tx, now: datetime, lease: timedelta, limit: int = 4) -> list[Draft]:
    """Leases drafts that are owed, oldest first; other processes skip them until the lease is over."""
    rows = tx.execute(_TAKE_DUE, {"now": now, "most": limit}).all()
    numbers = [row.case_number for row in rows]
    tx.execute(_LEASE, {"numbers": numbers, "until": now + lease})
    return [_draft(row) for row in rows]


def put_off(tx: Tx, number: int, until: datetime) -> None:
    """Something broke while it was written; it is still owed, at `until`."""
    tx.execute(update(t.drafts).where(_d.case_number == number).values(next_attempt_at=until, lease_until=None))


def write(
    tx: Tx,
    before: Draft,
    reply: Reply,
    origin: Origin,
    now: datetime,
    *,
    author: str | None = None,
    failure: str | None = None,
    prompt_hash: str | None = None,
) -> bool:
    """Makes `reply` the next version after `before`; False when another version came first or it is no longer wanted.

    Kept is what a card shows of it, to the letter, so that an approval means the words that were seen.
    A person's version keeps the `prompt_hash` of the proposal it began with. The version before it is kept, as all are.
    """
    prompt = before.prompt_hash if origin is Origin.PERSON else prompt_hash
    kept = asdict(as_shown(reply))
    number = _next(tx, before)
    values = {
        "version": number,
        "state": DraftState.READY,
        "origin": origin,
        "reply": kept,
        "author": author,
        "failure": failure,
        "approved_by": None,
        "approved_at": None,
        "override": None,
        "overruled_by": None,
        "prompt_hash": prompt,
        "lease_until": None,
    }
    same = {"number": before.case, "before": before.version, "state_before": before.state}
    if tx.execute(_WRITE, values | same).rowcount == 0:
        return False
    version = {"case_number": before.case, "version": number, "at": now, "origin": origin, "author": author}
    tx.execute(_KEEP, version | {"reply": kept, "prompt_hash": prompt})
    return True


def offer(
    tx: Tx, draft: Draft, reply: Reply, now: datetime, prompt_hash: str | None = None, origin: Origin = Origin.MODEL
) -> None:
    """Words of a model, or an outline by rules, are kept beside a person's, which stand."""
    version = {"case_number": draft.case, "version": _next(tx, draft), "at": now, "origin": origin}
    kept = {"author": None, "reply": asdict(as_shown(reply)), "prompt_hash": prompt_hash}
    tx.execute(_KEEP, version | kept)
    stand(tx, draft.case)


def bring_back(tx: Tx, draft: Draft, version: Version, now: datetime) -> bool:
    """Words of before stand again, as whoever wrote them wrote them; what stood until now can be brought back likewise."""
    return write(tx, draft, version.reply, version.origin, now, author=version.author, prompt_hash=version.prompt_hash)


def versions(tx: Tx, number: int) -> list[Version]:
    """Every version of a case's reply, the newest first."""
    query = select(t.draft_versions).where(_v.case_number == number).order_by(_v.version.desc())
    return [_version(row) for row in tx.execute(query).all()]


def _version(row: Row[Any]) -> Version:
    reply = _reply(row.reply)
    assert reply is not None, "no version is without words"
    return Version(
        version=row.version,
        at=row.at,
        origin=Origin(row.origin),
        reply=reply,
        author=row.author,
        prompt_hash=row.prompt_hash,
    )


def _next(tx: Tx, draft: Draft) -> int:
    """The number of the next version: what was offered and not taken has one too."""
    newest = tx.execute(_NEWEST, {"number": draft.case}).scalar_one()
    return max(draft.version, newest or 0) + 1


def approve(tx: Tx, number: int, version: int, by: str, now: datetime, override: str | None = None) -> bool:
    """Records that a person approved exactly this version; False when it is no longer the latest.

    `override` is their reason, where findings would block it.
    """
    same = (_d.case_number == number) & (_d.version == version) & (_d.state == DraftState.READY)
    values = {"approved_by": by, "approved_at": now, "override": override, "overruled_by": by if override else None}
    return tx.execute(update(t.drafts).where(same).values(values)).rowcount == 1


def proposal(tx: Tx, number: int) -> Reply | None:
    """The model's latest proposal for a case, whatever people made of it since."""
    mine = (_v.case_number == number, _v.origin == Origin.MODEL)
    query = select(_v.reply).where(*mine).order_by(_v.version.desc()).limit(1)
    return _reply(tx.execute(query).scalar_one_or_none())


def untouched(tx: Tx, since: datetime) -> list[tuple[str | None, int]]:
    """Proposals of a model that nobody approved although the customer was contacted since: (prompt version, how many)."""
    query = (
        select(_d.prompt_hash, func.count())
        .join(t.cases, t.cases.c.number == _d.case_number)
        .where(t.cases.c.contacted_at >= since, _d.approved_at.is_(None), _d.prompt_hash.is_not(None), t.is_real)
        .group_by(_d.prompt_hash)
    )
    return [(prompt, count) for prompt, count in tx.execute(query).all()]


def breaking(tx: Tx, often: int) -> int:
    """How many drafts are owed that were taken up so often, and put off each time."""
    return int(tx.execute(select(func.count()).where(t.is_wanted, _d.attempts >= often)).scalar_one())


def wanted_since(tx: Tx, now: datetime) -> datetime | None:
    """Since when the longest-waiting draft has been owed: the auditor's question."""
    since: datetime | None = tx.execute(
        select(func.min(_d.next_attempt_at)).where(t.is_wanted, _d.next_attempt_at <= now)
    ).scalar_one()
    return since
