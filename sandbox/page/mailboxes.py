"""What the panel beside the channel shows: the customers' mailboxes, and the letters in the one that is open."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from sandbox.mail.post import Letter, Mailbox, Post

ALL: Final = "all"
"""What is looked at when the panel lists the mailboxes."""


@dataclass(frozen=True)
class Line:
    """A mailbox in the list: whose, the latest letter in it, and how many of ours nobody has looked at."""

    mailbox: Mailbox
    last: Letter | None
    unread: int


@dataclass(frozen=True)
class Mailboxes:
    """The panel. `shown` is what it shows: "" where it is closed, ALL, or the address of the mailbox `at`."""

    shown: str
    lines: tuple[Line, ...]
    at: Mailbox | None

    @property
    def unread(self) -> int:
        return sum(line.unread for line in self.lines)


def mailboxes(post: Post, shown: str, arrived: Collection[str], read: Mapping[str, int]) -> Mailboxes:
    """Of customers who have `arrived`, by address, and of whoever else was written to; `read`: the number of the last letter seen."""
    of_whom = [each for each in post.mailboxes() if each.letters or each.address in arrived]
    at = next((each for each in of_whom if each.address == shown.lower()), None)
    return Mailboxes(
        shown=at.address if at else ALL if shown else "",
        lines=tuple(_line(each, read.get(each.address, 0)) for each in of_whom),
        at=at,
    )


def _line(mailbox: Mailbox, seen: int) -> Line:
    last = mailbox.letters[-1] if mailbox.letters else None
    return Line(mailbox, last, sum(each.ours and each.number > seen for each in mailbox.letters))
