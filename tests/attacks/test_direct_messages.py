"""Direct messages to the bot are commands; Slack tells of them as messages, never as mentions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.model import Status
from sandbox import events
from sandbox.people.reading import plain
from tests.stories.stage import Actor, Stage, payload, policy


@pytest.fixture
def ana(stage: Stage) -> Actor:
    stage.receives()
    return stage.person("ana")


def answers(stage: Stage) -> list[str]:
    return [plain(m) for m in stage.practice.dms("ana") if payload(m).get("kind") in ("answer", "contact", "ask_how")]


def bot(stage: Stage) -> str:
    return stage.practice.workspace.app.user


def under_a_nudge(stage: Stage, ana: Actor, text: str) -> None:
    ana.react(stage.card(), "eyes")
    stage.pass_time(hours=1)
    nudge = stage.nudges("ana")[-1]
    ana.say(nudge, text.replace("BOT", f"<@{bot(stage)}>"))


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "said",
    ["claim 1", "<@BOT> claim 1", "/case claim 1", "@Amends claim 1", "Claim #1", "<@BOT> /case claim 1", "take 1"],
)
def test_command_in_a_direct_message_is_obeyed(stage: Stage, ana: Actor, said: str) -> None:
    """reports F11"""
    ana.say("@amends", said.replace("BOT", bot(stage)))
    assert (stage.case().status, stage.case().owner) == (Status.CLAIMED, ana.id)
    assert "#1 is yours" in " ".join(answers(stage))


def test_slack_sends_no_mention_in_a_direct_message(stage: Stage, ana: Actor) -> None:
    """The practice workspace did, which hid that the bot was deaf."""
    ana.say("@amends", f"<@{bot(stage)}> claim 1")
    told = [
        parcel.payload["event"]["type"]
        for parcel, _ in stage.practice.person("ana").delivery.sent
        if "event" in parcel.payload
    ]
    assert "app_mention" not in told


def test_mention_that_comes_all_the_same_is_no_second_command(stage: Stage, ana: Actor) -> None:
    workspace = stage.practice.workspace
    said = workspace.post(workspace.direct(ana.id).id, ana.id, f"<@{bot(stage)}> note 1 engaged")
    for told in (events.message_posted(workspace, said), events.app_mentioned(workspace, said)):
        stage.practice.person("ana").delivery.tell(told)
    assert stage.history().count("note") == 1


def test_question_is_answered_where_it_stays_readable(stage: Stage, ana: Actor) -> None:
    """What only shows until the next reload is no answer in a conversation of two."""
    ana.say("@amends", "list")
    assert "One open case" in answers(stage)[0]
    assert ana.sees() == []


@pytest.mark.few(1)
@pytest.mark.parametrize("said", ["help", "thanks a lot!", "?", "good morning"])
def test_what_is_no_command_is_answered_with_help(stage: Stage, ana: Actor, said: str) -> None:
    ana.say("@amends", said)
    assert "When a customer is unhappy" in answers(stage)[0]


def test_mistyped_command_is_answered_with_the_right_one(stage: Stage, ana: Actor) -> None:
    ana.say("@amends", "clam 1")
    assert "claim" in answers(stage)[0]
    assert stage.case().owner is None


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "said", ["contacted phone she was glad", "BOT contacted phone she was glad", "/case contacted phone, she was glad"]
)
def test_command_under_a_nudge_is_about_its_case(stage: Stage, ana: Actor, said: str) -> None:
    """reports F11: under the reminder neither contact nor note."""
    under_a_nudge(stage, ana, said)
    assert (stage.case().status, stage.case().contacted_how) == (Status.CONTACTED, "phone")


def test_words_under_a_nudge_are_kept_as_a_note(stage: Stage, ana: Actor) -> None:
    under_a_nudge(stage, ana, "She is at work until five")
    assert stage.history()[-1] == "note"
    assert answers(stage) == []


def test_words_that_look_like_a_command_are_kept_and_asked_about(stage: Stage, ana: Actor) -> None:
    under_a_nudge(stage, ana, "contact her after five")
    assert stage.history()[-1] == "note"
    assert "`/case contacted 1 phone`" in answers(stage)[0]


def test_nudge_about_several_cases_is_about_none_of_them(stage: Stage, ana: Actor) -> None:
    stage.receives(
        external_id="f-2", comment="The cake was crushed, and nobody answers.", customer={"email": "b@example.org"}
    )
    for number in (1, 2):
        ana.command("/case", f"claim {number}")
    stage.pass_time(hours=1)
    nudge = stage.nudges("ana")[0]
    assert payload(nudge)["case"] is None
    ana.say(nudge, "she was glad")
    ana.say(nudge, "contacted 2 phone")
    assert "Which case?" in answers(stage)[0]
    assert (stage.case(1).status, stage.case(2).status) == (Status.CLAIMED, Status.CONTACTED)


def test_message_delivered_twice_is_answered_once(stage: Stage, ana: Actor) -> None:
    ana.say("@amends", "list")
    parcel, _ = stage.practice.person("ana").delivery.sent[-1]
    stage.practice.person("ana").delivery.send(parcel)
    stage.settle()
    assert len(answers(stage)) == 1


@pytest.mark.long
def test_answer_of_the_bot_is_no_command_for_it(stage: Stage, ana: Actor) -> None:
    ana.say("@amends", "help")
    ana.say("@amends", "mine")
    stage.pass_time(hours=1)
    assert len(answers(stage)) == 2


@pytest.mark.long
def test_contact_details_come_as_a_message_that_stays(stage: Stage) -> None:
    stage.receives(customer={"name": "Ana Ruiz", "email": "ruiz@example.org"})
    stage.person("ana").say("@amends", "claim 1")
    assert any("ruiz@example.org" in said for said in answers(stage))


def test_quiet_and_away_can_be_said_directly(stage: Stage, ana: Actor) -> None:
    stage.restart(policy=policy(lead="@lea"))
    ana.say("@amends", "away 3d")
    assert "You are away" in answers(stage)[0]
    assert stage.now + timedelta(days=2) > stage.now
