"""Our own intake, for programs that can sign: Standard Webhooks headers around one feedback object.

Standard Webhooks: https://www.standardwebhooks.com; Svix and those who send through it call the same headers svix-id and so
on. How it is known: from its documentation, and a vector of its own test suite fits.
"""

from __future__ import annotations

from collections.abc import Mapping

from cases.arrivals.answers import of_data
from cases.arrivals.bodies import read_body
from cases.arrivals.feedback import BadFeedback, Fault
from cases.arrivals.json_fields import instant_if_any
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.signatures import STANDARD

NAME, VENDOR = "generic", "our own intake"
KNOWN, MARKS = Known.VECTOR, ()
SECRET_ENV = "INTAKE_SECRET"  # noqa: S105  the name of the variable
SIGNATURE = STANDARD
TYPES = ("feedback.created", "feedback.updated")


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The feedback of the request: in its `data`, or, where a program sends it bare, the body itself. Raises BadFeedback."""
    envelope = read_body(body)
    if isinstance(envelope, list) and len(envelope) == 1:
        (envelope,) = envelope
    if not isinstance(envelope, Mapping):
        raise BadFeedback(Fault("body", 'must be an object with "type" and "data"'))
    if "data" in envelope and envelope.get("type", TYPES[0]) not in TYPES:
        raise BadFeedback(Fault("type", f"must be {' or '.join(TYPES)}"))
    data = envelope.get("data", envelope)
    if not isinstance(data, Mapping):
        raise BadFeedback(Fault("data", "must be an object, that is {…}"))
    said_at = instant_if_any(envelope.get("timestamp"))
    return [Opened(answers=of_data(data), path="data" if data is not envelope else "", said_at=said_at)]


GUIDE = Guide(
    clicks=(
        "Sign each request with it: [in curl, Node and Python](signing.md).",
        "A program that cannot sign shows a token instead: set `INTAKE_TOKEN`, and send `Authorization: Bearer` with it, or put it at the end of the address.",
    ),
    sends="What your own program posts. One of `rating` and `comment` is enough; an `external_id` is wanted, so that the same feedback sent twice is one. `type` may be `feedback.updated` for a correction.",
    unread='Keys that no field takes: they stand on the card as "also answered", and in the answer under `"unread"`.',
    site="https://www.standardwebhooks.com",
)


EXAMPLE = {
    "type": "feedback.created",
    "timestamp": "2026-01-05T10:00:00Z",
    "data": {
        "external_id": "order-8812",
        "source": "delivery-form",
        "customer": {"name": "Ana Ruiz", "email": "ana@example.org", "phone": None, "id": "c-77"},
        "rating": {"value": 2, "scale": 5},
        "comment": "Soup cold, an hour late",
        "order_ref": "8812",
        "occasion": "birthday",
        "occasion_at": "2026-01-07",
        "contact_ok": True,
        "occurred_at": "2026-01-05T09:40:00Z",
    },
}
