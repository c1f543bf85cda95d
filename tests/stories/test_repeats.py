"""A customer who comes back angrier is heard: once in the channel, by whoever has the case, whatever crashes meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.model import Severity, Status
from sandbox.demo.cast import ANA, LEA
from sandbox.people.reading import plain
from sandbox.workspace import Message
from tests.stories.stage import Stage

HANNAH = {"customer": {"name": "Hannah Moreau", "email": "hannah@example.org"}}
WORSE = {"external_id": "f-2", "comment": "Still no answer! This is the second time I ask.", **HANNAH}


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """Hannah's parcel never arrived; it is Monday, ten o'clock."""
    stage.receives(**HANNAH)
    return stage


def aloud(stage: Stage) -> list[Message]:
    """What was said in the channel besides cards and reminders."""
    return [m for m in stage.practice.messages("note") if m.broadcast]


def said(stage: Stage) -> str:
    (message,) = aloud(stage)
    return plain(message)


@pytest.mark.long
def test_graver_repeat_is_said_once_in_channel(stage: Stage) -> None:
    stage.receives(**WORSE)
    assert stage.case().severity is Severity.CRITICAL
    assert "🔴" in said(stage)
    assert "Hannah Moreau" in said(stage)
    assert "Still no answer!" in said(stage)
    assert "Who takes it?" in said(stage)


@pytest.mark.long
def test_owner_is_called_where_a_repeat_is_said(stage: Stage) -> None:
    stage.person("ana").react(stage.card(), "eyes")
    stage.receives(**WORSE)
    assert f"<@{ANA}> has it" in raw(aloud(stage)[0])


@pytest.mark.long
def test_word_after_contact_opens_the_case_aloud(stage: Stage) -> None:
    ana = stage.person("ana")
    ana.command("/case", "contacted 1 phone she was glad")
    stage.receives(**WORSE)
    assert stage.case().status is Status.CLAIMED
    assert f"<@{ANA}>" in raw(aloud(stage)[0])


def test_lead_is_called_to_a_critical_free_case(stage: Stage) -> None:
    stage.receives(**WORSE)
    assert f"<@{LEA}>, nobody has it." in raw(aloud(stage)[0])


def test_retried_repeat_makes_no_second_sound(stage: Stage) -> None:
    for _ in range(3):
        stage.receives(**WORSE)
    assert len(aloud(stage)) == 1


@pytest.mark.long
def test_repeat_of_unknown_fate_is_said_once(stage: Stage) -> None:
    stage.practice.faults.drop_after("chat.postMessage")
    stage.receives(**WORSE)
    stage.restart()
    stage.pass_time(minutes=3)
    assert len(aloud(stage)) == 1


@pytest.mark.long
def test_repeat_at_night_wakes_nobody_by_name(stage: Stage) -> None:
    stage.person("ana").react(stage.card(), "eyes")
    stage.jump(timedelta(hours=12))
    stage.receives(**WORSE)
    assert "Ana Ortega has it" in said(stage)
    assert f"<@{ANA}>" not in raw(aloud(stage)[0])


@pytest.mark.long
def test_owner_in_quiet_leaves_the_call_to_lead(stage: Stage) -> None:
    ana = stage.person("ana")
    ana.react(stage.card(), "eyes")
    ana.command("/case", "quiet 2h")
    stage.receives(**WORSE)
    assert f"<@{LEA}>, can you help?" in raw(aloud(stage)[0])
    assert f"<@{ANA}>" not in raw(aloud(stage)[0])


@pytest.mark.long
def test_kind_answer_calls_owner_but_no_channel(stage: Stage) -> None:
    stage.person("ana").command("/case", "contacted 1 phone she was glad")
    stage.receives(external_id="f-2", comment="Thank you so much, all is well now!", **HANNAH)
    assert aloud(stage) == []
    kind = [m for m in stage.practice.thread(stage.card()) if "reads kindly" in plain(m)]
    assert f"<@{ANA}>" in raw(kind[0])


@pytest.mark.long
def test_joined_cases_that_grow_graver_are_heard(stage: Stage) -> None:
    stage.receives(external_id="f-9", comment="There was glass in the soup and my child is in hospital.")
    stage.person("ana").react(stage.card(1), "eyes")
    stage.person("ben").command("/case", "join 1 2")
    assert stage.case(1).severity is Severity.CRITICAL
    assert f"<@{ANA}>" in raw(aloud(stage)[-1])


def raw(message: Message) -> str:
    """With mentions as Slack has them, by id."""
    return str([message.text, message.blocks])


@pytest.mark.long
def test_case_reopened_by_hand_is_heard_too(stage: Stage) -> None:
    ana = stage.person("ana")
    ana.command("/case", "contacted 1 phone")
    ana.command("/case", "close 1 satisfied")
    stage.person("ben").command("/case", "reopen 1 she rang again")
    assert "she rang again" in said(stage)


@pytest.mark.long
def test_case_that_is_free_again_is_called_out_once(stage: Stage) -> None:
    stage.person("ana").react(stage.card(), "eyes")
    stage.pass_time(hours=3, step=timedelta(minutes=15))  # Ana was asked at noon, and lost it half an hour later
    assert stage.nudged()[-1] == "Mon 12:45 thread"
    assert "free again" in said(stage)
    assert [m.broadcast for m in stage.nudges("thread")] == [False, False]
