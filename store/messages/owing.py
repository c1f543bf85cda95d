"""Owing a message: once for each intent, and shown anew whenever what it says has changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    literal,
    literal_column,
    or_,
    select,
    update,
)

from cases.acts.act import ActionName
from cases.messages.intents import Intent
from cases.messages.kinds import KINDS, Kind, Nudges, Reminder, kind_of
from cases.messages.payload import Payload, as_facts, from_facts
from store import tables as t
from store.engine import Tx
from store.inserts import insert_all, insert_once

_m = t.messages.c


class ToOwe(TypedDict):
    """A message that is to come: where it belongs, and which case it is about.

    `thread_of` is the message to reply to, `only_for` the person who alone is to see it. It is shown `not_before` an instant;
    an `urgent` one goes before others of its kind.
    """

    intent: Intent
    channel: str
    now: datetime
    case_number: NotRequired[int | None]
    thread_of: NotRequired[int | None]
    thread_ts: NotRequired[str | None]
    only_for: NotRequired[str | None]
    not_before: NotRequired[datetime]
    urgent: NotRequired[bool]


def owe(tx: Tx, payload: Payload, **message: Unpack[ToOwe]) -> int | None:
    """Owes a message of the kind that carries this. An `intent` is owed only once: then None comes back, nothing changes."""
    owed = insert_once(tx, t.messages, new(payload, **message))
    return None if owed is None else int(owed.id)


def owe_together(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Owes messages that nobody can have owed before, such as the cards of new cases, with one statement; see `new`."""
    insert_all(tx, t.messages, rows)


def new(payload: Payload, **message: Unpack[ToOwe]) -> dict[str, Any]:
    """The row of a message that has just come to be owed."""
    kind, now = kind_of(payload), message["now"]
    return {
        "intent": message["intent"],
        "kind": kind.value,  # a plain text: the driver would ask of any other how to keep it
        "priority": KINDS[kind].priority - message.get("urgent", False),
        "case_number": message.get("case_number"),
        "channel": message["channel"],
        "thread_of": message.get("thread_of"),
        "thread_ts": message.get("thread_ts"),
        "only_for": message.get("only_for"),
        "facts": as_facts(payload),
        "created_at": now,
        "owed_since": message.get("not_before", now),
        "wanted": 1,
        "shown": 0,
        "attempts": 0,
        "next_attempt_at": message.get("not_before", now),
        "fence": 0,
        "settled": False,
    }


def anew(now: datetime) -> dict[str, Any]:
    """What changes in the row of a message that must be shown anew."""
    return _anew(literal(now, t.Instant()))


def _anew(now: ColumnElement[datetime]) -> dict[str, Any]:
    return {
        "wanted": _m.wanted + 1,
        "dead": None,
        "owed_since": case((t.is_owed, _m.owed_since), else_=now),
        # A row that is being tried, or whose post may have landed, keeps the time it has; so does one that is held back.
        "next_attempt_at": case((or_(_m.attempts > 0, _held_back(now)), _m.next_attempt_at), else_=now),
    }


def _held_back(now: ColumnElement[datetime]) -> ColumnElement[bool]:
    return and_(_m.shown == 0, _m.wanted > 0, _m.attempts == 0, _m.next_attempt_at > now)


