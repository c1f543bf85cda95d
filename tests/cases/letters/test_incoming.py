"""Letters as they come in: whose they are, what they answer, and which are none of a person's."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.arrivals.meaning import meant
from cases.arrivals.told import Told
from cases.letters.incoming import Bounce, Incoming, read_letter

HEADERS = {
    "From": "Priya Nair <Priya@example.org>",
    "To": "Hearth <care+00112233445566778899@shop.example>",
    "Subject": "Re: Your box",
    "Date": "Mon, 05 Jan 2026 11:00:00 +0000",
    "Message-ID": "<theirs@mail.example>",
    "In-Reply-To": "<ours@shop.example>",
    "References": "<first@shop.example> <ours@shop.example>",
}
ANSWER = "The second box is broken too.\n\nOn Mon, 5 Jan 2026, Hearth <care@shop.example> wrote:\n> Dear Priya,\n> I am sorry.\n"


def letter(body: str = ANSWER, **headers: str) -> EmailMessage:
    written = EmailMessage()
    for name, value in (HEADERS | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        if value:
            written[name] = value
    written.set_content(body)
    return written


def read(written: EmailMessage) -> Incoming:
    found = read_letter(written.as_bytes())
    assert isinstance(found, Incoming)
    return found


def comment(found: Incoming, customer: str | None = None) -> Any:
    return meant(list(found.answers([customer] if customer else [])), Told("e-mail")).feedback


def test_answer_is_known_by_token_and_by_what_it_follows() -> None:
    found = read(letter())
    assert (found.address, found.token, found.name) == (
        "priya@example.org",
        "00112233445566778899",
        "<theirs@mail.example>",
    )
    assert found.follows == ("<ours@shop.example>", "<first@shop.example>")


def test_only_the_new_words_are_the_customers() -> None:
    said = comment(read(letter()))
    assert said.comment == "The second box is broken too."
    assert (said.customer.email, said.external_id) == ("Priya@example.org", "<theirs@mail.example>")
    assert said.subject == "Re: Your box"


def test_other_sender_of_an_answer_is_shown_and_not_believed() -> None:
    said = comment(read(letter(From="Her Brother <bro@example.org>")), "priya@example.org")
    assert said.customer.email == "priya@example.org"
    assert ("Sent from", "Her Brother <bro@example.org>") in said.also_answered


def test_sender_whom_the_server_doubts_is_shown_so() -> None:
    said = comment(read(letter(Authentication_Results="mx.shop.example; spf=pass; dmarc=fail (p=reject)")))
    assert "not verified" in dict(said.also_answered)["Sender"]


@pytest.mark.parametrize(
    ("results", "proven"),
    [
        ([], None),
        (["mx.shop.example; dmarc=pass"], True),
        (["mx.shop.example; dmarc=none", "mx.forged.example; dmarc=pass"], None),
        (["mx.shop.example; dmarc=fail", "mx.shop.example; dmarc=pass"], False),
        (["mx.shop.example; dkim=pass", "mx.shop.example; DMARC = FAIL"], False),
    ],
)
def test_no_sender_vouches_for_themselves(results: list[str], proven: bool | None) -> None:
    written = letter()
    for each in results:
        written["Authentication-Results"] = each
    assert read(written).proven is proven


def test_nearest_of_many_letters_is_the_one_that_is_answered() -> None:
    before = " ".join(f"<{number}@shop.example>" for number in range(3000))
    found = read(letter(**{"In-Reply-To": "", "References": before}))
    assert found.follows[:2] == ("<2999@shop.example>", "<2998@shop.example>")


def test_answer_that_speaks_of_passing_on_is_the_customers_own() -> None:
    body = "I have forwarded this to my lawyer.\n\nFrom: Hearth <care@shop.example>\nSent: Monday\n\nDear Priya, I am sorry.\n"
    said = comment(read(letter(body)), "priya@example.org")
    assert (said.customer.email, said.comment) == ("Priya@example.org", "I have forwarded this to my lawyer.")


@pytest.mark.parametrize(
    ("sender", "to", "of_team"),
    [
        ("Care@shop.example", "care@shop.example", True),
        ("care+1@shop.example", "priya@example.org", True),
        ("ana@shop.example", "priya@example.org", True),
        ("ana@shop.example", "Hearth <care+00112233445566778899@shop.example>", False),
        ("priya@example.org", "her@example.org", False),
        ("ana@fakeshop.example", "priya@example.org", False),
    ],
)
def test_letters_of_colleagues_to_others_are_the_teams(sender: str, to: str, of_team: bool) -> None:
    assert read(letter(From=sender, To=to)).is_of_team("care@shop.example") is of_team


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Precedence": "auto_reply"},
        {"List-Id": "<news.example>"},
        {"List-Unsubscribe": "<https://news.example/u>"},
        {"From": "MAILER-DAEMON@mail.example"},
        {"Return-Path": "<>"},
        {"From": ""},
    ],
)
def test_letters_of_no_person_are_none(headers: dict[str, str]) -> None:
    assert read_letter(letter(**headers).as_bytes()) is None


def test_html_alone_is_read_as_it_is_seen() -> None:
    written = letter()
    written.set_content("<p>The soup was <b>cold</b>.</p><blockquote>I am sorry</blockquote>", subtype="html")
    assert comment(read(written)).comment == "The soup was cold."


def test_attachments_are_named_and_never_opened() -> None:
    written = letter()
    written.add_attachment(b"x" * 120_000, maintype="image", subtype="jpeg", filename="soup.jpg")
    assert dict(comment(read(written)).also_answered)["Attached"] == "soup.jpg (image/jpeg, 120 kB)"


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
        ("<ours@shop.example>",), "priya@example.org", "550 5.1.1 no such user", "<bounce@mail.example>"
    )


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_delay_is_no_letter_that_came_back(action: str) -> None:
    assert read_letter(BOUNCED.format(action=action).encode()) is None


BROKEN = {
    "nested a thousand deep": b"From: a@example.org\r\n"
    + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number) for number in range(1000)
    ),
    "no charset of this world": b"From: a@example.org\r\nContent-Type: text/plain; charset=klingon\r\n\r\nThe soup was cold",
    "wrong charset": b"From: a@example.org\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDie Suppe war k\xe4lter",
    "line break in From": b"From: a@example.org\r\n b\r\n\tc\r\n\r\nThe soup was cold",
    "date of 1970": b"From: a@example.org\r\nDate: Thu, 1 Jan 1970 00:00:00 +0000\r\n\r\nThe soup was cold",
    "no head": b"\r\n\r\nThe soup was cold",
    "nothing": b"",
    "zeros": b"\0" * 5000,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=list(BROKEN))
def test_broken_letters_break_nothing(content: bytes) -> None:
    found = read_letter(content)
    assert found is None or isinstance(found, Incoming)


def test_words_in_an_unknown_charset_are_read_as_far_as_they_go() -> None:
    found = read_letter(BROKEN["no charset of this world"])
    assert isinstance(found, Incoming)
    assert found.text.strip() == "The soup was cold"


@given(st.binary(max_size=2000), st.lists(st.sampled_from(list(BROKEN.values())), max_size=2))
def test_no_bytes_at_all_break_the_reading(content: bytes, more: list[bytes]) -> None:
    assert isinstance(read_letter(b"".join([*more, content])), Incoming | Bounce | None)
