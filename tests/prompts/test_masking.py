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
    "de89 3704 0044 0532 0130 00",
    "0171 – 234 56 78",
    "ana at private dot example",
    "ana (at) private (dot) example",
    "ana [at] private.example",
    "ana@private dot example",
    "ana @ private.example",
    "ana dot ruiz at private dot co dot uk",
    "ANA AT PRIVATE DOT EXAMPLE",
    "ana arroba privado punto es",
    "ana ät privat punkt de",
    "ana.ruiz at gmail.com",
    "Lindenallee 1, 10115 Berlin",
    "Hauptstr. 12a",
    "Am Alten Markt 3, 10115 Berlin",
    "Musterweg 3\n12345 Musterstadt",
    "Bahnhofstrasse 5, 8001 Zürich",
    "Keizersgracht 3, 1012 AB Amsterdam",
    "12 Baker Street",
    "221b Baker St.",
    "742 Evergreen Terrace, Springfield, IL 62704",
    "Calle Mayor 5, 28013 Madrid",
    "12 rue de Rivoli, 75001 Paris",
    "Via Roma, 12, 00184 Roma",
    "SW1A 1AA",
    "F-75001 Paris",
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
    "we met at noon. Then it rained",
    "cold at best",
    "at 10.30",
    "10000 Euro",
    "20 minutes late at Main Street",
    "2 hours down the road",
    "on 24 December 2025 with 12 Guests",
    "Monday 5 January 2026, 11:00",
    "3 Stars",
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


@pytest.mark.parametrize("written", ["RUIZ", "ruiz", "Ruíz", "RUI\u0301Z", "Ｒｕｉｚ"])
def test_a_surname_is_hidden_in_every_spelling(written: str) -> None:
    """attacks 19: masking misses "RUIZ" and "ruiz"."""
    assert mask(f"yours, Ana {written}!", names=["Ruiz"]).text == "yours, Ana ⟦name 1⟧!"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Müller", "frau mueller"),
        ("Müller", "FRAU MULLER"),
        ("Jørgensen", "joergensen"),
        ("O'Neil", "o'neil"),
        ("García-Ruiz", "garcia ruiz"),
        ("Wei Li", "wei li"),
        ("ruiz", "Ruiz"),
    ],
)
def test_a_surname_is_hidden_as_others_write_it(name: str, text: str) -> None:
    hidden = mask(text, names=[name]).originals.values()

    assert text.split()[-1].split("'")[-1] in hidden


def test_small_words_of_a_name_stay_in_the_text() -> None:
    assert mask("de la soupe de Cruz", names=["de la Cruz"]).text == "de la soupe de ⟦name 1⟧"


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


@pytest.mark.long
@pytest.mark.parametrize(
    "rubbish",
    [
        "a.",
        "1 ",
        "DE12 ",
        "1-",
        "a@",
        "⟦",
        "05.01.2",
        "a@a.",
        "a at ",
        "a dot ",
        "a.b at c ",
        "Aa 1 ",
        "12 Aa ",
        "12345 ",
        "Aa-",
        "via a ",
        "12 rue de la ",
    ],
)
def test_long_rubbish_is_masked_in_no_time(rubbish: str) -> None:
    assert dearer(lambda: mask(rubbish * 1_250), lambda: mask(rubbish * 10_000)) < RUNAWAY
