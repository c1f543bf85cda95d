"""Letters to customers: which are to go, who has one in hand, and what has become of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, and_, bindparam, exists, func, insert, or_, select, update

from cases.letters.letter import Letter, LetterState
from store import tables as t
from store.engine import Tx, held

_l = t.letters.c
_NOW = bindparam("now", type_=t.Instant())
_FREE = or_(_l.lease_until.is_(None), _l.lease_until <= _NOW)
_DUE = (t.is_to_go, _l.next_attempt_at <= _NOW, _FREE)
_ANY_DUE = select(exists().where(*_DUE))
_TAKE_DUE = (
    select(t.letters)
    .where(*_DUE)
    .order_by(_l.next_attempt_at, _l.case_number)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_SOUGHT_IN_VAIN = select(t.letters).where(
    t.is_in_doubt, _l.state == LetterState.SOUGHT, _l.next_attempt_at <= bindparam("until")
)
_LETTER = select(t.letters).where(_l.case_number == bindparam("number"), _l.version == bindparam("version"))
_LATEST = select(t.letters).where(_l.case_number == bindparam("number")).order_by(_l.asked_at.desc()).limit(1)


def _letter(row: Row[tuple[object, ...]]) -> Letter:
    return Letter(
        case=row.case_number,
        version=row.version,
        address=row.address,
        sent_by=row.sent_by,
        message_id=row.message_id,
        token=row.token,
        state=LetterState(row.state),
        asked_at=row.asked_at,
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        why=row.why,
    )


def load(tx: Tx, number: int, version: int) -> Letter | None:
    """The letter of an approved version, for changing it in this transaction too; None where nobody has sent it."""
    row = tx.execute(held(tx, _LETTER), {"number": number, "version": version}).first()
    return None if row is None else _letter(row)


def latest(tx: Tx, number: int) -> Letter | None:
    """The letter of a case that was sent last, whatever became of it."""
    row = tx.execute(_LATEST, {"number": number}).first()
    return None if row is None else _letter(row)


def is_on_its_way(tx: Tx, number: int) -> bool:
    """Whether a letter of this case still goes out by itself."""
    return bool(tx.execute(select(exists().where(t.is_to_go, _l.case_number == number))).scalar_one())


def send(tx: Tx, letter: Letter) -> None:
    """The letter is to go. One of the same version that did not go out makes way for it, under the same Message-ID."""
    _write(tx, letter, load(tx, letter.case, letter.version) is None)


def save(tx: Tx, letter: Letter) -> None:
    """What has become of a letter; nobody has it in hand any more."""
    _write(tx, letter, False)


def _write(tx: Tx, letter: Letter, is_new: bool) -> None:
    fields = {name: getattr(letter, name) for name in _FIELDS} | {"lease_until": None}
    if is_new:
        tx.execute(insert(t.letters), fields | {"case_number": letter.case, "version": letter.version})
    else:
        this = and_(_l.case_number == letter.case, _l.version == letter.version)
        tx.execute(update(t.letters).where(this).values(fields))


_FIELDS = (
    *("address", "sent_by", "message_id", "token", "state", "asked_at", "attempts"),
    *("next_attempt_at", "begun_at", "ended_at", "why"),
)


def any_due(tx: Tx, now: datetime) -> bool:
    """Whether `take_due` would find something; costs no write."""
    return tx.execute(_ANY_DUE, {"now": now}).scalar_one() is True


def take_due(tx: Tx, now: datetime, lease: timedelta, most: int) -> list[Letter]:
    """Leases letters that are to go, those that wait longest first; other processes skip them until the lease is over.

    One whose `begun_at` is set was in somebody's hands when they fell silent.
    """
    rows = tx.execute(_TAKE_DUE, {"now": now, "most": most}).all()
    letters = [_letter(row) for row in rows]
    for letter in letters:
        this = and_(_l.case_number == letter.case, _l.version == letter.version)
        tx.execute(update(t.letters).where(this).values(lease_until=now + lease, attempts=letter.attempts + 1))
    return letters


def begin(tx: Tx, letter: Letter, attempt: int, now: datetime) -> bool:
    """Notes that the first word is about to leave; False where somebody else has taken the letter up, or back."""
    row = tx.execute(held(tx, _LETTER), {"number": letter.case, "version": letter.version}).first()
    mine = row is not None and row.state == LetterState.WAITING and row.attempts == attempt and row.begun_at is None
    if mine:
        this = and_(_l.case_number == letter.case, _l.version == letter.version)
        tx.execute(update(t.letters).where(this).values(begun_at=now))
    return mine


def in_hand(tx: Tx, letter: Letter, attempt: int) -> Letter | None:
    """The letter as it stands, where this attempt at it is still the latest; None where another one has begun since."""
    row = tx.execute(held(tx, _LETTER), {"number": letter.case, "version": letter.version}).first()
    return _letter(row) if row is not None and row.attempts == attempt and row.state == LetterState.WAITING else None


def sent_to(tx: Tx, address: str, since: datetime) -> int:
    """How many letters went to this address since, or are on their way."""
    counted = (LetterState.WAITING, LetterState.SENT, LetterState.SOUGHT, LetterState.UNKNOWN)
    query = select(func.count()).where(_l.address == address, _l.asked_at > since, _l.state.in_(counted))
    return int(tx.execute(query).scalar_one())


def in_doubt(tx: Tx, since: datetime) -> list[Letter]:
    """Letters of which nobody knows whether they went out, from `since` on."""
    return [_letter(row) for row in tx.execute(select(t.letters).where(t.is_in_doubt, _l.asked_at > since))]


def sought_in_vain(tx: Tx, until: datetime) -> list[Letter]:
    """Letters in doubt that were to be found by then, and of which nobody has been asked yet."""
    return [_letter(row) for row in tx.execute(_SOUGHT_IN_VAIN, {"until": until})]


def answered(tx: Tx, tags: Sequence[str], follows: Sequence[str]) -> list[Letter]:
    """Which letters of ours another one answers, the likeliest first: by the token among the tags it came to, then by the Message-IDs that it names, the nearest first."""
    if not (tags or follows):
        return []
    names = list(follows)[:50]
    rows = tx.execute(select(t.letters).where(or_(_l.token.in_(list(tags)), _l.message_id.in_(names)))).all()
    ranks = {name: rank for rank, name in enumerate((*tags, *names))}
    found = sorted(rows, key=lambda row: min(ranks[each] for each in (row.token, row.message_id) if each in ranks))
    return [_letter(row) for row in found]


def is_ours(tx: Tx, message_id: str) -> bool:
    """Whether a letter of that name is one that we send ourselves."""
    return bool(tx.execute(select(exists().where(_l.message_id == message_id))).scalar_one())


def message_ids(tx: Tx, number: int) -> list[tuple[datetime, str]]:
    """Of the letters of a case that went out, each with when."""
    gone = select(_l.ended_at, _l.message_id).where(_l.case_number == number, _l.state == LetterState.SENT)
    return [(row.ended_at, row.message_id) for row in tx.execute(gone)]


def waiting_since(tx: Tx, at: datetime) -> datetime | None:
    """Since when the oldest letter has been tried in vain, or not at all though it was to go before `at`; None: all is well."""
    late = or_(_l.why.is_not(None), _l.next_attempt_at < at)
    query = select(func.min(_l.asked_at)).where(t.is_to_go, _l.asked_at < at, late)
    found: datetime | None = tx.execute(query).scalar_one()
    return found


def troubles(tx: Tx, most: int = 1) -> Sequence[str]:
    """What the mail server had to say to letters that still wait."""
    query = select(_l.why).where(t.is_to_go, _l.why.is_not(None)).order_by(_l.next_attempt_at.desc()).limit(most)
    return [why for why in tx.scalars(query) if why]
