"""The outbox: one row for each message Slack should show, who is trying to show it, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from store import tables as t
from store.engine import Tx
from store.once import insert_once

# What people wait for goes first. A kind that is not listed here cannot be owed.
PRIORITIES = {
    "answer": 0,
    "contact": 0,
    "ask_how": 0,
    "card": 10,
    "draft": 20,
    "note": 30,
    "nudge": 40,
    "digest": 40,
    "notice": 40,
    "home": 50,
}
_m = t.messages.c
_NOT_NEEDED = ("moot", "forgotten")  # dead, and nobody misses them


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A message this process has leased to show. `fence` proves it; `revision` is what showing it will have shown.

    `parent_ts` is the thread to post in. `unknown_since` is set when an earlier post of it was begun and its fate is
    not known: look for it before posting again. What is not begun by `begin_by` must be left to the next lease, or it
    might reach Slack when somebody else has looked for it already.
    """

    id: int
    kind: str
    case_number: int | None
    channel: str
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


@dataclass(frozen=True, slots=True)
class Lost:
    """A message whose place in Slack is not known. `channel` is where it was owed."""

    id: int
    channel: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that stands in Slack."""

    id: int
    kind: str
    case_number: int | None
    channel: str
    ts: str


def owe(
    tx: Tx,
    *,
    intent: str,
    kind: str,
    channel: str,
    now: datetime,
    case_number: int | None = None,
    thread_of: int | None = None,
    thread_ts: str | None = None,
    only_for: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> int | None:
    """Owes a message. The same `intent` is owed only once: then None comes back and nothing changes."""
    row = new(
        intent=intent,
        kind=kind,
        channel=channel,
        now=now,
        case_number=case_number,
        thread_of=thread_of,
        thread_ts=thread_ts,
        only_for=only_for,
        facts=facts,
    )
    owed = insert_once(tx, t.messages, row)
    return None if owed is None else int(owed.id)


def owe_together(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Owes messages that nobody can have owed before, such as the cards of new cases, with one statement; see `new`."""
    tx.execute(insert(t.messages), rows)


