"""The files that messages show: what came with letters and the pictures of digests; how far each is on its way into Slack, and which Slack is to lose again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Row, and_, bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy import case as sql_case

from cases.letters.attached import File, State, with_room
from cases.messages.kinds import Digest
from cases.messages.payload import from_facts
from cases.model import Picture
from store import messages
from store import tables as t
from store.engine import Tx
from store.inserts import insert_all, new_numbers

_a, _f, _m = t.attached.c, t.feedback.c, t.messages.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed(File):
    """A file that this process has leased to bring a step further; `until` is the end of the lease, which proves it."""

    message: int
    attempts: int
    until: datetime


_NOW = bindparam("now", type_=t.Instant())
_FREE = or_(_a.lease_until.is_(None), _a.lease_until <= _NOW)
# Only for messages that stand in Slack: one that is refused with what it shows must have been shown without.
_STANDS = exists().where(_m.id == _a.message, _m.ts.is_not(None))
_DUE = (
    t.is_on_its_way,
    _a.next_attempt_at <= _NOW,
    _FREE,
    or_(_a.state == State.ERASED, _STANDS),
)
_FIELDS = (
    _a.id,
    _a.feedback,
    _a.name,
    _a.size,
    _a.state,
    _a.file,
    _a.why,
    _a.alt,
)  # not the bytes: nobody wants those of many at once
_ANY_DUE = select(exists().where(*_DUE))
_TAKE_DUE = (
    select(*_FIELDS, _a.message, _a.attempts)
    .where(*_DUE)
    .order_by(_a.next_attempt_at, _a.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_KEPT = select(func.count(), func.coalesce(func.sum(_a.size), 0)).where(_a.content.is_not(None))
_CASE: BindParameter[int] = bindparam("number")
_OF_CASE = _a.feedback.in_(select(_f.id).where(_f.case_number == _CASE))
# What stands in the thread of a case in which its words are no more can be shown where they are now; what was deleted, again.
_ELSEWHERE = exists().where(_m.id == _a.message, _m.case_number != _CASE)
_SHOWABLE = and_(
    _OF_CASE, or_(_a.state.in_((State.KEPT, State.REFUSED)), and_(_a.state == State.SHOWN, or_(_ELSEWHERE, ~_STANDS)))
)
_IN_THREAD = (
    select(*_FIELDS)
    .where(_OF_CASE, _a.feedback == bindparam("the_feedback"), _a.message.is_not(None), ~_ELSEWHERE)
    .where(_a.state != State.ERASED)
    .order_by(_a.id)
)
_DRAWN = select(*_FIELDS).where(_a.message == bindparam("the_message"), _a.feedback.is_(None), _a.state == State.SHOWN)
_ANY_SHOWABLE = select(exists().where(_SHOWABLE))
_FREED = {"lease_until": None, "attempts": 0}
_AT_REST = _FREED | {"next_attempt_at": None}


def keep(tx: Tx, feedback: int, case: int | None, pictures: Sequence[Picture]) -> None:
    """Keeps what came with this feedback, as far as its case has room. What came once is not kept a second time."""
    if not pictures or tx.scalar(select(exists().where(_a.feedback == feedback))):
        return
    there, size = tx.execute(_KEPT.where(_OF_CASE), {"number": case}).one() if case else (0, 0)
    kept = list(with_room(pictures, there, size))
    rows = [
        {
            "id": number,
            "feedback": feedback,
            "name": each.name,
            "size": len(each.content),
            "content": each.content,
            "state": State.KEPT.value,
            "attempts": 0,
        }
        for number, each in zip(new_numbers(tx, t.attached, len(kept)), kept, strict=True)
    ]
    insert_all(tx, t.attached, rows)


def drop(tx: Tx, feedback: int) -> None:
    """Nobody will look at what came with it."""
    tx.execute(delete(t.attached).where(_a.feedback == feedback, _a.state == State.KEPT))


def any_showable(tx: Tx, case: int) -> bool:
    """Whether something came with the letters of this case that its thread does not show, and could."""
    return tx.execute(_ANY_SHOWABLE, {"number": case}).scalar_one() is True


def showable(tx: Tx, case: int) -> list[int]:
    """The feedback of a case, by id, with which something of the kind came; oldest first."""
    query = select(_a.feedback).where(_SHOWABLE).distinct().order_by(_a.feedback)
    return list(tx.scalars(query, {"number": case}))


def want(tx: Tx, case: int, feedback: int, message: int, now: datetime) -> None:
    """What came with this feedback is to be shown in that message; of what Slack may have already it is asked first."""
    mine = and_(_SHOWABLE, _a.feedback == feedback)
    state = sql_case((_a.file.is_(None), State.WANTED), else_=State.BEGUN)
    wanted = (
        update(t.attached).where(mine).values(state=state, message=message, next_attempt_at=now, why=None, **_FREED)
    )
    tx.execute(wanted, {"number": case})


def draw(tx: Tx, message: int, name: str, now: datetime) -> None:
    """A message is to show a picture of ours, which is drawn when it is sent."""
    row = {"name": name, "size": 0, "state": State.WANTED, "message": message, "attempts": 0, "next_attempt_at": now}
    tx.execute(insert(t.attached), row)


def drawn(tx: Tx, message: int) -> File | None:
    """The picture of ours that a message shows."""
    row = tx.execute(_DRAWN, {"the_message": message}).one_or_none()
    return _file(row) if row else None


def in_thread(tx: Tx, case: int, feedback: int) -> list[File]:
    """What came with this feedback and is shown, or to be shown, in the thread of this case; none where it belongs to another by now."""
    rows = tx.execute(_IN_THREAD, {"number": case, "the_feedback": feedback}).all()
    return [_file(row) for row in rows]


def _file(row: Row[*tuple[Any, ...]]) -> File:
    return File(**row._asdict() | {"state": State(row.state)})


def any_owed(tx: Tx, now: datetime) -> bool:
    """Whether `take_owed` would find something; costs no write."""
    return tx.execute(_ANY_DUE, {"now": now}).scalar_one() is True


def take_owed(tx: Tx, now: datetime, lease: timedelta, limit: int = 2) -> list[Owed]:
    """Leases files that can be brought a step further; other processes skip them until the lease is over."""
    rows = tx.execute(_TAKE_DUE, {"now": now, "most": limit}).all()
    taken = update(t.attached).where(_a.id.in_([row.id for row in rows]))
    tx.execute(taken.values(lease_until=now + lease, attempts=_a.attempts + 1))
    return [
        Owed(**row._asdict() | {"state": State(row.state), "attempts": row.attempts + 1, "until": now + lease})
        for row in rows
    ]


def content(tx: Tx, owed: Owed) -> bytes | None:
    """The bytes of what came with a letter; None where they were erased since."""
    found: bytes | None = tx.scalar(select(_a.content).where(_a.id == owed.id))
    return found


def digest_with(tx: Tx, owed: Owed) -> Digest:
    """What the message tells of that is to show this picture of ours."""
    return from_facts(Digest, tx.execute(select(_m.facts).where(_m.id == owed.message)).scalar_one())


def _change(tx: Tx, owed: Owed, **values: object) -> bool:
    """False when the lease was lost meanwhile, or the file erased: then nothing changes."""
    mine = and_(_a.id == owed.id, _a.lease_until == owed.until, _a.state == owed.state)
    return tx.execute(update(t.attached).where(mine).values(values)).rowcount == 1


def begun(tx: Tx, owed: Owed, file: str, alt: str) -> bool:
    """Slack has given it an id, and is sent the bytes next. False: it is not to be sent. `alt`: what a picture of ours shows."""
    return _change(tx, owed, state=State.BEGUN, file=file, alt=alt if owed.feedback is None else None)


def uploaded(tx: Tx, owed: Owed, look_at: datetime) -> None:
    """Slack has it; it can be shown once Slack has processed it."""
    _change(tx, owed, state=State.UPLOADED, next_attempt_at=look_at, **_FREED)


def anew(tx: Tx, owed: Owed, now: datetime) -> None:
    """Slack knows nothing of the file that was begun: it is sent once more."""
    _change(tx, owed, state=State.WANTED, file=None, next_attempt_at=now, lease_until=None)


def put_off(tx: Tx, owed: Owed, until: datetime) -> None:
    """Not yet: the next step is tried at `until`."""
    _change(tx, owed, next_attempt_at=until, lease_until=None)


def show(tx: Tx, owed: Owed, now: datetime) -> None:
    """Slack has processed it: its message is owed once more, with the file; the bytes are Slack's alone now."""
    if _change(tx, owed, state=State.SHOWN, content=None, **_AT_REST):
        _message_anew(tx, owed, now)


