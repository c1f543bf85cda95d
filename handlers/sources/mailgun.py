"""Mailgun: a letter that a route forwards, as form fields; the signature stands among them, and is not over the letter.

How it is known: fields and signature from Mailgun's documentation and django-anymail's tests. As whoever once saw a signature
could send any letter with it, keep the address to yourself. Names of fields are read in small and large letters. From there
on it goes the way of letters that a mailbox holds.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from cases.arrivals.bodies import files_in, read_body
from cases.arrivals.feedback import BadFeedback, read_json
from cases.arrivals.mail import of_html
from cases.letters.attached import Attached
from cases.letters.incoming import Automatic, Incoming, headers_of, understood
from cases.letters.returned import Bounce
from handlers.sources.contract import EXAMPLE_SECRET, Guide, Known, Opened, opened_letter
from handlers.sources.envelope import object_of
from handlers.sources.signatures import BadSignature

NAME, VENDOR = "mailgun", "Mailgun"
SECRET_ENV = "MAILGUN_SECRET"  # noqa: S105  the name of the variable
KNOWN = Known.VECTOR
LARGEST = (
    32 * 1024 * 1024
)  # a letter may have 25 MB (Mailgun, Sending limits), which shrinks as it is taken out of base64
MARKS = (("sender", "recipient"),)


class Within:
    """The fields timestamp, token and signature, of which the last is an HMAC of the other two, and of nothing else.

    Mailgun leaves it to the receiver whether tokens are remembered and times looked at, and warns of being strict (Securing
    webhooks, documentation.mailgun.com). Neither is done: nobody says whether a letter that is tried again, for eight hours, has a
    new token, so one once seen would cost the letter whose answer was lost; and the same letter again is known by its Message-ID.
    """

    headers, covers_body = (), False

    def verify(self, headers: Mapping[str, str], body: bytes, secret: str) -> None:
        """Raises BadSignature unless they fit. How old they are, it does not look at: a letter is tried for eight hours."""
        try:
            fields = read_body(body)
        except BadFeedback:
            fields = None
        stamp, token, given = (str(fields.get(name, "")) if isinstance(fields, Mapping) else "" for name in _SIGNED)
        if not secret or not hmac.compare_digest(
            self.of(stamp, token, secret).encode(), given.encode("utf-8", "replace")
        ):
            raise BadSignature("the fields timestamp, token and signature are missing, or do not fit")

    def sign(self, body: bytes, secret: str, at: datetime) -> dict[str, str]:
        """Nothing: it stands in the body."""
        return {}

    @staticmethod
    def of(stamp: str, token: str, secret: str) -> str:
        """The signature."""
        return hmac.new(secret.encode(), f"{stamp}{token}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


# Of the fields those that are headers, too, where the list of all headers is missing.
_HEADS = ("from", "to", "cc", "reply-to", "subject", "date", "message-id", "in-reply-to", "references")
SIGNATURE, _SIGNED = Within(), ("timestamp", "token", "signature")


def letter(body: bytes, headers: Mapping[str, str]) -> Incoming | Bounce | Automatic:
    """The letter, put together again."""
    fields = {name.lower(): _last(value) for name, value in object_of(body, VENDOR, MARKS).items()}
    heads = headers_of(_headers(fields.get("message-headers")))
    for name in _HEADS:
        if isinstance(told := fields.get(name), str):
            heads.setdefault(name, told)
    heads.setdefault("from", str(fields["sender"]))
    heads.setdefault("date", str(fields.get("timestamp") or ""))
    heads["delivered-to"] = str(fields.get("recipient") or "")
    text = fields.get("body-plain") or of_html(fields.get("body-html"))
    files = {field.lower(): rest for field, *rest in files_in(body)}
    came = tuple(
        Attached(str(fields[name]), *_kind_and_content(files.get(name)))
        for name in fields
        if name.startswith("attachment-") and name[11:].isdecimal()
    )
    stripped = fields.get("stripped-text")
    return understood(heads, str(text or ""), came, stripped if isinstance(stripped, str) else None)


def _kind_and_content(file: list[Any] | None) -> tuple[str, bytes, int]:
    return (file[1], file[2], len(file[2])) if file else ("unknown", b"", 0)


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """What the letter says; nothing where no person wrote it."""
    return opened_letter(letter(body, headers))


def _last(value: Any) -> Any:
    """Of a field that comes twice, once as a header and once as Mailgun's own, the last."""
    return value[-1] if isinstance(value, list) and value and isinstance(value[-1], str) else value


def _headers(written_: Any) -> list[tuple[str, str]]:
    """The letter's headers, which come as JSON: a list of pairs."""
    try:
        pairs = read_json(written_.encode("utf-8", "replace")) if isinstance(written_, str) else written_
    except BadFeedback:
        return []
    pairs = pairs if isinstance(pairs, list) else []
    return [(str(pair[0]), str(pair[1])) for pair in pairs if isinstance(pair, list) and len(pair) == 2]


GUIDE = Guide(
    clicks=(
        "**Receiving → Create route**: *Match recipient* your care address, **Forward** to the address, and save.",
        "Copy the **HTTP webhook signing key** (*API security*): it is the secret of step 1, so set this one.",
    ),
    sends="One POST for each letter, as form fields, or as multipart where something is attached. Mailgun tries again for about eight hours.",
    unread="Attachments are named, with kind and size; pictures and PDFs can be shown in the case's thread. Of a letter with more than 24 MiB only what comes first is read, the words and as many attachments as have room. Answers of machines and newsletters open nothing, and a bounce is told where our own letter came back; of an answer only what is new in it is read. Raw MIME and `store()` are not read.",
    site="https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/receive-http",
    checked="what is sent was read there in November 2026; the names of menus are from memory",
)


_STAMP, _TOKEN = "1767607200", "tok123"
EXAMPLE = urlencode(
    {
        "recipient": "care+8812@inbound.example",
        "sender": "ana@example.org",
        "from": "Ana Ruiz <ana@example.org>",
        "subject": "Re: How was your order?",
        "stripped-text": "Two of six glasses were broken.",
        "message-headers": '[["Message-Id", "<AB12-C3@mail.example>"], ["Date", "Mon, 5 Jan 2026 11:00:00 +0100"]]',
        "timestamp": _STAMP,
        "token": _TOKEN,
        "signature": Within.of(_STAMP, _TOKEN, EXAMPLE_SECRET),
    }
).encode()
