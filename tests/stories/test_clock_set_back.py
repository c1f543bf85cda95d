"""The machine's clock is set back an hour: nothing is said again, and work goes on."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from handlers.overdue import sign_of_life
from tests.stories.stage import Stage, payload

HOUR = timedelta(hours=1)
QUARTER = timedelta(minutes=15)


def set_back(stage: Stage, length: timedelta = HOUR) -> None:
    """Slack's own clock goes on; only the bot's machine is wrong, or right at last."""
    honest = stage.world.now
    object.__setattr__(stage.world, "now", lambda: honest() - length)
    stage.settle()


def said(stage: Stage) -> Counter[str]:
    return Counter(str(payload(message)["kind"]) for message in stage.practice.messages() if payload(message))


@pytest.fixture
def busy(stage: Stage) -> Stage:
    """Two cases on a Tuesday morning: one that nobody has, one claimed; a digest and nudges have been told."""
    stage.receives()
    stage.receives(external_id="f-2")
    stage.person("ana").react(stage.card(2), "eyes")
    stage.pass_time(hours=24, step=QUARTER)
    return stage


@pytest.mark.long
def test_clock_set_back_repeats_no_message_at_all(busy: Stage) -> None:
    before = said(busy)
    assert before["nudge"] > 0
    assert before["digest"] == 1
    set_back(busy)
    for _ in range(12):
        busy.pass_time(minutes=5)
    assert said(busy) == before


@pytest.mark.long
def test_restart_on_a_clock_set_back_is_quiet(busy: Stage) -> None:
    before = said(busy)
    busy.restart()
    set_back(busy)
    busy.pass_time(minutes=30)
    assert said(busy) == before


@pytest.mark.long
def test_midnight_passed_twice_gives_one_digest_each(stage: Stage) -> None:
    stage.receives()
    stage.pass_time(hours=14, step=QUARTER)  # 00:00 in Berlin
    set_back(stage)
    stage.pass_time(hours=24, step=QUARTER)
    days = [message.text for message in stage.digests()]
    assert len(days) == len(set(days)) == 1


@pytest.mark.long
def test_new_case_is_shown_on_a_clock_set_back(busy: Stage) -> None:
    set_back(busy)
    assert busy.receives(external_id="f-3").status == 201
    busy.person("ana").react(busy.card(3), "eyes")
    assert payload(busy.card(3))["owner"] == busy.person("ana").id


def test_pause_does_not_grow_with_the_clock(busy: Stage) -> None:
    sign_of_life(busy.world)
    busy.practice.faults.rate_limit("chat.postMessage", retry_after=30)
    busy.receives(external_id="f-3")
    set_back(busy)
    sign_of_life(busy.world)
    busy.pass_time(minutes=2)
    assert payload(busy.card(3))["status"] == "unclaimed"


@pytest.mark.long
def test_clock_that_goes_on_cuts_nothing_short(busy: Stage) -> None:
    sign_of_life(busy.world)
    busy.practice.faults.rate_limit("chat.postMessage", retry_after=300)
    busy.receives(external_id="f-3")
    sign_of_life(busy.world)
    busy.pass_time(minutes=2)
    assert [card for card in busy.practice.messages("card") if payload(card)["case"] == 3] == []
