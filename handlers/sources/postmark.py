"""Postmark: a letter that came in for an inbound server; it signs nothing, and shows a token.

In Postmark: the server, its inbound stream, Webhook; the address ends in the source's secret, /intake/postmark/SECRET.
How it is known: body from Postmark's documentation and django-anymail's tests. Its MessageID is Postmark's own: a letter is
known by the Message-ID of its headers, so that the same one from a mailbox is no second feedback. From there on it goes the
way of letters that a mailbox holds.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from cases.arrivals.mail import of_html
from cases.letters.attached import Attached
from cases.letters.incoming import Automatic, Incoming, headers_of, understood
from cases.letters.returned import Bounce
from handlers.sources.contract import Guide, Known, Opened, opened_letter
from handlers.sources.envelope import at, object_of, objects
from handlers.sources.signatures import BEARER

NAME, VENDOR = "postmark", "Postmark"
SECRET_ENV = "POSTMARK_SECRET"  # noqa: S105  the name of the variable
KNOWN = Known.DOCUMENTATION
# Attachments may have 35 MB (Postmark, Attachment and email size limits), which base64 makes 47 of, and the words 5 MB each.
LARGEST = 60 * 1024 * 1024
MARKS = (("From", "MessageID"),)
SIGNATURE = BEARER


def letter(body: bytes, headers: Mapping[str, str]) -> Incoming | Bounce | Automatic:
    """The letter, put together again."""
    told = object_of(body, VENDOR, MARKS)
    name, address = at(told, "FromFull.Name") or told.get("FromName"), at(told, "FromFull.Email") or told["From"]
    own = {
        "from": f"{name} <{address}>" if name and "<" not in str(address) else str(address),
        "to": str(told.get("To") or ""),
        "cc": str(told.get("Cc") or ""),
        "delivered-to": str(told.get("OriginalRecipient") or told.get("To") or ""),
        "subject": str(told.get("Subject") or ""),
        "date": str(told.get("Date") or ""),
    }
    heads = headers_of((str(each.get("Name")), str(each.get("Value"))) for each in objects(told.get("Headers")))
    heads.setdefault("message-id", f"<{told['MessageID']}@inbound.postmarkapp.com>")
    text = told.get("TextBody") or of_html(told.get("HtmlBody"))
    came = tuple(map(_attached, objects(told.get("Attachments"))))
    stripped = told.get("StrippedTextReply")
    return understood(heads | own, str(text or ""), came, stripped if isinstance(stripped, str) else None)


def _attached(piece: Mapping[str, Any]) -> Attached:
    written = str(piece.get("Content") or "")
    try:
        content = b64decode(written)
    except ValueError:
        content = b""
    size = piece.get("ContentLength") or len(written) * 3 // 4
    return Attached(
        str(piece.get("Name") or ""),
        str(piece.get("ContentType") or "unknown"),
        content,
        size if isinstance(size, int) else len(content),
        bool(piece.get("ContentID")),
    )


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """What the letter says; nothing where no person wrote it."""
    return opened_letter(letter(body, headers))


GUIDE = Guide(
    clicks=(
        "Open the server in Postmark, its **Inbound** stream, then **Settings**, and put the address with the secret at its end into **Webhook**.",
        "Forward your care address to the stream's inbound address, which stands on the same page; `care+8812@…` carries an order number along.",
    ),
    sends="One POST for each letter, as JSON. Postmark tries again for about ten hours.",
    unread="Attachments are named, with kind and size; pictures and PDFs can be shown in the case's thread. Of a letter with more than 24 MiB only what comes first is read, the words and as many attachments as have room. Answers of machines and newsletters open nothing, and a bounce is told where our own letter came back; of an answer only what is new in it is read.",
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
