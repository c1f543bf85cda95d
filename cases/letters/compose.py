"""A letter as mail servers and mail programs know it (RFC 5322): the words exactly as approved, and headers that find answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy
from email.utils import format_datetime

from cases.spoken.mailboxes import mailbox
from cases.text import one_line

_LONGEST_NAME = 60
_LONGEST_SUBJECT = 150
_MOST_FOLLOWED = 20  # letters: the first one, and the latest (RFC 5537 has it so)
_NONE = "their address is none that mail servers know"


class NoAddress(ValueError):
    """The address to write to is none that mail servers know; the argument says so in half a sentence."""


class _MessageIds(UnstructuredHeader, BaseHeader):
    """Names of letters, one a line: the library would write long ones, as Outlook's are, as encoded words, which nobody reads back."""

    def fold(self, *, policy: Policy) -> str:
        """As the library calls it."""
        return f"{self.name}: {f'{policy.linesep} '.join(self.split())}{policy.linesep}"


def _headers() -> HeaderRegistry:
    headers = HeaderRegistry()
    for name in ("In-Reply-To", "References"):
        headers.map_to_type(name, _MessageIds)
    return headers


_POLICY = policy.SMTP.clone(header_factory=_headers())


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The team's own: "Hearth & Ribbon <care@shop.example>"; the name may be missing."""

    name: str
    address: str

    @property
    def host(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]

    def with_token(self, token: str) -> str:
        """The address at which an answer to one letter arrives: care+TOKEN@… (subaddressing, RFC 5233)."""
        local, _, host = self.address.rpartition("@")
        return f"{local.partition('+')[0]}+{token}@{host}"


def read_mailbox(written: str) -> Mailbox:
    """Raises ValueError for what names no one address."""
    name, address = mailbox(written)
    local, _, host = address.rpartition("@")
    if not (local and host) or any(char.isspace() or char in "<>,;" for char in address) or not address.isascii():
        raise ValueError("must be an address, with or without a name: Hearth & Ribbon <care@shop.example>")
    return Mailbox(name.strip(), address)


def composed(
    subject: str,
    body: str,
    *,
    to: str,
    sender: Mailbox,
    colleague: str | None,
    team: str,
    message_id: str,
    token: str,
    at: datetime,
    references: Sequence[str] = (),
) -> bytes:
    """The letter. `colleague` signs it in front of the team's name; `references` are Message-IDs it follows, oldest first.

    No List-Unsubscribe: that belongs to letters to many (RFC 8058), and this one answers a single person. Raises
    NoAddress where `to` is none.
    """
    letter = EmailMessage(policy=_POLICY)
    named = _from(sender, colleague, team)
    letter["From"] = Address(named, addr_spec=sender.address)
    letter["To"] = _recipient(to)
    letter["Reply-To"] = Address(named, addr_spec=sender.with_token(token))
    letter["Subject"] = one_line(subject, _LONGEST_SUBJECT)
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = message_id
    if references:
        letter["In-Reply-To"] = references[-1]
        letter["References"] = " ".join([*references[:1], *references[1:][-_MOST_FOLLOWED:]])
    letter.set_content(body, cte="quoted-printable")
    return letter.as_bytes()


def is_message_id(written: str) -> bool:
    """Whether it is the name of a letter, as other letters refer to it."""
    return written.startswith("<") and written.endswith(">") and "@" in written and not any(map(str.isspace, written))


def reachable(address: str) -> str:
    """An address in letters that every server knows: a host of other ones has a name in these, too (RFC 5890). Raises NoAddress."""
    local, _, host = address.rpartition("@")
    try:
        return f"{local.encode('ascii').decode()}@{host.encode('idna').decode()}"
    except UnicodeError:
        raise NoAddress(_NONE) from None


def _recipient(to: str) -> Address:
    try:
        return Address(addr_spec=reachable(to))
    except (MessageError, ValueError):
        raise NoAddress(_NONE) from None


def _from(sender: Mailbox, colleague: str | None, team: str) -> str:
    whole = sender.name or team
    first = one_line(colleague or "", _LONGEST_NAME).split(" ")[0]
    return one_line(f"{first} at {whole}" if first else whole, _LONGEST_NAME)
