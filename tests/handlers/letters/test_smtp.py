"""The mail server, at every step at which it can go wrong: what is told of it, and whether the letter may have gone out."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import pytest
import trustme

from cases.letters.letter import Answer, Envelope, Later, Refused, Taken, Unknown
from handlers.letters.smtp import Smtp
from tests.mail_server import DROP, DROP_AFTER_TAKING, HANG, MailServer

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

    monkeypatch.setattr("handlers.letters.smtp._trust", trusting)


def sent(url: str, envelope: Envelope = ENVELOPE, patience: float = 5) -> Answer:
    return Smtp(url, patience)(envelope, lambda: True)


def test_letter_arrives_with_every_word_it_had(server: MailServer) -> None:
    assert sent(server.url) == Taken()
    assert server.letters[0].get_content().splitlines() == [".hidden dot", "Dear Priya"]
    assert server.recipients == ["priya@example.org"]


# Step, what happens there, and what is known of the letter then.
FAULTS: list[tuple[str, str, type[Answer], str]] = [  # type: ignore[valid-type]
    ("EHLO", DROP, Later, "the line was cut"),
    ("MAIL", "451 busy", Later, "451 busy"),
    ("MAIL", "550 you are not care", Refused, "550 you are not care"),
    ("MAIL", "530 log in first", Later, "530 log in first"),
    ("MAIL", DROP, Later, "the line was cut"),
    ("RCPT", "450 try later", Later, "450 try later"),
    ("RCPT", "550 no such user", Refused, "550 no such user"),
    ("RCPT", DROP, Later, "the line was cut"),
    ("RCPT", "what?", Later, "our mail server answered what nobody understands"),
    ("DATA", "421 going down", Later, "421 going down"),
    ("DATA", "554 no", Refused, "554 no"),
    ("DATA", DROP, Later, "the line was cut"),
    ("END", "452 disk full", Later, "452 disk full"),
    ("END", "554 spam", Refused, "554 spam"),
    ("END", DROP, Unknown, "the line was cut"),
    ("END", DROP_AFTER_TAKING, Unknown, "the line was cut"),
    ("END", "what?", Unknown, "our mail server answered what nobody understands"),
]


@pytest.mark.parametrize(("step", "fault", "kind", "why"), FAULTS)
def test_each_fault_tells_whether_it_may_have_gone(
    server: MailServer, step: str, fault: str, kind: type[Later], why: str
) -> None:
    server.goes_wrong(step, fault)
    assert sent(server.url) == kind(why)
    assert len(server.letters) == (fault == DROP_AFTER_TAKING)


@pytest.mark.parametrize(("step", "kind"), [("MAIL", Later), ("DATA", Later), ("END", Unknown)])
def test_server_that_hangs_is_not_waited_for(server: MailServer, step: str, kind: type[Later]) -> None:
    server.goes_wrong(step, HANG)
    assert sent(server.url, patience=0.2) == kind("it did not answer in time")


def test_nothing_leaves_where_somebody_else_has_it(server: MailServer) -> None:
    assert isinstance(Smtp(server.url, 5)(ENVELOPE, lambda: False), Later)
    assert server.letters == []


def test_nobody_at_the_address_is_said() -> None:
    with MailServer() as gone:
        url = gone.url
    assert sent(url) == Later("nobody answers at its address")


def test_password_goes_through_encryption_alone(certified: ssl.SSLContext, trusted: None) -> None:
    with MailServer(tls=certified, login="care") as server:
        assert sent(server.url) == Taken()
        assert server.steps == ["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"]


def test_no_password_follows_a_refused_starttls(certified: ssl.SSLContext, trusted: None) -> None:
    with MailServer(tls=certified, login="care") as server:
        server.goes_wrong("STARTTLS", "454 not now")
        assert sent(server.url) == Later("454 not now")
        assert server.steps == ["EHLO", "STARTTLS"]


def test_certificate_of_a_stranger_is_not_believed(certified: ssl.SSLContext) -> None:
    with MailServer(tls=certified, at_once=True) as server:
        answer = sent(server.url)
    assert isinstance(answer, Later)
    assert answer.why.startswith("its certificate cannot be trusted")


def test_encryption_from_the_first_byte_works(certified: ssl.SSLContext, trusted: None) -> None:
    with MailServer(tls=certified, at_once=True, login="care") as server:
        assert sent(server.url) == Taken()


def test_wrong_password_waits_for_a_better_one(server: MailServer) -> None:
    with MailServer(login="care") as strict:
        answer = sent(strict.url.replace("secret", "wrong"))
    assert isinstance(answer, Later)
    assert answer.why.startswith("535")


def test_login_nobody_asks_for_is_no_fault_of_the_letter(server: MailServer) -> None:
    answer = sent(server.url.replace("smtp://", "smtp://care:secret@"))
    assert answer == Later("it takes no login in a way that we know")


def test_host_in_other_letters_has_a_plain_name(server: MailServer) -> None:
    assert sent(server.url, Envelope("care@shop.example", "priya@büro.example", LETTER)) == Taken()
    assert server.recipients == ["priya@xn--bro-hoa.example"]
    assert isinstance(sent(server.url, Envelope("care@shop.example", "prüya@shop.example", LETTER)), Refused)


def test_doctor_hears_whether_the_server_lets_us_in(server: MailServer) -> None:
    assert Smtp(server.url, 5).trouble() is None
    server.goes_wrong("EHLO", DROP)
    assert Smtp(server.url, 5).trouble() == "the line was cut"
