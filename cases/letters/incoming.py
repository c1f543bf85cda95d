"""A letter that has come in: what kind of thing it is, whose it is, and what its words are as feedback."""

from __future__ import annotations

import email
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.utils import getaddresses

from cases.arrivals.answers import Answer, answer
from cases.arrivals.feedback import mailbox
from cases.arrivals.mail import is_automatic, of_html, own_words, written
from cases.text import one_line

LARGEST = 20_000_000  # bytes of a letter that are read; of a larger one its head
_RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
_MANY = (*_RECIPIENTS, "authentication-results")  # of these all that there are
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}@[^<>\s]{1,250}>")
_TOKEN = re.compile(r"\+([0-9a-f]{20})@")
_TO_MANY = ("list-id", "list-unsubscribe")
_DMARC = re.compile(r"\bdmarc\s*=\s*(pass|fail)", re.IGNORECASE)
_FINAL = re.compile(r"rfc822;\s*<?([^<>\s;]+@[^<>\s;]+)>?", re.IGNORECASE)
_LONGEST = 300
_LONGEST_LIST = 20_000


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

    `proven` is whether the receiving server says that the sender is who they say (DMARC); None where it says nothing of it.
    """

    sender: str
    subject: str
    text: str
    to: str
    name: str
    date: str
    follows: tuple[str, ...] = ()
    token: str | None = None
    proven: bool | None = None
    files: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Whose letter it says that it is, in small letters."""
        return mailbox(self.sender)[1].lower()

    def is_of_team(self, own: str) -> bool:
        """Whether it is from the team's own address, or the copy of what a colleague writes to others; what is sent to it is not."""
        host, to_us = own.lower().rpartition("@")[2], own.lower()
        if not own or not self.address.endswith(f"@{host}"):
            return False
        to = {_without_tag(address.lower()) for _, address in getaddresses([self.to])}
        return _without_tag(self.address) == _without_tag(to_us) or _without_tag(to_us) not in to

    def answers(self, theirs: Sequence[str] = (), is_known: bool = False) -> Iterator[Answer]:
        """As answers of feedback. `theirs` are the addresses of whoever's case it answers; another sender is shown, and nobody's name.

        `is_known`: somebody of this address is a customer with a case; that it is they is then no more than a claim.
        """
        of_other = bool(theirs) and self.address not in theirs
        yield from written(
            sender=theirs[0] if of_other else self.sender,
            subject=self.subject,
            text=own_words(self.text) if theirs else self.text,
            stripped=None,
            to="",
            message_id=self.name,
            date=self.date,
        )
        if of_other:
            yield from answer("sender", "Sender", "another address than the one we wrote to; not verified")
            yield from answer("from", "Sent from", self.sender)
        elif self.proven is False:
            yield from answer("sender", "Sender", "not verified: our mail server doubts the address")
        elif is_known and not theirs and not self.proven:
            yield from answer("sender", "Sender", "not verified: known by the address alone")
        if self.files:
            yield from answer("files", "Attached", self.files)


def read_letter(content: bytes, head_only: bool = False) -> Incoming | Bounce | None:
    """The letter as it came over the line; None where it is of no person, or to many. Never raises.

    A part that cannot be read is left out; `head_only`: its words could not be fetched, or are too many.
    """
    try:
        letter = email.message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        return _read(letter, head_only)
    except Exception:  # noqa: BLE001  parsers of mail meet what nobody thought of, nesting without end among it
        return _read_plainly(content)


def _read(letter: EmailMessage, head_only: bool) -> Incoming | Bounce | None:
    headers = _headers((name, str(value)) for name, value in letter.items())
    if letter.get_content_type() == "multipart/report":
        return _bounce(letter, headers)
    text = "The letter cannot be shown here; it stands in the mailbox." if head_only else _text(letter)
    return _incoming(headers, text, () if head_only else tuple(_files(letter)))


def _headers(lines: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By their names in small letters. Servers write theirs on top: of a name that comes twice the lower one may be the sender's own."""
    headers: dict[str, str] = {}
    for written_as, value in lines:
        name, said = written_as.strip().lower(), " ".join(value.split())
        if name in _MANY and name in headers:
            headers[name] += f",\n{said}"
        else:
            headers.setdefault(name, said)
    return headers


def _proven(results: str) -> bool | None:
    """What our server says by DMARC. A doubt counts wherever it stands, an assurance only on top (RFC 8601)."""
    said = {line: {each.lower() for each in _DMARC.findall(line)} for line in results[:_LONGEST_LIST].split("\n")}
    if any("fail" in each for each in said.values()):
        return False
    return True if "pass" in next(iter(said.values())) else None


def _without_tag(address: str) -> str:
    local, _, host = address.rpartition("@")
    return f"{local.partition('+')[0]}@{host}"


def _incoming(headers: Mapping[str, str], text: str, files: tuple[str, ...]) -> Incoming | None:
    sender = headers.get("from", "")
    if is_automatic(headers, sender) or any(each in headers for each in _TO_MANY) or not mailbox(sender)[1]:
        return None
    recipients = [address for _, address in getaddresses([headers.get(each, "") for each in _RECIPIENTS])]
    token = next((found[1] for each in recipients if (found := _TOKEN.search(each.lower()))), None)
    answered = _MESSAGE_ID.findall(headers.get("in-reply-to", "")[:_LONGEST_LIST])
    before = _MESSAGE_ID.findall(headers.get("references", "")[-_LONGEST_LIST:])  # the nearest stand at its end
    return Incoming(
        sender=sender[:_LONGEST],
        subject=headers.get("subject", "")[:_LONGEST],
        text=text,
        to=headers.get("to", "")[:_LONGEST],
        name=next(iter(_MESSAGE_ID.findall(headers.get("message-id", "")[:_LONGEST])), ""),
        date=headers.get("date", "")[:_LONGEST],
        follows=tuple(dict.fromkeys(answered[:1] + before[::-1] + answered[1:])),
        token=token,
        proven=_proven(headers.get("authentication-results", "")),
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
    headers = _headers((name, value) for name, sign, value in (line.partition(":") for line in lines) if sign)
    return _incoming(headers, body.decode("utf-8", "replace")[:5_000], ())
