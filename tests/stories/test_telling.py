"""What the bot says to whom: contact details to the owner alone, questions in private, and colleagues' words to nobody."""

from __future__ import annotations

import pytest

from sandbox.people.reading import plain
from tests.stories.stage import POLICY, Actor, Stage, buttons


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana, with a fresh case before her."""
    stage.hears_from("box-not-delivered")
    return stage.person("ana")


@pytest.fixture
def ben(stage: Stage) -> Actor:
    return stage.person("ben")


@pytest.mark.long
def test_quick_contact_is_asked_about_in_private(stage: Stage, ana: Actor, ben: Actor) -> None:
    ana.react(stage.card(), "eyes")
    ana.react(stage.card(), "white_check_mark")
    asked = ana.private_messages()[-1]
    assert "How did it go" in plain(asked)
    assert buttons(asked)[-2:] == ["not_reached", "contacted"]
    assert ben.sees() == []
    ana.click(asked, "contacted")
    assert ana.submit({"way": "in_person", "text": "At the counter"}) == {}
    assert stage.case().contacted_how == "in_person"
    assert "At the counter" in stage.in_thread(kind="note")[-1]


def test_contact_details_go_to_the_owner_alone(stage: Stage, ana: Actor, ben: Actor) -> None:
    ana.command("/case", "give 1 @ben")
    assert "priya.raman@example.org" in ben.sees()[-1]
    everybody = [plain(m) for m in stage.practice.messages()]
    assert not [said for said in [*everybody, *ana.sees()] if "priya.raman@example.org" in said]


def test_team_may_show_details_to_everybody(stage: Stage, ana: Actor) -> None:
    shown = POLICY.slack.model_copy(update={"contact_details": "channel"})
    stage.restart(policy=POLICY.model_copy(update={"slack": shown}))
    ana.react(stage.card(), "eyes")
    assert "priya.raman@example.org" in plain(stage.card())


def test_thread_replies_are_kept_and_never_repeated(stage: Stage, ana: Actor) -> None:
    said = len(stage.practice.messages())
    ana.say(stage.card(), "The courier lost it, poor woman.")
    stage.pass_time(minutes=5)
    assert stage.history() == ["opened", "note"]
    assert len(stage.practice.messages()) == said + 1
    assert "poor woman" in plain(ana.command("/case", "show 1"))


def test_mention_of_the_bot_is_no_note(stage: Stage, ana: Actor) -> None:
    ana.say(stage.card(), "@amends claim")
    assert stage.history() == ["opened", "claim"]


def test_talk_outside_of_threads_is_nobodys_business(stage: Stage, ana: Actor) -> None:
    ana.say("care", "Lunch, anybody?")
    assert stage.history() == ["opened"]
