"""The labelled scaffold a person completes: the customer's facts, our blanks, nothing invented."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.model import Case, Customer, Feedback, Rating, Reason, Severity
from cases.replies.scaffold import (
    MAKE_IT_RIGHT,
    WHAT_IS_DONE,
    WHAT_IT_MEANT,
    WHAT_NEXT,
    WHAT_WE_DID,
    WHEN,
    WHO_CALLS,
    YOUR_NAME,
    blanks,
    is_grave,
    scaffold,
)

AT = datetime(2026, 1, 5, 9, 40, tzinfo=UTC)
SOUP = Feedback(
    external_id="1",
    source="shop",
    customer=Customer("Ana Ruiz", "ana@example.org", "+4930123456"),
    rating=Rating(2, 5),
    comment="Soup cold, an hour late.",
    order_ref="8812",
    occasion="birthday",
    occasion_at=date(2026, 1, 7),
    occurred_at=AT,
)


def case(*feedback: Feedback, **facts: Any) -> Case:
    clocks = dict.fromkeys(
        ("opened_at", "unclaimed_since", "waiting_since", "heard_at", "claim_due_at", "contact_due_at"), AT
    )
    return Case(number=12, feedback=feedback or (SOUP,), **clocks, **facts)


def body(a_case: Case, signed_by: str = "Bo Chen") -> str:
    return scaffold(a_case, signed_by, "Amends").body


def test_the_whole_scaffold_reads_like_this() -> None:
    assert body(case()) == (
        "Hello Ana Ruiz,\n\n"
        "You told us: “Soup cold, an hour late”. It was for the birthday on 7 January. "
        f"{WHAT_IT_MEANT}\n\n"
        f"I am sorry that we {WHAT_WE_DID}.\n\n"
        f"I have {WHAT_IS_DONE}. {MAKE_IT_RIGHT}\n\n"
        f"By {WHEN} I will {WHAT_NEXT}.\n\n"
        "Bo Chen, Amends"
    )


def test_the_question_is_told_apart_for_checks() -> None:
    reply = scaffold(case(), "Bo Chen", "Amends")
    assert reply.questions == (MAKE_IT_RIGHT,)
    assert (reply.promises, reply.remedy) == ((), None)  # both are still blanks


def test_without_owner_or_name_nothing_is_made_up() -> None:
    nameless = body(case(replace(SOUP, customer=Customer())), signed_by=" ")
    assert nameless.startswith("Hello,\n")
    assert nameless.endswith(f"{YOUR_NAME}, Amends")


SUBJECTS = [
    (replace(SOUP, subject="Cold soup"), "Re: Cold soup"),
    (SOUP, "Your order 8812"),
    (replace(SOUP, order_ref=None), "What you told us on 5 January"),
    (replace(SOUP, order_ref=None, occurred_at=None), "What you told us"),
]


@pytest.mark.parametrize(("feedback", "subject"), SUBJECTS, ids=[subject for _, subject in SUBJECTS])
def test_the_subject_is_what_the_customer_knows(feedback: Feedback, subject: str) -> None:
    assert scaffold(case(feedback), "Bo", "Amends").subject == subject


OCCASIONS = [
    ("birthday", date(2026, 1, 7), "It was for the birthday on 7 January."),
    ("birthday", None, "It was for the birthday."),
    ("my husband's birthday", None, "It was for your husband's birthday."),
    ("husband's birthday", date(2026, 1, 14), "It was for your husband's birthday on 14 January."),
    ("Daughter’s Christening", None, "It was for your daughter’s Christening."),
    ("parents' anniversary", None, "It was for your parents' anniversary."),
    ("company's jubilee", None, "It was for your company's jubilee."),
    ("Anna's birthday", None, "It was for Anna's birthday."),
    ("Mother's Day", None, "It was for Mother's Day."),
    ("Christmas dinner", None, "It was for Christmas dinner."),
    ("her birthday", None, "It was for her birthday."),
    ("Birthday", None, "It was for the birthday."),
    ("a wedding", date(2026, 6, 20), "It was for a wedding on 20 June."),
    (None, date(2026, 1, 7), "It was for 7 January."),
]


@pytest.mark.parametrize(("occasion", "at", "sentence"), OCCASIONS, ids=[row[2] for row in OCCASIONS])
def test_the_occasion_is_named_with_its_date(occasion: str | None, at: date | None, sentence: str) -> None:
    assert sentence in body(case(replace(SOUP, occasion=occasion, occasion_at=at)))


def test_no_occasion_given_means_none_is_mentioned() -> None:
    assert "It was for" not in body(case(replace(SOUP, occasion=None, occasion_at=None)))


def test_a_bare_rating_is_named_instead_of_words() -> None:
    assert "You gave us 2 out of 5." in body(case(replace(SOUP, comment=None)))


@pytest.mark.parametrize(
    ("comment", "quoted"),
    [
        ("Cold soup.", "“Cold soup”. "),
        ("Where is it?", "“Where is it?” "),
        ("Never again!", "“Never again!” "),
        ("And then ...", "“And then”. "),
    ],
)
def test_a_quoted_question_keeps_its_own_mark(comment: str, quoted: str) -> None:
    assert f"You told us: {quoted}" in body(case(replace(SOUP, comment=comment)))


def test_a_long_complaint_is_quoted_by_its_first_sentences() -> None:
    long = "The box was empty. Nobody answers! " + "I have waited and waited and waited. " * 20
    quoted = body(case(replace(SOUP, comment=long)))
    assert "“The box was empty. Nobody answers! I have waited" in quoted
    assert "waited and waited”." in quoted
    assert len(quoted) < 700


def test_a_second_word_is_answered_as_a_second() -> None:
    again = body(case(SOUP, replace(SOUP, external_id="2", comment="Still nothing!")))
    assert "“Still nothing!”" in again
    assert "You had to tell us more than once, and I am sorry for that too." in again


def test_earlier_cases_are_owned_without_inventing_more() -> None:
    assert "not the first time" in body(case(earlier=(3,)))
    assert "not the first time" not in body(case())


def test_a_public_reply_is_short_and_keeps_secrets() -> None:
    review = replace(SOUP, customer=Customer("soupfan22"), public_url="https://reviews.example/1")
    known = replace(SOUP, external_id="0")
    reply = scaffold(case(known, review), "Bo", "Amends")
    assert reply.body.startswith("Hello soupfan22,")
    assert not [secret for secret in ("8812", "birthday", "Ruiz") if secret in reply.subject + reply.body]
    assert len(reply.body) < len(body(case()))


@pytest.mark.parametrize("code", ["safety", "legal", "child", "distress", "police", "privacy", "critical_stakes"])
def test_grave_cases_get_a_holding_reply_only(code: str) -> None:
    grave = scaffold(case(severity=Severity.CRITICAL, reasons=(Reason(code, "allergy"),)), "Bo", "Amends")
    assert blanks(grave.body) == (WHO_CALLS, WHEN)
    assert "that we" not in grave.body  # nothing is admitted in writing


@pytest.mark.parametrize(
    ("severity", "codes", "grave"),
    [
        (Severity.CRITICAL, ["safety"], True),
        (Severity.HIGH, ["legal"], True),
        (Severity.CRITICAL, [], True),  # as where a model saw what the rules did not
        (Severity.CRITICAL, ["repeat", "rude"], False),  # who complains again is critical too
        (Severity.CRITICAL, ["repeat", "critical_stakes"], True),
        (Severity.HIGH, ["billing"], False),
    ],
)
def test_grave_is_what_touches_safety_health_or_law(severity: Severity, codes: list[str], grave: bool) -> None:
    """attacks 32: what no model may be told."""
    assert is_grave(case(severity=severity, reasons=tuple(map(Reason, codes)))) is grave


def test_contact_details_never_stand_in_the_scaffold() -> None:
    everything = body(case()) + body(case(reasons=(Reason("safety"),)))
    assert "ana@example.org" not in everything
    assert "4930123456" not in everything


def test_blanks_are_found_in_their_order() -> None:
    assert blanks(body(case(), signed_by="")) == (
        WHAT_IT_MEANT,
        WHAT_WE_DID,
        WHAT_IS_DONE,
        WHEN,
        WHAT_NEXT,
        YOUR_NAME,
    )
    assert blanks("Hello Ana, the refund is on its way.") == ()


def test_a_customer_cannot_write_a_blank_of_ours() -> None:
    sly = replace(SOUP, comment="⟨fill me⟩", customer=Customer("⟨name⟩"), occasion="⟨when⟩", subject="⟨re⟩")
    reply = scaffold(case(sly), "Bo", "Amends")
    assert not [
        blank for blank in blanks(reply.subject + reply.body) if blank in ("⟨fill me⟩", "⟨name⟩", "⟨when⟩", "⟨re⟩")
    ]


STOCK_PHRASES = (
    "valued customer",
    "inconvenience",
    "very seriously",
    "important to us",
    "bringing this to our attention",
    "rest assured",
    "as soon as possible",
    "policy",
    "unfortunately",
)


@pytest.mark.parametrize("phrase", STOCK_PHRASES)
def test_no_stock_phrase_is_in_any_scaffold(phrase: str) -> None:
    kinds = [case(), case(replace(SOUP, public_url="https://a.example")), case(reasons=(Reason("legal"),))]
    assert phrase not in " ".join(body(kind) for kind in kinds).lower()


wild = st.none() | st.text(max_size=400)


@given(wild, wild, wild, st.text(max_size=20))
def test_any_words_at_all_give_a_scaffold(comment: str | None, name: str | None, order: str | None, by: str) -> None:
    odd = replace(SOUP, comment=comment, customer=Customer(name), order_ref=order)
    reply = scaffold(case(odd), by, "Amends")
    assert "\n" not in reply.subject
    assert len(reply.body) < 1000