def new(
    *,
    intent: str,
    kind: str,
    channel: str,
    now: datetime,
    case_number: int | None = None,
    thread_of: int | None = None,
    thread_ts: str | None = None,
    only_for: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The row of a message that has just come to be owed."""
    return {
        "intent": intent,
        "kind": kind,
        "priority": PRIORITIES[kind],
        "case_number": case_number,
        "channel": channel,
        "thread_of": thread_of,
        "thread_ts": thread_ts,
        "only_for": only_for,
        "facts": dict(facts or {}),
        "created_at": now,
        "owed_since": now,
        "wanted": 1,
        "shown": 0,
        "attempts": 0,
        "next_attempt_at": now,
        "fence": 0,
        "settled": False,
    }


def anew(now: datetime) -> dict[str, Any]:
    """What changes in the row of a message that must be shown anew."""
    return _anew(literal(now, t.Instant()))


def _anew(now: ColumnElement[datetime]) -> dict[str, Any]:
    return {
        "wanted": _m.wanted + 1,
        "owed_since": case((t.is_owed, _m.owed_since), else_=now),
        # A row that is being tried, or whose post may have landed, keeps the time it has.
        "next_attempt_at": case((_m.attempts > 0, _m.next_attempt_at), else_=now),
    }


_NOW = bindparam("now", type_=t.Instant())
_ALIVE = update(t.messages).where(_m.dead.is_(None)).values(_anew(_NOW))
_WANT_AGAIN = _ALIVE.where(_m.intent == bindparam("the_intent"))
_SHOW_ANEW = _ALIVE.where(_m.id == bindparam("the_message"))
_OUTDATE_NUDGES = _ALIVE.where(
    _m.id.in_(select(t.nudges.c.message).where(t.nudges.c.case_number == bindparam("the_case"))),
    _m.settled.is_(False),
)


def want_again(tx: Tx, intent: str, now: datetime) -> bool:
    """The message of this intent must be shown anew; several calls before it is shown are one edit. False: no such."""
    return tx.execute(_WANT_AGAIN, {"the_intent": intent, "now": now}).rowcount == 1


def show_anew(tx: Tx, message_id: int, now: datetime) -> None:
    """What was shown last may be out of date: as `want_again`, by number."""
    tx.execute(_SHOW_ANEW, {"the_message": message_id, "now": now})


def take_in(tx: Tx, message: int, name: str, more: Sequence[Any], now: datetime) -> bool:
    """Adds to the list of that name among a message's facts, and shows it anew. False: it has said its last word.

    It is no longer about one case only.
    """
    row = tx.execute(select(t.messages).where(_m.id == message, _m.dead.is_(None), _m.settled.is_(False))).first()
    if row is None:
        return False
    facts = row.facts | {name: [*row.facts.get(name, ()), *more]}
    values = anew(now) | {"facts": facts, "case_number": None}
    return tx.execute(update(t.messages).where(_m.id == message).values(values)).rowcount == 1


def outdate_nudges(tx: Tx, number: int, now: datetime) -> None:
    """The nudges about this case no longer say what is so: show them anew, save those that say already that they are over.

    One that is being posted just now counts too: it was written before the change.
    """
    tx.execute(_OUTDATE_NUDGES, {"the_case": number, "now": now})


_BY_INTENT = select(_m.id).where(_m.intent == bindparam("intent"))


def by_intent(tx: Tx, intent: str) -> int | None:
    """The id of the message owed under this intent."""
    return tx.execute(_BY_INTENT, {"intent": intent}).scalar_one_or_none()


_parent = t.messages.alias("parent")


def _due(*columns: Any) -> Select[Any]:
    """The rows that may be shown now. A row is not due while its own retry time, its lease, its channel's pace, a pause
    Slack asked for, or the message it replies to stands in the way."""
    paused = exists().where(
        t.pauses.c.channel.in_([_m.channel, ""]), t.pauses.c.method == _method(), t.pauses.c.until > _NOW
    )
    return (
        select(*columns)
        .outerjoin(_parent, _m.thread_of == _parent.c.id)
        .where(t.is_owed, _m.next_attempt_at <= _NOW, or_(_m.lease_until.is_(None), _m.lease_until <= _NOW))
        # What replies to a message that Slack will never show stands by itself: it must not wait for ever.
        .where(or_(_m.thread_of.is_(None), _parent.c.ts.is_not(None), _parent.c.dead.is_not(None)))
        .where(~paused)
    )


def any_due(tx: Tx, now: datetime) -> bool:
    """Whether `take_due` would find something; costs no write. It must not say so in vain: who asks would ask for ever."""
    return tx.execute(_ANY_DUE, {"now": now}).first() is not None


def take_due(tx: Tx, now: datetime, lease: timedelta, pace: timedelta, limit: int = 20) -> list[Owed]:
    """Leases what may be shown now, at most one new message and one edit for each channel, first things first.

    The pace of a channel is taken with the lease, so all processes keep it together.
    """
    page = limit * 2
    lanes: set[tuple[str, str]] = set()
    taken: list[Owed] = []
    while len(taken) < limit:
        # One channel's long queue would fill every page: the lanes that are taken are left out of the next one.
        rows = tx.execute(_TAKE_DUE, {"now": now, "page": page, "lanes": list(lanes)}).all()
        for row in rows:
            method = method_of(row.kind, row.ts, row.only_for)
            lane = (method, row.channel) if method in PACED else (method, f"{row.channel} {row.id}")
            if lane in lanes or len(taken) == limit:
                continue
            lanes.add(lane)
            if method not in PACED or _enter(tx, method, row.channel, now, pace):
                taken.append(_lease(tx, row, method, now, lease))
        if len(rows) < page:
            break
    return taken


PACED = frozenset({"chat.postMessage", "chat.update"})


def method_of(kind: str, ts: str | None, only_for: str | None) -> str:
    """Which of Slack's methods shows such a message."""
    if kind == "home":
        return "views.publish"
    if only_for is not None:
        return "chat.postEphemeral"
    return "chat.postMessage" if ts is None else "chat.update"


def _method() -> ColumnElement[str]:
    """`method_of` for the database."""
    return case(
        (_m.kind == "home", "views.publish"),
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
_AT = and_(t.pauses.c.method == bindparam("the_method"), t.pauses.c.channel == bindparam("the_channel"))
_UNTIL = bindparam("next", type_=t.Instant())
_ENTER = update(t.pauses).where(_AT, t.pauses.c.until <= _NOW).values(until=_UNTIL)
_PAUSE = update(t.pauses).where(_AT).values(until=case((t.pauses.c.until > _UNTIL, t.pauses.c.until), else_=_UNTIL))


def _enter(tx: Tx, method: str, channel: str, now: datetime, pace: timedelta) -> bool:
    """Takes the channel's pace for this method. False when another process has done so since the rows were read."""
    if not pace:
        return True
    if tx.execute(_ENTER, {"the_method": method, "the_channel": channel, "now": now, "next": now + pace}).rowcount:
        return True
    return insert_once(tx, t.pauses, {"method": method, "channel": channel, "until": now + pace}) is not None


def _lease(tx: Tx, row: Any, method: str, now: datetime, lease: timedelta) -> Owed:
    # The first begun post counts: the search for a message of unknown fate must reach back to it.
    begun = (row.posting_since or now) if method in ("chat.postMessage", "chat.postEphemeral") else None
    values = {"lease_until": now + lease, "fence": row.fence + 1, "attempts": row.attempts + 1, "posting_since": begun}
    tx.execute(_CHANGE, values | {"the_message": row.id})
    return Owed(
        id=row.id,
        kind=row.kind,
        case_number=row.case_number,
        channel=row.channel,
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
    )


def pause(tx: Tx, method: str, channel: str, until: datetime) -> None:
    """No process calls this method for this channel before `until`; an empty channel means all. A longer pause stays."""
    if tx.execute(_PAUSE, {"the_method": method, "the_channel": channel, "next": until}).rowcount:
        return
    if insert_once(tx, t.pauses, {"method": method, "channel": channel, "until": until}) is None:
        pause(tx, method, channel, until)  # another process has begun one meanwhile


def lift_pauses(tx: Tx, before: datetime) -> None:
    """Drops pauses that ended before."""
    tx.execute(delete(t.pauses).where(t.pauses.c.until <= before))


_CHANGE = update(t.messages).where(_m.id == bindparam("the_message"))
_CHANGE_MINE = _CHANGE.where(_m.fence == bindparam("the_fence"))
_FREE = {"lease_until": None, "posting_since": None}


def _change_mine(tx: Tx, owed: Owed, values: Mapping[str, Any]) -> bool:
    """False when the lease was lost meanwhile: then nothing changes."""
    return tx.execute(_CHANGE_MINE, {**values, "the_message": owed.id, "the_fence": owed.fence}).rowcount == 1


def record_shown(tx: Tx, owed: Owed, channel: str | None, ts: str | None, *, settled: bool = False) -> bool:
    """Slack shows it. False when the lease was lost meanwhile; whoever has it now finds the message by its metadata.

    `settled` says that it has said its last word: changes of its case no longer concern it.
    """
    values = _FREE | {"shown": owed.revision, "posted_in": channel, "ts": ts, "attempts": 0, "settled": settled}
    return _change_mine(tx, owed, values)


def adopt(tx: Tx, owed: Owed, channel: str, ts: str) -> None:
    """An earlier post of unknown fate did land: it is ours from now on, and is due for an edit if it is out of date."""
    _change_mine(tx, owed, _FREE | {"posted_in": channel, "ts": ts, "shown": 1, "attempts": 0})


def put_off(tx: Tx, owed: Owed, until: datetime) -> None:
    """It certainly was not shown; try again at `until`."""
    _change_mine(tx, owed, _FREE | {"next_attempt_at": until})


def put_off_unknown(tx: Tx, owed: Owed, until: datetime) -> None:
    """It may have been shown; look for it at `until`."""
    _change_mine(tx, owed, {"lease_until": None, "next_attempt_at": until})


def post_anew(tx: Tx, owed: Owed, now: datetime) -> None:
    """Somebody deleted it in Slack and it is still needed: forget where it stood."""
    _change_mine(tx, owed, _FREE | {"ts": None, "posted_in": None, "shown": 0, "next_attempt_at": now})


def redirect(tx: Tx, owed: Owed, now: datetime) -> None:
    """A private answer becomes a direct message to the same person."""
    direct = {"channel": owed.only_for, "only_for": None, "thread_ts": None}
    _change_mine(tx, owed, _FREE | direct | {"next_attempt_at": now})


def bury(tx: Tx, owed: Owed, why: str) -> None:
    """It will never be shown; `why` is Slack's word or ours."""
    _change_mine(tx, owed, _FREE | {"dead": why[:200]})


_LOST = select(_m.id, _m.channel).where(_m.intent == bindparam("intent"), _m.ts.is_(None))
_STANDING = select(_m.id, _m.kind, _m.case_number).where(_m.posted_in == bindparam("channel"), _m.ts == bindparam("ts"))
_ANY_UNKNOWN = select(exists().where(t.is_owed, _m.posting_since.is_not(None)))
_PLACES = select(_m.case_number, _m.posted_in, _m.ts).where(
    _m.kind == "card", _m.case_number.in_(bindparam("numbers", expanding=True)), _m.ts.is_not(None)
)


def lost_sight_of(tx: Tx, intent: str) -> Lost | None:
    """The message of this intent, if we do not know where, or whether, it stands."""
    row = tx.execute(_LOST, {"intent": intent}).first()
    return None if row is None else Lost(row.id, row.channel)


def found_at(tx: Tx, message_id: int, channel: str, ts: str, now: datetime) -> bool:
    """A message we had lost sight of has turned up: remember where it stands and bring it up to date.

    Whoever is posting it meanwhile loses the lease, and takes back what is then a copy.
    """
    query = update(t.messages).where(_m.id == message_id, _m.ts.is_(None), _m.kind != "home", _m.only_for.is_(None))
    values = {
        "posted_in": channel,
        "ts": ts,
        "shown": 0,
        "dead": None,
        "owed_since": now,
        "next_attempt_at": now,
        "fence": _m.fence + 1,
        **_FREE,
    }
    return tx.execute(query.values(values)).rowcount == 1


def standing_at(tx: Tx, channel: str, ts: str) -> Shown | None:
    """Which message of ours stands there."""
    row = tx.execute(_STANDING, {"channel": channel, "ts": ts}).first()
    return None if row is None else Shown(row.id, row.kind, row.case_number, channel, ts)


def any_unknown(tx: Tx) -> bool:
    """True while a post has been begun whose place is not recorded yet. Rows name channels by other names than Slack."""
    return bool(tx.execute(_ANY_UNKNOWN).scalar_one())


def places(tx: Tx, numbers: Collection[int]) -> dict[int, tuple[str, str]]:
    """Where the cards of these cases stand: case number → (channel, ts)."""
    return {number: (channel, ts) for number, channel, ts in tx.execute(_PLACES, {"numbers": list(numbers)}).all()}


def oldest_owed(tx: Tx, by: datetime) -> datetime | None:
    """Since when the longest-waiting message has been owed, if since `by` or longer, however often it was tried."""
    query = select(func.min(_m.owed_since)).where(t.is_owed, _m.owed_since <= by)
    since: datetime | None = tx.execute(query).scalar_one()
    return since


def cards_given_up(tx: Tx) -> list[tuple[int, str]]:
    """Open cases whose card Slack will not show, with its word for it: nobody sees these customers."""
    query = (
        select(_m.case_number, _m.dead)
        .join(t.cases, t.cases.c.number == _m.case_number)
        .where(_m.kind == "card", _m.dead.is_not(None), _m.dead.not_in(_NOT_NEEDED), t.is_open)
        .order_by(_m.case_number)
    )
    return [(number, why) for number, why in tx.execute(query).all()]


def counts(tx: Tx) -> dict[str, int]:
    """How many messages are owed, and how many were given up although they were needed, for the metrics page."""
    owed = tx.execute(select(func.count()).where(t.is_owed)).scalar_one()
    given_up = _m.dead.is_not(None) & _m.dead.not_in(_NOT_NEEDED)
    return {"owed": owed, "dead": tx.execute(select(func.count()).where(given_up)).scalar_one()}
