"""Replies that a person approved: the exact texts, and an index that finds near-copies among very many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, insert, or_, select

from cases.acts.act import ActionName
from cases.letters.letter import LetterState
from cases.messages.notes import Say
from cases.model import Case
from cases.replies.checks.likeness import alike, bands, shingles
from cases.replies.promises import Promised
from store import tables as t
from store.engine import Tx

_line = t.timeline.c
_CANDIDATES = 40  # compared in full, those that share most bands first
_SIGNED = 1 << 63  # bands are unsigned 64-bit numbers, columns signed ones

_r = t.replies.c
_b = t.reply_bands.c
_SHARED = func.count().label("shared")
_PROMISES = select(_r.promises).where(_r.case_number == bindparam("number"), _r.version == bindparam("version"))
_OF_CASE = _line.case_number == bindparam("number")
_SAID_LAST = select(func.max(_line.id)).where(_OF_CASE, _line.action.in_(bindparam("words", expanding=True)))
_APPROVED_BEFORE = select(_line.facts).where(
    _OF_CASE, _line.action == "approve", _line.id < _SAID_LAST.scalar_subquery()
)
_FOUND = (
    select(_b.reply, _SHARED)
    .where(_b.band.in_(bindparam("bands", expanding=True)))
    .group_by(_b.reply)
    .order_by(_SHARED.desc())
    .limit(_CANDIDATES)
    .subquery()
)
_NEAR = (
    select(_r.case_number, _r.body)
    .join(_FOUND, _FOUND.c.reply == _r.id)
    .join(t.cases, t.cases.c.number == _r.case_number)
    .where(t.is_real, _r.case_number.not_in(bindparam("own", expanding=True)))
    .order_by(_FOUND.c.shared.desc())
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """A reply exactly as a person approved it, with its dated promises; `use` is a value of cases.replies.drafts.Use."""

    case: int
    version: int
    at: datetime
    by: str
    subject: str
    body: str
    promises: Sequence[Promised] = ()
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
        "promises": [{"words": p.quote, "what": p.what, "due_at": p.due_at.isoformat()} for p in approved.promises],
        "prompt_hash": approved.prompt_hash,
        "use": approved.use,
    }
    number: int = tx.execute(insert(t.replies).returning(_r.id), row).scalar_one()
    rows = [{"band": band, "reply": number} for band in _bands(approved.body)]
    if rows:
        tx.execute(insert(t.reply_bands), rows)
    return number


def approved(tx: Tx, number: int, version: int) -> Approved | None:
    """A version as it was approved, without its promises; None where it never was, or has been erased."""
    row = tx.execute(select(t.replies).where(_r.case_number == number, _r.version == version)).first()
    if row is None:
        return None
    return Approved(
        case=number, version=version, at=row.at, by=row.approved_by, subject=row.subject, body=row.body, use=row.use
    )


def words(tx: Tx, number: int, version: int) -> tuple[str, str] | None:
    """Subject and body of an approved version; None where it was never approved, or has been erased."""
    row = tx.execute(select(_r.subject, _r.body).where(_r.case_number == number, _r.version == version)).first()
    return None if row is None else (row.subject, row.body)


@lru_cache(maxsize=128)
def _bands(body: str) -> frozenset[int]:
    """Kept a while: the same draft is looked for again whenever its case is shown."""
    return frozenset(band - _SIGNED for band in bands(shingles(body)))


def promises(tx: Tx, number: int, version: int) -> tuple[Promised, ...]:
    """The dated promises of an approved reply, at the instants they had when it was approved; none where it is not known."""
    kept = tx.execute(_PROMISES, {"number": number, "version": version}).scalar_one_or_none() or []
    return tuple(Promised(p["words"], p["what"], datetime.fromisoformat(p["due_at"])) for p in kept)


def language_read_by(tx: Tx, number: int, version: int) -> str | None:
    """Who approved a version and said that they read its language; None where nobody had to."""
    line = t.timeline.c
    said = select(line.actor, line.facts).where(line.case_number == number, line.action == "read_language")
    return next((row.actor for row in tx.execute(said) if row.facts.get("version") == version), None)


def to_customer(tx: Tx, case: Case) -> list[str]:
    """The bodies that this customer has been told, oldest first: approved in earlier cases, or in this one and used since.

    Approved and edited again, with neither contact nor a word of theirs between, they have not read it yet.
    """
    told = or_(_r.case_number.in_(list(case.earlier)), _r.version.in_(_used(tx, case.number, _WORDS)) & _of(case))
    return list(tx.scalars(select(_r.body).where(told).order_by(_r.id)))


def _of(case: Case) -> ColumnElement[bool]:
    return _r.case_number == case.number


def _used(tx: Tx, number: int, words: Sequence[str]) -> list[int]:
    """The versions of a case's reply that were approved before the latest of these words from or to the customer."""
    return [facts["version"] for facts in tx.scalars(_APPROVED_BEFORE, {"number": number, "words": words})]


