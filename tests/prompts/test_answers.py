"""What becomes of a model's answer."""

from __future__ import annotations

import json

import pytest
from pydantic import BaseModel, ValidationError

from cases.model import Severity
from cases.replies.drafts import Reply
from prompts.answers import (
    LONGEST_WHY,
    MOST_OBJECTS,
    MOST_REMARKS,
    TITLE_LENGTH,
    JudgementAnswer,
    OpinionAnswer,
    ReplyAnswer,
    TooLong,
    fields_in_words,
    opinion,
    read,
    remarks,
    reply,
    strict_schema,
)
from prompts.masking import mask
from tests.elapsing import RUNAWAY, dearer
from tests.prompts.stand_in import schema_faults

PLAIN = mask("")
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


def test_private_details_return_to_every_field_but_the_gist() -> None:
    masked = mask("0171 2345678")
    answer = ReplyAnswer(
        subject="Call\n⟦number 1⟧",
        body="On ⟦number 1⟧?\n\nBen",
        questions=["On ⟦number 1⟧?"],
        promises=["I call ⟦number 1⟧."],
        remedy="a call to ⟦number 1⟧",
        translation="Says they call\n⟦number 1⟧",
    )

    assert reply(answer, masked) == Reply(
        subject="Call 0171 2345678",
        body="On 0171 2345678?\n\nBen",
        questions=("On 0171 2345678?",),
        promises=("I call 0171 2345678.",),
        remedy="a call to 0171 2345678",
        translation="Says they call [number]",
    )


@pytest.mark.parametrize("field", ["subject", "body"])
def test_a_reply_without_words_is_no_reply(field: str) -> None:
    with pytest.raises(ValidationError, match="no words"):
        ReplyAnswer.model_validate(WORDS | {field: " \n"})


def test_an_empty_remedy_counts_as_none_offered() -> None:
    assert reply(ReplyAnswer.model_validate(WORDS | {"remedy": ""}), PLAIN).remedy is None


@pytest.mark.parametrize("gist", [{}, {"translation": None}, {"translation": " "}])
def test_a_reply_in_our_language_needs_no_gist(gist: dict[str, object]) -> None:
    assert reply(ReplyAnswer.model_validate(WORDS | gist), PLAIN).translation is None


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
    assert opinion(judged(**said), PLAIN).severity is severity


def test_a_title_is_one_line_that_fits() -> None:
    title = opinion(judged(title="Box came\n" + "very, " * 30 + "late"), PLAIN).title

    assert title.startswith("Box came very, very")
    assert title.endswith("very…")
    assert len(title) <= TITLE_LENGTH


def test_a_title_of_one_long_word_is_cut() -> None:
    title = opinion(judged(title="x" * 200), PLAIN).title

    assert title == "x" * (TITLE_LENGTH - 1) + "…"


def test_a_title_of_the_full_length_is_kept() -> None:
    assert opinion(judged(title="x" * TITLE_LENGTH), PLAIN).title == "x" * TITLE_LENGTH


# Where an answer stands

GOOD: dict[str, object] = {"subject": "Your box", "body": "Ana,\n\nI am sorry.", "questions": ["When?"], "promises": []}
TEXT = json.dumps(GOOD)
OTHER = json.dumps(GOOD | {"body": "Not this one."})
BROKEN_LINES = TEXT.replace("\\n", "\n")

