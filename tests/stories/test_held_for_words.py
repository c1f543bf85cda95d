"""Some sources send a rating first and its words after: its card waits a moment for them; the case and its clocks do not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cases.model import Severity, Status
from handlers.overdue import overdue
from sandbox.people.reading import plain
from tests.stories.stage import Stage, policy

WORDS = "The cake was crushed and nobody answers the phone."


@pytest.fixture
def form(stage: Stage) -> Stage:
    stage.restart(policy=policy(sources={"form": {"hold": "60s"}}))
    return stage


def rates(stage: Stage, **data: Any) -> Any:
    said = {"source": "form", "rating": {"value": 1, "scale": 5}, "comment": None} | data
    return stage.receives(**{"customer": {"email": "ana@example.org"}, "order_ref": "8812"} | said)


def cards(stage: Stage) -> int:
    return len(stage.practice.messages("card"))


def test_rating_without_words_is_a_case_whose_card_waits(form: Stage) -> None:
    arrived_at = form.now
    assert json.loads(rates(form).body)["case"] == 1
    form.pass_time(seconds=59)
    assert (cards(form), form.case().status, form.case().opened_at) == (0, Status.UNCLAIMED, arrived_at)
    assert overdue(form.world) == []
    form.pass_time(seconds=1)
    assert "No words, only the rating" in plain(form.card())


def test_words_of_the_same_feedback_come_before_anything_is_said(form: Stage) -> None:
    rates(form)
    before = form.case()
    form.pass_time(seconds=20)
    assert json.loads(rates(form, comment=WORDS).body)["case"] == 1
    assert WORDS in plain(form.card())
    assert form.in_thread(kind="note") == []
    after = form.case()
    assert (after.waiting_since, after.claim_due_at) == (before.waiting_since, before.claim_due_at)
    assert form.history() == ["opened", "words_came"]


@pytest.mark.parametrize("order", ["8812", "#8812", None])
def test_words_under_another_id_belong_to_the_same_rating(form: Stage, order: str | None) -> None:
    rates(form)
    form.pass_time(seconds=20)
    rates(form, external_id="f-2", rating=None, comment=WORDS, order_ref=order)
    assert WORDS in plain(form.card())
    assert (cards(form), form.in_thread(kind="note"), form.case().severity) == (1, [], Severity.NORMAL)


def test_words_about_another_order_are_a_second_complaint(form: Stage) -> None:
    rates(form)
    form.pass_time(seconds=20)
    rates(form, external_id="f-2", rating=None, comment=WORDS, order_ref="9913")
    form.pass_time(seconds=40)
    assert form.case().severity is Severity.HIGH
    assert any("complained again" in said for said in form.in_thread())


def test_words_that_come_too_late_are_told_in_the_thread(form: Stage) -> None:
    rates(form)
    form.pass_time(seconds=90)
    rates(form, comment=WORDS)
    assert any(WORDS in said for said in form.in_thread())


def test_grave_words_that_come_late_make_the_case_as_grave(form: Stage) -> None:
    rates(form)
    rates(form, comment="My son is allergic to nuts, there were nuts in it, and he is in hospital.")
    assert form.case().severity is Severity.CRITICAL
    assert cards(form) == 1


@pytest.mark.parametrize("source", ["form", "shop"])
def test_feedback_with_words_never_waits(form: Stage, source: str) -> None:
    rates(form, source=source, comment=WORDS)
    assert cards(form) == 1


def test_source_that_holds_nothing_shows_a_rating_at_once(form: Stage) -> None:
    rates(form, source="shop")
    assert cards(form) == 1


def test_process_that_ends_meanwhile_loses_no_rating(form: Stage) -> None:
    rates(form)
    form.is_down(seconds=30)
    assert cards(form) == 0
    form.pass_time(seconds=30)
    assert cards(form) == 1


def test_what_colleagues_do_meanwhile_does_not_show_it_early(form: Stage) -> None:
    rates(form)
    form.person("ana").command("/case", "claim 1")
    assert cards(form) == 0
    form.pass_time(seconds=60)
    assert "Ana" in plain(form.card()) or "UANA" in str(form.card().blocks)
