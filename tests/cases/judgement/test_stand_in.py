"""The judge that stands in where there is no engine: rough, quick, and the same everywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases.judgement.heads import OPENS
from cases.judgement.stand_in import stand_in
from cases.model import Feedback, Score
from tests.elapsing import RUNAWAY, dearer

NOTHING = Feedback(external_id="1", source="form")


def told(words: str) -> Score:
    score = stand_in(replace(NOTHING, comment=words))
    assert score
    return score


@pytest.mark.parametrize(
    "words",
    [
        "Still waiting for my refund, nobody answers.",
        "Ich warte seit drei Wochen und niemand antwortet.",
        "Le colis est arrivé abîmé.",
        "La pizza estaba fría y nadie contesta.",
    ],
)
def test_plain_complaints_are_found_without_the_engine(words: str) -> None:
    assert told(words).unhappy >= OPENS


@pytest.mark.parametrize(
    "words", ["Lovely evening, thank you!", "Alles bestens, gerne wieder!", "Merci, c'était parfait."]
)
def test_plain_praise_is_let_pass_without_the_engine(words: str) -> None:
    assert told(words).unhappy < OPENS


def test_the_sentence_that_sounds_unhappiest_is_quoted() -> None:
    assert told("We love your bread. The box never arrived and nobody answers.").clause.startswith("The box")


@pytest.mark.parametrize(
    "details",
    [
        "Maria Huber, Lindenstraße 14, 80331 München, Tel. +49 170 1234567, maria.huber@example.org",
        "IBAN DE89 3704 0044 0532 0130 00, BIC COBADEFFXXX",
        "Card 4242 4242 4242 4242 exp 12/27, order #8812-33-919",
        "12 Canal Row, Leeds LS1 4DY, 07700 900123, http://www.example.org/orders/8821?id=22",
    ],
)
@pytest.mark.parametrize(
    "words", ["The sofa arrived torn and nobody answers.", "Die Suppe war kalt.", "Lovely, thanks!"]
)
def test_an_address_below_says_nothing_of_the_mood(words: str, details: str) -> None:
    assert told(f"{words}\n\n{details}") == told(words)
    assert told(details)


def test_words_that_are_shouted_are_no_address() -> None:
    assert told("@example_air OUR SON CHOKED ON A PIECE OF GLASS. We are home.").danger > told("We are home.").danger


def test_feedback_without_words_has_no_score() -> None:
    assert stand_in(NOTHING) is None


@pytest.mark.parametrize("piece", ["😡", "a", "\u200b.\u200b", "!?", "не ", "好"])
def test_odd_words_are_scored_and_none_takes_long(piece: str) -> None:
    assert 0 <= told(piece * 20_000).unhappy <= 1
    assert dearer(lambda: told(piece * 2_500), lambda: told(piece * 20_000)) < RUNAWAY


@pytest.mark.parametrize(
    "words",
    [
        "Don't bother, you are idiots. I was billed $400 for a debt of $9.",
        "Soup was cold. Do not call me.",
        "Please don't contact me again",
        "I would rather not be contacted.",
        "Lassen Sie mich bitte in Ruhe.",
        "Le plat était froid. Ne me contactez plus.",
        "No me llamen más, por favor.",
        "Lasciatemi in pace.",
        "Ik wil geen reactie.",
        "Não me liguem mais.",
        "Proszę do mnie nie dzwonić.",
        "Ring mig inte.",
    ],
)
def test_plain_wishes_to_be_left_alone_are_heard(words: str) -> None:
    assert told(words).no_contact >= OPENS


def test_half_a_sign_in_the_words_breaks_nothing() -> None:
    assert told("The soup was cold \ud83d and nobody came.").unhappy >= OPENS
