"""The practice mail server as mail programs meet it: real SMTP in, real IMAP out, and an empty mailbox after a new start."""

from __future__ import annotations

import imaplib
import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from sandbox.mail.post import INBOX, SENT
from sandbox.mail.servers import MailServers

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LETTER = b"From: care@shop.example\r\nTo: clara@example.org\r\nSubject: Hi\r\n\r\nDear Clara,\r\n..and so on\r\n"


class Office:
    """The servers, with what they have taken."""

    def __init__(self) -> None:
        self.taken: list[tuple[bytes, list[str]]] = []
        self.servers = MailServers(self._taken, lambda: None)

    def _taken(self, content: bytes, recipients: object) -> None:
        self.taken.append((content, list(recipients)))  # type: ignore[call-overload]
        self.servers.put(SENT, content, AT)


@pytest.fixture(scope="module")
def started() -> Iterator[Office]:
    office = Office()
    office.servers.start()
    yield office
    office.servers.stop()


@pytest.fixture
def office(started: Office) -> Office:
    started.taken.clear()
    started.servers.clear()
    return started


def box(office: Office) -> imaplib.IMAP4:
    parts = urlsplit(office.servers.imap_url)
    opened = imaplib.IMAP4(parts.hostname or "", parts.port or 0)
    opened.login(parts.username or "", parts.password or "")
    return opened


def test_what_is_sent_is_handed_on_before_it_is_answered_for(office: Office) -> None:
    parts = urlsplit(office.servers.smtp_url)
    with smtplib.SMTP(parts.hostname or "", parts.port or 0, local_hostname="here") as server:
        server.sendmail("care@shop.example", ["clara@example.org"], LETTER)
        assert office.taken == [(LETTER, ["clara@example.org"])]
    with box(office) as opened:
        assert opened.select(SENT, readonly=True) == ("OK", [b"1"])
        _, found = opened.search(None, "TO", "clara@example.org", "SINCE", "04-Jan-2026")
        assert found == [b"1"]


def test_nobody_is_let_in_with_another_password(office: Office) -> None:
    parts = urlsplit(office.servers.imap_url)
    with imaplib.IMAP4(parts.hostname or "", parts.port or 0) as opened, pytest.raises(imaplib.IMAP4.error):
        opened.login(parts.username or "", "guessed")


def test_new_start_finds_both_folders_empty(office: Office) -> None:
    office.servers.put(INBOX, LETTER, AT)
    office.servers.clear()
    with box(office) as opened:
        assert [opened.select(folder)[1] for folder in (INBOX, SENT)] == [[b"0"], [b"0"]]
