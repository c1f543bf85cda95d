"""Letters as mail servers carry them (RFC 5322): what people write, what comes back, and what a reader sees of them."""

from __future__ import annotations

import email
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, make_msgid

from sandbox.mail.photo import NAME as PHOTO

RECEIVER = "mx.hearth-and-ribbon.example"
"""The team's server, as it names itself where it says whose a letter is (RFC 8601)."""

_WHY = "550 5.1.1 no such mailbox here"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody answers to a letter, so long `after` it has come."""

    text: str
    after: timedelta


@dataclass(frozen=True, slots=True)
class Written:
    """A letter taken apart: who wrote it, under which name it is known, and to which address an answer goes."""

    author: Address
    subject: str
    text: str
    name: str
    reply_to: str
    references: str


def read(content: bytes) -> Written:
    """A letter of ours, or of the team's server. Raises ValueError for one without a sender."""
    letter = email.message_from_bytes(content, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    body = letter.get_body(("plain", "html"))
    answers_to = letter["Reply-To"] or letter["From"]
    if not letter["From"] or not letter["From"].addresses:
        raise ValueError("a letter without a sender")
    return Written(
        author=letter["From"].addresses[0],
        subject=str(letter["Subject"] or ""),
        text=str(body.get_content()).replace("\r\n", "\n").strip() if body else "",
        name=str(letter["Message-ID"] or "").strip(),
        reply_to=answers_to.addresses[0].addr_spec,
        references=" ".join(str(letter["References"] or "").split()),
    )


def composed(
    author: Address,
    to: str,
    subject: str,
    text: str,
    at: datetime,
    following: Written | None = None,
    wrote_at: str = "",
    proven: bool = False,
    photo: bytes = b"",
) -> bytes:
    """A letter from a mail program. One that follows another quotes it below its words, as programs do.

    `proven`: the server that received it says that its sender is who they say (DMARC, RFC 8601). `photo` is attached, a PNG.
    """
    letter = EmailMessage(policy=policy.SMTP)
    if proven:
        letter["Authentication-Results"] = f"{RECEIVER}; dmarc=pass header.from={author.domain}"
    letter["From"], letter["To"], letter["Subject"] = author, to, subject
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = make_msgid(domain=author.domain)
    if following is not None:
        letter["In-Reply-To"] = following.name
        letter["References"] = f"{following.references} {following.name}".strip()
        quoted = "\n".join(f"> {line}".rstrip() for line in following.text.split("\n"))
        text = f"{text}\n\nOn {wrote_at}, {following.author.display_name} wrote:\n\n{quoted}"
    letter.set_content(text)
    if photo:
        letter.add_attachment(photo, "image", "png", filename=PHOTO)
    return letter.as_bytes()


def came_back(content: bytes, recipient: str, at: datetime) -> bytes:
    """The report of a server that has no such mailbox (RFC 3464), to whoever sent the letter."""
    letter = email.message_from_bytes(content)
    host = recipient.rpartition("@")[2]
    report = MIMEMultipart("report", report_type="delivery-status", policy=policy.SMTP)
    report["From"] = f"Mail Delivery System <mailer-daemon@{host}>"
    report["To"] = str(letter["From"])
    report["Subject"] = "Undelivered mail returned to sender"
    report["Date"] = format_datetime(at)
    report["Message-ID"] = make_msgid(domain=host)
    report["Auto-Submitted"] = "auto-replied"
    report.attach(MIMEText(f"Your letter to {recipient} could not be delivered: {_WHY}.\n"))
    report.attach(_status(recipient, host))
    heads = "".join(f"{name}: {value}\n" for name, value in letter.items())
    report.attach(MIMEText(heads, "rfc822-headers"))
    return report.as_bytes()


def _status(recipient: str, host: str) -> MIMEBase:
    of_server, of_recipient = Message(), Message()
    of_server["Reporting-MTA"] = f"dns; mx.{host}"
    for name, value in (
        ("Final-Recipient", f"rfc822; {recipient}"),
        ("Action", "failed"),
        ("Status", "5.1.1"),
        ("Diagnostic-Code", f"smtp; {_WHY}"),
    ):
        of_recipient[name] = value
    status = MIMEBase("message", "delivery-status")
    status.set_payload([of_server, of_recipient])
    return status