_NOW = bindparam("now", type_=t.Instant())
NOT_NEEDED = ("moot", "forgotten")  # dead, and nobody misses them
# What was given up is tried once more when it is wanted again: the fault may have been in what it said, or in us.
_ALIVE = (
    update(t.messages)
    .where(or_(_m.dead.is_(None), _m.dead.not_in([literal_column(f"'{why}'") for why in NOT_NEEDED])))
    .values(_anew(_NOW))
)
_WANT_AGAIN = _ALIVE.where(_m.intent == bindparam("the_intent"))
_WANT_SOON = _WANT_AGAIN.values(
    next_attempt_at=case(
        (or_(_m.attempts > 0, t.is_owed), _m.next_attempt_at), else_=bindparam("at", type_=t.Instant())
    )
)
_SHARED: Select[tuple[str]] = select(literal_column("'flood:'") + cast(t.gathered.c.flood, String)).where(
    t.gathered.c.case_number == bindparam("the_case")
)
_WANT_OF_CASE = _ALIVE.where(
    or_(_m.intent.in_(bindparam("the_intents", expanding=True)), _m.intent == _SHARED.scalar_subquery())
)
_SHOW_ANEW = _ALIVE.where(_m.id == bindparam("the_message"))
_NOTES_ANEW = _ALIVE.where(_m.case_number == bindparam("the_case"), _m.kind == literal_column(f"'{Kind.NOTE}'"))
_OUTDATE_NUDGES = _ALIVE.where(
    _m.id.in_(select(t.nudges.c.message).where(t.nudges.c.case_number == bindparam("the_case"))),
    _m.settled.is_(False),
)


def held_back(tx: Tx, cases: Collection[int], now: datetime) -> set[int]:
    """Those of these cases whose cards wait for a later moment, and were not tried yet."""
    held = (_m.kind == literal_column(f"'{Kind.CARD}'"), _held_back(literal(now, t.Instant())))
    return set(tx.scalars(select(_m.case_number).where(_m.case_number.in_(sorted(cases)), *held))) if cases else set()


def release(tx: Tx, intent: Intent, now: datetime) -> None:
    """A message that is held back waits no longer."""
    at = literal(now, t.Instant())
    tx.execute(
        update(t.messages).where(_m.intent == intent, _held_back(at)).values(next_attempt_at=now, owed_since=now)
    )


def carry(tx: Tx, intent: Intent, channel: str) -> None:
    """A message that stands nowhere yet is to stand in another channel."""
    tx.execute(update(t.messages).where(_m.intent == intent, _m.ts.is_(None)).values(channel=channel))


def want_again(tx: Tx, intent: Intent, now: datetime) -> bool:
    """The message of this intent must be shown anew; several calls before it is shown are one edit. False: no such."""
    return tx.execute(_WANT_AGAIN, {"the_intent": intent, "now": now}).rowcount == 1


def become(tx: Tx, intent: Intent, payload: Payload, then: Intent, now: datetime) -> None:
    """The message of an intent says something else from now on, where it stands, and is owed under another one."""
    kind = kind_of(payload)
    values = {"intent": then, "kind": kind.value, "priority": KINDS[kind].priority, "facts": as_facts(payload)}
    tx.execute(update(t.messages).where(_m.intent == intent).values(anew(now) | values))


def want_soon(tx: Tx, intent: Intent, now: datetime, at: datetime) -> None:
    """As `want_again`, at `at` or earlier: what changes often is shown now and then."""
    tx.execute(_WANT_SOON, {"the_intent": intent, "now": now, "at": at})


def want_of_case(tx: Tx, number: int, all_of: Sequence[Intent], now: datetime) -> None:
    """As `want_again` for several intents of a case, and for the card that it came to share; what is owed nothing is passed over."""
    tx.execute(_WANT_OF_CASE, {"the_case": number, "the_intents": list(all_of), "now": now})


def show_notes_anew(tx: Tx, number: int, now: datetime) -> None:
    """What a case's thread quotes may no longer belong there."""
    tx.execute(_NOTES_ANEW, {"the_case": number, "now": now})


def show_anew(tx: Tx, message_id: int, now: datetime) -> None:
    """What was shown last may be out of date: as `want_again`, by number."""
    tx.execute(_SHOW_ANEW, {"the_message": message_id, "now": now})


