"""Feedback as JSON: the `data` object of the generic intake read, written back, and what names a feedback for ever."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from cases.arrivals.json_fields import (
    BadFeedback,
    Fault,
    Fields,
    day,
    instant,
    line,
    number,
    prose,
    read_json,
    web_address,
)
from cases.arrivals.yes_or_no import yes_or_no
from cases.model import PRACTICE, Customer, Feedback, Picture, Rating
from cases.spoken.mailboxes import mailbox

__all__ = ["Arriving", "BadFeedback", "Fault", "identity", "read_arriving", "read_feedback", "read_json", "to_data"]

BY_HAND = "by hand"  # the source of what a colleague took down, where they name none
LONGEST_ID = 200
LONGEST_FIELD = 500
LONGEST_URL = 2000
_in_order = json.JSONEncoder(sort_keys=True).encode
_field, _id, _source, _url = line(LONGEST_FIELD), line(LONGEST_URL), line(LONGEST_ID), web_address(LONGEST_URL)


@dataclass(frozen=True, slots=True)
class Arriving:
    """Feedback as one delivery brought it.

    `said_at` is when the customer, or the system that tells of them, said it: of two deliveries the later one is right.
    `event` names the delivery, the same each time it is tried again; `heard_at` is when it came to us. `ignored` are the fields left out,
    each with what is wrong with it; `taken_from` tells of fields from which question they were taken. What was said before `alarms_since` (None: whenever) is recorded and opens no case.
    `channel` is where a case of it belongs, as policy names it or by its id; empty: where its source's belong.
    `hold` is how long its card waits for words, where it has none; nothing: as long as its source says.
    `pictures` came with it, and may be shown to whoever asks.
    """

    feedback: Feedback
    said_at: datetime | None = None
    event: str | None = None
    ignored: tuple[Fault, ...] = ()
    heard_at: datetime | None = None
    alarms_since: datetime | None = None
    taken_from: tuple[tuple[str, str], ...] = ()
    channel: str = ""
    hold: timedelta = timedelta()
    pictures: tuple[Picture, ...] = ()

    @property
    def is_old(self) -> bool:
        """Whether it was said so long ago that it alarms nobody: only files are told of such a time."""
        return self.at is not None and self.alarms_since is not None and self.at < self.alarms_since

    @property
    def at(self) -> datetime | None:
        """The instant that decides which of two deliveries is the later one; None where nobody tells."""
        return self.said_at or self.feedback.occurred_at

    def is_later_than(self, said_at: datetime | None) -> bool:
        """Whether this was said after what was said then; where nobody tells, what arrives later is.

        A stamp from the future is a clock's that runs ahead. It must not silence all that is said before then in truth.
        """
        if self.at is None or said_at is None or self.at >= said_at:
            return True
        return self.heard_at is not None and self.at <= self.heard_at < said_at


def read_arriving(
    data: Any, *, route: str, path: str = "data", said_at: datetime | None = None, event: str | None = None
) -> Arriving:
    """The `data` object of the generic intake → Arriving. `route` is the source's name where the object names none.

    A rating or a comment is required; whatever else cannot be read is left out, since a complaint is worth more than a
    tidy object. Without an external_id a digest of what was read stands in for it. Raises BadFeedback where neither rating
    nor comment can be read, naming every wrong field by its path, which begins with `path`.
    """
    fields = Fields(data, "", [])
    feedback = _read(fields, route)
    feedback = replace(feedback, source=outside(feedback.source))
    if feedback.rating is None and feedback.comment is None:
        _note_missing(fields)
        raise BadFeedback(*(fault.under(path) for fault in fields.faults))
    if not feedback.external_id:
        feedback = replace(feedback, external_id=fingerprint(feedback))
    return Arriving(feedback, said_at, event, tuple(fields.faults))


def outside(source: str) -> str:
    """A source as whoever sends feedback names it: never that of the cases we invent ourselves, which count nowhere."""
    return f"{source} (sent)" if source == PRACTICE else source


def read_feedback(data: Any, *, route: str, path: str = "data") -> Feedback:
    """As `read_arriving`, where nobody asks how and when it came."""
    return read_arriving(data, route=route, path=path).feedback


def read_kept(data: Any, source: str) -> Feedback:
    """What `to_data` wrote, read back; it may say nothing, as a body does that was kept because nobody could read it."""
    return _read(Fields(data, "", []), source)


def _read(fields: Fields, route: str) -> Feedback:
    return Feedback(
        external_id=fields.take("external_id", short_id) or "",
        source=fields.take("source", _source) or route,
        customer=_customer(fields.part("customer")),
        rating=_rating(fields.part("rating")),
        comment=fields.take("comment", prose),
        subject=fields.take("subject", _field),
        order_ref=fields.take("order_ref", _field),
        occasion=fields.take("occasion", _field),
        occasion_at=fields.take("occasion_at", day),
        locale=fields.take("locale", _field),
        contact_ok=fields.take("contact_ok", yes_or_no),
        public_url=fields.take("public_url", _url),
        occurred_at=fields.take("occurred_at", instant),
        handed_over=fields.take("handed_over", yes_or_no),
        doubted=fields.take("doubted", yes_or_no),
        also_answered=fields.take("also_answered", _pairs) or (),
    )


def short_id(value: Any) -> str | None:
    """An id of any length names its feedback: a long one by its digest."""
    written = _id(value)
    if written is None or len(written) <= LONGEST_ID:
        return written
    return f"long-{_digest(written)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _customer(fields: Fields | None) -> Customer:
    if fields is None:
        return Customer()
    return Customer(
        fields.take("name", _field),
        fields.take("email", address),
        fields.take("phone", _field),
        fields.take("id", _field),
    )


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    """Questions with their answers, as we wrote them."""
    pairs = value if isinstance(value, list) else []
    return tuple((str(pair[0]), str(pair[1])) for pair in pairs if isinstance(pair, list) and len(pair) == 2)


def address(value: Any) -> str | None:
    """An e-mail address without what programs put around it: "mailto:", a name and angle brackets, a stop."""
    written = _field(value)
    seen = written or ""
    if not seen.isascii():
        seen = "".join(char for char in seen if unicodedata.category(char) != "Cf")
    bare = seen.removeprefix("mailto:")
    address = mailbox(bare)[1].rstrip(".,;")
    return address if bare.count("@") == 1 and "@" in address and " " not in address else written


def _rating(fields: Fields | None) -> Rating | None:
    """A question that was skipped has no value, and is no rating."""
    if fields is None:
        return None
    value, scale = fields.take("value", number), fields.take("scale", number)
    if value is None or fields.faulty("scale"):
        return None
    if scale is None:
        return Rating(value, None)
    if scale <= 0:
        fields.fault("scale", "must be a number above 0: what the rating is out of, for instance 5")
        return None
    if not 0 <= value <= scale:
        fields.fault("value", f"must be a number between 0 and {scale:g}")
        return None
    return Rating(value, scale)


def _note_missing(fields: Fields) -> None:
    """What is there but wrong has been noted already, and is not missing."""
    if not fields.faulty("rating", "comment"):
        fields.fault("comment", "is missing, and so is rating; give at least one of the two")


def fingerprint(feedback: Feedback) -> str:
    """An id made of what was read: the same words of the same customer are the same feedback, whatever else came with them."""
    read = to_data(feedback)
    read.pop("also_answered", None)
    read.pop("doubted", None)
    return f"made-{_digest(_in_order(read))}"


def to_data(feedback: Feedback) -> dict[str, Any]:
    """The inverse of read_feedback: a JSON-able object that reads back as the same feedback."""
    c, r, at = feedback.customer, feedback.rating, feedback.occurred_at
    return {
        "external_id": feedback.external_id,
        "source": feedback.source,
        "customer": {"name": c.name, "email": c.email, "phone": c.phone, "id": c.id},
        "rating": {"value": _short(r.value), "scale": None if r.scale is None else _short(r.scale)} if r else None,
        "comment": feedback.comment,
        "subject": feedback.subject,
        "order_ref": feedback.order_ref,
        "occasion": feedback.occasion,
        "occasion_at": feedback.occasion_at.isoformat() if feedback.occasion_at else None,
        "locale": feedback.locale,
        "contact_ok": feedback.contact_ok,
        "public_url": feedback.public_url,
        "occurred_at": at.isoformat().replace("+00:00", "Z") if at else None,
        **({"handed_over": True} if feedback.handed_over else {}),
        **({"doubted": True} if feedback.doubted else {}),
    } | ({"also_answered": [list(pair) for pair in feedback.also_answered]} if feedback.also_answered else {})


def _short(value: float) -> float | int:
    return int(value) if value == int(value) else value


def identity(feedback: Feedback) -> tuple[str, str]:
    """What names a feedback for ever: the same pair again is an update, never a second case."""
    return feedback.source, feedback.external_id
