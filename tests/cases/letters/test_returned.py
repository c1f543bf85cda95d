"""Letters that came back: which, whom they did not reach, in a report or in the words of older programs."""

from __future__ import annotations

from base64 import encodebytes

import pytest

from cases.letters.incoming import Automatic, Incoming, read_letter
from cases.letters.returned import Bounce

BOUNCED = """\
Content-Type: multipart/report; report-type=delivery-status; boundary=b
From: MAILER-DAEMON@mail.example
Message-ID: <bounce@mail.example>

--b
Content-Type: text/plain

I could not deliver it.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; Priya@example.org
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1
 no such user
--b
Content-Type: text/rfc822-headers

Message-ID: <ours@shop.example>
Subject: Your box
--b--
"""


def test_letter_that_came_back_says_which_and_why() -> None:
    assert read_letter(BOUNCED.format(action="failed").encode()) == Bounce(
        ("<ours@shop.example>",), ("priya@example.org",), "550 5.1.1 no such user", "<bounce@mail.example>"
    )


def test_person_who_encloses_a_report_is_no_bounce() -> None:
    told = BOUNCED.format(action="failed").replace("multipart/report; report-type=delivery-status;", "multipart/mixed;")
    found = read_letter(told.replace("MAILER-DAEMON@mail.example", "priya@example.org").encode())
    assert isinstance(found, Incoming)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_delay_is_no_letter_that_came_back(action: str) -> None:
    assert isinstance(read_letter(BOUNCED.format(action=action).encode()), Automatic)


@pytest.mark.parametrize(
    ("addresses", "is_theirs"),
    [(["priya@example.org"], True), (["ana@shop.example", "priya@example.org"], True), (["tom@example.org"], False)],
)
def test_letter_came_back_only_from_whom_it_names(addresses: list[str], is_theirs: bool) -> None:
    assert Bounce(("<1@x>",), ("priya@example.org",), "", "").is_for(addresses) is is_theirs
    assert Bounce(("<1@x>",), (), "", "").is_for(addresses)


def test_of_several_recipients_only_the_failed_count() -> None:
    other = "Final-Recipient: rfc822; ana@shop.example\nAction: delivered\n\nOriginal-Recipient: rfc822; old@example.org\nFinal"
    found = read_letter(BOUNCED.format(action="failed").replace("Final", other, 1).encode())
    assert isinstance(found, Bounce)
    assert found.to == ("old@example.org", "priya@example.org")


EXIM = """\
Return-Path: <>
From: Mail Delivery System <Mailer-Daemon@mail.example>
X-Failed-Recipients: Priya@example.org,
  tom@example.org
References: <ours@shop.example>
Message-ID: <bounce@mail.example>

A message that you sent could not be delivered to one or more of its
recipients. The following address(es) failed:

  priya@example.org
    550 5.1.1 no such user
"""
COPY = """
------ This is a copy of the message, including all the headers. ------

Subject: Your box
Message-ID: <ours@shop.example>

Message-ID: <not@this.example>
"""
QMAIL = """\
Return-Path: <>
From: MAILER-DAEMON@mail.example
Message-ID: <bounce@mail.example>

Hi. This is the qmail-send program at mail.example.
I wasn't able to deliver your message to the following addresses.

<priya@example.org>:
Remote host said: 550 5.1.1 no such user

"""


@pytest.mark.parametrize(
    ("content", "to"),
    [
        (EXIM, ("priya@example.org", "tom@example.org")),
        (EXIM.replace("References: <ours@shop.example>\n", "") + COPY, ("priya@example.org", "tom@example.org")),
        (QMAIL + COPY, ("priya@example.org",)),
    ],
)
def test_older_programs_say_it_in_their_own_words(content: str, to: tuple[str, ...]) -> None:
    assert read_letter(content.encode()) == Bounce(
        ("<ours@shop.example>",), to, "550 5.1.1 no such user", "<bounce@mail.example>"
    )


@pytest.mark.parametrize(
    "content",
    [
        EXIM.replace("X-Failed-Recipients", "X-Other"),
        QMAIL.replace("Hi. This", "> Hi. This") + COPY.replace("Message-ID", "X-ID"),
    ],
)
def test_machine_that_names_nobody_tells_of_no_bounce(content: str) -> None:
    assert isinstance(read_letter(content.encode()), Automatic)


def test_person_who_pastes_a_bounce_is_none() -> None:
    pasted = (QMAIL + COPY).replace("MAILER-DAEMON@", "tom@").replace("Return-Path: <>\n", "")
    assert isinstance(read_letter(pasted.encode()), Incoming)


def in_words(subject: str, *said: str, copy: str = "text/rfc822-headers") -> bytes:
    """A machine's letter for people alone, with the letter that came back, or its head, beside it."""
    lines = [
        "From: Gatekeeper <postmaster@gate.example>",
        f"Subject: {subject}",
        "Message-ID: <bounce@gate.example>",
        "Content-Type: multipart/mixed; boundary=b",
        *("", "--b", "Content-Type: text/plain; charset=utf-8", "", *said),
        *("--b", f"Content-Type: {copy}", "", "Message-ID: <ours@shop.example>", "To: priya@example.org", "--b--", ""),
    ]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (
            in_words("Your message to priya@example.org was REJECTED", "Reason: 554 5.7.1 content refused."),
            "554 5.7.1 content refused.",
        ),
        (
            in_words("DELIVERY FAILURE: User priya (priya@example.org) not listed", "was not delivered to:", copy="message/rfc822"),
            "delivery failure: user priya (priya@example.org) not listed",
        ),
        (
            in_words("Zurück", "Ihre Nachricht konnte an priya@example.org nicht zugestellt werden:", "550 Postfach gesperrt"),
            "550 Postfach gesperrt",
        ),
        (
            in_words("Retour", "Le message n'a pas pu être remis à priya@example.org"),
            "le message n'a pas pu etre remis a priya@example.org",
        ),
    ],
)  # fmt: skip
def test_others_say_it_for_people_alone(content: bytes, why: str) -> None:
    assert read_letter(content) == Bounce(
        ("<ours@shop.example>",), ("priya@example.org",), why, "<bounce@gate.example>"
    )


@pytest.mark.parametrize(
    "content",
    [
        in_words("Delayed", "priya@example.org: 4.4.1 timed out; I will keep trying until Friday, then it is undeliverable"),
        in_words("Verzögert", "An priya@example.org konnte noch nicht zugestellt werden"),
        in_words("Failed", "It could not be delivered to somebody."),
        in_words("Hello", "priya@example.org has read it."),
        in_words("Failed", "It could not be delivered to priya@example.org").replace(b"Message-ID: <ours", b"X-ID: <ours"),
    ],
)  # fmt: skip
def test_what_is_no_failure_or_names_no_letter_is_none(content: bytes) -> None:
    assert isinstance(read_letter(content), Automatic)


def test_report_in_base64_is_read() -> None:
    """No standard allows it; Amazon's servers write it."""
    head, rest = BOUNCED.format(action="failed").split("Content-Type: message/delivery-status\n\n")
    report, end = rest.split("--b\n", 1)
    packed = encodebytes(report.encode()).decode()
    told = f"{head}Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n{packed}--b\n{end}"
    assert read_letter(told.encode()) == read_letter(BOUNCED.format(action="failed").encode())
