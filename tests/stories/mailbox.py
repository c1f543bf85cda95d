"""A mailbox of a story's own, in a folder of a real server: what comes into it, and what is heard of it in Slack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import count
from typing import Any

import pytest

from cases.letters.compose import Mailbox as From
from handlers.letters.imap import Imap
from handlers.letters.look import Mailbox, look_through
from sandbox.people.reading import plain
from tests.imap_server import ImapServer
from tests.stories.stage import Stage, policy

CARE = From("Hearth & Ribbon", "care@shop.example")
PRIYA = {"name": "Priya Nair", "email": "priya@example.org"}
_numbers = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    with ImapServer() as server:
        yield server


def new_folder(name: str = "Eingang") -> str:
    """A folder of this story's own."""
    return f"{name}-{next(_numbers)}"


def composed(at: datetime, **headers: str) -> EmailMessage:
    """A letter as somebody's mail program writes it; Ana's to Priya, unless the headers say otherwise."""
    written = EmailMessage()
    for name, value in {"From": "Ana <care@shop.example>", "To": "priya@example.org"}.items():
        written[name] = headers.pop(name, value)
    written["Date"] = format_datetime(at)
    written["Message-ID"] = headers.pop("message_id", f"<{next(_numbers)}@shop.example>")
    for name, value in headers.items():
        written[name.replace("_", "-")] = value
    written.set_content("Dear Priya, I am sorry.")
    return written


def look(stage: Stage, mailbox: Mailbox) -> int:
    """The mailbox is looked through; how many letters of ours were found in it."""
    found = look_through(stage.world, mailbox)
    stage.settle()
    return found


def read_from_now_on(
    stage: Stage,
    server: ImapServer,
    mail: dict[str, Any] | None = None,
    more: dict[str, Any] | None = None,
    **settings: Any,
) -> tuple[str, Mailbox]:
    """An inbox that is looked through for the first time, in which an old letter lies; `mail` and `more` of policy are as told."""
    inbox, mailbox = new_folder(), Mailbox(Imap(server.url))
    server.put(inbox, composed(stage.now, From="old@example.org", To="care@shop.example"), stage.now)
    mine = policy(mail={"inbox": [inbox], "sent": ["none"], **(mail or {})}, **(more or {}))
    stage.restart(policy=mine, mailbox=CARE, **settings)
    look(stage, mailbox)
    return inbox, mailbox


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
def read(stage: Stage, server: ImapServer) -> Read:
    inbox, mailbox = read_from_now_on(stage, server)
    stage.receives(external_id="f-1", customer=PRIYA)
    return Read(stage, server, mailbox, inbox)


def letter(body: bytes = b"\r\nIt is still not here.\r\n", **headers: str) -> bytes:
    """A letter of Priya's as it comes over the line: what is left of it below its head is `body`."""
    told = {"From": "Priya Nair <priya@example.org>", "To": "care@shop.example", "Subject": "My order"}
    told |= {"Date": "Mon, 05 Jan 2026 09:00:00 +0000", "Message-ID": "<one@mail.example>"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    return (
        "".join(f"{name}: {value}\r\n" for name, value in told.items() if value).encode("utf-8", "surrogateescape")
        + body
    )
