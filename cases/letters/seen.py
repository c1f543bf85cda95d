"""A letter that a colleague sent from her own mail program, by its headers alone: whether it is contact, and with whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from cases.letters.machine import is_a_persons
from cases.spoken.mailboxes import mailbox, mailboxes
from cases.text import one_line

_AHEAD = timedelta(minutes=10)  # clocks differ
_LONGEST = 200
_MANY = 8  # whoever is one of more has been sent a circular


@dataclass(frozen=True, slots=True)
class Seen:
    """A person's letter to a customer. `at` is when it says it was written, `by` who wrote it, from which `address`, `name` its Message-ID."""

    to: str
    at: datetime
    by: str
    name: str
    address: str


def seen(headers: Mapping[str, str], waiting: Collection[str], now: datetime) -> Seen | None:
    """What a sent letter tells of contact with one of those who wait (addresses in small letters); None where it tells of none.

    A letter to many, one that no person wrote or a customer did, one without a name or from a time that is not known, tells of none.
    """
    sender, name = headers.get("from", ""), headers.get("message-id", "").strip()
    at = written_at(headers.get("date", ""))
    if at is None or at > now + _AHEAD or not name:
        return None
    if not is_a_persons(headers, sender):
        return None
    author, address = mailbox(sender)
    written = dict.fromkeys(each.lower() for _, each in mailboxes([headers.get("to", ""), headers.get("cc", "")]))
    to = [each for each in written if each in waiting]
    if len(to) != 1 or len(written) > _MANY:  # a letter to several customers at once is an answer to none of them
        return None
    if address.lower() in waiting:  # one that a customer wrote, moved among the sent ones by somebody
        return None
    return Seen(to[0], min(at, now), one_line(author or address, _LONGEST), name[:_LONGEST], address.lower())


def written_at(written: str) -> datetime | None:
    """When a letter says that it was written; None where it says nothing that is a time."""
    try:
        at = parsedate_to_datetime(written)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
