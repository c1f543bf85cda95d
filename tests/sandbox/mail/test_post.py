"""The customers' mailboxes: what reaches them, what they answer of themselves, and what comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.headerregistry import Address

import pytest

from cases.letters.incoming import Incoming, read_letter
from cases.letters.proof import vouched
from cases.letters.returned import Bounce
from sandbox.mail.letters import RECEIVER, Said, composed
from sandbox.mail.post import INBOX, SENT, Letter, Mailbox, NoLetter, Post

MORNING = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
CLARA = "clara@example.org"
ANA = Address("Ana at Hearth & Ribbon", "care", "hearth-and-ribbon.example")


class Folders:
    """The team's mailbox as a list."""

    def __init__(self) -> None:
        self.laid: list[tuple[str, bytes, datetime]] = []

    def put(self, folder: str, content: bytes, at: datetime) -> None:
        self.laid.append((folder, content, at))

    def inbox(self) -> list[Incoming | Bounce | None]:
        """What has come in, as the bot reads it."""
        return [read_letter(content) for folder, content, _ in self.laid if folder == INBOX]


class Mail:
    """A post office with a customer who has something to say, and a clock turned by hand."""

    def __init__(self) -> None:
        self.at, self.changes, self.folders = MORNING, 0, Folders()
        self.post = Post(lambda: self.at, self._changed)
        self.post.team = self.folders
        script = [Said("It was a woman.", timedelta(minutes=40)), Said("I ordered again.", timedelta(hours=1))]
        self.post.fill([Mailbox(CLARA, "Clara Nyström", script)])

    def _changed(self) -> None:
        self.changes += 1

    def writes(self, to: str = CLARA) -> None:
        """The bot's letter has been taken by the team's server."""
        self.post.taken(composed(ANA, to, "Your box", "Dear Clara,\n\nI am sorry.", self.at), [to])

    def passes(self, **length: float) -> None:
        self.at += timedelta(**length)
        self.post.turn()

    @property
    def letters(self) -> list[Letter]:
        found = self.post.mailbox(CLARA)
        assert found is not None
        return found.letters


@pytest.fixture
def mail() -> Mail:
    return Mail()


def test_letter_arrives_and_a_copy_is_kept(mail: Mail) -> None:
    mail.writes()
    (letter,) = mail.letters
    assert (letter.ours, letter.written.subject, letter.written.text) == (
        True,
        "Your box",
        "Dear Clara,\n\nI am sorry.",
    )
    assert [folder for folder, _, _ in mail.folders.laid] == [SENT]


def test_customer_answers_when_her_time_has_come(mail: Mail) -> None:
    mail.writes()
    mail.passes(minutes=39)
    assert mail.folders.inbox() == []
    before = mail.changes
    mail.passes(minutes=20)
    (answer,) = mail.folders.inbox()
    assert isinstance(answer, Incoming)
    assert answer.text.startswith("It was a woman.")
    assert "> I am sorry." in answer.text
    assert answer.follows == (mail.letters[0].written.name,)
    assert vouched(answer.results, answer.sender, RECEIVER)
    assert mail.letters[1].at == MORNING + timedelta(minutes=40)
    assert mail.changes == before + 1
    mail.passes(days=9)
    assert len(mail.letters) == 2  # one answer to one letter


def test_her_next_letter_gets_the_next_of_her_answers(mail: Mail) -> None:
    for _ in range(3):
        mail.writes()
        mail.passes(hours=2)
    said = [letter.written.text for letter in mail.letters if not letter.ours]
    assert said == ["It was a woman.", "I ordered again."]


def test_two_letters_at_once_are_answered_once(mail: Mail) -> None:
    mail.writes()
    mail.writes()
    mail.passes(days=1)
    assert [letter.ours for letter in mail.letters] == [True, True, False]


def test_answer_can_be_had_at_once(mail: Mail) -> None:
    with pytest.raises(NoLetter):
        mail.post.answer_by_script(CLARA)
    mail.writes()
    mail.post.answer_by_script(CLARA)
    mail.passes(days=1)
    assert [letter.written.text for letter in mail.letters[1:]] == ["It was a woman."]


def test_anybody_can_be_answered_for_and_written_for(mail: Mail) -> None:
    mail.post.answer("tom@example.org", "The soup was cold.")
    mail.writes()
    mail.post.answer(CLARA, "Thank you.")
    first, second = mail.folders.inbox()
    assert isinstance(first, Incoming)
    assert isinstance(second, Incoming)
    assert (first.address, first.follows, first.text.strip()) == ("tom@example.org", (), "The soup was cold.")
    assert (second.sender, second.subject) == ("Clara Nyström <clara@example.org>", "Re: Your box")


def test_letter_that_comes_back_is_answered_by_nobody(mail: Mail) -> None:
    mail.writes()
    mail.post.bounce(mail.letters[0].number)
    (bounce,) = mail.folders.inbox()
    assert bounce == Bounce(
        of=(mail.letters[0].written.name,),
        to=(CLARA,),
        why="550 5.1.1 no such mailbox here",
        name=bounce.name if isinstance(bounce, Bounce) else "",
    )
    mail.passes(days=1)
    assert len(mail.letters) == 1
    with pytest.raises(NoLetter):
        mail.post.bounce(mail.letters[0].number)


def test_second_letter_that_comes_back_takes_no_answer_along(mail: Mail) -> None:
    mail.writes()
    mail.passes(hours=1)
    mail.writes()
    mail.post.bounce(mail.letters[-1].number)
    mail.passes(days=1)
    assert len(mail.letters) == 3


def test_own_mail_program_leaves_a_letter_among_the_sent(mail: Mail) -> None:
    mail.post.from_program("Ana Ortega", CLARA, "Your call", "I am sorry.")
    ((folder, _, _),) = mail.folders.laid
    assert (folder, mail.letters[0].by_program, mail.letters[0].written.author.display_name) == (
        SENT,
        True,
        "Ana Ortega",
    )


def test_without_a_mail_server_nobody_writes() -> None:
    post = Post(lambda: MORNING, lambda: None)
    with pytest.raises(NoLetter, match="No mail server runs here"):
        post.answer(CLARA, "Hello?")
    assert post.mailboxes()[0].letters == []
