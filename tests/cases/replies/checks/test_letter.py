"""How a reply is taken apart: sentences, greeting, signature, and the words that are not the writer's."""

from __future__ import annotations

import pytest

from cases.replies.checks.letter import Letter, letter


def _sentences(parsed: Letter) -> list[str]:
    return [parsed.words_of(number).strip() for number in range(len(parsed.starts))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("I am sorry. We sent it late.", 2),
        ("I'll be there at 8 a.m. on Friday.", 1),
        ("Mr. Bell and Dr. Roy will come. Both of them.", 2),
        ("The sum is 3.50 euros. It is paid!", 2),
        ("Really?! Yes.", 2),
        ("Two things:\n- the soup was cold\n- it was late", 3),
        ("I am sorry that your soup came so very late and that\nnobody told you.", 1),
        ("Dear Ana,\nI am sorry.", 2),
        ("", 0),
        (" \n\n ", 0),
    ],
)
def test_sentences_end_where_a_reader_would_stop(text: str, count: int) -> None:
    assert len(_sentences(letter(text))) == count


@pytest.mark.parametrize(
    ("text", "greeting"),
    [
        ("Hi Ana, I'm sorry.", "Hi Ana,"),
        ("Dear Ms Ruiz\n\nI apologise.", "Dear Ms Ruiz"),
        ("Ana, sorry about this.", "Ana,"),
        ("Good evening Ana,\n\nSorry.", "Good evening Ana,"),
        ("I'm sorry, Ana.", ""),
    ],
)
def test_a_greeting_is_told_from_the_first_sentence(text: str, greeting: str) -> None:
    parsed = letter(text, customer="Ana Ruiz")
    assert parsed.quote(parsed.greeting) == greeting


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("I'm sorry.\n\nTom", "Tom"),
        ("I'm sorry. Tom Bell", "Tom Bell"),
        ("I'm sorry.\n\nKind regards,\nMaria Keller\nHead of Support", "Kind regards,\nMaria Keller\nHead of Support"),
        ("I'm sorry. Refunded.", ""),
        ("I'm sorry. What went wrong?", ""),
        ("I'm sorry. The money left today.", ""),
        ("sorry, my fault. tom", "tom"),
    ],
)
def test_a_signature_is_told_from_the_last_sentence(text: str, signature: str) -> None:
    parsed = letter(text, signed_by="Tom")
    assert parsed.quote(parsed.signature) == signature


@pytest.mark.parametrize(
    "quoting",
    [
        "> Our records show nothing\nI am sorry.",
        "You wrote \u201cour records show nothing\u201d. I am sorry.",
    ],
)
def test_the_customers_own_words_are_left_out(quoting: str) -> None:
    assert "records" not in letter(quoting, complaint="They said: our records show nothing!").text


def test_words_in_quotes_of_our_own_stay_in() -> None:
    assert "any inconvenience" in letter('I will not write "any inconvenience" here.', complaint="Soup cold").text


@pytest.mark.parametrize("text", ["I\u2019m sorry", "\u0130stanbul \u201cyes\u201d", "a\tb\r\nc", "\u2014 no \u2026"])
def test_positions_in_the_parsed_text_are_those_of_the_reply(text: str) -> None:
    parsed = letter(text)
    assert len(parsed.text) == len(text)
    assert parsed.quote((0, len(text))) == text.strip()
