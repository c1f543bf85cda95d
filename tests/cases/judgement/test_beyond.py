"""Words in a language of which too little was learnt are looked at by a person, whatever the judge makes of them."""

from __future__ import annotations

import pytest

from cases.judgement import assess
from cases.judgement.beyond import is_beyond
from cases.model import Feedback, Rating, Score

BEYOND = [
    "Zase pozdě!",
    "Kytka byla zvadlá, stydím se za to.",
    "A virág hervadt volt, szégyellem magam.",
    "Florile erau ofilite, mi-e rușine.",
    "Bastos ang rider sa nanay ko",
    "Tilasin ruusuja ja sain neilikoita",
    "Ο οδηγός ήταν αγενής με τη μητέρα μου",
    "Perimeno treis vdomades kai tipota",
    "Hoa bị héo, tôi thấy xấu hổ.",
    "Kurirnya kasar kepada ibu saya",
    "Nataka pesa zangu, keki ilikuwa imevunjika",
    "Opet kasnite!",
    "Lilled olid närtsinud, mul on häbi.",
    "Roedd y gyrrwr yn anghwrtais wrth fy mam",
    "Кур'єр нагрубив моїй мамі",
    "הזר הגיע נבול",
    "الزهور كانت ذابلة",
    "花がしおれていました",
    "3日待っても届きません",
    "꽃이 시들어 있었어요",
    "ดอกไม้เหี่ยว",
]
LEARNT = [
    "The second box was blue.",
    "Cold and late.",
    "Dear Priya, I am sorry.",
    "Der zweite Karton war blau.",
    "La deuxième boîte était bleue.",
    "La segunda caja era azul.",
    "La seconda scatola era blu.",
    "De tweede doos was blauw.",
    "A segunda caixa era azul.",
    "Drugie pudełko było niebieskie.",
    "Вторая коробка была синяя.",
    "İkinci kutu maviydi.",
    "Den andra lådan var blå.",
    "Den anden kasse var blå.",
    "Den andre esken var blå, og den tredje også.",
]
IN_NONE = [
    "",
    "👍👍",
    "8812",
    "k.A.",
    "5/5",
    "Hannah Köllner",
    "ok",
    "DHL 00340434161094",
    "https://shop.example/orders/8812",
]
HARMLESS = Score(0.0)


def judged(comment: str, rating: Rating | None = None) -> tuple[bool, bool]:
    got = assess(Feedback(external_id="1", source="form", comment=comment, rating=rating), HARMLESS)
    return got.negative, got.unsure


@pytest.mark.parametrize("comment", BEYOND)
def test_what_nobody_learnt_is_never_fine(comment: str) -> None:
    assert judged(comment) == (True, True)


def test_it_says_why() -> None:
    got = assess(Feedback(external_id="1", source="form", comment=BEYOND[0]), HARMLESS)
    assert [reason.code for reason in got.reasons] == ["other_language"]


@pytest.mark.parametrize("comment", BEYOND)
def test_the_best_star_speaks_for_it(comment: str) -> None:
    assert judged(comment, Rating(5, 5)) == (False, False)


@pytest.mark.parametrize("comment", [*LEARNT, *IN_NONE])
def test_what_was_learnt_or_is_in_no_language_is_judged(comment: str) -> None:
    assert not is_beyond(comment)


def test_what_a_score_opens_is_not_made_unsure() -> None:
    got = assess(Feedback(external_id="1", source="form", comment=BEYOND[1]), Score(0.95))
    assert (got.negative, got.unsure) == (True, False)
