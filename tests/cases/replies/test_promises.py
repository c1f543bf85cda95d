"""Dated promises in a reply, on the customer's clock. It is Tuesday 24 November 2026, 10:00 in Berlin (09:00 UTC)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.model import Case, Customer, Feedback
from cases.policy.page import Policy
from cases.replies.promises import Promised, promised, zone_of
from tests.elapsing import RUNAWAY, dearer

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LONGEST = 6_000  # characters of one sentence


def told(text: str) -> list[str]:
    """Each promise in short: the deed, and when it is due in Berlin."""
    return [f"{found.what}: {found.due_at.astimezone(BERLIN):%a %d.%m. %H:%M}" for found in promised(text, NOW, BERLIN)]


KEPT = [
    ("I'll call you on Friday at 5 pm.", ["call you: Fri 27.11. 17:00"]),
    ("I’ll call you on Friday at 5 p.m.", ["call you: Fri 27.11. 17:00"]),
    ("I'll call you on Friday at 17:00 (Berlin time).", ["call you: Fri 27.11. 17:00"]),
    ("I'll call by Friday 5 pm New York time to sort it out.", ["call to sort it out: Fri 27.11. 17:00"]),
    ("I'll call you on Friday at 17:00 your time.", ["call you: Fri 27.11. 17:00"]),
    ("By Friday 5 pm you'll have your refund.", ["you'll have your refund: Fri 27.11. 17:00"]),
    ("On 24 November I will bring a new one.", ["bring a new one: Tue 24.11. 18:00"]),  # today, by the end of business
    ("Tomorrow, Wednesday, by noon I will bring you a fresh soup.", ["bring you a fresh soup: Wed 25.11. 12:00"]),
    ("I am bringing you a new one this afternoon before four.", ["bringing you a new one: Tue 24.11. 16:00"]),
    ("We will ring you within the hour.", ["ring you: Tue 24.11. 11:00"]),
    ("Expect my call by 18:00 today.", ["my call: Tue 24.11. 18:00"]),
    ("I will write to you by the end of Tuesday.", ["write to you: Tue 24.11. 18:00"]),
    ("I call you today at 4 p.m.", ["call you: Tue 24.11. 16:00"]),
    ("Your refund will be with you by 27 November.", ["Your refund will be with you: Fri 27.11. 18:00"]),
    (
        "It reaches you on Thursday, with no charge for the delivery.",
        ["It reaches you, with no charge for the delivery: Thu 26.11. 18:00"],
    ),
    (
        "I'll bring the cot on Friday at 10. Once more: I'll bring it on Friday at 10.",
        ["bring the cot: Fri 27.11. 10:00"],
    ),
    (
        "I'll bring it on Friday at 10. I'll bring the cot with new screws on Friday at 10.",
        ["bring the cot with new screws: Fri 27.11. 10:00"],
    ),
    (
        "I'll be there on Friday at 10. I'll refund you on Friday at 10.",
        ["be there: Fri 27.11. 10:00", "refund you: Fri 27.11. 10:00"],
    ),
    (
        "I'll call you on Friday at 10. I'll call the courier on Friday at 10.",
        ["call you: Fri 27.11. 10:00", "call the courier: Fri 27.11. 10:00"],
    ),
    ("Your parcel arrives on Thursday.", ["Your parcel arrives: Thu 26.11. 18:00"]),
    # the date of the complaint is not the promise's
    ("Your dinner on Friday was late, so I'll refund you today.", ["refund you: Tue 24.11. 18:00"]),
    # what somebody else does says who, and where it goes on without them too
    (
        "A new box leaves today and will be with you by Thursday.",
        ["A new box leaves: Tue 24.11. 18:00", "A new box will be with you: Thu 26.11. 18:00"],
    ),
    (
        "Your money, 49.90, is back on your card by Friday, and I will write to you on Wednesday.",
        ["Your money, 49.90, is back on your card: Fri 27.11. 18:00", "write to you: Wed 25.11. 18:00"],
    ),
    ("So that is settled: our courier picks it up on Thursday.", ["our courier picks it up: Thu 26.11. 18:00"]),
    (
        "If the box is not there by Thursday, you get your money back on Friday.",
        ["you get your money back: Fri 27.11. 18:00"],
    ),
    ("Your old one is repaired by Friday.", ["Your old one is repaired: Fri 27.11. 18:00"]),
    ("I have booked the plumber for Thursday at 9.", ["the plumber: Thu 26.11. 09:00"]),
    # no verb, under a heading
    (
        "Two promises: a new box on Thursday, and a call from me on Friday at ten.",
        ["a new box: Thu 26.11. 18:00", "a call from me: Fri 27.11. 10:00"],
    ),
    # the day that the sentence has named
    ("I have put it in my diary for next Tuesday, and I will ring you then.", ["ring you then: Tue 01.12. 18:00"]),
    # two deeds, two dates
    (
        "I will refund €38 today and call you on Friday at 10.",
        ["refund €38: Tue 24.11. 18:00", "call you: Fri 27.11. 10:00"],
    ),
    (
        "The box leaves today and arrives on Thursday.",
        ["The box leaves: Tue 24.11. 18:00", "The box arrives: Thu 26.11. 18:00"],
    ),
    ("We'll send it and I'll ring you within the hour.", ["ring you: Tue 24.11. 11:00"]),
    ("It is on its way; it will reach you by Thursday.", ["it will reach you: Thu 26.11. 18:00"]),
    (
        "A new one leaves us today: it will be with you by Friday at noon.",
        ["A new one leaves us: Tue 24.11. 18:00", "it will be with you: Fri 27.11. 12:00"],
    ),
    # what will be told is no condition
    (
        "By Tuesday 8 December at 12:00 I will call you to say when it arrives.",
        ["call you to say when it arrives: Tue 08.12. 12:00"],
    ),
    (
        "By Tuesday 8 December at 12:00 I will call you to hear whether it came whole.",
        ["call you to hear whether it came whole: Tue 08.12. 12:00"],
    ),
    (
        "I will let you know by Friday at noon if it is the pump or the seal.",
        ["let you know if it is the pump or the seal: Fri 27.11. 12:00"],
    ),
    (
        "I will check when it left and write to you by Friday at 10.",
        ["check when it left and write to you: Fri 27.11. 10:00"],
    ),
    ("I will find out exactly when you were charged and ring you today at 16:00.", ["ring you: Tue 24.11. 16:00"]),
    ("I will tell you on Thursday at 9 whether, and if it can be, when it ships.", ["*"]),
    ("I promise to call you on Friday at 10.", ["call you: Fri 27.11. 10:00"]),
    ("Ben is calling you at 3 pm today.", ["Ben is calling you: Tue 24.11. 15:00"]),
    (
        "We shall replace it on Friday and, once that is done, call you on Monday at 9.",
        ["replace it: Fri 27.11. 18:00"],
    ),
    # a way out is no condition either, and one of a second deed is not one of the first
    ("I will call you on Friday at 10, unless you would rather read it.", ["*"]),
    ("I will call you on Friday at 10, or sooner if it arrives before.", ["*"]),
    (
        "I will refund you today, and if you like I'll bring a new one on Friday.",
        ["refund you: Tue 24.11. 18:00"],
    ),
    ("I will ring you on Thursday at 9, and when it has come I will send a photo.", ["ring you: Thu 26.11. 09:00"]),
]


@pytest.mark.parametrize(("text", "expected"), KEPT)
def test_dated_promise_gives_deed_and_instant(text: str, expected: list[str]) -> None:
    found = told(text)
    assert found == expected or (expected == ["*"] and len(found) == 1)


@pytest.mark.parametrize(
    "text",
    [
        "I'll look into it and get back to you soon.",  # no date
        "I'll send a new one in a few days.",  # a vague one: T1 blocks it
        "Would Thursday at 10 suit you?",  # a question
        "May I call you on Friday at 5?",
        "If you like, I'll call you on Friday at 5.",  # theirs to set going
        "Tell me the sum and I'll pay it today.",
        "If it is broken I'll come on Friday and bring a new one on Saturday.",
        "Once it has arrived I will call you, on Friday perhaps.",
        "When you have chosen I will send it on Friday.",
        "I said I would call on Monday, and I did not.",  # spoken of
        "We promised Friday and missed it.",
        "I refunded you today.",  # done
        "I have sent it on Monday.",
        "I will not charge you on Friday.",
        "You wrote that the box comes on Friday.",
        "The courier said it arrives on Friday.",
        "Our shop is closed on Tuesday.",
        "The kitchen is being painted until Friday.",
        "Our driver is working on Saturday as well.",
        "Your table is laid for Friday at 8.",
        "I'm writing today to say sorry.",
        "You will need to be in on Friday.",  # their deed
        "Please be at the door on Friday at 5.",
        "> I will be there on Friday",  # the customer's own line
        "",
    ],
)
def test_sentence_without_our_dated_promise_gives_none(text: str) -> None:
    assert told(text) == []


def test_quote_is_the_whole_sentence_as_written() -> None:
    reply = "Dear Ana,\n\nI am sorry. By FRIDAY at noon I’ll bring a new one. May I?\n\nTom"
    due = datetime(2026, 11, 27, 11, tzinfo=UTC)  # noon in Berlin
    assert promised(reply, NOW, BERLIN) == (
        Promised("By FRIDAY at noon I’ll bring a new one.", "bring a new one", due),
    )


def test_promise_falls_due_on_the_customers_clock() -> None:
    (found,) = promised("I'll call you tomorrow at 9 am.", NOW, ZoneInfo("America/New_York"))
    assert found.due_at == datetime(2026, 11, 25, 14, tzinfo=UTC)  # 9:00 + 5 h


@given(
    st.text()
    | st.lists(
        st.sampled_from(["I'll", "call you", "on Friday", "at 5", "and", ";", "?", ".\n", "we will", "today", "if you"])
    ).map(" ".join)
)
def test_any_text_can_be_read_for_promises(text: str) -> None:
    assert all(found.quote for found in promised(text, NOW, BERLIN))


@given(
    st.sampled_from(["call you", "bring a new one", "refund it"]),
    st.sampled_from(["on Friday at 5 pm", "tomorrow", "within the hour", "by 18:00"]),
)
def test_a_deed_and_its_date_are_told_apart(deed: str, when: str) -> None:
    assert [found.what for found in promised(f"I will {deed} {when}.", NOW, BERLIN)] == [deed]


# -- the customer's time zone ----------------------------------------------------------------------------------------


def case_of(*feedback: Feedback) -> Case:
    return Case(
        number=1,
        opened_at=NOW,
        unclaimed_since=NOW,
        waiting_since=NOW,
        heard_at=NOW,
        claim_due_at=NOW,
        contact_due_at=NOW,
        feedback=feedback,
    )


def zone(phone: str | None, locale: str | None) -> str:
    feedback = Feedback(external_id="1", source="form", customer=Customer(phone=phone), locale=locale)
    return zone_of(case_of(feedback), Policy(timezone="Europe/Rome")).key


@pytest.mark.parametrize(
    ("phone", "locale", "expected"),
    [
        ("+49 30 1234567", None, "Europe/Berlin"),
        ("+1 212 555 0100", None, "America/New_York"),  # the area code tells
        ("+1 415 555 0100", "de-DE", "America/Los_Angeles"),  # a phone outranks a language
        ("+44 7700 900123", None, "Europe/London"),  # London and the islands keep one clock
        ("030 1234567", "de-DE", "Europe/Berlin"),  # a local number, read in its locale's country
        ("+34 612 345 678", "en-GB", "Europe/Rome"),  # Madrid or the Canaries: not told, and not London either
        ("+1 800 555 0100", None, "Europe/Rome"),  # a toll-free number lives nowhere
        (None, "ja-JP", "Asia/Tokyo"),
        (None, "zh-Hant-TW", "Asia/Taipei"),
        (None, "en_US", "Europe/Rome"),  # many clocks
        (None, "en", "Europe/Rome"),  # no country
        ("nonsense", None, "Europe/Rome"),
        ("+999 1234567", "xx-XX", "Europe/Rome"),
        (None, None, "Europe/Rome"),
    ],
)
def test_customers_zone_is_taken_where_it_shows(phone: str | None, locale: str | None, expected: str) -> None:
    assert zone(phone, locale) == expected


def test_latest_locale_that_names_a_country_counts() -> None:
    told_before = Feedback(external_id="1", source="form", locale="ja-JP")
    told_now = Feedback(external_id="2", source="form", locale="en")
    assert zone_of(case_of(told_before, told_now), Policy()).key == "Asia/Tokyo"


@given(st.text(), st.text())
def test_any_phone_and_locale_give_a_zone(phone: str, locale: str) -> None:
    assert zone(phone, locale)


@pytest.mark.parametrize("piece", ["I'll then ", "by Friday I'll call, then I'll write and then ", "I will and "])
def test_no_pattern_runs_away_on_long_sentences(piece: str) -> None:
    def of(length: int) -> tuple[Promised, ...]:
        return promised((piece * length)[:length], NOW, BERLIN)

    assert dearer(lambda: of(LONGEST // 8), lambda: of(LONGEST)) < RUNAWAY
