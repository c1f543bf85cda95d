"""Intercom: a customer's rating of a conversation.

How it is known: signature, envelope and conversation_rating from Intercom's documentation and two programs' tests; where the
customer's name stands in a rated conversation, from its reference of conversations alone. What the conversation began with
is HTML, a remark is text.
"""

from __future__ import annotations

from collections.abc import Mapping

from cases.arrivals.answers import answer
from cases.arrivals.json_fields import instant_if_any
from cases.arrivals.mail import of_html
from cases.arrivals.told import Means
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.envelope import at, beside, called, object_of, part
from handlers.sources.signatures import HmacShape

NAME, VENDOR = "intercom", "Intercom"
SECRET_ENV = "INTERCOM_SECRET"  # noqa: S105  the name of the variable
KNOWN = Known.VECTOR
MARKS = (("topic", "data"),)
SIGNATURE = HmacShape(header="X-Hub-Signature", digest="sha1", encoding="hex", prefix="sha1=")
_MEANS = {
    "id": Means.EXTERNAL_ID,
    "conversation_rating.rating": Means.RATING,
    "conversation_rating.remark": Means.COMMENT,
    "source.author.name": Means.NAME,
    "source.author.email": Means.EMAIL,
    "contacts.contacts.0.name": Means.NAME,
    "contacts.contacts.0.email": Means.EMAIL,
    "conversation_rating.contact.id": Means.CUSTOMER_ID,
    "conversation_rating.customer.id": Means.CUSTOMER_ID,
}


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The rating and whose conversation it was; nothing for Intercom's ping and other topics."""
    event = object_of(body, VENDOR, MARKS)
    if event["topic"] != "conversation.rating.added":
        return []
    talk = part(event, "data.item")
    answers = [
        *called(talk, _MEANS, best=5),
        *answer(
            "created_at",
            "created_at",
            at(talk, "conversation_rating.updated_at") or event.get("created_at"),
            Means.OCCURRED_AT,
        ),
        *answer("source.subject", "subject", of_html(at(talk, "source.subject")), Means.SUBJECT),
        *answer("began", "The conversation began with", of_html(at(talk, "source.body"))),
        *beside(talk, ("custom_attributes",)),
    ]
    said_at = instant_if_any(event.get("created_at"))
    return [Opened(answers=answers, path="data.item", said_at=said_at)]


GUIDE = Guide(
    clicks=(
        "**Developer Hub → your app → Configure → Webhooks**, and put the address in; it must be https.",
        "Subscribe to the topic **conversation.rating.added**.",
        "Copy the **client secret** from the app's *Basic information*: it is the secret of step 1, so set this one.",
    ),
    sends="One POST when a customer rates a conversation, as JSON; and a ping when the webhook is saved, which opens nothing.",
    unread="The conversation's messages, save what it began with. All other topics.",
    site="https://developers.intercom.com/docs/webhooks/setting-up-webhooks",
)

EXAMPLE = {
    "type": "notification_event",
    "topic": "conversation.rating.added",
    "id": "notif_1",
    "created_at": 1767607200,
    "data": {
        "type": "notification_event_data",
        "item": {
            "type": "conversation",
            "id": "55",
            "source": {
                "subject": "<p>Parcel</p>",
                "body": "<p>Where is it?</p>",
                "author": {"type": "user", "id": "c1", "name": "Ana Ruiz", "email": "ana@example.org"},
            },
            "conversation_rating": {
                "rating": 2,
                "remark": "Nobody answered",
                "created_at": 1767607190,
                "contact": {"type": "contact", "id": "c1"},
            },
        },
    },
}