def take_in(tx: Tx, message: int, more: Sequence[Reminder], now: datetime) -> bool:
    """Adds to what a message reminds of, and shows it anew; what it said of the same cases goes. False: it has said its last word.

    Where it was about one case, it may be about several now.
    """
    row = tx.execute(select(t.messages).where(_m.id == message, _m.dead.is_(None), _m.settled.is_(False))).first()
    if row is None:
        return False
    told = from_facts(Nudges, row.facts)
    cases = {one.case for one in more}
    both = (*(one for one in told.nudges if one.case not in cases), *more)
    values = anew(now) | {"facts": as_facts(replace(told, nudges=both))}
    if {one.case for one in both} != {row.case_number}:
        values["case_number"] = None
    return tx.execute(update(t.messages).where(_m.id == message).values(values)).rowcount == 1


def reword(tx: Tx, number: int, was: str, says: str, now: datetime) -> None:
    """What a colleague's note said in its case's thread is said otherwise there."""
    query = select(t.messages).where(_m.case_number == number, _m.kind == Kind.NOTE)
    for row in tx.execute(query).all():
        if (row.facts.get("say"), row.facts.get("text")) == (ActionName.NOTE, was):
            values = anew(now) | {"facts": {**row.facts, "text": says}}
            tx.execute(update(t.messages).where(_m.id == row.id).values(values))


def outdate_nudges(tx: Tx, number: int, now: datetime) -> None:
    """The nudges about this case no longer say what is so: show them anew, save those that say already that they are over.

    One that is being posted just now counts too: it was written before the change.
    """
    tx.execute(_OUTDATE_NUDGES, {"the_case": number, "now": now})


_OUTDATE = _ALIVE.where(_m.id.in_(bindparam("the_messages", expanding=True)), _m.settled.is_(False))


def outdate(tx: Tx, all_of: Collection[int], now: datetime) -> None:
    """As `outdate_nudges`, of these messages."""
    if all_of:
        tx.execute(_OUTDATE, {"the_messages": sorted(all_of), "now": now})


_BY_INTENT = select(_m.id, _m.ts, t.is_owed.label("is_owed")).where(_m.intent == bindparam("intent"))


def by_intent(tx: Tx, intent: Intent) -> int | None:
    """The id of the message owed under this intent."""
    row = tx.execute(_BY_INTENT, {"intent": intent}).first()
    return None if row is None else int(row.id)


def replied_to(tx: Tx, intent: Intent, now: datetime) -> int | None:
    """The id of the message of this intent, to which something is owed in reply: it is wanted if it stands nowhere."""
    row = tx.execute(_BY_INTENT, {"intent": intent}).first()
    if row is not None and row.ts is None and not row.is_owed:
        show_anew(tx, row.id, now)
    return None if row is None else int(row.id)


_ID_OF = {name: select(_m.id).where(_m.intent == bindparam(name)).scalar_subquery() for name in ("before", "after")}
_BELOW_ANOTHER = (
    update(t.messages)
    .where(_m.case_number == bindparam("number"), _m.thread_of == _ID_OF["before"], t.stands_nowhere)
    .values(thread_of=_ID_OF["after"])
)


def below_another(tx: Tx, number: int, before: Intent, after: Intent) -> None:
    """What is owed of a case below one message, and stands nowhere yet, comes below another: it may be that the first never stands."""
    tx.execute(_BELOW_ANOTHER, {"number": number, "before": before, "after": after})


_OF_PARENT = select(_m.case_number).where(_m.id == bindparam("the_parent")).scalar_subquery()
_FOLLOW = _ALIVE.where(_m.case_number == _OF_PARENT, _m.thread_of == bindparam("the_parent")).where(
    _m.ts < bindparam("its_ts"), _m.settled.is_(False), _m.only_for.is_(None)
)  # by the index of case numbers


def thread_follows(tx: Tx, parent: int, ts: str, now: datetime) -> None:
    """The message stands at `ts` now: what stands below an earlier post of it is wanted below this one."""
    tx.execute(_FOLLOW, {"the_parent": parent, "its_ts": ts, "now": now})
