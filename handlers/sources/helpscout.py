"""Help Scout: a customer's rating of a reply, or their answer to a survey.

How it is known: both bodies from Help Scout's documentation; the signature from programs of two languages. A program tells of
the rating "Not Good" beside the documented "Bad".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cases.arrivals.answers import Answer, answer
from cases.arrivals.json_fields import instant_if_any
from cases.arrivals.told import Means
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.envelope import Object, at, beside, called, object_of
from handlers.sources.signatures import HmacShape

NAME, VENDOR = "helpscout", "Help Scout"
SECRET_ENV = "HELPSCOUT_SECRET"  # noqa: S105  the name of the variable
KNOWN = Known.VECTOR
MARKS = (("rating", "ticketId"), ("message", "response"))
SIGNATURE = HmacShape(header="X-HelpScout-Signature", digest="sha1")
_WORDS = {"bad": 0.0, "not good": 0.0, "okay": 1.0, "great": 2.0}
_NPS = ("promoter", "passive", "detractor")
_MEANS = {
    "id": Means.EXTERNAL_ID,
    "comments": Means.COMMENT,
    "response.comment": Means.COMMENT,
    "modifiedAt": Means.OCCURRED_AT,
    "createdAt": Means.OCCURRED_AT,
    "response.timestamp": Means.OCCURRED_AT,
    "message.name": Means.SUBJECT,
    **{
        f"{customer}.{path}": means
        for customer in ("customer", "_embedded.customer")
        for path, means in (
            ("firstName", Means.FIRST_NAME),
            ("lastName", Means.LAST_NAME),
            ("emails.0.value", Means.EMAIL),
            ("_embedded.emails.0.value", Means.EMAIL),
            ("_embedded.phones.0.value", Means.PHONE),
            ("id", Means.CUSTOMER_ID),
        )
    },
}


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The rating, or the survey's answer."""
    told = object_of(body, VENDOR, MARKS)
    answers = [*_rating(told), *called(told, _MEANS), *beside(told, ("ticketId",)), *_mailbox(told)]
    said = (instant_if_any(at(told, path)) for path in ("modifiedAt", "createdAt", "response.timestamp"))
    return [Opened(answers=answers, said_at=next(filter(None, said), None))]


def _mailbox(told: Object) -> Iterator[Answer]:
    yield from answer("mailbox", "Mailbox", at(told, "mailbox.name"))


def _rating(told: Object) -> Iterator[Answer]:
    said, answered = told.get("rating"), at(told, "response.value")
    if (step := _WORDS.get(str(said).strip().lower())) is not None:
        yield from answer("rating", "rating", step, Means.RATING, steps=2)
    else:
        yield from answer("rating", "rating", said, Means.RATING)
    best = 10 if at(told, "response.category") in _NPS else None
    yield from answer("response.value", "response", answered, Means.RATING, steps=best)


GUIDE = Guide(
    clicks=(
        "**Manage → Apps → Webhooks**, and install it.",
        "Put the address into **Callback URL**, and the secret (40 characters at the most) into **Secret Key**.",
        "Tick **Rating Received** and **Survey Response Received**, and save.",
    ),
    sends="One POST for each rating of a reply, and for each answer to a survey, as JSON.",
    unread="The conversation itself: only its ticket number comes along. A rating is one of three words (Great, Okay, Bad), read as 2, 1 and 0 of 2.",
    site="https://developer.helpscout.com/webhooks/",
)

EXAMPLE = {
    "id": 5434,
    "customer": {
        "id": 77,
        "firstName": "Ana",
        "lastName": "Ruiz",
        "emails": [{"id": 1, "value": "ana@example.org", "location": "home"}],
    },
    "ticketId": 1560011,
    "threadId": 3002084,
    "mailbox": {"id": 3, "name": "Care"},
    "rating": "Bad",
    "comments": "Nobody answered for two days",
    "createdAt": "2026-01-05T10:00:00Z",
    "modifiedAt": "2026-01-05T10:00:00Z",
}