def refuse(tx: Tx, owed: Owed, why: str, now: datetime) -> int | None:
    """Slack will not take it. What came with a letter: its message says so; the number of its case, whose card can offer it again.

    A message stays as it is without a picture of ours.
    """
    refused = _change(tx, owed, state=State.REFUSED, why=why[:100], **_AT_REST)
    return _message_anew(tx, owed, now) if refused and owed.feedback is not None else None


def _message_anew(tx: Tx, owed: Owed, now: datetime) -> int | None:
    message = select(_a.message).where(_a.id == owed.id).scalar_subquery()
    tx.execute(update(t.messages).where(_m.id == message).values(messages.anew(now)))
    number: int | None = tx.scalar(select(_m.case_number).where(_m.id == message))
    return number


def refuse_in(tx: Tx, message: int, why: str, files: Collection[str] = ()) -> bool:
    """Slack will not show a message with what it is to show, or with these of its files. False when there is nothing of the kind."""
    which = and_(_a.message == message, _a.state == State.SHOWN)
    if files:
        which = and_(which, _a.file.in_(list(files)))
    values = _AT_REST | {"state": State.REFUSED, "why": why[:100]}
    return tx.execute(update(t.attached).where(which).values(values)).rowcount > 0


def erase(tx: Tx, feedback: Collection[int], now: datetime) -> int:
    """Names and bytes go; what Slack may have is to be deleted there, once nobody can still be sending it. How many there were."""
    of_these = _a.feedback.in_(sorted(feedback))
    known = and_(of_these, _a.state != State.ERASED)
    count = int(tx.execute(select(func.count()).where(known)).scalar_one())
    if count:
        tx.execute(delete(t.attached).where(known, _a.file.is_(None)))
        values = {"state": State.ERASED, "name": "", "content": None, "size": 0, "why": None, "attempts": 0}
        tx.execute(update(t.attached).where(known).values(values | {"next_attempt_at": now}))
    return count


def gone(tx: Tx, owed: Owed) -> None:
    """Slack has it no more."""
    tx.execute(delete(t.attached).where(_a.id == owed.id, _a.lease_until == owed.until))
