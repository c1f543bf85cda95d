"""Who has written to whom: the letters of the customers' mailboxes, and what customers answer of themselves as time passes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.headerregistry import Address
from typing import Protocol

from sandbox.mail.letters import Said, Written, came_back, composed, read
from sandbox.mail.photo import photo

INBOX, SENT = "INBOX", "Sent"  # the folders of the team's mailbox
TEAM = Address("Hearth & Ribbon", "care", "hearth-and-ribbon.example")


class NoLetter(Exception):
    """What was asked cannot be done with the letters there are; the argument says so in a sentence."""


class Folders(Protocol):
    """The team's mailbox, as far as letters are laid into it."""

    def put(self, folder: str, content: bytes, at: datetime) -> None:
        """A letter lies in that folder since `at`."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter between the team and a customer, whose mailbox it stands in. `ours`: the team wrote it.

    `by_program`: it went out without the bot; `bounced_at`: when the team learnt that it never arrived.
    """

    number: int
    mailbox: str
    ours: bool
    at: datetime
    written: Written
    content: bytes
    by_program: bool = False
    with_photo: bool = False
    bounced_at: datetime | None = None


@dataclass
class Mailbox:
    """A customer's. `script` is what they answer, letter by letter, as long as it lasts; `answers_at` when the next of it comes."""

    address: str
    name: str
    script: Sequence[Said] = ()
    answers_at: datetime | None = None
    letters: list[Letter] = field(default_factory=list)

    @property
    def is_answered(self) -> bool:
        """Whether nothing has arrived since they last wrote."""
        theirs = max((each.number for each in self.letters if not each.ours), default=0)
        return self.last_of_ours is None or self.last_of_ours.number < theirs

    @property
    def last_of_ours(self) -> Letter | None:
        """What an answer answers: the latest letter of ours that has arrived."""
        return next((each for each in reversed(self.letters) if each.ours and each.bounced_at is None), None)


class Post:
    """Everything written between the team and its customers, from any thread. `changed` is called after each change, with no lock held."""

    def __init__(self, now: Callable[[], datetime], changed: Callable[[], None]) -> None:
        self._now, self._changed = now, changed
        self._lock = threading.RLock()
        self._mailboxes: dict[str, Mailbox] = {}
        self._count = 0
        self.team: Folders | None = None

    def fill(self, mailboxes: Iterable[Mailbox]) -> None:
        """Anew: these customers have a mailbox, and nobody has written."""
        with self._lock:
            self._mailboxes = {each.address: each for each in mailboxes}
            self._count = 0

    def mailboxes(self) -> list[Mailbox]:
        """All of them as they stand, those with the latest letters first."""
        with self._lock:
            found = [replace(each, letters=[*each.letters]) for each in self._mailboxes.values()]
        return sorted(found, key=lambda each: -each.letters[-1].number if each.letters else 0)

    def mailbox(self, address: str) -> Mailbox | None:
        """A customer's by its address, as it stands; None where nobody has one there."""
        return next((each for each in self.mailboxes() if each.address == address.lower()), None)

    # What the team writes

    def taken(self, content: bytes, recipients: Sequence[str]) -> None:
        """The team's server has taken a letter: like many, it keeps a copy among those sent, and delivers it at once."""
        self._goes_out(content, recipients, by_program=False)

    def from_program(self, name: str, to: str, subject: str, text: str) -> None:
        """A colleague writes from her own mail program, as the team's mailbox: the bot has no part in it."""
        author = Address(name, TEAM.username, TEAM.domain)
        self._goes_out(composed(author, to, subject, text, self._now()), [to], by_program=True)

    def _goes_out(self, content: bytes, recipients: Sequence[str], *, by_program: bool) -> None:
        written, now = read(content), self._now()
        self._put(SENT, content)
        with self._lock:
            for to in recipients:
                mailbox = self._at(to)
                mailbox.letters.append(
                    Letter(self._next(), mailbox.address, True, now, written, content, by_program=by_program)
                )
                if mailbox.script and mailbox.answers_at is None:
                    mailbox.answers_at = now + mailbox.script[0].after
        self._changed()

    # What customers write

    def answer(self, address: str, text: str, *, with_photo: bool = False) -> None:
        """The customer answers the latest letter, or writes of themselves where there is none; perhaps with a photo."""
        with self._lock:
            self._writes(self._at(address), text, self._now(), photo() if with_photo else b"")
        self._changed()

    def answer_by_script(self, address: str) -> None:
        """What they would answer comes now. Raises NoLetter where they have nothing to say."""
        with self._lock:
            mailbox = self._at(address)
            if mailbox.answers_at is None:
                raise NoLetter(f"{mailbox.name} has nothing to answer at present.")
            self._says_next(mailbox, self._now())
        self._changed()

    def turn(self) -> None:
        """Time has passed: who was to answer by now has answered."""
        now = self._now()
        with self._lock:
            due = [(each, each.answers_at) for each in self._mailboxes.values() if each.answers_at]
            due = [(mailbox, at) for mailbox, at in due if at <= now]
            for mailbox, at in due:
                self._says_next(mailbox, at)
        if due:
            self._changed()

    def _says_next(self, mailbox: Mailbox, at: datetime) -> None:
        said, *mailbox.script = mailbox.script
        mailbox.answers_at = None
        self._writes(mailbox, said.text, at)

    def _writes(self, mailbox: Mailbox, text: str, at: datetime, picture: bytes = b"") -> None:
        answered = mailbox.last_of_ours
        local, _, host = mailbox.address.rpartition("@")
        subject = _about(answered.written.subject) if answered else "A word to you"
        content = composed(
            Address(mailbox.name, local, host),
            answered.written.reply_to if answered else TEAM.addr_spec,
            subject,
            text,
            at,
            answered.written if answered else None,
            f"{answered.at:%a, %d %b %Y at %H:%M}" if answered else "",
            proven=True,
            photo=picture,
        )
        self._put(INBOX, content)
        written = replace(read(content), text=text)
        letter = Letter(self._next(), mailbox.address, False, at, written, content, with_photo=bool(picture))
        mailbox.letters.append(letter)

    # What goes wrong

    def bounce(self, number: int) -> None:
        """A letter of ours comes back: there is no such mailbox. Raises NoLetter where it is none of ours, or has come back."""
        with self._lock:
            found = [(box, each) for box in self._mailboxes.values() for each in box.letters if each.number == number]
            if not found or not found[0][1].ours or found[0][1].bounced_at is not None:
                raise NoLetter("This letter cannot come back.")
            [(mailbox, letter)] = found
            now = self._now()
            self._put(INBOX, came_back(letter.content, letter.mailbox, now))
            mailbox.letters[mailbox.letters.index(letter)] = replace(letter, bounced_at=now)
            if mailbox.is_answered:
                mailbox.answers_at = None
        self._changed()

    def _at(self, address: str) -> Mailbox:
        address = address.lower()
        return self._mailboxes.setdefault(address, Mailbox(address, address.partition("@")[0]))

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _put(self, folder: str, content: bytes) -> None:
        if self.team is None:
            raise NoLetter("No mail server runs here.")
        self.team.put(folder, content, self._now())


def _about(subject: str) -> str:
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"
