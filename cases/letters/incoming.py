"""A letter that has come in: what kind of thing it is, whose it is, and what its words are as feedback."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.utils import getaddresses

from cases.arrivals.answers import Answer, answer
from cases.arrivals.feedback import mailbox
from cases.arrivals.mail import is_automatic, of_html, written
from cases.text import one_line

LARGEST = 20_000_000  # bytes of a letter that are read; of a larger one its head
_RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}@[^<>\s]{1,250}>")
_TOKEN = re.compile(r"\+([0-9a-f]{20})@")
_TO_MANY = ("list-id", "list-unsubscribe")
_DMARC_FAILS = re.compile(r"\bdmarc\s*=\s*fail", re.IGNORECASE)
_FINAL = re.compile(r"rfc822;\s*<?([^<>\s;]+@[^<>\s;]+)>?", re.IGNORECASE)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Bounce:
    """The news that a letter did not arrive (RFC 3464): which, for whom, and why. `name` is its own Message-ID."""

    of: tuple[str, ...]
    to: str
    why: str
    name: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A letter that a person wrote. `follows` are the Message-IDs that it answers, the nearest first; `token` that of ours, if it came to one.

    `proven` is False where the receiving server says that the sender is not who they say (DMARC).
    """

    sender: str
    subject: str
    text: str
    to: str
    name: str
    date: str
    follows: tuple[str, ...] = ()
    token: str | None = None
    proven: bool = True
    files: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Whose letter it says that it is, in small letters."""
        return mailbox(self.sender)[1].lower()

    def answers(self, customer: str | None = None) -> Iterator[Answer]:
        """As answers of feedback. `customer` is the address of whose case it answers; another sender is shown, and nobody's name."""
        of_other = customer is not None and self.address != customer.lower()
        yield from written(
            sender=customer if of_other and customer else self.sender,
            subject=self.subject,
            text=self.text,
            stripped=None,
            to="",
            message_id=self.name,
            date=self.date,
        )
        if of_other:
            yield from answer("sender", "Sender", "another address than the one we wrote to; not verified")
            yield from answer("from", "Sent from", self.sender)
        elif not self.proven:
            yield from answer("sender", "Sender", "not verified: our mail server doubts the address")
        if self.files:
            yield from answer("files", "Attached", self.files)


def read_letter(content: bytes, head_only: bool = False) -> Incoming | Bounce | None:
    """The letter as it came over the line; None where it is of no person, or to many. Never raises.

    A part that cannot be read is left out; `head_only`: its words were too many to be fetched.
    """
    try:
        letter = email.message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        return _read(letter, head_only)
    except Exception:  # noqa: BLE001  parsers of mail meet what nobody thought of, nesting without end among it
        return _read_plainly(content)


def _read(letter: EmailMessage, head_only: bool) -> Incoming | Bounce | None:
    headers = {name.lower(): " ".join(str(value).split()) for name, value in letter.items()}
    if letter.get_content_type() == "multipart/report":
        return _bounce(letter, headers)
    text = "The letter is too long to be shown here; it stands in the mailbox." if head_only else _text(letter)
    return _incoming(headers, text, () if head_only else tuple(_files(letter)))


def _incoming(headers: Mapping[str, str], text: str, files: tuple[str, ...]) -> Incoming | None:
    sender = headers.get("from", "")
    if is_automatic(headers, sender) or any(each in headers for each in _TO_MANY) or not mailbox(sender)[1]:
        return None
    recipients = [address for _, address in getaddresses([headers.get(each, "") for each in _RECIPIENTS])]
    token = next((found[1] for each in recipients if (found := _TOKEN.search(each.lower()))), None)
    follows = _MESSAGE_ID.findall(f"{headers.get('in-reply-to', '')} {headers.get('references', '')}"[:20_000])
    return Incoming(
        sender=sender[:_LONGEST],
        subject=headers.get("subject", "")[:_LONGEST],
        text=text,
        to=headers.get("to", "")[:_LONGEST],
        name=next(iter(_MESSAGE_ID.findall(headers.get("message-id", "")[:_LONGEST])), ""),
        date=headers.get("date", "")[:_LONGEST],
        follows=tuple(dict.fromkeys(follows[:1] + follows[::-1])),
        token=token,
        proven=not _DMARC_FAILS.search(headers.get("authentication-results", "")[:5_000]),
        files=files,
    )


def _text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain", "html"))
    if body is None:
        return ""
    try:
        content = str(body.get_content())
    except (LookupError, UnicodeError, ValueError):  # a charset that nobody knows
        raw = body.get_payload(decode=True)
        content = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
    return of_html(content) if body.get_content_subtype() == "html" else content


def _files(letter: EmailMessage) -> Iterator[str]:
    for part in letter.iter_attachments():
        raw = part.get_payload(decode=True)
        size = len(raw) if isinstance(raw, bytes) else 0
        yield one_line(
            f"{part.get_filename() or 'unnamed'} ({part.get_content_type()}, {max(size // 1000, 1)} kB)", 120
        )


def _bounce(letter: EmailMessage, headers: Mapping[str, str]) -> Bounce | None:
    """None where it only tells of a delay, or that somebody has read it."""
    status, origin = _parts(letter, "message/delivery-status"), _parts(letter, "message/rfc822", "text/rfc822-headers")
    if not re.search(r"(?im)^action:\s*failed", status):
        return None
    to, why = _FINAL.search(status), re.search(r"(?im)^diagnostic-code:\s*(?:smtp;)?\s*(.+(?:\n[ \t].+)*)", status)
    of = _MESSAGE_ID.findall(" ".join(re.findall(r"(?im)^message-id:\s*(\S+)", origin)))
    names = _MESSAGE_ID.findall(headers.get("message-id", ""))
    return Bounce(
        tuple(dict.fromkeys(of)),
        to[1].lower() if to else "",
        one_line(why[1] if why else "the letter came back", 200),
        next(iter(names), ""),
    )


def _parts(letter: EmailMessage, *kinds: str) -> str:
    """The text of the parts of these kinds, as they were written."""
    return "\n".join(part.as_string() for part in letter.walk() if part.get_content_type() in kinds)[:50_000]


def _read_plainly(content: bytes) -> Incoming | None:
    """What can be told of a letter that breaks its parser: its head, line by line."""
    head, _, body = content[:100_000].replace(b"\r\n", b"\n").partition(b"\n\n")
    lines = re.sub(r"\n[ \t]+", " ", head.decode("utf-8", "replace")).split("\n")
    headers = {
        name.strip().lower(): value.strip() for name, sign, value in (line.partition(":") for line in lines) if sign
    }
    return _incoming(headers, body.decode("utf-8", "replace")[:5_000], ())
