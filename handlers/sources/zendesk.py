"""Zendesk: the body that a team writes into the webhook of a trigger, for when a ticket is rated; or the event of a new comment.

How it is known: the signature (the time of sending, then the body) from Zendesk's documentation and four programs; the
placeholders of the rating from six programs, that of the time from memory. It is the older of Zendesk's two surveys; the newer one has events of its own,
which are not read yet. The event of a comment (whose author says whether they are staff) from Zendesk's page of ticket events.
"""

from __future__ import annotations

from collections.abc import Mapping

from cases.arrivals.answers import Answer, of_json
from cases.arrivals.feedback import BadFeedback, Fault
from cases.arrivals.json_fields import instant_if_any
from cases.arrivals.told import Means
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.envelope import Object, at, called, object_of, part
from handlers.sources.signatures import HmacShape

NAME, VENDOR = "zendesk", "Zendesk"
SECRET_ENV = "ZENDESK_SECRET"  # noqa: S105  the name of the variable
KNOWN = Known.VECTOR
MARKS = (("ticket_id",), ("type", "zendesk_event_version"))
FREE = True
SIGNATURE = HmacShape(
    header="X-Zendesk-Webhook-Signature", before=("X-Zendesk-Webhook-Signature-Timestamp",), stamp="iso"
)
_MEANS = {
    "ticket_id": Means.EXTERNAL_ID,
    "rating": Means.RATING,
    "comment": Means.COMMENT,
    "at": Means.OCCURRED_AT,
    "url": Means.PUBLIC_URL,
}
_COMMENTED = "zen:event-type:ticket.comment_added"
_OF_COMMENT = {
    "id": Means.EXTERNAL_ID,
    "body": Means.COMMENT,
    "author.name": Means.NAME,
    "author.id": Means.CUSTOMER_ID,
}
_UNRATED = ("offered", "unoffered")
_THUMBS = {"bad": 0.0, "bad with comment": 0.0, "good": 1.0, "good with comment": 1.0}


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The rating with whatever stands beside it; nothing where the ticket was neither rated nor commented."""
    told = object_of(body, VENDOR, MARKS)
    if "zendesk_event_version" in told:
        return _commented(told)
    if str(told.get("rating")).strip().lower() in _UNRATED and not told.get("comment"):
        return []
    answers = [_known(each) for each in of_json({key: value for key, value in told.items() if key != "event"})]
    return [Opened(answers=answers, said_at=instant_if_any(told.get("at")))]


def _commented(event: Object) -> list[Opened]:
    """A comment that everybody may see, if the customer wrote it. Raises BadFeedback for all other events: a team that subscribes to them hears of it."""
    if event["type"] != _COMMENTED:
        raise BadFeedback(Fault("type", f"is not read; of Zendesk's events let the webhook have {_COMMENTED}"))
    comment = part(event, "event.comment")
    if at(comment, "author.is_staff") is not False or comment.get("is_public") is False:
        return []
    answers = [
        *called(comment, _OF_COMMENT),
        *called(event, {"detail.subject": Means.SUBJECT, "time": Means.OCCURRED_AT}),
    ]
    return [Opened(answers=answers, path="event", said_at=instant_if_any(event.get("time")))]


def _known(each: Answer) -> Answer:
    """A thumb up or down is a rating of two steps; the newer scales are left to their own words and numbers."""
    thumb = _THUMBS.get(each.text.strip().lower()) if each.key == "rating" else None
    each = each._replace(means=_MEANS.get(each.key))
    return each if thumb is None else each._replace(said=thumb, steps=1.0)


GUIDE = Guide(
    clicks=(
        "**Admin Center → Apps and integrations → Webhooks → Create webhook**, *Trigger or automation*; the address, method POST, format JSON.",
        "Open the webhook, **Reveal secret**, and set that one as the secret of step 1.",
        "**Objects and rules → Triggers → Create**: when *Ticket: Satisfaction* has changed to *Bad* or *Bad with comment*, *Notify active webhook*, with the body below.",
    ),
    sends="What you write into the trigger, with more keys if you like:\n\n```json\n"
    '{"ticket_id": "{{ticket.id}}", "rating": "{{satisfaction.current_rating}}",\n'
    ' "comment": "{{satisfaction.current_comment}}", "name": "{{ticket.requester.name}}",\n'
    ' "email": "{{ticket.requester.email}}", "subject": "{{ticket.title}}",\n'
    ' "url": "{{ticket.url_with_protocol}}", "at": "{{ticket.updated_at_with_timestamp}}"}\n```',
    unread="Ratings that were only offered, and what agents write. Of the events that a webhook may subscribe to by itself, *Ticket comment added* alone is read. Zendesk's newer survey has events of its own, which are not read yet.",
    site="https://developer.zendesk.com/documentation/webhooks/",
    checked="what is sent was read there in November 2026; the names of menus are from memory",
)


EXAMPLE = {
    "ticket_id": "4411",
    "rating": "Bad",
    "comment": "Three agents, three answers, and still no parcel",
    "name": "Ana Ruiz",
    "email": "ana@example.org",
    "subject": "Where is my parcel?",
    "url": "https://shop.zendesk.example/agent/tickets/4411",
    "at": "2026-01-05T10:00:00Z",
}
