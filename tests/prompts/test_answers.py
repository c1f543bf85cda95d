"""What becomes of a model's answer."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from cases.model import Severity
from cases.replies.drafts import Reply
from prompts.answers import TITLE_LENGTH, OpinionAnswer, ReplyAnswer, opinion, reply
from prompts.masking import mask

WORDS: dict[str, object] = {
    "subject": "Your box",
    "body": "Ana,\n\nI am sorry.",
    "questions": [],
    "promises": [],
    "remedy": None,
}


def judged(**facts: object) -> OpinionAnswer:
    return OpinionAnswer.model_validate(
        {"negative": True, "severity": "high", "title": "Box came late", "why": "It says late."} | facts
    )


def test_private_details_return_to_every_field() -> None:
    masked = mask("0171 2345678")
    answer = ReplyAnswer(
        subject="Call\n⟦number 1⟧",
        body="On ⟦number 1⟧?\n\nBen",
        questions=["On ⟦number 1⟧?"],
        promises=["I call ⟦number 1⟧."],
        remedy="a call to ⟦number 1⟧",
        translation="Says they call\n⟦number 1⟧",
    )

    assert reply(answer, masked.restore) == Reply(
        subject="Call 0171 2345678",
        body="On 0171 2345678?\n\nBen",
        questions=("On 0171 2345678?",),
        promises=("I call 0171 2345678.",),
        remedy="a call to 0171 2345678",
        translation="Says they call 0171 2345678",
    )


@pytest.mark.parametrize("field", ["subject", "body"])
def test_a_reply_without_words_is_no_reply(field: str) -> None:
    with pytest.raises(ValidationError, match="no words"):
        ReplyAnswer.model_validate(WORDS | {field: " \n"})


def test_an_empty_remedy_counts_as_none_offered() -> None:
    assert reply(ReplyAnswer.model_validate(WORDS | {"remedy": ""}), str).remedy is None


@pytest.mark.parametrize("gist", [{}, {"translation": None}, {"translation": " "}])
def test_a_reply_in_our_language_needs_no_gist(gist: dict[str, object]) -> None:
    assert reply(ReplyAnswer.model_validate(WORDS | gist), str).translation is None


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ({"negative": True, "severity": "critical"}, Severity.CRITICAL),
        ({"negative": True, "severity": None}, Severity.NORMAL),
        ({"negative": False, "severity": "high"}, None),
        ({"negative": False, "severity": None}, None),
    ],
)
def test_severity_follows_whether_it_is_negative(said: dict[str, object], severity: Severity | None) -> None:
    assert opinion(judged(**said), str).severity is severity


def test_a_title_is_one_line_that_fits() -> None:
    title = opinion(judged(title="Box came\n" + "very, " * 30 + "late"), str).title

    assert title.startswith("Box came very, very")
    assert title.endswith("very…")
    assert len(title) <= TITLE_LENGTH


def test_a_title_of_one_long_word_is_cut() -> None:
    title = opinion(judged(title="x" * 200), str).title

    assert title == "x" * (TITLE_LENGTH - 1) + "…"


def test_a_title_of_the_full_length_is_kept() -> None:
    assert opinion(judged(title="x" * TITLE_LENGTH), str).title == "x" * TITLE_LENGTH
