"""Approved letters show the team's voice: which of them go along, and what is left of them without their facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases.model import PRACTICE, Case, Customer, Feedback, Reason
from cases.replies.checks import RULES
from cases.replies.voice import GAP, Sample, fitting, likeness_by_words, nearest, voices
from tests.cases.replies.test_scaffold import case

LATE, BILL = Reason("late"), Reason("billing")


def of(number: int, *reasons: Reason, comment: str = "Soup cold", name: str = "Mia Lindqvist", **facts: object) -> Case:
    said = Feedback(external_id=str(number), source="form", comment=comment, customer=Customer(name=name))
    return replace(case(said, reasons=reasons), number=number, **facts)  # type: ignore[arg-type]


def sample(number: int, body: str = "", by: str = "ana", **facts: object) -> Sample:
    return Sample(of(number, *facts.pop("reasons", (LATE,)), **facts), by, body)  # type: ignore[misc, arg-type]


NEW = of(99, LATE, owner="ana")


@pytest.mark.parametrize(
    ("other", "goes"),
    [
        (sample(1), True),
        (sample(1, by="ben"), True),  # of the same cause
        (sample(1, reasons=(BILL,)), True),  # of the same person
        (sample(1, by="ben", reasons=(BILL,)), False),
        (sample(1, reasons=(LATE, Reason("safety"))), False),
        (sample(1, reasons=(LATE, Reason("legal"))), False),
        (sample(99), False),
        (sample(7), False),  # an earlier case of the same customer
        (sample(100, earlier=(99,)), False),
        (Sample(replace(of(1, LATE), feedback=(replace(NEW.feedback[0], source=PRACTICE),)), "ana", ""), False),
    ],
)
def test_letters_of_the_same_person_or_cause_go_along(other: Sample, goes: bool) -> None:
    assert fitting([other], replace(NEW, earlier=(7,))) == ((other,) if goes else ())


def test_nobodys_letters_are_of_the_same_person() -> None:
    assert fitting([sample(1, by="ben", reasons=())], replace(NEW, owner=None)) == ()


def test_the_likest_go_along_one_for_each_case() -> None:
    samples = [sample(number) for number in (1, 2, 2, 3, 4)]
    assert [each.case.number for each in nearest(samples, [0.1, 0.9, 0.8, 0.5, 0.5], 3)] == [2, 4, 3]
    assert nearest([], [], 3) == ()


def test_words_tell_which_is_likest_without_the_engine() -> None:
    samples = [sample(1, "The invoice was wrong."), sample(2, "Your soup was cold when the driver came.")]
    first, second = likeness_by_words("The soup came cold, and the driver was rude.", samples)
    assert first < second


SAID = (
    "Dear {name},\n\nI am sorry: we {what}, and your evening was spoilt. I have refunded {sum} to your card this morning. "
    "{more}\n\nBest wishes,\nAna Ortega"
)
OTHERS = [
    sample(number, SAID.format(name=name, what=what, sum=f"€{number}7.50", more="It was my mistake, and your kitchen waited."), name=name)
    for number, name, what in ((2, "Tom Hall", "sent it late"), (3, "Li Wei", "sent it late"), (4, "Eva Kern", "sent it cold"))
]  # fmt: skip
FACTS = [
    "Your order 8812-AX went to 12 Baker Street, London NW1 6XE.",
    "I wrote to mia.lindqvist@example.org and rang +46 70 123 45 67.",
    "The voucher SPRINGTIME is worth fifty pounds.",
    "On Tuesday 6 January at half past four Björn brings the tulips.",
    "mia and her sister Freja may come in on monday.",
    "See https://shop.example/orders/8812 or @tulipshop.",
]


@pytest.mark.parametrize("more", FACTS)
def test_what_one_customer_alone_was_written_is_taken_out(more: str) -> None:
    mine = sample(1, SAID.format(name="Mia", what="sent it late", sum="€35", more=more))
    (voice,) = voices([mine], [mine, *OTHERS])
    assert voice.startswith("I am sorry: we sent it late, and your evening was spoilt. I have refunded")
    told = voice.partition("this morning.")[2].lower()
    for fact in (
        "8812",
        "baker",
        "london",
        "mia",
        "example",
        "70",
        "springtime",
        "fifty",
        "tuesday",
        "january",
        "four",
    ):
        assert fact not in told
    for fact in ("bjorn", "björn", "tulip", "freja", "sister", "monday", "shop"):
        assert fact not in told


def test_greeting_and_name_of_neither_are_in_it() -> None:
    mine = sample(1, SAID.format(name="Mia", what="sent it late", sum="€35", more="It was my mistake."))
    (voice,) = voices([mine], [mine, *OTHERS])
    assert voice == (
        f"I am sorry: we sent it late, and your evening was spoilt. I have refunded {GAP} to your card this morning. It was my mistake."
    )


def test_letters_to_one_customer_make_no_word_everybodys() -> None:
    again = [sample(n, "The gramophone was late, and I am sorry.", earlier=(1,) * (n > 1)) for n in (1, 2, 3, 4)]
    (voice,) = voices(again[:1], again)
    assert "gramophone" not in voice
    apart = [sample(n, "The gramophone was late, and I am sorry.") for n in (1, 2, 3, 4)]
    assert "gramophone" in voices(apart[:1], apart)[0]


def test_name_of_its_customer_is_out_though_others_have_the_word() -> None:
    rose = sample(1, "I am sorry that the prices rose and that rose waited.", name="Rose Hall")
    others = [sample(n, "I am sorry that the prices rose.") for n in (2, 3, 4)]
    (voice,) = voices([rose], [rose, *others])
    assert "rose" not in voice


def test_letter_that_is_all_facts_shows_no_voice() -> None:
    mine = sample(1, "Gramophone Zanzibar quixotic marmalade: 8812.")
    assert voices([mine], [mine]) == ()


def test_example_that_is_copied_cannot_be_sent() -> None:
    """What was taken out is an open blank in whatever letter says it again."""
    from cases.replies.scaffold import blanks

    assert blanks(f"I have refunded {GAP} to your card.") == (GAP,)
    assert "P2" in RULES
