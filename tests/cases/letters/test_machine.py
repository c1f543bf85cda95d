"""Which letters no person wrote: by their marks, and where there are none by how they begin."""

from __future__ import annotations

import pytest

from cases.letters.machine import is_automatic

HEADS: list[tuple[dict[str, str], str, bool]] = [
    ({}, "ana@example.org", False),
    ({"auto-submitted": "no"}, "ana@example.org", False),
    ({"precedence": "list"}, "ana@example.org", False),  # a shared mailbox puts it on every customer's letter
    ({"x-auto-response-suppress": "All"}, "ana@example.org", False),
    ({"auto-submitted": "auto-replied; owner-email=x"}, "ana@example.org", True),
    ({"precedence": "auto_reply"}, "ana@example.org", True),
    ({"return-path": "<>"}, "ana@example.org", True),
    ({"x-ms-exchange-inbox-rules-loop": "a@x", "x-auto-response-suppress": "All"}, "ana@example.org", True),
    ({"x-ms-exchange-inbox-rules-loop": "a@x"}, "ana@example.org", False),
    ({"x-autoreply": "yes"}, "ana@example.org", True),
    ({"list-id": "<news.example>"}, "ana@example.org", True),
    ({"content-type": "text/calendar; method=REPLY"}, "ana@example.org", True),
    ({"feedback-id": "1:AmazonSES"}, "ana@example.org", False),  # a form's letter may go that way, too
    ({"x-mailer": "PHPMailer 6.9"}, "ana@example.org", False),
    ({"content-type": "multipart/report; report-type=delivery-status"}, "x@mx.example", True),
    ({}, "Mail Delivery System <MAILER-DAEMON@mx.example>", True),
]


@pytest.mark.parametrize(("headers", "sender", "automatic"), HEADS, ids=range(len(HEADS)))
def test_letters_of_machines_are_told_from_peoples(headers: dict[str, str], sender: str, automatic: bool) -> None:
    assert is_automatic(headers, sender) is automatic


@pytest.mark.parametrize(
    ("subject", "automatic"),
    [
        ("Automatic reply: Your box", True),
        ("[Auto-Reply] Your box", True),
        ("Out of Office Re: Your box", True),
        ("Out of office", True),
        ("Automatische Antwort: Your box", True),
        ("Réponse automatique : Your box", True),
        ("Odpowiedź automatyczna: Your box", True),
        ("Автоматический ответ: Your box", True),
        ("自动回复: Your box", True),
        ("자동 회신: Your box", True),
        ("رد تلقائي: Your box", True),
        ("=?UTF-8?B?6Ieq5Yqo5Zue5aSNOiBZb3VyIGJpbGw=?=", True),
        ("Report domain: shop.example Submitter: google.com Report-ID: 88129931", True),
        ("Afwezig: January sale", True),
        ("On leave : Your box", True),
        ("En congé: Your box", True),
        ("Afwezig was de bezorger, en mijn pakje ook", False),
        ("Away for a week without my box", False),
        ("Out of office hours nobody answers", False),
        ("Automatic reply is all I ever get", False),
        ("Automatic reply? No, a real one", False),
        ("Re: Automatic reply: Your box", False),
        ("AW: Automatische Antwort: Your box", False),
        ("=?klingon?B?x?= Your box", False),
        ("Report domain seller to the police", False),
    ],
)
def test_subject_of_an_automatic_answer_begins_as_programs_begin(subject: str, automatic: bool) -> None:
    assert is_automatic({"subject": subject}, "ana@example.org") is automatic


@pytest.mark.parametrize(
    ("text", "automatic"),
    [
        ("This is an automated response. We are closed until Monday.", True),
        ("Ceci est un message automatique.\nJe suis absente.", True),
        ("Dies ist eine automatisch generierte Nachricht.", True),
        ("This is an automated response to a complaint? Answer me yourself.", False),
        ("I only get “This is an automated response.” from you", False),
        ("I am out of the office until Monday, but the cake was stale.", False),
    ],
)
def test_first_sentence_of_an_automatic_answer_says_so(text: str, automatic: bool) -> None:
    assert is_automatic({}, "ana@example.org", text) is automatic
