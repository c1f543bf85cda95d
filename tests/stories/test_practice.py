"""Practice: an invented customer's case goes the way of every case, counts nowhere, calls nobody, and is over in a day."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest

from cases.figures.stats import Stats
from cases.model import Severity, Status
from handlers.digest.figures import digest_of, stats_of
from handlers.retention import retire
from handlers.team.welcome import owe_welcome
from handlers.terminal.export import export, export_timeline
from sandbox.people.reading import plain
from sandbox.workspace import Message
from store import cases
from tests.stories.stage import Actor, Stage, buttons, payload

REAL = {"comment": "Soup cold, an hour late", "rating": {"value": 1, "scale": 5}}


@pytest.fixture
def ana(stage: Stage) -> Actor:
    return stage.person("ana")


@pytest.fixture
def greeting(stage: Stage) -> Message:
    assert owe_welcome(stage.world)
    stage.settle()
    return stage.practice.messages("notice")[0]


def greetings(stage: Stage) -> int:
    return sum(buttons(message) == ["practice"] for message in stage.practice.messages("notice"))


def counted(stage: Stage) -> dict[str, Any]:
    """Whatever counts cases, as it stands now."""
    out, lines = io.StringIO(), io.StringIO()
    world, policy, now = stage.world, stage.settings.policy, stage.now
    exported = export(world.store, policy, out, now), export_timeline(world.store, lines)
    day = now.astimezone(policy.zone).date()
    figures: Stats = world.store.read(lambda tx: stats_of(world, tx, timedelta(days=30)))
    told = world.store.read(lambda tx: digest_of(world, tx, day + timedelta(days=1)))
    return {
        "export": exported,
        "new": (figures.new, figures.waits, figures.closed, figures.by_source, figures.contacts),
        "open": world.store.read(cases.count_by_status),
        "digest": (told.waiting, told.more, told.holds, told.contacts, told.closed, told.quiet, told.promises),
    }


def test_greeting_comes_once_though_its_fate_was_unknown(stage: Stage) -> None:
    stage.practice.faults.drop_after("chat.postMessage")
    assert owe_welcome(stage.world)
    stage.settle()
    stage.is_down(minutes=5)
    assert not owe_welcome(stage.world)
    stage.pass_time(minutes=10)
    assert greetings(stage) == 1


@pytest.mark.long
def test_greeting_is_not_said_again_after_weeks(stage: Stage, greeting: Message) -> None:
    for _ in range(3):
        stage.jump(timedelta(days=10))
        while retire(stage.world):
            pass
        assert not owe_welcome(stage.world)


@pytest.mark.long
def test_practice_goes_its_way_and_nothing_counts(stage: Stage, greeting: Message, ana: Actor) -> None:
    stage.receives(**REAL)
    before = counted(stage)
    ana.click(greeting, "practice")
    assert "Your practice case is" in ana.sees()[-1]
    card = stage.card(2)
    assert "PRACTICE" in plain(card)
    assert payload(card)["status"] == "unclaimed"
    ana.click(card, "claim")
    assert stage.draft(2)
    ana.command("/case", "promise 2 tomorrow 9:00: call her")
    ana.command("/case", "contacted 2 phone she laughed")
    assert (stage.case(2).status, counted(stage)) == (Status.CONTACTED, before)
    ana.command("/case", "close 2 won back promise kept / crushed box / pack it better")
    assert stage.case(2).status is Status.CLOSED
    assert "Practice is over" in plain(stage.card(2))
    assert counted(stage) == before


def test_practice_calls_nobody_and_ends_in_a_day(stage: Stage, greeting: Message, ana: Actor) -> None:
    ana.click(greeting, "practice")
    ana.click(stage.card(1), "claim")
    ana.command("/case", "promise 1 16:00: call her")
    stage.pass_time(hours=23)
    assert (stage.nudged(), stage.case(1).status) == ([], Status.CLAIMED)
    assert all("Ana" not in plain(each) and "#1" not in plain(each) for each in stage.practice.messages("digest"))
    stage.pass_time(hours=1, minutes=5)
    case = stage.case(1)
    assert (case.status, case.severity, case.owed, case.next_nudge_at) == (Status.CLOSED, Severity.HIGH, (), None)
    assert (stage.history(1)[-1], "Practice is over" in plain(stage.card(1))) == ("practice_over", True)
    assert stage.nudged() == []


def test_practice_ends_at_one_click_for_another(stage: Stage, greeting: Message, ana: Actor) -> None:
    ana.click(greeting, "practice")
    ben = stage.person("ben")
    ben.click(greeting, "practice")
    assert "open already" in ben.sees()[-1]
    ben.click(stage.card(1), "dismiss")
    assert stage.case(1).status is Status.CLOSED
    said = ben.command("/case", "new practice")
    assert said is not None
    assert "Your practice case is" in plain(said)
    assert stage.case(2).is_practice


def test_practice_stands_in_no_list(stage: Stage, greeting: Message, ana: Actor) -> None:
    ana.click(greeting, "practice")
    ana.click(stage.card(1), "claim")
    why = ana.command("/case", "why 1")
    assert why is not None
    assert "is practice, with an invented customer" in plain(why)
    for asked in ("list", "mine"):
        said = ana.command("/case", asked)
        assert said is not None
        assert "PRACTICE" not in plain(said)


def test_nobody_who_sends_feedback_can_call_it_practice(stage: Stage) -> None:
    before = counted(stage)["new"][0]
    stage.receives(source="practice", **REAL)
    assert not stage.case(1).is_practice
    assert "PRACTICE" not in plain(stage.card(1))
    assert counted(stage)["new"][0] == before + 1


def test_practice_is_joined_with_no_real_case(stage: Stage, greeting: Message, ana: Actor) -> None:
    stage.receives(**REAL)
    ana.click(greeting, "practice")
    for typed in ("join 1 2", "join 2 1"):
        said = ana.command("/case", typed)
        assert said is not None
        assert "stay apart" in plain(said)
    assert {stage.case(1).status, stage.case(2).status} == {Status.UNCLAIMED}
