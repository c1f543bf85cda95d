"""Help Scout: a customer's rating of a reply, their answer to a survey, or what they write, where that is ticked.

How it is known: both bodies from Help Scout's documentation; the signature from programs of two languages. A program tells of
the rating "Not Good" beside the documented "Bad". Conversations (v2, the newest thread first) from its documentation and a program's example.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cases.arrivals.answers import Answer, answer
from cases.arrivals.json_fields import instant_if_any
from cases.arrivals.mail import of_html
from cases.arrivals.told import Means
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.envelope import Object, at, beside, called, object_of, objects, part
from handlers.sources.signatures import HmacShape

NAME, VENDOR = "helpscout", "Help Scout"
SECRET_ENV = "HELPSCOUT_SECRET"  # noqa: S105  the name of the variable
KNOWN = Known.VECTOR
MARKS = (("rating", "ticketId"), ("message", "response"), ("primaryCustomer", "mailboxId"))
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


_WROTE = {"id": Means.EXTERNAL_ID, "createdAt": Means.OCCURRED_AT}
_CUSTOMER = {
    "first": Means.FIRST_NAME,
    "firstName": Means.FIRST_NAME,
    "last": Means.LAST_NAME,
    "lastName": Means.LAST_NAME,
    "email": Means.EMAIL,
    "phone": Means.PHONE,
    "id": Means.CUSTOMER_ID,
}


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The rating, the survey's answer, or the newest message of a conversation, if it is the customer's."""
    told = object_of(body, VENDOR, MARKS)
    if "primaryCustomer" in told:
        return _written(told)
    answers = [*_rating(told), *called(told, _MEANS), *beside(told, ("ticketId",)), *_mailbox(told)]
    said = (instant_if_any(at(told, path)) for path in ("modifiedAt", "createdAt", "response.timestamp"))
    return [Opened(answers=answers, said_at=next(filter(None, said), None))]


def _written(talk: Object) -> list[Opened]:
    """Whatever happens to a conversation, all of it comes: what was said before is known by its thread's id."""
    threads = objects(at(talk, "_embedded.threads")) or objects(talk.get("threads"))
    newest = max(threads, key=lambda each: str(each.get("createdAt") or ""), default={})
    words = of_html(newest.get("body") or newest.get("text"))
    if newest.get("type") != "customer" or not words:
        return []
    answers = [
        *called(newest, _WROTE),
        *called(part(talk, "primaryCustomer"), _CUSTOMER),
        *called(talk, {"subject": Means.SUBJECT}),
        *answer("body", "body", words, Means.COMMENT),
        *(
            said
            for field in objects(talk.get("customFields"))
            for said in answer("custom", field.get("name"), field.get("text") or field.get("value"))
        ),
    ]
    return [Opened(answers=answers, said_at=instant_if_any(newest.get("createdAt")))]


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
        "Tick **Rating Received** and **Survey Response Received**, and **Conversation Created** and **Customer Reply** too if what customers write is to be judged; then save.",
    ),
    sends="One POST for each rating of a reply, for each answer to a survey, and for what happens to a conversation, as JSON.",
    unread="What colleagues write. Of a rating's conversation only its ticket number comes along. A rating is one of three words (Great, Okay, Bad), read as 2, 1 and 0 of 2.",
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
