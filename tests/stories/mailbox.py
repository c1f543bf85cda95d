"""A mailbox of a story's own, in a folder of a real server: what comes into it, and what is heard of it in Slack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from itertools import count

import pytest

from cases.letters.compose import Mailbox as From
from handlers.letters.imap import Imap
from handlers.letters.look import Mailbox
from sandbox.people.reading import plain
from tests.imap_server import ImapServer
from tests.stories.stage import Stage, policy
from tests.stories.test_answered_elsewhere import look

CARE = From("Hearth & Ribbon", "care@shop.example")
PRIYA = {"name": "Priya Nair", "email": "priya@example.org"}
_numbers = count(1)


@pytest.fixture(scope="module")
def imap() -> Iterator[ImapServer]:
    with ImapServer() as server:
        yield server


@dataclass
class Read:
    """A case of Priya's, and the mailbox that her letters come to, in a folder of this test's own."""

    stage: Stage
    server: ImapServer
    mailbox: Mailbox
    inbox: str

    def puts(self, letter: bytes) -> None:
        self.stage.jump(timedelta(minutes=1))
        written = EmailMessage()
        written.as_bytes = lambda *_, **__: letter  # type: ignore[method-assign]
        self.server.put(self.inbox, written, self.stage.now)

    def looks(self) -> None:
        self.stage.jump(timedelta(minutes=1))
        look(self.stage, self.mailbox)

    def comes(self, letter: bytes) -> None:
        self.puts(letter)
        self.looks()

    @property
    def thread(self) -> str:
        return plain(self.stage.card(1)) + "\n".join(self.stage.in_thread())

    @property
    def cards(self) -> int:
        return len(self.stage.practice.messages("card"))

    @property
    def notices(self) -> list[str]:
        return [plain(each) for each in self.stage.practice.messages("notice")]


@pytest.fixture
def read(stage: Stage, imap: ImapServer) -> Read:
    inbox = f"Post-{next(_numbers)}"
    imap.put(inbox, EmailMessage(), stage.now)
    stage.restart(policy=policy(mail={"inbox": [inbox], "sent": ["none"]}), mailbox=CARE)
    found = Read(stage, imap, Mailbox(Imap(imap.url)), inbox)
    look(stage, found.mailbox)
    stage.receives(external_id="f-1", customer=PRIYA)
    return found


def letter(body: bytes = b"\r\nIt is still not here.\r\n", **headers: str) -> bytes:
    """A letter of Priya's as it comes over the line: what is left of it below its head is `body`."""
    told = {"From": "Priya Nair <priya@example.org>", "To": "care@shop.example", "Subject": "My order"}
    told |= {"Date": "Mon, 05 Jan 2026 09:00:00 +0000", "Message-ID": "<one@mail.example>"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    return (
        "".join(f"{name}: {value}\r\n" for name, value in told.items() if value).encode("utf-8", "surrogateescape")
        + body
    )
