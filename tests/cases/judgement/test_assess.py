"""What triage makes of what customers write: tables of single rules, invariants, and the figures on the corpus."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.judgement import MOST_REASONS, REASONS, assess
from cases.model import Assessment, Feedback, Rating, Severity
from tests.elapsing import RUNAWAY, dearer
from tests.evaluate_triage import figures


def judge(comment: str | None = None, value: float | None = None, scale: float = 5, **more: Any) -> Assessment:
    rating = None if value is None else Rating(value, scale)
    repeat = more.pop("repeat", False)
    return assess(Feedback(external_id="1", source="form", comment=comment, rating=rating, **more), repeat=repeat)


def codes(assessment: Assessment) -> set[str]:
    return {reason.code for reason in assessment.reasons}


# --- ratings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "scale"),
    [(1, 5), (2, 5), (2, 7), (3, 7), (0, 10), (6, 10), (20, 100), (45, 100), (0, 1), (1, 2), (0, 5)],
)
def test_a_low_rating_alone_opens_a_case(value: float, scale: float) -> None:
    got = judge(value=value, scale=scale)
    assert (got.negative, got.unsure, got.severity) == (True, False, Severity.NORMAL)
    assert got.reasons[0].code == "rating_low"


@pytest.mark.parametrize(("value", "scale"), [(3, 5), (4, 7), (7, 10), (55, 100)])
def test_a_middling_rating_alone_opens_an_unsure_case(value: float, scale: float) -> None:
    got = judge(value=value, scale=scale)
    assert (got.negative, got.unsure) == (True, True)
    assert "rating_middle" in codes(got)


@pytest.mark.parametrize(("value", "scale"), [(4, 5), (5, 5), (7, 7), (8, 10), (10, 10), (80, 100), (1, 1), (2, 2)])
def test_a_high_rating_without_words_opens_no_case(value: float, scale: float) -> None:
    assert judge(value=value, scale=scale) == Assessment(negative=False)


@pytest.mark.parametrize(("value", "scale"), [(9, 5), (-1, 5), (3, 0), (float("nan"), 5), (3, float("nan"))])
def test_a_rating_off_its_scale_tells_nothing(value: float, scale: float) -> None:
    assert judge("Lovely food, friendly people.", value, scale).negative is False
    assert judge(None, value, scale).unsure is True


def test_nothing_said_at_all_opens_unsure_case() -> None:
    got = judge("  \n ")
    assert (got.negative, got.unsure) == (True, True)
    assert codes(got) == {"no_words"}


def test_praise_under_the_lowest_mark_is_unsure() -> None:
    got = judge("Wonderful evening, perfect service, we loved it.", 1)
    assert (got.negative, got.unsure) == (True, True)


def test_unhappy_words_outweigh_the_highest_mark() -> None:
    assert judge("Awful. The parcel never arrived.", 5).negative is True


@pytest.mark.parametrize(
    ("comment", "negative"), [("Rooms were dirty and the shower broken.", True), ("Great stay, thank you!", False)]
)
def test_words_decide_when_the_mark_is_middling(comment: str, negative: bool) -> None:
    got = judge(comment, 3)
    assert (got.negative, got.unsure) == (negative, False)


# --- complaints -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("My parcel hasn't arrived.", "not_arrived"),
        ("the courier never showed up", "not_arrived"),
        ("We are still waiting for the second box.", "still_waiting"),
        ("Where's my order?", "where_is"),
        ("Is anybody there?", "no_answer"),
        ("I was wondering if my order might arrive this year.", "where_is"),
        ("I want my money back.", "refund"),
        ("You charged me twice.", "money_lost"),
        ("The invoice is wrong, I was overcharged.", "billing"),
        ("It came smashed to pieces.", "broken"),
        ("You sent the wrong colour.", "wrong_item"),
        ("This isn't what I ordered.", "wrong_item"),
        ("Nobody ever answered my e-mail.", "no_answer"),
        ("The receptionist was rude to us.", "rude"),
        ("She hung up on me.", "rude"),
        ("Never again.", "churn"),
        ("I will not order again.", "churn"),
        ("Not worth it.", "quality"),
        ("This is the third time I'm asking.", "asked_before"),
        ("I am so disapointed.", "disappointed"),
        ("I'd like to speak to a manager.", "manager"),
        ("Expect a bad review, I'll post one star everywhere.", "review"),
        ("Thanks for nothing.", "sarcasm"),
        ("Great job losing my parcel.", "sarcasm"),
        ("If you like cold coffee, this is the place.", "sarcasm"),
        ("1/10", "own_mark"),
        ("😡😡", "unhappy_face"),
    ],
)
def test_a_complaint_is_known_by_its_grammar(comment: str, code: str) -> None:
    got = judge(comment)
    assert got.negative is True
    assert code in codes(got)


@pytest.mark.parametrize(
    "comment",
    [
        "Not bad at all!",
        "The dessert was to die for.",
        "I had no problems.",
        "No complaints.",
        "Sick beats, killer cocktails.",
        "Couldn't be happier.",
        "I wasn't disappointed.",
        "It was late last time but today was perfect.",
        "My problem was solved in minutes, thank you!",
        "They fixed a horrible leak and left the kitchen spotless.",
        "👍",
        "❤️",
        "10/10",
    ],
)
def test_praise_in_the_words_of_blame_opens_nothing(comment: str) -> None:
    assert judge(comment) == Assessment(negative=False)


@pytest.mark.parametrize(
    "comment",
    [
        "Can I change the delivery date?",
        "How do I reset my password?",
        "What is your refund policy?",
        "How do I cancel my subscription?",
        "What happens if my parcel arrives damaged?",
        "My boiler is broken, can someone come on Monday?",
        "Do you have anything without nuts?",
        "Is it too late to add a card?",
        "Please call me after six.",
    ],
)
def test_a_plain_request_is_not_a_complaint(comment: str) -> None:
    assert judge(comment) == Assessment(negative=False)


@pytest.mark.parametrize(
    ("comment", "negative"),
    [
        ("I am out of the office until Monday.", False),
        ("Automatic reply: we have received your message.", False),
        ("Click here for 5,000 followers", False),
        ("The crypto wallet you sold me is broken.", True),
        ("I get the same automatic reply each time.", True),
        ("Special offer, but charged twice.", True),
    ],
)
def test_machines_are_silenced_and_no_customer_with_them(comment: str, negative: bool) -> None:
    assert judge(comment).negative is negative


@pytest.mark.parametrize(
    ("comment", "negative"),
    [
        ("The teacher marked my son absent all week.", True),
        ("Our flat number has changed from 4 to 14.", False),
        ("Ordered Monday, delivered Wednesday.", False),
    ],
)
def test_a_plain_account_of_us_is_unsure(comment: str, negative: bool) -> None:
    got = judge(comment)
    assert (got.negative, got.unsure) == (negative, negative)


@pytest.mark.parametrize("comment", ["meh", "fine I guess", "Good food. The waiter forgot a drink."])
def test_half_hearted_words_open_a_case_to_check(comment: str) -> None:
    assert judge(comment).negative is True


@pytest.mark.parametrize(
    "comment",
    [
        "Die Ware ist immer noch nicht angekommen.",
        "Je n'ai jamais reçu ma commande.",
        "El pedido nunca llegó y nadie responde.",
        "Il pacco non è mai arrivato.",
        "Ik heb nog steeds niets ontvangen.",
        "A encomenda ainda não chegou.",
    ],
)
def test_six_more_languages_are_read_for_complaints(comment: str) -> None:
    got = judge(comment)
    assert (got.negative, got.unsure) == (True, False)


@pytest.mark.parametrize(
    "comment", ["Alles bestens, danke!", "Tout était parfait, merci", "Muy bueno, gracias", "Tutto perfetto"]
)
def test_praise_in_other_languages_opens_no_case(comment: str) -> None:
    assert judge(comment).negative is False


@pytest.mark.parametrize("comment", ["Заказ не пришёл", "荷物が届きません", "Zamówienie nie dotarło", "qwrtz plmk"])
def test_a_language_we_cannot_read_is_unsure(comment: str) -> None:
    got = judge(comment)
    assert (got.negative, got.unsure) == (True, True)
    assert "language" in codes(got)


# --- severity ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("We both got food poisoning.", "safety"),
        ("The heater caught fire.", "safety"),
        ("I got an electric shock from the lamp.", "safety"),
        ("I told them about my allergy and they still served nuts.", "safety"),
        ("My toddler nearly choked on the button.", "child"),
        ("You will hear from my solicitor.", "legal"),
        ("I'm going to sue you.", "legal"),
        ("I have complained to the ombudsman.", "legal"),
        ("The doorman made racist remarks.", "discrimination"),
        ("Your trainer groped me.", "harassment"),
        ("This debt makes me want to end my life.", "distress"),
        ("I am taking this to the newspapers.", "press"),
        ("You leaked my personal data.", "privacy"),
        ("There are payments I did not make on my account.", "fraud"),
        ("Wegen Ihnen bin ich im Krankenhaus, das Essen war schlecht.", "critical_stakes"),
    ],
)
def test_harm_law_and_dignity_make_it_critical(comment: str, code: str) -> None:
    got = judge(comment)
    assert got.severity is Severity.CRITICAL
    assert got.reasons[0].code == code


@pytest.mark.parametrize(
    "comment",
    [
        "The food at the food court was cold and the waiter slow.",
        "I was dying to try it and it was bland.",
        "Sue never called me back.",
        "This deal is fire but my parcel never came.",
        "I have no allergies, but the soup was cold.",
        "Tennis court dirty, showers cold.",
        "The battery died after a day.",
    ],
)
def test_a_figure_of_speech_is_never_critical(comment: str) -> None:
    got = judge(comment, 1)
    assert got.severity not in (None, Severity.CRITICAL)


@pytest.mark.parametrize(
    "comment",
    [
        "Third e-mail, and no answer.",
        "I am cancelling my contract and moving to another provider.",
        "You billed me £640 by mistake.",
        "You ruined my daughter's birthday, the cake never came.",
        "Waiting for three weeks now.",
        "She was incredibly rude and hung up on me.",
        "My mother is 84 and has had no telephone since Monday.",
    ],
)
def test_circumstances_make_an_ordinary_failing_high(comment: str) -> None:
    assert judge(comment).severity is Severity.HIGH


@pytest.mark.parametrize(
    ("comment", "severity", "held"),
    [
        ("The voice on the phone was cold. I will not order again.", Severity.HIGH, False),
        ("My order was lost, and made only after I asked a second time.", Severity.HIGH, False),
        ("The box did not arrive and now you say I never ordered.", Severity.NORMAL, False),
        ("Don't bother, you are idiots. I was billed $400 for a debt of $9.", Severity.HIGH, True),
        ("You cancelled it and called me rude. My daughter's birthday is lost.", Severity.HIGH, False),
    ],
)
def test_the_five_founding_stories_are_judged_rightly(comment: str, severity: Severity, held: bool) -> None:
    got = judge(comment)
    assert (got.negative, got.unsure, got.severity, got.asks_no_contact) == (True, False, severity, held)


@pytest.mark.parametrize(
    ("comment", "severity"),
    [
        ("Would not go back.", Severity.NORMAL),
        ("Bland. Never again.", Severity.NORMAL),
        ("Nobody ever answered me. Never again.", Severity.HIGH),
        ("The waiter was rude.", Severity.NORMAL),
        ("The waiter shouted at us.", Severity.HIGH),
        ("I bought a burger and you took £12.", Severity.NORMAL),
        ("You took £1,200 from my account.", Severity.HIGH),
    ],
)
def test_grades_follow_what_is_really_at_stake(comment: str, severity: Severity) -> None:
    assert judge(comment).severity is severity


def test_two_grave_circumstances_do_not_make_critical() -> None:
    got = judge("Rude, and this is the third time I am asking. The wedding is tomorrow!")
    assert got.severity is Severity.HIGH


def test_praise_of_help_in_an_emergency_opens_nothing() -> None:
    assert judge("She took my allergy seriously and everything was delicious.", 5).severity is None


@pytest.mark.parametrize(("days", "severity"), [(2, Severity.HIGH), (200, Severity.NORMAL)])
def test_a_near_occasion_raises_what_is_at_stake(days: int, severity: Severity) -> None:
    occurred = datetime(2026, 1, 5, tzinfo=UTC)
    occasion = date.fromordinal(occurred.date().toordinal() + days)
    got = judge("Soup cold.", 2, occasion="birthday", occasion_at=occasion, occurred_at=occurred)
    assert got.severity is severity


def test_a_complaint_in_public_is_graver() -> None:
    got = judge("Soup cold.", 2, public_url="https://reviews.example/1")
    assert got.severity is Severity.HIGH
    assert "public" in codes(got)


def test_a_repeat_raises_severity_one_step() -> None:
    got = judge("Soup cold.", 2, repeat=True)
    assert got.severity is Severity.HIGH
    assert got.reasons[0].code == "repeat"


# --- leave me alone ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "comment",
    [
        "Don't bother, you are idiots.",
        "Do not call me.",
        "Bad. No need to reply.",
        "Leave me alone!",
        "stop emailing me",
        "Please don't contact me again",
        "I don't want a call back.",
        "I would rather not be contacted.",
        "Bitte nicht anrufen, das Essen war kalt.",
        "Le plat était froid. Ne me contactez plus.",
    ],
)
def test_a_wish_to_be_left_alone_is_heard(comment: str) -> None:
    assert judge(comment).asks_no_contact is True


@pytest.mark.parametrize(
    "comment",
    [
        "Don't hesitate to call me.",
        "Nobody called me.",
        "Please don't call before 5pm.",
        "You do not reply to my letters.",
        "Why do you not call me back?",
        "Don't call my landline, I am on my mobile.",
        "Do not bother with the fish, it was cold.",
        "I did not contact you by mistake.",
    ],
)
def test_other_wishes_are_not_taken_for_refusal(comment: str) -> None:
    assert judge(comment).asks_no_contact is False


@pytest.mark.parametrize(("contact_ok", "held"), [(False, True), (True, False), (None, False)])
def test_the_box_on_the_form_counts_too(contact_ok: bool | None, held: bool) -> None:
    assert judge("Soup cold.", 2, contact_ok=contact_ok).asks_no_contact is held


# --- reasons ----------------------------------------------------------------------------------------------------


def test_reasons_quote_the_words_of_the_customer() -> None:
    got = judge("Hello. My Parcel HASN’T arrived!!")
    assert "HASN’T arrived" in {reason.detail for reason in got.reasons if reason.code == "not_arrived"}.pop()


@pytest.mark.parametrize(
    ("comment", "code", "words"),
    [
        ("The woman I spoke to on the phone was so cold.", "rude", "woman I spoke to on the phone was so cold"),
        ("My lasagne was so cold.", "quality", "lasagne was so cold"),
        ("You are idiots.", "unacceptable", "idiots"),
        ("Never again.", "churn", "Never again"),
        ("Bed bugs.", "quality", "Bed bugs"),
        ("The cable snapped.", "broken", "cable snapped"),
        ("We found out from other parents. Again.", "neglected", "Again"),
        ("Router keeps dropping.", "not_working", "keeps dropping"),
        ("I have written about this and get the same automatic answer.", "no_answer", "same automatic answer"),
        ("You sent my medical letter to my neighbour.", "privacy", "sent my medical letter to my neighbour"),
        ("The teacher marked my son absent all week.", "complaint", "The teacher marked my son absent all week."),
    ],
)
def test_the_reason_names_the_right_grievance_only(comment: str, code: str, words: str) -> None:
    got = judge(comment)
    assert [(reason.code, reason.detail) for reason in got.reasons if reason.code != "sentiment"] == [(code, words)]


@pytest.mark.parametrize("comment", ["Don't bother calling. The soup was burnt.", "Do not contact me again. Awful."])
def test_a_refusal_is_no_reason_of_its_own(comment: str) -> None:
    got = judge(comment)
    assert got.asks_no_contact is True
    assert not codes(got) & {"denial", "churn"}


def test_a_web_address_has_no_unhappy_face() -> None:
    assert judge("Our menu is at https://soup.example/menu for you.").negative is False


def test_no_words_are_shown_for_two_reasons() -> None:
    got = judge("You charged my card twice for one jumper.")
    assert codes(got) == {"money_lost"}


def test_the_sorriest_clause_is_quoted_as_written() -> None:
    got = judge("Lovely garden, BUT The Room Was Awful!!")
    assert "The Room Was Awful" in {reason.detail for reason in got.reasons if reason.code == "sentiment"}.pop()


def test_the_most_telling_of_six_reasons_comes_first() -> None:
    got = judge(
        "Parcel late, box broken, driver rude, refund refused, nobody answered, bill wrong, disgusting, never again, "
        "and my hand was burned by the charger, I burned my hand.",
        1,
    )
    assert len(got.reasons) == MOST_REASONS
    assert got.reasons[0].code == "safety"


def test_the_subject_line_is_read_as_well() -> None:
    assert judge("Order 5512.", subject="Parcel never arrived").negative is True


# --- invariants -------------------------------------------------------------------------------------------------

CLEAR = [
    ("My order never arrived and nobody answers.", True),
    ("Terrible service, I want my money back.", True),
    ("Perfect, thank you so much.", False),
    ("Can I change the delivery date?", False),
]


@pytest.mark.parametrize(("comment", "negative"), CLEAR)
@given(marks=st.text("! ", max_size=12), case=st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_shouting_never_turns_a_clear_case(comment: str, negative: bool, marks: str, case: Any) -> None:
    assert judge(case(comment) + marks).negative is negative


@given(st.text(st.characters(), max_size=400), st.none() | st.floats(), st.floats())
def test_no_text_or_rating_whatever_raises_errors(comment: str, value: float | None, scale: float) -> None:
    got = judge(comment, value, scale)
    assert codes(got) <= REASONS
    assert all(len(reason.detail) <= 60 for reason in got.reasons)
    assert (got.severity is None) is (not got.negative)
    assert got.negative or not got.unsure


words = st.lists(
    st.sampled_from(
        [
            "not",
            "never",
            "my order",
            "late",
            "rude",
            "sue you",
            "fire",
            "call me",
            "again",
            ",",
            ".",
            "?",
            "3 weeks",
            "wedding",
        ]
    ),
    max_size=30,
)


@given(words.map(" ".join), st.none() | st.integers(0, 5))
def test_a_repeat_never_lowers_what_is_judged(comment: str, value: int | None) -> None:
    once, again = judge(comment, value), judge(comment, value, repeat=True)
    assert once.negative is again.negative
    if once.severity and again.severity:
        assert again.severity.at_least(once.severity) is again.severity


@pytest.mark.parametrize(
    "piece",
    [
        "never ",
        "a",
        "not not ",
        "😡",
        "\ud800",
        "\x00",
        "my order , ",
        "do not ",
        "((((",
        "12.34.",
        "i told you about my ",
        "'x",
    ],
)
def test_twenty_thousand_characters_cost_no_time(piece: str) -> None:
    comment = (piece * 20_000)[:20_000]
    judge("warm up")
    assert dearer(lambda: judge(comment[:2_500]), lambda: judge(comment)) < RUNAWAY


# --- the corpus -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "least"),
    [
        ("negative recall", 0.9),
        ("negative precision", 0.9),
        ("critical recall", 0.8),
        ("critical precision", 0.8),
        ("no contact recall", 0.8),
    ],
)
@pytest.mark.parametrize("split", ["held_out", "second_look"])
def test_corpus_examples_are_judged_well_enough(split: str, figure: str, least: float) -> None:
    assert figures(split)[figure] >= least