PLACES = {
    "alone": TEXT,
    "behind a sentence": f"Of course! Here is the reply you asked for: {TEXT}",
    "before a sentence": f"{TEXT}\n\nI hope that {{Ana}} likes it.",
    "in a fence": f"```json\n{TEXT}\n```",
    "in a fence between sentences": f"Sure:\n```\n{TEXT}\n```\nShall I make it shorter?",
    "after a thought": f'<think>She is {{angry}}. A reply has {{"subject": …}}.</think>\n{TEXT}',
    "after a thought without its beginning": f"so I say sorry first.\n</think>\n\n{TEXT}",
    "after a thought that held a try": f"<think>{OTHER}</think>{TEXT}",
    "after channels": f"<|channel|>analysis<|message|>Hm.<|end|><|channel|>final<|message|>{TEXT}",
    "the last of several": f"{OTHER}\n{TEXT}",
    "before an object of another kind": f'{TEXT}\n{{"confidence": 0.9}}',
    "in a wrapping": json.dumps({"reply": GOOD, "ok": True}),
    "in a list": json.dumps([GOOD]),
    "in a text": json.dumps(TEXT),
    "with line breaks laid bare": BROKEN_LINES,
    "with another field": json.dumps(GOOD | {"notes": {"tone": "warm"}}),
    "under names in capitals": TEXT.replace('"subject"', '"Subject"').replace('"body"', '"BODY"'),
    "behind half an object": f'{{"subject": "Your {TEXT}',
    "behind a mark": f"\ufeff{TEXT}",
}


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
def test_an_answer_is_found_wherever_it_stands(text: str) -> None:
    """reports F8: servers that nearly speak OpenAI."""
    found = read(text, ReplyAnswer)

    assert found is not None
    assert (found.subject, found.body, found.questions) == ("Your box", "Ana,\n\nI am sorry.", ["When?"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dear Ana, I am sorry.",
        "{}",
        "[]",
        "null",
        '{"subject": "x"}',
        TEXT[:-1],
        "{" * 5_000,
        '{"a":' * 5_000,
        '"',
        '"x"',
    ],
)
def test_what_is_no_answer_is_not_taken_for_one(text: str) -> None:
    assert read(text, ReplyAnswer) is None


def test_a_schema_given_back_is_no_answer() -> None:
    assert read(json.dumps(strict_schema(ReplyAnswer)), ReplyAnswer) is None


@pytest.mark.parametrize(
    "rubbish", ["{", '{"', '{"a":', '{"a":1}', '{"a":[', "{}", '"', "\\", '{"subject":"x","body":"y"} ', "[{"]
)
def test_long_rubbish_is_searched_in_no_time(rubbish: str) -> None:
    assert dearer(lambda: read(rubbish * 1_250, ReplyAnswer), lambda: read(rubbish * 10_000, ReplyAnswer)) < RUNAWAY


# What was meant

LISTS = {
    "missing": ({}, ()),
    "null": ({"questions": None}, ()),
    "one text": ({"questions": "When?"}, ("When?",)),
    "no text": ({"questions": ""}, ()),
    "a word for none": ({"questions": "None"}, ()),
    "with gaps": ({"questions": ["When?", None, "", " ", "Where?"]}, ("When?", "Where?")),
    "of objects": ({"questions": [{"question": "When?"}]}, ("When?",)),
    "of numbers": ({"questions": [7]}, ("7",)),
}


@pytest.mark.parametrize(("said", "questions"), LISTS.values(), ids=LISTS)
def test_a_list_in_any_dress_is_a_list(said: dict[str, object], questions: tuple[str, ...]) -> None:
    given = {"subject": "Your box", "body": "Ana, I am sorry."} | said

    assert reply(ReplyAnswer.model_validate(given), PLAIN).questions == questions


@pytest.mark.parametrize(
    ("remedy", "taken"), [(None, None), ("null", None), ("N/A", None), (["a box", "a call"], "a box\n\na call")]
)
def test_a_remedy_in_any_dress_is_a_text(remedy: object, taken: str | None) -> None:
    assert reply(ReplyAnswer.model_validate(WORDS | {"remedy": remedy}), PLAIN).remedy == taken


def test_a_body_in_paragraphs_is_a_text() -> None:
    answer = ReplyAnswer.model_validate(WORDS | {"body": ["Ana,", "I am sorry.", "Ben"]})

    assert reply(answer, PLAIN).body == "Ana,\n\nI am sorry.\n\nBen"


