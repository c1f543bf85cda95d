"""Which sent letters are contact with a customer who waits, by their headers alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cases.letters.seen import Seen, seen

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
PRIYA = "priya@example.org"
WAITING = {PRIYA, "tom@example.org"}
LETTER = {
    "from": "Ana Ortega <care@shop.example>",
    "to": "Priya Nair <Priya@Example.org>",
    "date": "Mon, 05 Jan 2026 12:00:00 +0100",
    "message-id": "<1@shop.example>",
}


def test_letter_by_a_person_is_contact() -> None:
    at = datetime(2026, 1, 5, 11, tzinfo=UTC)
    assert seen(LETTER, WAITING, NOW) == Seen(PRIYA, at, "Ana Ortega", "<1@shop.example>", "care@shop.example")


@pytest.mark.parametrize(
    "headers",
    [
        {"to": "boss@shop.example", "cc": f'"a, b" <ben@shop.example>, {PRIYA}'},
        {"to": f"undisclosed-recipients:;, {PRIYA}"},
        {"from": "care@shop.example"},
        {"date": "Mon, 5 Jan 2026 12:05:00 +0000 (GMT)"},
        {"auto-submitted": "no"},
        {"subject": "Re: Automatic reply: Your box"},
        {"x-auto-response-suppress": "DR, OOF"},
        {"x-mailer": "Apple Mail (2.3731)"},
        {"user-agent": "Zoho Mail", "feedback-id": "19b8:zoho:mail"},
        {"user-agent": "Roundcube Webmail/1.6", "x-php-originating-script": "0:rcube.php"},
        {"to": '"Nair, Priya" <"priya"@example.org>'},
        {"cc": ", ".join(f"colleague-{each}@shop.example" for each in range(7))},
    ],
)
def test_letter_stays_contact_however_it_is_written(headers: dict[str, str]) -> None:
    letter = seen(LETTER | headers, WAITING, NOW)
    assert letter is not None
    assert letter.to == PRIYA
    assert letter.at <= NOW


@pytest.mark.parametrize(
    "headers",
    [
        {"to": "somebody@example.org"},
        {"to": f"xpriya@example.org, {PRIYA}.evil.example"},
        {"to": "boss@shop.example", "subject": f"Fwd: complaint of {PRIYA}"},
        {"to": f'"{PRIYA}" <boss@shop.example>'},
        {"to": f"{PRIYA}, tom@example.org"},
        {"to": f"{PRIYA}, {', '.join(f'guest-{each}@example.com' for each in range(8))}"},
        {"to": f"VIP: {', '.join(f'guest-{each}@example.com' for each in range(8))}, {PRIYA};"},
        {"from": "Priya Nair <Priya@example.org>", "to": "care@shop.example", "cc": PRIYA},
        {"from": "Tom Hale <tom@example.org>"},
        {"user-agent": "Mailchimp Mailer"},
        {"user-agent": "Thunderbird", "x-unsent": "1"},
        {"auto-submitted": "auto-replied"},
        {"auto-submitted": "auto-generated; owner-email=x"},
        {"precedence": "bulk"},
        {"list-id": "<news.shop.example>"},
        {"feedback-id": "91827:mc"},
        {"x-mailer": "PHPMailer 6.9 (https://github.com/PHPMailer)"},
        {"x-php-originating-script": "33:class-wc-email.php"},
        {"x-unsent": "1"},
        {"from": "Hearth <no-reply@shop.example>"},
        {"content-type": "text/calendar; method=REPLY"},
        {"subject": "=?utf-8?q?R=C3=A9ponse_automatique_?=: x"},
        {"list-unsubscribe": "<https://shop.example/u>"},
        {"from": "MAILER-DAEMON@shop.example"},
        {"return-path": "<>"},
        {"content-type": "multipart/report; report-type=delivery-status"},
        {"date": "Tue, 06 Jan 2026 12:00:00 +0100"},
        {"date": "yesterday"},
        {"date": ""},
        {"date": "Mon, 99 Jan 2026 99:00:00 +9999"},
        {"message-id": " "},
    ],
)
def test_decoys_are_contact_with_nobody(headers: dict[str, str]) -> None:
    assert seen(LETTER | headers, WAITING, NOW) is None
