"""The append-only record of what happened to each case, and which Slack events have had their effect.

Triggers on both databases refuse every change and removal of a line, whoever asks; `rewriting` is the one way past them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from cases.acts.act import ActionName
from cases.acts.actions import UNDO
from cases.model import Via
from store import tables as t
from store.engine import Tx
from store.inserts import insert_all, insert_once

OPENED = "opened"
SAW_DETAILS = "saw_details"  # the action of a line that only says who looked
_REWRITING = "rewriting"  # as the triggers of revision 0004 name it
_l, _e = t.timeline.c, t.seen_events.c
_HISTORY = select(t.timeline).where(_l.case_number == bindparam("number")).order_by(_l.id)
_NOTES = _HISTORY.where(_l.action == ActionName.NOTE.value)
_OPENER = select(_l.actor).where(_l.case_number == bindparam("number"), _l.action == OPENED).limit(1)
_RECENT = 10_000
_NEWEST = select(func.max(_l.id)).scalar_subquery()
_ACTED_LATELY = select(_l.id).where(_l.id > _NEWEST - _RECENT, _l.actor == bindparam("person")).limit(1)
_FORGET = delete(t.seen_events).where(_e.event_id == bindparam("gesture"))
_LATER = select(_e.at).where(_e.event_id == bindparam("gesture"), _e.at > bindparam("after"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a case's history. `actor` is a Slack id, or None for the customer or the bot."""

    at: datetime
    actor: str | None
    action: str
    via: str
    facts: Mapping[str, Any]


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as JSON keeps them: instants in ISO 8601, enumerations by value, None left out."""
    return {name: _plain(value) for name, value in facts.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.value if isinstance(value, Enum) else value


def note_down(
    tx: Tx,
    number: int,
    at: datetime,
    actor: str | None,
    action: str,
    via: Via,
    facts: Mapping[str, Any] | None = None,
    *,
    shown: bool = False,
) -> None:
    """Adds a line to a case's history; facts that are None are left out. `shown`: and one that the actor looked."""
    same = {"at": at, "actor": actor, "via": via, "case_number": number}
    lines = [same | {"action": action, "facts": plain(facts or {})}]
    insert_all(tx, t.timeline, lines + [same | {"action": SAW_DETAILS, "facts": {}}] * shown)


def note_together(
    tx: Tx, facts: Mapping[int, Mapping[str, Any]], at: datetime, actor: str | None, action: str, via: Via
) -> None:
    """As `note_down` for several cases to which the same has happened, with one statement: number → facts."""
    same = {"at": at, "actor": actor, "action": action, "via": via}
    insert_all(tx, t.timeline, [same | {"case_number": n, "facts": plain(told)} for n, told in facts.items()])


@contextmanager
def rewriting(tx: Tx) -> Iterator[None]:
    """Within it lines may be changed: erasing takes the words out of them, and people take back their own.

    A row among the facts says so to the triggers. It is gone before the commit, so no other transaction ever sees it, and
    two that rewrite at once wait for each other.
    """
    tx.execute(insert(t.facts), {"name": _REWRITING, "content": True})
    yield
    tx.execute(delete(t.facts).where(t.facts.c.name == _REWRITING))


def note_look(tx: Tx, number: int, at: datetime, person: str, via: Via) -> None:
    """Somebody was shown how to reach the customer: who and when stays with the case."""
    note_down(tx, number, at, person, SAW_DETAILS, via)


def history(tx: Tx, number: int, *, looks: bool = False) -> list[Entry]:
    """A case's lines, oldest first: what happened to it, and who was shown how to reach the customer where `looks` asks."""
    rows = tx.execute(_HISTORY, {"number": number}).all()
    return [Entry(r.at, r.actor, r.action, r.via, r.facts) for r in rows if looks or r.action != SAW_DETAILS]


def opener(tx: Tx, number: int) -> str | None:
    """The colleague who opened a case by hand; None where it opened by itself."""
    return tx.execute(_OPENER, {"number": number}).scalar()


def acted_lately(tx: Tx, person: str) -> bool:
    """Whether somebody stands among the last ten thousand lines, of all cases together."""
    return tx.execute(_ACTED_LATELY, {"person": person}).first() is not None


def checked_before(tx: Tx, number: int, at: datetime) -> bool:
    """Whether an emoji marked the case as contacted before `at`, and nobody has taken that back."""
    gestures = [e for e in history(tx, number) if e.via == Via.REACTION and e.at < at]
    stands = {e.actor for e in gestures if e.action == ActionName.CONTACTED}
    return bool(stands - {e.actor for e in gestures if e.action == f"{UNDO}{ActionName.CONTACTED}"})


def kept(tx: Tx, number: int, due: datetime | None) -> str | None:
    """What was kept of what was promised for that instant; None: what was kept last. None where nothing was."""
    ends = [entry.facts for entry in history(tx, number) if entry.action == ActionName.KEPT]
    told = (each.get("text") for each in reversed(ends) if due is None or each.get("until") == due.isoformat())
    return next((str(text) for text in told if text), None)


def was_let_go(tx: Tx, number: int, since: datetime) -> bool:
    """Whether a silent owner lost the case at or after `since`."""
    return any(entry.action == "let_go" and entry.at >= since for entry in history(tx, number))


def reworded(tx: Tx, number: int, said_in: str, earlier: Collection[str], says: str | None) -> str | None:
    """Has the note that stands in this message ("CHANNEL TS") say something else, or nothing (None); what it said before.

    None where no note of the case stands there. Notes from before that was kept are known by what they said: `earlier`.
    """
    for row in tx.execute(_NOTES, {"number": number}).all():
        where, was = row.facts.get("said_in"), str(row.facts.get("text") or "")
        if _ts(where) == _ts(said_in) or (where is None and row.via == Via.THREAD and was in earlier):
            facts = {"text": says, "said_in": said_in}
            with rewriting(tx):
                tx.execute(update(t.timeline).where(_l.id == row.id).values(facts=plain(facts)))
            return was
    return None


def _ts(said_in: str | None) -> str | None:
    """A channel may have another id by now; the `ts` is the same."""
    return said_in and said_in.rpartition(" ")[2]


def first_time(tx: Tx, event_id: str | None, now: datetime) -> bool:
    """False when this event has had its effect before. An event without an id always counts as new."""
    return event_id is None or insert_once(tx, t.seen_events, {"event_id": event_id, "at": now}) is not None


def took_back(tx: Tx, gesture: str, at: datetime) -> None:
    """Remembers when a gesture was taken back. Slack may deliver the gesture itself later than that."""
    tx.execute(_FORGET, {"gesture": gesture})
    tx.execute(insert(t.seen_events), {"event_id": gesture, "at": at})


def taken_back_after(tx: Tx, gesture: str, at: datetime) -> bool:
    """True if the gesture that was made at `at` is known to have been taken back later."""
    return tx.execute(_LATER, {"gesture": gesture, "after": at}).first() is not None


def forget_events(tx: Tx, before: datetime) -> int:
    """Drops event ids older than Slack's last redelivery; returns how many."""
    return tx.execute(delete(t.seen_events).where(_e.at < before)).rowcount