@pytest.mark.parametrize(
    ("said", "severity"), [("CRITICAL", "critical"), ("medium", "normal"), (3, "normal"), ([], "normal")]
)
def test_a_severity_of_its_own_making_counts_as_normal(said: object, severity: str) -> None:
    assert opinion(judged(severity=said), PLAIN).severity == severity


def test_an_opinion_needs_a_verdict_and_a_title_alone() -> None:
    found = read('Verdict: {"negative": "true", "title": "Box came late"}', OpinionAnswer)

    assert found is not None
    assert opinion(found, PLAIN).negative


def test_what_is_named_beside_a_reply_is_bounded() -> None:
    much = {
        "questions": ["Why?"] * 3_000,
        "promises": ["I call."] * 3_000,
        "remedy": "x " * 3_000,
        "translation": "y " * 3_000,
    }
    told = reply(ReplyAnswer.model_validate(WORDS | much), PLAIN)

    assert (len(told.questions), len(told.promises)) == (20, 20)
    assert max(len(told.remedy or ""), len(told.translation or "")) <= 500


# What the card does not show


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\U000e0041", "\x07", "\ufeff"])
def test_a_draft_holds_nothing_that_no_card_shows(hidden: str) -> None:
    answer = ReplyAnswer.model_validate(WORDS | {"subject": f"Your{hidden} box", "body": f"Ana,{hidden} sorry."})

    assert (reply(answer, PLAIN).subject, reply(answer, PLAIN).body) == ("Your box", "Ana, sorry.")


def test_details_put_back_count_for_the_length() -> None:
    masked = mask("a.very.long.address.indeed@example.org")
    fits = ReplyAnswer.model_validate(WORDS | {"body": "x" * 2980 + "⟦e-mail 1⟧"})

    with pytest.raises(TooLong):
        reply(fits, masked)


# What the whole channel reads

CUSTOMER = mask(
    "Write to ana@example.org, +49 30 5550 1234, Lindenallee 1, 10115 Berlin, DE89 3704 0044 0532 0130 00. Ana Ruiz",
    names=["Ruiz"],
    keep={"44120081"},
)
TOLD = {
    "tokens": "Wants ⟦e-mail 1⟧ or ⟦number 1⟧ or ⟦name 1⟧",
    "a token nobody made": "Wants ⟦e-mail 9⟧",
    "written out": "Wants ana@example.org, 030 5550 1234",
    "in words": "Wants ana at example dot org",
    "where they live": "Box came to Lindenallee 1, 10115 Berlin",
    "the account": "Refund to DE89 3704 0044 0532 0130 00",
    "the name in capitals": "RUIZ waits for her box",
    "the name without accents": "ruiz waits for her box",
}


@pytest.mark.parametrize("said", TOLD.values(), ids=TOLD)
def test_titles_and_gists_hold_no_contact_details(said: str) -> None:
    """attacks 20: a model's title shows e-mail and phone to all."""
    told = opinion(judged(title=said, why=said), CUSTOMER)
    gist = reply(ReplyAnswer.model_validate(WORDS | {"translation": said}), CUSTOMER).translation or ""

    for text in (told.title, told.why, gist):
        assert mask(text, names=["Ruiz"]).originals == {}
        assert "⟦" not in text
        assert "[" in text


def test_a_title_may_name_the_order() -> None:
    assert (
        opinion(judged(title="Order 44120081 of 2026-01-05 is lost"), CUSTOMER).title
        == "Order 44120081 of 2026-01-05 is lost"
    )


# What is asked for


@pytest.mark.parametrize("shape", [ReplyAnswer, OpinionAnswer])
def test_the_schema_is_as_strict_as_any_server_wants(shape: type[BaseModel]) -> None:
    assert list(schema_faults(strict_schema(shape))) == []
    assert "$" not in json.dumps(strict_schema(shape))


