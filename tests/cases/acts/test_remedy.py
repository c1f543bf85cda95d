"""What would make it right: asked, answered, granted, by whom and at what cost; and how that is said in a command."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cases.acts.act import Change, Unchanged
from cases.acts.actions import decide
from cases.acts.remedy import read_remedy, with_remedy_of
from cases.model import Case, Remedy
from tests.cases.acts.test_actions import ANA, BEN, EARLIER, LATER, NOW, act, after, claimed, closed, contacted, refusal

ASKED = {"remedy_asked_at": EARLIER}
ANSWERED = {**ASKED, "remedy_wanted": "a new box"}
GRANTED = {**ANSWERED, "remedy_granted": "one on Friday", "remedy_by": BEN, "remedy_cost": "25 EUR"}


@pytest.mark.parametrize(
    ("known", "said", "expected", "furthest"),
    [
        ({}, {}, {"remedy_asked_at": NOW}, Remedy.ASKED),
        ({}, {"text": "a new box"}, {"remedy_asked_at": NOW, "remedy_wanted": "a new box"}, Remedy.ANSWERED),
        (ASKED, {"text": "a new box"}, {"remedy_asked_at": EARLIER, "remedy_wanted": "a new box"}, Remedy.ANSWERED),
        (ANSWERED, {"text": "two boxes"}, {"remedy_wanted": "two boxes"}, Remedy.ANSWERED),
        ({}, {"granted": "a box"}, {"remedy_granted": "a box", "remedy_by": ANA, "remedy_asked_at": None}, Remedy.GRANTED),
        (ANSWERED, {"granted": "a box", "cost": "9 EUR"}, {"remedy_by": ANA, "remedy_cost": "9 EUR"}, Remedy.GRANTED),
        (GRANTED, {"cost": "30 EUR"}, {"remedy_by": BEN, "remedy_cost": "30 EUR"}, Remedy.GRANTED),
        (GRANTED, {"granted": "two boxes"}, {"remedy_by": ANA, "remedy_cost": None}, Remedy.GRANTED),
        # A form sends all of it again, with what is new.
        (GRANTED, {"text": "soon", "granted": "one on Friday", "cost": "25 EUR"}, {"remedy_by": BEN}, Remedy.ANSWERED),
    ],
)  # fmt: skip
def test_case_keeps_what_is_told_of_a_remedy(
    known: dict[str, Any], said: dict[str, Any], expected: dict[str, Any], furthest: Remedy
) -> None:
    decision = decide(contacted(**known), act("remedy", **said), NOW)
    assert isinstance(decision, Change)
    assert {name: getattr(decision.case, name) for name in expected} == expected
    assert decision.facts["remedy"] is furthest


@pytest.mark.parametrize(
    ("known", "remedy"), [({}, None), (ASKED, Remedy.ASKED), (ANSWERED, Remedy.ANSWERED), (GRANTED, Remedy.GRANTED)]
)
def test_case_says_how_far_its_remedy_is(known: dict[str, Any], remedy: Remedy | None) -> None:
    assert contacted(**known).remedy is remedy


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (ASKED, {}),
        (ANSWERED, {"text": "a new box"}),
        (GRANTED, {"text": "a new box", "granted": "one on Friday", "cost": "25 EUR"}),
        (GRANTED, {}),
    ],
)
def test_remedy_told_twice_is_told_once(known: dict[str, Any], said: dict[str, Any]) -> None:
    assert decide(contacted(**known), act("remedy", **said), NOW) == Unchanged()


def test_owner_who_tells_of_a_remedy_is_heard_from() -> None:
    asked = after(claimed(asked_at=EARLIER), act("remedy"))
    assert (asked.asked_at, asked.held_since) == (None, NOW)


def test_cost_alone_wants_to_know_of_what() -> None:
    assert refusal(contacted(), act("remedy", cost="25 EUR")).reason == "granted_what"
    assert refusal(closed(), act("remedy")).reason == "closed"


def test_joined_case_brings_its_remedy_where_none_was() -> None:
    asked, granted = contacted(**ASKED), contacted(**GRANTED)
    assert with_remedy_of(contacted(), granted).remedy is Remedy.GRANTED
    assert with_remedy_of(asked, granted) == asked


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("asked", {}),
        ("I have asked them.", {}),
        ("a new box", {"text": "a new box"}),
        ("asked for a new box", {"text": "asked for a new box"}),
        ("a new box / one on Friday", {"text": "a new box", "granted": "one on Friday"}),
        ("a new box / one on Friday / 25 EUR", {"text": "a new box", "granted": "one on Friday", "cost": "25 EUR"}),
        ("/ one on Friday / 25 EUR", {"granted": "one on Friday", "cost": "25 EUR"}),
        ("granted: one on Friday", {"granted": "one on Friday"}),
        ("we give: one on Friday | cost: 25 EUR", {"granted": "one on Friday", "cost": "25 EUR"}),
        ("they want: a box and/or a call", {"text": "a box and/or a call"}),
        ("a box\none on Friday\n25 EUR / 26 USD", {"text": "a box", "granted": "one on Friday", "cost": "25 EUR / 26 USD"}),
    ],
)  # fmt: skip
def test_remedy_is_read_in_the_order_it_happens(words: str, told: dict[str, str]) -> None:
    assert read_remedy(words) == told


def test_remedy_outlives_a_customer_who_waits_anew() -> None:
    again: Case = after(closed(**GRANTED), act("reopen"), now=LATER)
    assert replace(again, remedy_asked_at=None).remedy is Remedy.GRANTED


def test_letter_that_went_out_asked_for_it_once() -> None:
    written = after(claimed(), act("contacted", text="sent", asks=True))
    assert written.remedy_asked_at == NOW
    assert after(written, act("contacted", text="sent again", asks=True), now=LATER).remedy_asked_at == NOW
