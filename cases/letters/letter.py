"""An approved reply on its way to the customer: where it stands, and what becomes of it by what a mail server answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from cases.letters.compose import Mailbox
from cases.model import OPEN, Case

LONGEST_PAUSE = timedelta(minutes=15)
GIVEN_UP_AFTER = timedelta(days=2)
"""How long a letter is tried again that no server takes: a reply that is later than this needs another word first."""


LOOKED_FOR, LOOKED_FOR_AT_MOST = timedelta(minutes=2), timedelta(minutes=10)
"""How long a letter of unknown fate is looked for among the sent ones; and at most, where the mailbox cannot be read meanwhile."""


class LetterState(StrEnum):
    """`sought`, then `unknown`: its words had gone, and no answer came. First it is looked for among the sent letters, where we
    read those; then only a person can find out. It is never sent again by itself.
    """

    WAITING = "waiting"
    SOUGHT = "sought"
    SENT = "sent"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One approved version of a case's reply, sent at most once. `sent_by` is a Slack id, `address` whom it goes to.

    `next_attempt_at` is when it goes out, or is tried again; `begun_at` is set before the first of its words leaves, `why` is
    what the server, or the line, had to say when it last did not go out. `token` marks the address that answers come to.
    """

    case: int
    version: int
    address: str
    sent_by: str
    message_id: str
    token: str
    asked_at: datetime
    next_attempt_at: datetime
    state: LetterState = LetterState.WAITING
    attempts: int = 0
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    why: str | None = None

    @property
    def is_on_its_way(self) -> bool:
        """Whether it still goes out by itself."""
        return self.state is LetterState.WAITING

    @property
    def is_in_doubt(self) -> bool:
        """Whether nobody knows if it went out."""
        return self.state in (LetterState.SOUGHT, LetterState.UNKNOWN)

    @property
    def is_tried_again(self) -> bool:
        """Whether it has been tried, in vain, and will be again."""
        return self.is_on_its_way and self.why is not None


@dataclass(frozen=True, slots=True)
class Taken:
    """The server has it, and answers for it from now on."""


@dataclass(frozen=True, slots=True)
class Later:
    """No server has it, and one may take it another time."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The server will never take it."""

    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Its words had gone when the line was cut: nobody here knows whether the server took them."""

    why: str


Answer: TypeAlias = Taken | Later | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a mail server is handed: from which address to which, and the letter as RFC 5322 has it."""

    sender: str
    recipient: str
    content: bytes


Carrier: TypeAlias = Callable[[Envelope, Callable[[], bool]], Answer]
"""Hands a letter to a mail server. What it is given besides is asked once, before the first word leaves: False stops it."""


@dataclass(frozen=True, slots=True)
class Post:
    """The way out: the team's mailbox, and what carries its letters."""

    sender: Mailbox
    carry: Carrier


def answered(letter: Letter, answer: Answer, now: datetime, pause: timedelta, *, can_look: bool = False) -> Letter:
    """The letter after a try. `pause` is the one after the first that was in vain; it doubles each time.

    `can_look`: we read the folders of sent letters, so one of unknown fate is looked for there, until `next_attempt_at`.
    """
    match answer:
        case Taken():
            return replace(letter, state=LetterState.SENT, ended_at=now, why=None)
        case Later(why) if now - letter.asked_at < GIVEN_UP_AFTER:
            wait = min(pause * 2 ** min(letter.attempts - 1, 20), LONGEST_PAUSE)
            return replace(letter, next_attempt_at=now + wait, begun_at=None, why=why)
        case Unknown(why) if can_look:
            return replace(letter, state=LetterState.SOUGHT, ended_at=now, next_attempt_at=now + LOOKED_FOR, why=why)
        case Unknown(why):
            return replace(letter, state=LetterState.UNKNOWN, ended_at=now, why=why)
        case Later(why) | Refused(why):
            return replace(letter, state=LetterState.REFUSED, ended_at=now, why=why)


def is_still_wanted(case: Case) -> bool:
    """Whether a letter that was approved may go out now: the case is open, and its customer does not ask for silence."""
    return case.status in OPEN and not case.held