def test_without_a_schema_the_fields_are_told_in_words() -> None:
    assert fields_in_words(OpinionAnswer).splitlines() == [
        "- `negative`: true or false",
        '- `severity`: "normal" or "high" or "critical" or null',
        "- `title`: text",
        "- `why`: text",
    ]


def test_the_search_for_an_answer_is_bounded() -> None:
    much = '{"a": 1} ' * MOST_OBJECTS

    assert read(much + TEXT, ReplyAnswer) is not None
    assert read(TEXT + much, ReplyAnswer) is None


# What a second reader remarks on

LETTER = Reply(
    subject="The soup", body="Dear Ana,\n\nI’m sorry — truly – about the “soup”.\nI refunded it on 3.1.\n\nTom 🍲"
)


def remarked(*findings: object) -> list[str]:
    """The quotes of what is left of such an answer."""
    answer = JudgementAnswer.model_validate({"findings": list(findings)})
    return [each.quote for each in remarks(answer, PLAIN, LETTER)]


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("I refunded it", ["I refunded it"]),
        ('i\'m sorry - truly - about the "soup"', ["I’m sorry — truly – about the “soup"]),
        ("the soup. I refunded it on 3.1.", ["the “soup”.\nI refunded it on 3.1"]),
        ("The soup", ["The soup"]),
        ("I am sorry", []),
        ("refund", []),
        ("I refunded … on 3.1.", []),
        ("🍲", []),
        ("", []),
        ("x" * 20_000, []),
        ("I " * 20_000, []),
        (".*", []),
        (["I refunded", "it"], ["I refunded\n\nit"]),
    ],
)
def test_a_remark_is_about_words_of_the_reply(quote: object, stands: list[str]) -> None:
    assert remarked({"quote": quote, "why": "Why."}) == [" ".join(each.split("\n\n")) for each in stands]


@pytest.mark.parametrize(
    "finding",
    [
        {"quote": "I refunded it"},
        {"quote": "I refunded it", "why": " "},
        {"quote": "I refunded it", "why": "See https://evil.example/pay"},
        {"quote": "I refunded it", "why": "Better write to evil.example first."},
        "I refunded it",
        None,
    ],
)
def test_a_remark_without_a_reason_of_its_own_is_none(finding: object) -> None:
    assert remarked(finding) == []


def test_the_reasons_of_a_remark_show_nothing_private() -> None:
    masked = mask("Ring 0171 2345678")
    answer = JudgementAnswer.model_validate(
        {"findings": {"quote": "Dear Ana", "why": "She is on\n⟦number 1⟧ or ana@example.org. " + "So " * 300}}
    )

    [remark] = remarks(answer, masked, LETTER)

    assert remark.why.startswith("She is on [number] or [e-mail]. So")
    assert len(remark.why) <= LONGEST_WHY


def test_few_remarks_are_shown_and_each_words_once() -> None:
    findings = [{"quote": each, "why": "Why."} for each in ("Dear", "dear", "sorry", "truly", "soup", "about")]

    assert remarked(*findings) == ["Dear", "sorry", "truly"][:MOST_REMARKS]


def test_verdicts_beside_the_remarks_are_not_read() -> None:
    answer = read('{"findings": [], "ok": true, "severity": "none", "approve": "yes"}', JudgementAnswer)

    assert answer == JudgementAnswer(findings=[])


def test_a_single_remark_is_no_whole_answer() -> None:
    assert read('{"quote": "Dear", "why": "Cold."}', JudgementAnswer) is None
    assert read('{"findings": [{"quote": "Dear", "why": "Cold."}]}', JudgementAnswer) is not None


def test_lists_of_objects_have_a_strict_schema_and_words() -> None:
    assert list(schema_faults(strict_schema(JudgementAnswer))) == []
    assert fields_in_words(JudgementAnswer) == (
        "- `findings`: a list of objects, each with `quote`: text and `why`: text; [] where there is none"
    )