def approved_since(tx: Tx, numbers: Sequence[int], at: datetime) -> list[str]:
    """The bodies approved for these cases after an instant, oldest first."""
    query = select(_r.body).where(_r.case_number.in_(numbers), _r.at > at)
    return list(tx.scalars(query.order_by(_r.id)))


def broken_before(tx: Tx, earlier: Sequence[int]) -> datetime | None:
    """When the last promise was broken that one of a customer's earlier cases still owes them; None: none is owed so."""
    if not earlier:
        return None
    case = t.cases.c
    broken = select(case.promise_broken_at, case.promises).where(
        case.number.in_(earlier), case.promise_broken_at.is_not(None)
    )
    return max((row.promise_broken_at for row in tx.execute(broken) if row.promises), default=None)


def is_sent(tx: Tx, number: int, version: int) -> bool:
    """Whether somebody said that the customer was contacted, after this version was approved, and it has not come back since."""
    return version in _used(tx, number, (ActionName.CONTACTED,)) and not _came_back(tx, number, version)


_IN_VAIN = (Say.BOUNCED, Say.LETTER_REFUSED, Say.LETTER_LOST)


def _came_back(tx: Tx, number: int, version: int) -> bool:
    """Whether the letter of this version reached nobody, and nobody has said anything else since that was known."""
    line, letter = t.timeline.c, t.letters.c
    known = select(func.max(line.id)).where(line.case_number == number, line.action.in_(_IN_VAIN)).scalar_subquery()
    since = exists().where(line.case_number == number, line.action == ActionName.CONTACTED, line.id > known)
    this = and_(letter.case_number == number, letter.version == version, letter.state == LetterState.REFUSED)
    return bool(tx.execute(select(exists().where(this, ~since))).scalar_one())


def sent_last(tx: Tx, number: int) -> int:
    """The newest version that `is_sent`; 0 where none is."""
    return max(_used(tx, number, (ActionName.CONTACTED,)), default=0)


_WORDS = (ActionName.CONTACTED, "joined", "wrote_again", "kind_word", ActionName.CLOSE)


def latest_written(tx: Tx, most: int, since: datetime) -> list[tuple[int, str, str]]:
    """The newest approved replies of real cases whose customer was contacted: (case number, who approved it, body)."""
    query = (
        select(_r.case_number, _r.approved_by, _r.body)
        .join(t.cases, t.cases.c.number == _r.case_number)
        .where(t.is_real, t.cases.c.contacted_at.is_not(None), _r.at >= since)
        .order_by(_r.id.desc())
        .limit(most)
    )
    return [(number, by, body) for number, by, body in tx.execute(query)]


def near_copies(tx: Tx, body: str, *, but_not_of: Sequence[int] = (), most: int = 3) -> list[tuple[int, str]]:
    """Case numbers and bodies of approved replies that say nearly the same as `body`, the likeliest first."""
    mine = shingles(body)
    rows = tx.execute(_NEAR, {"bands": list(_bands(body)), "own": list(but_not_of)}).all()
    return [(number, earlier) for number, earlier in rows if alike(mine, shingles(earlier))][:most]


def uses(tx: Tx, since: datetime) -> list[tuple[str | None, str, int]]:
    """How much of the proposals was used since: (prompt version, use, how many replies)."""
    query = (
        select(_r.prompt_hash, _r.use, func.count())
        .join(t.cases, t.cases.c.number == _r.case_number)
        .where(_r.at >= since, t.is_real)
        .group_by(_r.prompt_hash, _r.use)
        .order_by(_r.prompt_hash, _r.use)
    )
    return [(prompt, use, count) for prompt, use, count in tx.execute(query).all()]
