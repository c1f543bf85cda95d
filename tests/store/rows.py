"""Rows that store tests need in a database: cases of invented customers, and messages owed."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_type_hints

from cases.acts.act import ActionName
from cases.arrivals.customers import customer_keys
from cases.arrivals.decision import Changes, Records
from cases.messages.intents import Intent
from cases.messages.kinds import KINDS, Kind, Nudges, Reminder
from cases.messages.notes import Acted
from cases.messages.payload import Payload
from cases.model import Assessment, Case, Customer, Feedback, Rating, Severity
from cases.occasions import When
from store import cases, feedback, messages
from store.engine import Store, Tx
from store.messages import Owed

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days"))
LEASE = timedelta(seconds=60)
NO_PACE = timedelta()
CARE = "CCARE0001"


def later(**length: float) -> datetime:
    return NOW + timedelta(**length)


def ago(**length: float) -> datetime:
    return NOW - timedelta(**length)


def said(external_id: str = "f-1", **fields: Any) -> Feedback:
    """A complaint as a source reads it."""
    words: dict[str, Any] = {
        "source": "delivery-form",
        "customer": Customer("Ana Ruiz", "ana@example.org", "+4930555010", "c-77"),
        "rating": Rating(2, 5),
        "comment": "Soup cold, an hour late",
        "occurred_at": ago(hours=1),
    }
    return Feedback(external_id=external_id, **words | fields)


BAD = Assessment(negative=True, severity=Severity.NORMAL)


def heard(feedback: Feedback, assessment: Assessment = BAD, **fields: Any) -> Changes:
    """What was decided of this feedback, as far as its row is concerned."""
    return Records(feedback=feedback, assessment=assessment, keys=customer_keys(feedback), **fields)


def a_case(**fields: Any) -> Case:
    at = fields.get("opened_at", NOW)
    clocks = dict.fromkeys(
        ("opened_at", "unclaimed_since", "waiting_since", "heard_at", "claim_due_at", "contact_due_at"), at
    )
    return Case(**{"number": 0, "channel": CARE, "title": "Cold soup", **clocks, **fields})


def opened(tx: Tx, **fields: Any) -> Case:
    """A case as the database has it, without feedback."""
    case = a_case(**fields)
    (number,) = cases.new_numbers(tx, 1)
    numbered = replace(case, number=number)
    cases.open_together(tx, [numbered])
    return numbered


def with_feedback(tx: Tx, external_id: str = "f-1", **fields: Any) -> Case:
    case = opened(tx, **fields)
    feedback.record(tx, heard(said(external_id)), case.number, NOW)
    return replace(case, feedback=(said(external_id),))


def reminder(case: int, **fields: Any) -> Reminder:
    """A reminder about that case, as its message carries it."""
    told = {"rung": 0, "when": When.UNCLAIMED, "tell": "thread", "count": 1, "last": False, "overdue": True}
    return Reminder(**{"case": case, "due_at": NOW, **told, **fields})


_EXAMPLES: dict[type, Any] = {str: "Hello", int: 1, date: NOW.date()}
_OF_A_CASE: dict[Kind, Payload] = {
    Kind.NOTE: Acted(say=ActionName.NOTE, actor="UANA", text="She likes tea"),
    Kind.NUDGE: Nudges((reminder(1),)),
}


def carried_by(kind: Kind) -> Payload:
    """What a message of this kind may carry."""
    if kind in _OF_A_CASE:
        return _OF_A_CASE[kind]
    payload = KINDS[kind].carries[0]
    hints = get_type_hints(payload)
    needed = [each.name for each in fields(payload) if each.default is MISSING and each.default_factory is MISSING]
    return payload(**{name: _EXAMPLES.get(hints[name], ()) for name in needed})


def owe(tx: Tx, intent: str = "card:1", carried: str | Payload = Kind.CARD, channel: str = CARE, **fields: Any) -> int:
    """The id of a message newly owed, which carries this, or what messages of this kind carry."""
    payload = carried if isinstance(carried, Payload) else carried_by(Kind(carried))
    number = messages.owe(tx, payload, intent=Intent(intent), channel=channel, now=fields.pop("now", NOW), **fields)
    assert number is not None, f"{intent} was owed before"
    return number


def take(tx: Tx, now: datetime = NOW, limit: int = 20, pace: timedelta = NO_PACE) -> list[Owed]:
    return messages.take_due(tx, now, LEASE, pace, limit)


def take_one(tx: Tx, now: datetime = NOW) -> Owed:
    (owed,) = take(tx, now)
    return owed


def post(tx: Tx, owed: Owed, ts: str | None = None) -> str:
    """Slack has shown it."""
    ts = ts or owed.ts or f"{owed.id}.{owed.fence:06}"
    assert messages.record_shown(tx, owed, owed.posted_in or owed.channel, ts)
    return ts


def write(store: Store, work: Any, *arguments: Any, **named: Any) -> Any:
    """`work(tx, …)`, committed."""
    return store.write(lambda tx: work(tx, *arguments, **named))


def read(store: Store, work: Any, *arguments: Any, **named: Any) -> Any:
    return store.read(lambda tx: work(tx, *arguments, **named))
