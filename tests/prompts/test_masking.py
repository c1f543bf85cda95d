"""What is hidden from a model, and that it all comes back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prompts.masking import mask
from tests.elapsing import RUNAWAY, dearer

PRIVATE = [
    "ana.ruiz@example.org",
    "o'neil+box@mail.example.co.uk",
    "jörg@müller.example",
    "+34 600 123 456",
    "0171/2345678",
    "(030) 90 18 20-0",
    "+49 30\u2011901820",
    "030 12-34-5678",
    "٠١٧١٢٣٤٥٦٧٨",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "378282246310005",
    "DE89 3704 0044 0532 0130 00",
    "GB82WEST12345698765432",
    "BE68 5390 0754 7034",
]
HARMLESS = [
    "2026-01-05",
    "05.01.2026",
    "1/5/2026",
    "2026-01-05 09:40",
    "09:40",
    "$400 for a debt of $9",
    "1,299.00",
    "order 8812",
    "100% cold",
    "2 of 5",
    "me @ home",
]


@pytest.mark.parametrize("private", PRIVATE)
def test_nothing_private_is_left_in_the_text(private: str) -> None:
    masked = mask(f"Write to {private}, please.")

    assert len(masked.originals) == 1
    assert list(masked.originals.values()) == [private]
    assert masked.text == f"Write to {next(iter(masked.originals))}, please."


@pytest.mark.parametrize("harmless", HARMLESS)
def test_dates_amounts_and_short_numbers_stay_readable(harmless: str) -> None:
    assert mask(harmless).text == harmless


def test_the_same_private_detail_always_gets_one_token() -> None:
    masked = mask("a@example.org, b@example.org, again a@example.org")

    assert masked.text == "⟦e-mail 1⟧, ⟦e-mail 2⟧, again ⟦e-mail 1⟧"


def test_a_date_next_to_a_phone_number_survives() -> None:
    assert mask("since 2026-01-05 0171 2345678, 8812 05.01.2026").text == "since 2026-01-05 ⟦number 1⟧, 8812 05.01.2026"


def test_surnames_are_hidden_only_as_whole_words() -> None:
    assert mask("Ruiz, not Ruizian; García-Ruiz", names=["Ruiz"]).text == "⟦name 1⟧, not Ruizian; García-⟦name 1⟧"


def test_an_empty_name_hides_nothing_at_all() -> None:
    assert mask("Soup was cold", names=[""]).text == "Soup was cold"


def test_the_order_number_stays_readable_when_kept() -> None:
    assert mask("order 44120081, not 44120082", keep={"44120081"}).text == "order 44120081, not ⟦number 1⟧"


def test_tokens_the_customer_wrote_are_never_reused() -> None:
    masked = mask("⟦number 1⟧ is no number, 0171 2345678 is")

    assert masked.text == "⟦number 1⟧ is no number, ⟦number 2⟧ is"
    assert masked.restore("Call ⟦number 2⟧, not ⟦number 1⟧") == "Call 0171 2345678, not ⟦number 1⟧"


def test_a_token_the_model_made_up_stays() -> None:
    assert mask("Call 0171 2345678").restore("⟦number 7⟧ or ⟦⟦number 1⟧⟧") == "⟦number 7⟧ or ⟦0171 2345678⟧"


PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from([*PRIVATE, *HARMLESS, "⟦", "⟧", "⟦number 1⟧", "⟦e-mail ", "number", " 1⟧", "Ruiz"]),
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@given(TEXTS)
@example("⟦number 0171 2345678⟧")
@example("⟦e-mail ⟦a@example.org⟧ 1⟧")
def test_whatever_is_hidden_comes_back_exactly(text: str) -> None:
    masked = mask(text, names=["Ruiz"], keep={"44120081"})

    assert masked.restore(masked.text) == text
    assert not any(token in text for token in masked.originals)


@given(TEXTS)
def test_no_hidden_detail_can_be_read_afterwards(text: str) -> None:
    assert mask(mask(text, names=["Ruiz"]).text).originals == {}


@pytest.mark.parametrize("rubbish", ["a.", "1 ", "DE12 ", "1-", "a@", "⟦", "05.01.2", "a@a."])
def test_long_rubbish_is_masked_in_no_time(rubbish: str) -> None:
    assert dearer(lambda: mask(rubbish * 1_250), lambda: mask(rubbish * 10_000)) < RUNAWAY
