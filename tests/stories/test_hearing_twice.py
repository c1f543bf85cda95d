"""Slack delivers events again, late or too early: each is heard once, and none is lost."""

from __future__ import annotations

import pytest

from cases.model import Status
from sandbox.people.reading import plain
from tests.stories.stage import Stage


@pytest.mark.few(1)
@pytest.mark.parametrize("gesture", ["reaction", "reply", "mention"])
def test_event_delivered_again_has_no_second_effect(stage: Stage, gesture: str) -> None:
    stage.receives()
    ana = stage.person("ana")
    {
        "reaction": lambda: ana.react(stage.card(), "eyes"),
        "reply": lambda: ana.say(stage.card(), "The courier lost it."),
        "mention": lambda: ana.say(stage.card(), "@amends note The courier lost it."),
    }[gesture]()
    before, public = stage.case(), len(stage.practice.messages())
    for parcel, _ in list(stage.practice.delivery.sent):
        if parcel.payload.get("event_id"):
            assert stage.practice.delivery.send(parcel).ok
    stage.settle()
    assert stage.case() == before
    assert len(stage.practice.messages()) == public


@pytest.mark.few(1)
def test_claim_delivered_again_after_release_stays_undone(stage: Stage) -> None:
    stage.receives()
    ana = stage.person("ana")
    ana.react(stage.card(), "eyes")
    claimed, _ = stage.practice.delivery.sent[-1]
    ana.command("/case", "release 1")
    stage.practice.delivery.send(claimed)
    assert stage.case().status is Status.UNCLAIMED


def test_reaction_before_card_is_known_comes_again(stage: Stage) -> None:
    stage.practice.faults.drop_after("chat.postMessage")
    stage.receives()
    stage.person("ana").react(stage.card(), "eyes")
    _, answer = stage.practice.delivery.sent[-1]
    assert answer.status >= 500  # so Slack delivers it again
    assert stage.case().status is Status.UNCLAIMED
    stage.pass_time(minutes=2)
    stage.practice.delivery.retry_due()
    stage.settle()
    assert stage.case().owner == stage.person("ana").id
    assert f"<@{stage.person('ana').id}>" in plain(stage.card())


def test_reaction_to_strangers_message_is_simply_taken(stage: Stage) -> None:
    said = stage.person("ben").say("care", "Lunch, anybody?")
    stage.person("ana").react(said, "eyes")
    _, answer = stage.practice.delivery.sent[-1]
    assert answer.ok
