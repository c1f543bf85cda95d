"""The same feedback once more: what we had of it, and what is known of it when another delivery has come."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from cases.arrivals.feedback import Arriving
from cases.model import Customer, Feedback, Score

_EVENTS_KEPT = 20


@dataclass(frozen=True, slots=True)
class Before:
    """What we had of the same feedback, and the number of the case it belongs to; None: it was harmless.

    `said_at` is when the latest of what we have was said, as far as anybody told; `events` are the deliveries it came with.
    `score` is that of its words, owed since `unscored_since`, when we heard them. While it is `pending` nothing is decided of
    it yet; of an update, `decided` is what there was when something last was. `channel` is where a case of it belongs.
    """

    feedback: Feedback
    case: int | None
    said_at: datetime | None = None
    events: tuple[str, ...] = ()
    score: Score | None = None
    unscored_since: datetime | None = None
    pending: bool = False
    decided: Before | None = None
    channel: str = ""

    @property
    def last(self) -> Before | None:
        """What the next decision is compared with."""
        return self.decided if self.pending else self


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The same feedback was here and has been erased, at an instant. `words` tells whether these are the words that went."""

    case: int | None
    at: datetime
    words: bool


def as_known(arriving: Arriving, before: Before | None) -> Feedback:
    """All that is known of it now. What was said later is right; what was said earlier and comes late only fills gaps."""
    if before is None:
        return arriving.feedback
    if arriving.event in before.events:
        return before.feedback
    if arriving.is_later_than(before.said_at):
        return merge(before.feedback, arriving.feedback)
    return merge(arriving.feedback, before.feedback)


def said_at_last(arriving: Arriving, before: Before | None) -> datetime | None:
    """When the latest of what is known was said."""
    known = before.said_at if before else None
    return (arriving.at or known) if arriving.is_later_than(known) else known


def events_with(arriving: Arriving, before: Before | None) -> tuple[str, ...]:
    return (*(before.events if before else ()), *filter(None, [arriving.event]))[-_EVENTS_KEPT:]


def is_forgotten(arriving: Arriving, forgotten: Forgotten) -> bool:
    """A vendor's retry does not bring back who wanted to be forgotten; what they say anew does."""
    return forgotten.words if arriving.at is None else arriving.at <= forgotten.at


def merge(before: Feedback, after: Feedback) -> Feedback:
    """What is known once `after` has arrived: its values where it has any, the earlier ones where it is silent."""
    values = {f.name: _later(getattr(before, f.name), getattr(after, f.name)) for f in fields(Feedback)}
    values["customer"] = Customer(
        *(getattr(after.customer, f.name) or getattr(before.customer, f.name) for f in fields(Customer))
    )
    return Feedback(**values)


def _later(before: Any, after: Any) -> Any:
    return before if after is None or after == () else after
