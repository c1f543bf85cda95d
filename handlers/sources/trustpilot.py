"""Trustpilot: reviews of a service, several in one body; it signs nothing, and shows a token.

How it is known: body and names from Trustpilot's support pages and from its own Slack program; that nothing is signed, as no
page tells of it. No address of the customer is ever sent, so only a public reply reaches them; a deleted review is none.
"""

from __future__ import annotations

from collections.abc import Mapping

from cases.arrivals.feedback import BadFeedback, Fault
from cases.arrivals.json_fields import instant_if_any
from cases.arrivals.told import Means
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.envelope import beside, called, object_of, objects, part
from handlers.sources.signatures import BEARER

NAME, VENDOR = "trustpilot", "Trustpilot"
SECRET_ENV = "TRUSTPILOT_SECRET"  # noqa: S105  the name of the variable
KNOWN = Known.DOCUMENTATION
MARKS = (("events",),)
SIGNATURE = BEARER
_MEANS = {
    "id": Means.EXTERNAL_ID,
    "stars": Means.RATING,
    "text": Means.COMMENT,
    "title": Means.SUBJECT,
    "consumer.name": Means.NAME,
    "consumer.displayName": Means.NAME,
    "consumer.id": Means.CUSTOMER_ID,
    "referenceId": Means.ORDER_REF,
    "createdAt": Means.OCCURRED_AT,
    "language": Means.LOCALE,
    "link": Means.PUBLIC_URL,
}


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """Each review that is new or changed."""
    events = object_of(body, VENDOR, MARKS)["events"]
    if not isinstance(events, list):
        raise BadFeedback(Fault("events", "must be a list"))
    opened = []
    for place, event in enumerate(objects(events)):
        if not str(event.get("eventName")).endswith("-deleted"):
            review = part(event, "eventData")
            answers = [*called(review, _MEANS, best=5), *beside(review, ("tags", "locationId"))]
            said_at = instant_if_any(review.get("updatedAt") or review.get("createdAt"))
            path = f"events.{place}.eventData"
            opened.append(Opened(answers=answers, path=path, said_at=said_at))
    return opened


GUIDE = Guide(
    clicks=(
        "**Integrations → Developers → Webhooks** in Trustpilot Business.",
        "Under *Service reviews*, for *New review* and for *Updated review*: **Add new subscription**, the address with the secret at its end, **Test**, save.",
    ),
    sends="One POST with one or several reviews, as JSON. Deleted reviews open nothing.",
    unread="No address of the customer is ever sent, so the card says that only a public reply reaches them; the order number (`referenceId`) finds them in your shop.",
    site="https://support.trustpilot.com/hc/en-us/community/posts/10109980750738-How-to-set-up-Trustpilot-Webhooks",
)

EXAMPLE = {
    "events": [
        {
            "eventName": "service-review-created",
            "version": "1.0",
            "eventData": {
                "id": "65a1f0c2e1b2",
                "language": "en",
                "title": "Never again",
                "text": "Three weeks, no parcel, no answer.",
                "referenceId": "8812",
                "stars": 1,
                "createdAt": "2026-01-05T10:00:00Z",
                "link": "https://reviews.example/65a1f0c2e1b2",
                "consumer": {"id": "5f0c", "name": "Ana R"},
                "tags": [],
            },
        }
    ]
}
