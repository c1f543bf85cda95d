"""Intercom: a customer's rating of a conversation, and what customers write in one, where that is subscribed to.

How it is known: signature, envelope and conversation_rating from Intercom's documentation and two programs' tests; where the
customer's name stands in a rated conversation, from its reference of conversations alone. What the conversation began with
is HTML, a remark is text. Conversations that begin, and answers in them (older ones have `user` and `conversation_message`), from the
fixtures of a program that takes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cases.arrivals.answers import answer
from cases.arrivals.json_fields import instant_if_any
from cases.arrivals.mail import of_html
from cases.arrivals.told import Means
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.envelope import Object, at, beside, called, object_of, objects, part
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


_WROTE = {
    "id": Means.EXTERNAL_ID,
    "created_at": Means.OCCURRED_AT,
    "author.name": Means.NAME,
    "author.email": Means.EMAIL,
    "author.id": Means.CUSTOMER_ID,
}
_USER = {"user.name": Means.NAME, "user.email": Means.EMAIL}
_CUSTOMERS = ("user", "lead", "contact")
_BEGAN = ("source", "conversation_message")


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The rating and whose conversation it was, or what the customer wrote; nothing for Intercom's ping and other topics."""
    event = object_of(body, VENDOR, MARKS)
    talk = part(event, "data.item")
    said_at = instant_if_any(event.get("created_at"))
    if event["topic"] == "conversation.user.created":
        began = next((found for path in _BEGAN if (found := part(talk, path))), {})
        return _written({**began, "created_at": talk.get("created_at")}, talk, said_at)
    if event["topic"] == "conversation.user.replied":
        return _written((objects(at(talk, "conversation_parts.conversation_parts")) or [{}])[-1], talk, said_at)
    return _rated(event, talk, said_at) if event["topic"] == "conversation.rating.added" else []


def _written(message: Object, talk: Object, said_at: datetime | None) -> list[Opened]:
    """A message, if the customer wrote it and it has words. Its id is its own: that of the conversation is its rating's."""
    words = of_html(message.get("body"))
    if at(message, "author.type") not in _CUSTOMERS or not words:
        return []
    who = called({**message, "user": talk.get("user")}, {**_WROTE, **_USER})
    answers = [*who, *answer("body", "body", words, Means.COMMENT), *beside(talk, ("custom_attributes",))]
    return [Opened(answers=answers, path="data.item", said_at=said_at)]


def _rated(event: Object, talk: Object, said_at: datetime | None) -> list[Opened]:
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
    return [Opened(answers=answers, path="data.item", said_at=said_at)]


GUIDE = Guide(
    clicks=(
        "**Developer Hub → your app → Configure → Webhooks**, and put the address in; it must be https.",
        "Subscribe to the topic **conversation.rating.added**; to **conversation.user.created** and **conversation.user.replied** as well, if what customers write is to be judged too.",
        "Copy the **client secret** from the app's *Basic information*: it is the secret of step 1, so set this one.",
    ),
    sends="One POST when a customer rates a conversation, and when one writes, as JSON; and a ping when the webhook is saved, which opens nothing.",
    unread="What colleagues and bots write. All other topics.",
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
