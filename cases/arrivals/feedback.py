"""Feedback as JSON: the `data` object of the generic intake read, written back, and what tells who and which it is."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers

from cases.arrivals.json_fields import (
    BadFeedback,
    Fault,
    Fields,
    day,
    flag,
    instant,
    line,
    number,
    prose,
    read_json,
    web_address,
)
from cases.model import Customer, Feedback, Rating

__all__ = ["BadFeedback", "Fault", "customer_keys", "identity", "read_feedback", "read_json", "to_data"]

LONGEST_ID = 200
LONGEST_FIELD = 500
LONGEST_URL = 2000
_FEWEST_DIGITS = 7  # shorter numbers are extensions and typing errors: no identity
_field = line(LONGEST_FIELD)


def read_feedback(data: Any, *, route: str, path: str = "data") -> Feedback:
    """The `data` object of the generic intake → Feedback. `route` is the source's name where the object names none.

    Required are external_id and one of rating or comment. Raises BadFeedback naming every wrong field by its path,
    which begins with `path`.
    """
    fields = Fields(data, path, [])
    feedback = Feedback(
        external_id=fields.take("external_id", line(LONGEST_ID)) or "",
        source=fields.take("source", line(LONGEST_ID)) or route,
        customer=_customer(fields.part("customer")),
        rating=_rating(fields.part("rating")),
        comment=fields.take("comment", prose),
        subject=fields.take("subject", _field),
        order_ref=fields.take("order_ref", _field),
        occasion=fields.take("occasion", _field),
        occasion_at=fields.take("occasion_at", day),
        locale=fields.take("locale", _field),
        contact_ok=fields.take("contact_ok", flag),
        public_url=fields.take("public_url", web_address(LONGEST_URL)),
        occurred_at=fields.take("occurred_at", instant),
    )
    _note_missing(fields, feedback)
    if fields.faults:
        raise BadFeedback(*fields.faults)
    return feedback


def _customer(fields: Fields | None) -> Customer:
    if fields is None:
        return Customer()
    return Customer(*(fields.take(name, _field) for name in ("name", "email", "phone", "id")))


def _rating(fields: Fields | None) -> Rating | None:
    if fields is None:
        return None
    value, scale = fields.take("value", number), fields.take("scale", number)
    if value is None and not fields.faulty("value"):
        fields.fault("value", "is missing; give a number between 0 and the scale")
    if scale is None and not fields.faulty("scale"):
        fields.fault("scale", "is missing; give what the rating is out of, for instance 5")
    if scale is not None and scale <= 0:
        fields.fault("scale", "must be a number above 0: what the rating is out of, for instance 5")
    elif value is not None and not 0 <= value <= (value if scale is None else scale):
        fields.fault("value", "must be a number between 0 and " + ("the scale" if scale is None else f"{scale:g}"))
    return None if value is None or scale is None else Rating(value, scale)


def _note_missing(fields: Fields, feedback: Feedback) -> None:
    """What is there but wrong has been noted already, and is not missing."""
    if not feedback.external_id and not fields.faulty("external_id"):
        fields.fault("external_id", "is missing; give the id this feedback has where it comes from")
    if feedback.rating is None and feedback.comment is None and not fields.faulty("rating", "comment"):
        fields.fault("comment", "is missing, and so is rating; give at least one of the two")


def to_data(feedback: Feedback) -> dict[str, Any]:
    """The inverse of read_feedback: a JSON-able object that reads back as the same feedback."""
    c, r, at = feedback.customer, feedback.rating, feedback.occurred_at
    return {
        "external_id": feedback.external_id,
        "source": feedback.source,
        "customer": {"name": c.name, "email": c.email, "phone": c.phone, "id": c.id},
        "rating": {"value": _short(r.value), "scale": _short(r.scale)} if r else None,
        "comment": feedback.comment,
        "subject": feedback.subject,
        "order_ref": feedback.order_ref,
        "occasion": feedback.occasion,
        "occasion_at": feedback.occasion_at.isoformat() if feedback.occasion_at else None,
        "locale": feedback.locale,
        "contact_ok": feedback.contact_ok,
        "public_url": feedback.public_url,
        "occurred_at": at.isoformat().replace("+00:00", "Z") if at else None,
    }


def _short(value: float) -> float | int:
    return int(value) if value == int(value) else value


def identity(feedback: Feedback) -> tuple[str, str]:
    """What names a feedback for ever: the same pair again is an update, never a second case."""
    return feedback.source, feedback.external_id


def customer_keys(customer: Customer, region: str | None = None) -> frozenset[str]:
    """What tells that two feedbacks are one customer's: "email:…", "phone:+…", "id:…", normalised; the name is no proof.

    `region` ("DE") reads telephone numbers written without a country code. Dots in an address are kept: only some
    providers ignore them, and joining two strangers is worse than parting one customer.
    """
    keys = [
        ("email", (customer.email or "").strip().casefold() if "@" in (customer.email or "") else ""),
        ("phone", _phone(customer.phone or "", region)),
        ("id", (customer.id or "").strip()),
    ]
    return frozenset(f"{kind}:{value}" for kind, value in keys if value)


def _phone(written: str, region: str | None) -> str:
    """E.164 where the number can be read; otherwise its digits, if there are enough of them to mean somebody."""
    number = re.sub(r"^\s*00", "+", written)
    try:
        parsed = phonenumbers.parse(number, region)
        if phonenumbers.is_possible_number(parsed):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        pass
    digits = "".join(str(int(char)) for char in written if char.isdecimal())
    return digits if len(digits) >= _FEWEST_DIGITS else ""
