"""What counts as an offer in a reply, of what kind and how much; and what only sounds like one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.replies.offers import Offer, offers
from tests.elapsing import RUNAWAY, dearer


def said(text: str) -> list[str]:
    """Each offer in short: its kind, its sum or share."""
    return [
        " ".join(
            [
                offer.kind,
                *([str(offer.money)] if offer.money else []),
                *([f"{offer.percent}%"] if offer.percent else []),
            ]
        )
        for offer in offers(text)
    ]


OFFERED = [
    # money given back
    ("Refunded.", ["refund"]),
    ("I have refunded the €38 you paid.", ["refund 38 EUR"]),
    ("I refunded EUR 38.50 this morning.", ["refund 38.50 EUR"]),
    ("Your refund of 38 € has been sent.", ["refund 38 EUR"]),
    ("Would you prefer a full refund?", ["refund 100%"]),
    ("You get your money back, every cent.", ["refund 100%"]),
    ("I would like to give you half your money back.", ["refund 50%"]),
    ("We will refund 50% of the price.", ["refund 50%"]),
    ("Your money is on its way back to your card.", ["refund"]),
    ("78 euros back to you today.", ["refund 78 EUR"]),
    ("We have waived the delivery fee.", ["refund"]),
    ("I have cancelled your invoice.", ["refund"]),
    ("I've credited $12.50 to your card.", ["money 12.50 $"]),
    ("We will not charge you for the visit.", ["refund"]),
    ("I've refunded €20 for the soup and €8 for the delivery.", ["refund 20 EUR", "refund 8 EUR"]),
    # other sums
    ("I can offer you fifty euros for your trouble.", ["money 50 EUR"]),
    ("I've transferred EUR 1.250,50 to your account.", ["money 1250.50 EUR"]),
    ("I will pay for the cleaning, up to 60 euros.", ["money 60 EUR"]),
    # sums whose currency is left to be understood
    ("I refund you 480 by Friday.", ["refund 480"]),
    ("I have refunded 480.50.", ["refund 480.50"]),
    ("I'll refund you five hundred by Friday, 4 December.", ["refund 500"]),
    ("We will transfer you another 1,200 on 3 December at 10:30.", ["money 1200"]),
    ("You'll have 480 back on Friday.", ["refund 480"]),
    ("Your refund of 480 goes out today.", ["refund 480"]),
    ("I'll send you a voucher for 300.", ["voucher 300"]),
    ("I'll send you a 300 voucher and call you at 5.", ["call", "voucher 300"]),
    ("I am taking the 140 off your bill.", ["discount 140"]),
    # what is counted, dated or shared is no sum
    ("I have refunded order 8812 today.", ["refund"]),
    ("I refund you on 3 December by 17.", ["refund"]),
    ("I have refunded 2 of the 3 boxes.", ["refund"]),
    ("I'll refund you 50 percent.", ["refund 50%"]),
    ("We refunded #8812 at 10.30.", ["refund"]),
    ("I have refunded you for 3 nights.", ["refund"]),
    # vouchers, discounts, gifts
    ("I'll send you a £20 voucher.", ["voucher 20 GBP"]),
    ("Please accept a £10,000 gift card.", ["voucher 10000 GBP"]),
    ("There's a $10 credit on your account now.", ["voucher 10 $"]),
    ("I've refunded €20 and added a €10 voucher.", ["refund 20 EUR", "voucher 10 EUR"]),
    ("You'll get 20% off your next order.", ["discount 20%"]),
    ("I took €20 off your bill.", ["discount 20 EUR"]),
    ("We can offer you half-price tickets.", ["discount"]),
    ("Your dinner is on the house next time.", ["gift"]),
    ("Dinner is on us.", ["gift"]),
    ("The next month is free.", ["gift"]),
    ("I'm sending you a free dessert.", ["gift"]),
    ("I have added next week's box at no charge.", ["gift"]),
    # done again, and talked about
    ("I'm sending you a new blender.", ["replacement"]),
    ("I'll bring a fresh soup, free of charge.", ["replacement"]),  # the redo made free, not a gift beside it
    ("We will repair it for free.", ["replacement"]),
    ("Would you prefer a full refund or a replacement?", ["refund 100%", "replacement"]),
    ("I'll call you on Friday at 5 pm.", ["call"]),
    ("May I give you a quick call?", ["call"]),
]


@pytest.mark.parametrize(("text", "expected"), OFFERED)
def test_offer_is_found_with_kind_and_sum(text: str, expected: list[str]) -> None:
    assert sorted(said(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        # asked for, refused, missed
        "You asked for a refund and heard nothing.",
        "I know that you waited for a refund.",
        "We forgot to refund you.",
        "I should have refunded you on Monday.",
        "We cannot refund more than €20.",
        "I am sorry that your voucher was refused.",
        "You wanted your money back and we said no.",
        # sums that only repeat the bill
        "You were charged $400 instead of $200.",
        "We billed you €38 twice.",
        "You paid €5 for delivery, and nothing arrived.",
        "Each of our chairs costs €40.",
        # words that look alike
        "Our refund policy is not what matters now.",
        "Feel free to write to me.",
        "Are you free at 5?",
        "That's on me.",
        "I'll get back to you by Friday.",
        "The gift you ordered arrived late.",
        "I called and nobody answered.",
        "We moved the appointment to a free slot.",
        "",
    ],
)
def test_mention_of_money_alone_is_no_offer(text: str) -> None:
    assert said(text) == []


def test_full_refund_takes_the_one_sum_billed() -> None:
    assert said("You were charged €38. I have refunded it in full.") == ["refund 38 EUR 100%"]


def test_full_refund_has_no_sum_when_two_were_billed() -> None:
    assert said("You were charged $400 instead of $200, and I've refunded the difference.") == ["refund"]


def test_bill_two_sentences_away_lends_no_sum() -> None:
    assert said("You were charged €3. I am sorry. I have refunded your order in full.") == ["refund 100%"]


def test_quoted_line_is_an_offer_like_any_other() -> None:
    assert said("> We refund you 5,000 euros") == ["refund 5000 EUR"]


def test_quote_is_the_sentence_as_it_was_written() -> None:
    reply = "Dear Ana,\nI am sorry. I’ve refunded €38 TODAY. May I call?\nTom"
    assert offers(reply) == (Offer("refund", Decimal(38), "EUR", None, "I’ve refunded €38 TODAY."),)


def test_two_sums_for_one_thing_are_two_offers() -> None:
    assert [offer.amount for offer in offers("I refund €30 today and refund €9 tomorrow.")] == [Decimal(30), Decimal(9)]


_WORDS = st.sampled_from(
    ["i", "we", "refund", "€50", "20%", "off", "a free", "voucher", "you paid", "not", ".", "\n>", "call you"]
)


@given(st.text() | st.lists(_WORDS).map(" ".join))
def test_any_text_can_be_read_for_offers(text: str) -> None:
    assert all(offer.amount is None or offer.amount >= 0 for offer in offers(text))


@pytest.mark.long
@pytest.mark.parametrize("unit", ["50 EUR refund ", "refund 50 EUR voucher ", "a voucher of 5 EUR, ", "we refund 10% "])
def test_many_sums_in_one_sentence_are_read_once(unit: str) -> None:
    """attacks 13: the nearest thing to each sum was looked for among all of them."""
    assert dearer(lambda: offers(unit * 500), lambda: offers(unit * 4_000)) < RUNAWAY


def test_each_of_many_sums_goes_to_its_nearest_thing() -> None:
    text = "I refund 5 EUR now, then I send you a voucher 6 EUR or so, later I refund 7 EUR more, and a voucher 8 EUR last."
    assert said(text) == ["refund 5 EUR", "voucher 6 EUR", "refund 7 EUR", "voucher 8 EUR"]
