"""Sums as letters write them, and which of them are within another."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.spoken.money import Money, read_money, sums

READ = [
    ("€50", "50", "EUR"),
    ("50 €", "50", "EUR"),
    ("50€", "50", "EUR"),
    ("EUR 50.00", "50.00", "EUR"),
    ("50,00 EUR", "50.00", "EUR"),
    ("$1,250.50", "1250.50", "$"),
    ("1.250,50 €", "1250.50", "EUR"),
    ("1 250,50 €", "1250.50", "EUR"),
    ("CHF 1'250.-", "1250", "CHF"),
    ("50,- €", "50", "EUR"),
    ("€1,250", "1250", "EUR"),  # three digits after the mark: thousands
    ("1.250 EUR", "1250", "EUR"),
    ("$0.5", "0.5", "$"),
    ("£20", "20", "GBP"),
    ("US$ 12", "12", "USD"),
    ("200 kr", "200", "kr"),
    ("€5k", "5000", "EUR"),
    ("£2 million", "2000000", "GBP"),
    ("50 cents", "0.5", None),
    ("80 pence", "0.8", "GBP"),
    ("20-euro", "20", "EUR"),
    ("fifty euros", "50", "EUR"),
    ("twenty-five dollars", "25", "$"),
    ("a hundred pounds", "100", "GBP"),
    ("two hundred and fifty pounds", "250", "GBP"),  # 2 × 100 + 50
    ("one thousand two hundred euros", "1200", "EUR"),
    ("EURO 20", "20", "EUR"),
]


@pytest.mark.parametrize(("text", "amount", "currency"), READ)
def test_sum_reads_alike_in_every_spelling(text: str, amount: str, currency: str | None) -> None:
    found = [money for money, _ in sums(f"I sent you {text} today.")]
    assert found == [Money(Decimal(amount), currency)]


@pytest.mark.parametrize(
    "text", ["order 8812", "at 17:30", "2026-11-24", "20%", "in 50 minutes", "room 12", "4.5 stars"]
)
def test_number_without_a_currency_is_no_sum(text: str) -> None:
    assert list(sums(text)) == []


def test_spans_give_the_words_of_each_sum() -> None:
    text = "I refund €38 and add a 10 EUR voucher."
    assert [text[slice(*span)] for _, span in sums(text)] == ["€38", "10 EUR"]


@pytest.mark.parametrize(
    ("sum_", "limit", "within"),
    [
        ("50 EUR", "50 EUR", True),
        ("50.01 EUR", "50 EUR", False),
        ("$20", "50 CAD", True),  # any dollar may be meant by the sign
        ("$20", "50 EUR", False),
        ("40 USD", "$50", True),
        ("100 kr", "200 SEK", True),
        ("100 kr", "200 JPY", False),
        ("£20", "50 EUR", False),  # nothing is converted
    ],
)
def test_sum_is_within_a_limit_of_its_currency(sum_: str, limit: str, within: bool) -> None:
    assert read_money(sum_).within(read_money(limit)) is within


def test_cents_alone_are_meant_in_the_limits_currency() -> None:
    cents = next(money for money, _ in sums("50 cents"))
    assert cents.within(read_money("1 EUR"))


@pytest.mark.parametrize(("text", "said"), [("50 EUR", "50 EUR"), ("€12.5", "12.50 EUR"), ("$1,250", "1250 $")])
def test_sum_is_said_with_its_currency_behind(text: str, said: str) -> None:
    assert str(read_money(text)) == said


@pytest.mark.parametrize("text", ["", "50", "about 50 EUR", "50 EUR or 60 EUR", "much", "50 cents"])
def test_a_limit_must_be_one_whole_sum(text: str) -> None:
    with pytest.raises(ValueError, match='for instance "50 EUR"'):
        read_money(text)


@given(st.text())
def test_any_text_can_be_searched_for_sums(text: str) -> None:
    assert all(text[slice(*span)] for _, span in sums(text))


@given(st.integers(0, 999_999), st.integers(0, 99))
def test_both_ways_of_writing_thousands_agree(whole: int, cents: int) -> None:
    english, continental = f"{whole:,}.{cents:02}", f"{whole:,}".replace(",", ".") + f",{cents:02}"
    assert read_money(f"€{english}") == read_money(f"{continental} €") == Money(Decimal(f"{whole}.{cents:02}"), "EUR")
