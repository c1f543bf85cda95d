"""What others call the fields of feedback: headers of a table, refs of a form's questions, keys of an object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Names are compared by their letters and digits alone: "E-mail", "e_mail" and "Email" are one.
FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "external_id": ("external id", "id", "response id", "feedback id", "review id", "ticket", "ticket id"),
    "source": ("source", "platform"),
    "name": ("name", "customer", "customer name", "full name", "client", "guest"),
    "email": ("email", "email address", "mail", "customer email"),
    "phone": ("phone", "phone number", "telephone", "tel", "mobile"),
    "customer_id": ("customer id", "customer no", "customer number", "client id"),
    "rating": ("rating", "score", "stars", "nps", "csat", "grade"),
    "scale": ("scale", "out of", "max", "rating scale"),
    "comment": (
        *("comment", "comments", "feedback", "review", "message", "text", "complaint"),
        *("why", "what went wrong", "what happened"),
    ),
    "subject": ("subject", "title", "topic"),
    "order_ref": ("order", "order no", "order number", "order id", "order ref", "booking", "reservation"),
    "occasion": ("occasion",),
    "occasion_at": ("occasion at", "occasion date"),
    "locale": ("locale", "language"),
    "contact_ok": ("contact ok", "may we contact you", "contact allowed"),
    "public_url": ("public url", "url", "link", "review url"),
    "occurred_at": ("occurred at", "date", "time", "timestamp", "created", "created at", "submitted at"),
}


def field_named(name: str) -> str | None:
    """The field of ours that others call by this name, or None."""
    return _FIELD_OF.get(letters(name))


def letters(name: str) -> str:
    """A name by what counts of it."""
    return "".join(char for char in name.casefold() if char.isalnum())


def data_of(found: Mapping[str, Any]) -> dict[str, Any]:
    """What was found, by our names for the fields → the `data` object, in which the customer's own stand apart."""
    customer = {key: found.get(field) for key, field in _CUSTOMER.items()}
    return {field: value for field, value in found.items() if field not in _CUSTOMER.values()} | {"customer": customer}


_CUSTOMER = {"name": "name", "email": "email", "phone": "phone", "id": "customer_id"}
_FIELD_OF = {letters(name): field for field, names in FIELD_NAMES.items() for name in names}
