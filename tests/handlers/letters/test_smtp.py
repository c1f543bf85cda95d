"""The mail server: what it is told, what it is not, and how it is trusted. What goes wrong with it: tests/stories/test_mail_that_goes_wrong.py."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import pytest
import trustme

from cases.letters.letter import Answer, Envelope, Later, Refused, Taken
from handlers.letters.smtp import Smtp
from tests.mail_server import DROP, MailServer

LETTER = b"From: care@shop.example\r\nTo: priya@example.org\r\nSubject: Your box\r\n\r\n.hidden dot\r\nDear Priya\r\n"
ENVELOPE = Envelope("care@shop.example", "priya@example.org", LETTER)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def certified(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> None:
    def trusting() -> ssl.SSLContext:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        return context

    monkeypatch.setattr("handlers.letters.smtp.trust", trusting)
    monkeypatch.setattr("handlers.letters.line.trust", trusting)


def sent(url: str, envelope: Envelope = ENVELOPE) -> Answer:
    return Smtp(url, 5)(envelope, lambda: True)


def test_letter_arrives_with_every_word_it_had(server: MailServer) -> None:
    assert sent(server.url) == Taken()
    assert server.letters[0].get_content().splitlines() == [".hidden dot", "Dear Priya"]
    assert server.recipients == ["priya@example.org"]


def test_nothing_leaves_where_somebody_else_has_it(server: MailServer) -> None:
    assert isinstance(Smtp(server.url, 5)(ENVELOPE, lambda: False), Later)
    assert server.letters == []


def test_password_goes_through_encryption_alone(certified: ssl.SSLContext, trusted: None) -> None:
    with MailServer(tls=certified, login="care") as server:
        assert sent(server.url) == Taken()
        assert server.steps[:7] == ["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"]


def test_no_password_follows_a_refused_starttls(certified: ssl.SSLContext, trusted: None) -> None:
    with MailServer(tls=certified, login="care") as server:
        server.goes_wrong("STARTTLS", "454 not now")
        assert sent(server.url) == Later("454 not now")
        assert server.steps == ["EHLO", "STARTTLS"]


def test_encryption_from_the_first_byte_works(certified: ssl.SSLContext, trusted: None) -> None:
    with MailServer(tls=certified, at_once=True, login="care") as server:
        assert sent(server.url) == Taken()


def test_wrong_password_waits_for_a_better_one(server: MailServer) -> None:
    with MailServer(login="care") as strict:
        answer = sent(strict.url.replace("secret", "wrong"))
    assert isinstance(answer, Later)
    assert "SMTP_URL: 535" in answer.why


def test_login_nobody_asks_for_is_no_fault_of_the_letter(server: MailServer) -> None:
    answer = sent(server.url.replace("smtp://", "smtp://care:secret@"))
    assert answer == Later("it takes no login in a way that we know, and SMTP_URL has one")


def test_host_in_other_letters_has_a_plain_name(server: MailServer) -> None:
    assert sent(server.url, Envelope("care@shop.example", "priya@büro.example", LETTER)) == Taken()
    assert server.recipients == ["priya@xn--bro-hoa.example"]
    assert isinstance(sent(server.url, Envelope("care@shop.example", "prüya@shop.example", LETTER)), Refused)


def test_doctor_hears_whether_the_server_lets_us_in(server: MailServer) -> None:
    assert Smtp(server.url, 5).trouble() is None
    server.goes_wrong("EHLO", DROP)
    assert Smtp(server.url, 5).trouble() == "the line was cut"


def test_password_of_other_letters_is_told_of(server: MailServer) -> None:
    with MailServer(login="care") as strict:
        answer = sent(strict.url.replace("secret", "S%C3%BC%C3%9F"))
    assert isinstance(answer, Later)
    assert "has letters that mail servers do not agree on" in answer.why
