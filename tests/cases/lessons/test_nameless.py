"""Nobody is named in a lesson: colleagues, the customer and their orders are taken out, and ordinary words stay."""

from __future__ import annotations

import pytest

from cases.lessons.nameless import Names, nameless, unquoted
from cases.model import Feedback

TEAM = Names(
    colleagues=frozenset({"Ana Ortega", "ana", "Ben Okafor", "ben", "Lea Price", "Will Smith", "max.power", "Li"}),
    others=frozenset({"Mark Rose", "mark", "Zoë Quinn", "Jan van Dijk", "Sean O'Brien"}),
    customers=frozenset({"Clara Nyström"}),
    customers_keys=frozenset({"clara.nystroem@example.org", "+49 30 1234567", "c-77"}),
    orders=frozenset({"8812", "GB-6021"}),
)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Ana forgot to ring.", "A colleague forgot to ring."),
        ("we asked ana and Ben", "we asked a colleague and a colleague"),
        ("ANA's list, Ana’s list", "A colleague's list, a colleague’s list"),
        ("Mrs Nyström was sent away by Ana Ortega", "The customer was sent away by a colleague"),
        ("frau nyström wrote to Herrn Okafor", "The customer wrote to a colleague"),
        ("(Ana). Dr. Price said no", "(a colleague). A colleague said no"),
        ("@ana should ask Zoë Quinn or @mark", "A colleague should ask a colleague or a colleague"),
        ("<@U012ABCDEF> and <@U012ABCDEF|ana> did it", "A colleague and a colleague did it"),
        ("ask @U012ABCDEF", "ask a colleague"),
        ("max.power wrote, and Max did", "A colleague wrote, and a colleague did"),
        ("the van of Jan van Dijk", "the van of a colleague"),
        ("O'Brien's van", "A colleague's van"),
        ("CLARA asked about GB-6021", "The customer asked about the order"),
        ("order #8812 slipped; the order 8812 too", "The order slipped; the order too"),
        ("write to clara.nystroem@example.org", "write to the customer"),
        ("ring +49 30 1234567, customer c-77", "ring the customer, customer the customer"),
        ("done.Ana left\nBen stayed", "done.a colleague left\nA colleague stayed"),
        ("Then Will said it", "Then a colleague said it"),
        ("Li knew", "A colleague knew"),
    ],
)
def test_whoever_is_named_is_no_longer_named(written: str, kept: str) -> None:
    assert nameless(written, TEAM) == kept


WORDS_TOO = Names(
    colleagues=frozenset(
        {"Will Carter", "May Lin", "Mark Price", "Hope Adams", "Grace Lee", "Rose Hill", "Bill Page", "April"}
    )
)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (
            "Will told her it may arrive late; May forgot.",
            "A colleague told her it may arrive late; a colleague forgot.",
        ),
        ("Mark each box. Mark fragile boxes, Mark said.", "Mark each box. Mark fragile boxes, a colleague said."),
        ("We hope it holds; Hope promised it.", "We hope it holds; a colleague promised it."),
        ("Grace periods end on Friday: Grace gave none.", "Grace periods end on Friday: A colleague gave none."),
        ("The price of a rose rose, as Rose packed it.", "The price of a rose rose, as a colleague packed it."),
        ("The bill was wrong, and Bill sent it.", "The bill was wrong, and a colleague sent it."),
        (
            "Bill by Friday. Bill the shop after Bill has checked.",
            "Bill by Friday. Bill the shop after a colleague has checked.",
        ),
        (
            "In May we had no driver, in April neither. May was away.",
            "In May we had no driver, in April neither. A colleague was away.",
        ),
        ("Will the courier ring? Will Carter did not ask.", "Will the courier ring? A colleague did not ask."),
        (
            "Mark and Grace agreed. Rose bushes need water.",
            "A colleague and a colleague agreed. Rose bushes need water.",
        ),
        ("Will power alone does not do it.", "Will power alone does not do it."),
        ("ask @grace, or @will", "ask a colleague, or a colleague"),
    ],
)
def test_names_that_are_words_are_told_apart(written: str, kept: str) -> None:
    assert nameless(written, WORDS_TOO) == kept


@pytest.mark.parametrize(
    "written",
    [
        "Mark each box, and mark the lid.",
        "Will call sooner; will the courier wait?",
        "the price rose, the rose was late",
        "banana, Benjamin, Ana-Maria and Pricey stay",
        "li and de and van are little words",
        "Order the box at once: order 881 is another.",
        "",
    ],
)
def test_ordinary_words_stay_as_they_are(written: str) -> None:
    assert nameless(written, TEAM) == written


def test_text_is_as_it_was_where_nobody_is_known() -> None:
    assert nameless("Ana forgot", Names()) == "Ana forgot"


def test_name_that_is_taken_out_stays_out() -> None:
    once = nameless("Ana and Clara Nyström, order 8812", TEAM)
    assert nameless(once, TEAM) == once


SAID = Feedback(
    external_id="1", source="form", comment="The cake was late and my mother cried all afternoon. Never again!"
)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("She said the cake was late and my mother cried, so", "She said (erased), so"),
        ("THE CAKE, was late and my mother", "(erased)"),
        ("The cake was late, twice", "The cake was late, twice"),  # four words are anybody's
        ("cried all afternoon never again; ring first", "(erased); ring first"),
        ("late and my mother cried. Book early. the cake was late and my", "(erased). Book early. (erased)"),
        ("", ""),
    ],
)
def test_words_of_the_customer_are_taken_out(written: str, left: str) -> None:
    assert unquoted(written, [SAID, Feedback(external_id="2", source="form")]) == left
