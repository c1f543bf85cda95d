"""Replies that a person approved: the exact texts, and an index that finds near-copies among very many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from cases.reply_checks.likeness import alike, bands, shingles
from store import tables as t
from store.engine import Tx

_CANDIDATES = 40  # compared in full, those that share most bands first
_SIGNED = 1 << 63  # bands are unsigned 64-bit numbers, columns signed ones

_r = t.replies.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """A reply exactly as a person approved it. `promises` are its dated promises, as JSON; `use` as in cases.drafts.Use."""

    case: int
    version: int
    at: datetime
    by: str
    subject: str
    body: str
    promises: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    prompt_hash: str | None = None
    use: str = "written"


def keep(tx: Tx, approved: Approved) -> int:
    """Keeps a reply and indexes its words; returns its id. The same version of the same case twice raises IntegrityError."""
    row = {
        "case_number": approved.case,
        "version": approved.version,
        "at": approved.at,
        "approved_by": approved.by,
        "subject": approved.subject,
        "body": approved.body,
        "promises": list(approved.promises),
        "prompt_hash": approved.prompt_hash,
        "use": approved.use,
    }
    number: int = tx.execute(insert(t.replies).returning(_r.id), row).scalar_one()
    rows = [{"band": band, "reply": number} for band in _bands(approved.body)]
    if rows:
        tx.execute(insert(t.reply_bands), rows)
    return number


def _bands(body: str) -> set[int]:
    return {band - _SIGNED for band in bands(shingles(body))}


def to_customer(tx: Tx, numbers: Sequence[int]) -> list[str]:
    """The bodies approved in these cases, oldest first: what this customer has been told."""
    return list(tx.scalars(select(_r.body).where(_r.case_number.in_(list(numbers))).order_by(_r.id)))


def near_copies(tx: Tx, body: str, *, but_not_of: Sequence[int] = (), most: int = 3) -> list[tuple[int, str]]:
    """Case numbers and bodies of approved replies that say nearly the same as `body`, the likeliest first."""
    mine = shingles(body)
    shared = func.count().label("shared")
    found = (
        select(t.reply_bands.c.reply, shared)
        .where(t.reply_bands.c.band.in_(_bands(body)))
        .group_by(t.reply_bands.c.reply)
        .order_by(shared.desc())
        .limit(_CANDIDATES)
        .subquery()
    )
    query = select(_r.case_number, _r.body).join(found, found.c.reply == _r.id)
    rows = tx.execute(query.where(_r.case_number.not_in(list(but_not_of))).order_by(found.c.shared.desc())).all()
    return [(number, earlier) for number, earlier in rows if alike(mine, shingles(earlier))][:most]


def uses(tx: Tx, since: datetime) -> list[tuple[str | None, str, int]]:
    """How much of the proposals was used since: (prompt version, use, how many replies)."""
    query = (
        select(_r.prompt_hash, _r.use, func.count())
        .where(_r.at >= since)
        .group_by(_r.prompt_hash, _r.use)
        .order_by(_r.prompt_hash, _r.use)
    )
    return [(prompt, use, count) for prompt, use, count in tx.execute(query).all()]
