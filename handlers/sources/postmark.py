"""Postmark: a letter that came in for an inbound server; it signs nothing, and shows a token.

In Postmark: the server, its inbound stream, Webhook; the address ends in the source's secret, /intake/postmark/SECRET.
How it is known: body from Postmark's documentation and django-anymail's tests. Its MessageID is Postmark's own: a letter is
known by the Message-ID of its headers, so that the same one from a mailbox is no second feedback. Answers of machines and
letters that did not arrive open nothing. Attachments are named, and not kept.
"""

from __future__ import annotations

from collections.abc import Mapping

from cases.arrivals.answers import answer
from cases.arrivals.mail import is_automatic, of_html, written
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.envelope import at, instant_of, object_of, objects
from handlers.sources.signatures import BEARER

NAME, VENDOR = "postmark", "Postmark"
SECRET_ENV = "POSTMARK_SECRET"  # noqa: S105  the name of the variable
KNOWN = Known.DOCUMENTATION
MARKS = (("From", "MessageID"),)
SIGNATURE = BEARER


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The letter; nothing where no person wrote it."""
    letter = object_of(body, VENDOR, MARKS)
    told = {str(each.get("Name")).lower(): str(each.get("Value")) for each in objects(letter.get("Headers"))}
    name, address = (
        at(letter, "FromFull.Name") or letter.get("FromName"),
        at(letter, "FromFull.Email") or letter["From"],
    )
    sender = f"{name} <{address}>" if name and "<" not in str(address) else str(address)
    if is_automatic(told, sender):
        return []
    answers = written(
        sender=sender,
        subject=letter.get("Subject"),
        text=letter.get("TextBody") or of_html(letter.get("HtmlBody")),
        stripped=letter.get("StrippedTextReply"),
        to=str(letter.get("OriginalRecipient") or letter.get("To")),
        message_id=told.get("message-id") or letter["MessageID"],
        date=letter.get("Date"),
    )
    files = answer("attachments", "Attachments", [each.get("Name") for each in objects(letter.get("Attachments"))])
    return [Opened(answers=[*answers, *files], said_at=instant_of(letter.get("Date")))]


GUIDE = Guide(
    clicks=(
        "Open the server in Postmark, its **Inbound** stream, then **Settings**, and put the address with the secret at its end into **Webhook**.",
        "Forward your care address to the stream's inbound address, which stands on the same page; `care+8812@…` carries an order number along.",
    ),
    sends="One POST for each letter, as JSON. Postmark tries again for about ten hours.",
    unread="Attachments are named and never kept. Answers of machines, bounces and newsletters open nothing; of an answer only what is new in it is read.",
    site="https://postmarkapp.com/developer/webhooks/inbound-webhook",
    checked="what is sent was read there in November 2026; the names of menus are from memory",
)

EXAMPLE = {
    "FromName": "Ana Ruiz",
    "From": "ana@example.org",
    "FromFull": {"Email": "ana@example.org", "Name": "Ana Ruiz", "MailboxHash": ""},
    "To": "care+8812@inbound.example",
    "OriginalRecipient": "care+8812@inbound.example",
    "Subject": "Re: How was your order?",
    "MessageID": "22c74902-a0c1-4511-804f-341342852c90",
    "Date": "Mon, 5 Jan 2026 11:00:00 +0100",
    "StrippedTextReply": "Two of six glasses were broken.",
    "Headers": [{"Name": "Message-ID", "Value": "<AB12-C3@mail.example>"}],
    "Attachments": [],
}
