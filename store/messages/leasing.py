"""Who may try to show a message now: what is due, in which order, at the pace that all processes keep together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, literal_column, or_, select, tuple_, update

from cases.messages.kinds import KINDS, Kind
from store import tables as t
from store.engine import Tx
from store.messages.owing import _NOW
from store.messages.pace import PACED, may_go

_m = t.messages.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A message this process has leased to show. `fence` proves it; `revision` is what showing it will have shown.

    `parent_ts` is the thread to post in, below the message `parent` of ours. `again`: it has stood in Slack
    before. `unknown_since` is set when an earlier post of it was begun and its fate is
    not known: look for it before posting again. What is not begun by `begin_by` must be left to the next lease, or it
    might reach Slack when somebody else has looked for it already.
    """

    id: int
    kind: Kind
    case_number: int | None
    channel: str
    parent: int | None
    parent_ts: str | None
    only_for: str | None
    facts: Mapping[str, Any]
    revision: int
    posted_in: str | None
    ts: str | None
    attempts: int
    fence: int
    unknown_since: datetime | None
    begin_by: datetime
    again: bool

    @property
    def misplaced(self) -> bool:
        """Whether it stands in the thread of an earlier post of its parent: a reply is younger than what it replies to."""
        return self.ts is not None and self.parent_ts is not None and self.ts < self.parent_ts


_parent = t.messages.alias("parent")


def _written_out(kinds: Iterable[Kind]) -> list[ColumnElement[str]]:
    """A list of values would be put into the statement again each time that it is executed."""
    return [literal_column(f"'{kind}'") for kind in kinds]


_KNOWN = _m.kind.in_(_written_out(Kind))  # what a newer process owes is left to it while both are at work
_VIEWS = _written_out(kind for kind, treated in KINDS.items() if treated.is_view)


def _due(*columns: Any) -> Select[Any]:
    """The rows that may be shown now. A row is not due while its own retry time, its lease, its channel's pace, a pause
    Slack asked for, or the message it replies to stands in the way."""
    paused = exists().where(
        t.pauses.c.channel.in_([_m.channel, ""]), t.pauses.c.method == _method(), t.pauses.c.until > _NOW
    )
    return (
        select(*columns)
        .outerjoin(_parent, _m.thread_of == _parent.c.id)
        .where(t.is_owed, _KNOWN, _m.next_attempt_at <= _NOW, or_(_m.lease_until.is_(None), _m.lease_until <= _NOW))
        # Nothing of a case is said outside its thread: without a card it waits, and the card's absence is reported.
        .where(or_(_m.thread_of.is_(None), _parent.c.ts.is_not(None)))
        .where(~paused)
    )


def any_due(tx: Tx, now: datetime) -> bool:
    """Whether `take_due` would find something; costs no write. It must not say so in vain: who asks would ask for ever."""
    return tx.execute(_ANY_DUE, {"now": now}).first() is not None


def take_due(tx: Tx, now: datetime, lease: timedelta, pace: timedelta, limit: int = 20) -> list[Owed]:
    """Leases what may be shown now, at most one new message and one edit for each channel, first things first.

    The pace of its channel and its method is taken with the lease, so all processes keep it together.
    """
    page = limit * 2
    lanes: set[tuple[str, str]] = set()
    taken: list[Owed] = []
    while len(taken) < limit:
        # One channel's long queue would fill every page: the lanes that are taken are left out of the next one.
        rows = tx.execute(_TAKE_DUE, {"now": now, "page": page, "lanes": list(lanes)}).all()
        for row in rows:
            method = method_of(Kind(row.kind), row.ts, row.only_for)
            lane = (method, row.channel) if method in PACED else (method, f"{row.channel} {row.id}")
            if lane in lanes or len(taken) == limit:
                continue
            lanes.add(lane)
            if may_go(tx, method, row.channel, now, pace):
                taken.append(_lease(tx, row, method, now, lease))
        if len(rows) < page:
            break
    return taken


def method_of(kind: Kind, ts: str | None, only_for: str | None) -> str:
    """Which of Slack's methods shows such a message."""
    if KINDS[kind].is_view:
        return "views.publish"
    if only_for is not None:
        return "chat.postEphemeral"
    return "chat.postMessage" if ts is None else "chat.update"


def _method() -> ColumnElement[str]:
    """`method_of` for the database."""
    return case(
        (_m.kind.in_(_VIEWS), "views.publish"),
        (_m.only_for.is_not(None), "chat.postEphemeral"),
        (_m.ts.is_(None), "chat.postMessage"),
        else_="chat.update",
    )


_ANY_DUE = _due(_m.id).limit(1)
_TAKE_DUE = (
    _due(t.messages, _parent.c.ts.label("parent_ts"))
    .where(tuple_(_method(), _m.channel).not_in(bindparam("lanes", expanding=True)))
    .order_by(_m.priority, _m.id)
    .limit(bindparam("page"))
    .with_for_update(of=t.messages, skip_locked=True, key_share=True)
)

_CHANGE = update(t.messages).where(_m.id == bindparam("the_message"))
_FREE = {"lease_until": None, "posting_since": None}  # nobody has it in hand, and nothing has been begun


def _lease(tx: Tx, row: Any, method: str, now: datetime, lease: timedelta) -> Owed:
    # The first begun post counts: the search for a message of unknown fate must reach back to it.
    begun = (row.posting_since or now) if method in ("chat.postMessage", "chat.postEphemeral") else None
    values = {"lease_until": now + lease, "fence": row.fence + 1, "attempts": row.attempts + 1, "posting_since": begun}
    tx.execute(_CHANGE, values | {"the_message": row.id})
    return Owed(
        id=row.id,
        kind=Kind(row.kind),
        case_number=row.case_number,
        channel=row.channel,
        parent=row.thread_of,
        parent_ts=row.thread_ts or row.parent_ts,
        only_for=row.only_for,
        facts=row.facts,
        revision=row.wanted,
        posted_in=row.posted_in,
        ts=row.ts,
        attempts=row.attempts + 1,
        fence=row.fence + 1,
        unknown_since=row.posting_since,
        begin_by=now + lease / 2,  # the other half is for Slack's answer, or for giving up waiting for it
        again=row.shown < 0,
    )
