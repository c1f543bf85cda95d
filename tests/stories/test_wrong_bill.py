"""Wrong bill: a customer asks to be left alone; whether to call all the same is a person's decision, with its reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.model import Outcome
from sandbox.people.reading import plain
from tests.stories.stage import Stage, buttons, payload

HOUR = timedelta(hours=1)
WHY = "He was billed forty times too much; we owe him the correction."


@pytest.mark.few(1)
def test_wrong_bill_is_put_right_by_call(stage: Stage) -> None:
    lea = stage.person("lea")

    assert stage.hears_from("wrong-bill").status == 201
    card = plain(stage.card())
    assert "Billed $400 when I owed $9." in card
    assert "✋ *Asked not to be contacted.*" in card
    assert buttons(stage.card()) == ["claim", "draft", "more"]
    assert "there is no draft yet" in plain(stage.draft())
    assert payload(stage.draft())["sendable"] is False

    lea.click(stage.card(), "claim")
    assert "asked not to be contacted" in lea.sees()[-1]  # said again beside the telephone number
    lea.click(stage.card(), "draft")
    assert lea.submit({"text": WHY}) == {}
    assert f"We decided to write all the same: {WHY}" in plain(stage.card())
    assert buttons(stage.card()) == ["contacted", "promise", "more"]
    assert "⟨" in plain(stage.draft())

    lea.click(stage.card(), "contacted")
    lea.submit({"way": "phone", "text": "Nine dollars it is, and an apology."})
    lea.click(stage.card(), "close")
    lea.submit(
        {"outcome": "satisfied", "went_wrong": "A decimal point", "learned": "Check bills over ten times the usual"}
    )
    assert "Closed: satisfied" in plain(stage.card())
    assert stage.history() == ["opened", "claim", "draft", "contacted", "close"]

    stage.pass_time(days=1, step=HOUR)
    assert stage.nudged() == []


def test_decision_to_write_needs_a_reason(stage: Stage) -> None:
    ana = stage.person("ana")
    stage.hears_from("wrong-bill")
    ana.click(stage.card(), "draft")
    assert "text" in ana.submit({})
    assert stage.case().held
    assert "there is no draft yet" in plain(stage.draft())


@pytest.mark.few(1)
def test_wish_may_be_kept_by_closing_declined(stage: Stage) -> None:
    ana = stage.person("ana")
    stage.hears_from("wrong-bill")
    ana.command("/case", "close 1 declined Wrong bill / Corrected it without a call")
    assert stage.case().outcome is Outcome.DECLINED
    assert "Closed: did not want to be contacted" in plain(stage.card())
    stage.pass_time(hours=8, step=HOUR)
    assert stage.nudged() == []


@pytest.mark.few(1)
def test_somebody_must_decide_so_nudges_go_on(stage: Stage) -> None:
    stage.hears_from("wrong-bill")
    stage.pass_time(minutes=45)
    assert stage.nudged() == ["Mon 10:10 thread", "Mon 10:40 lea"]
