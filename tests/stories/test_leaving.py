"""Somebody has gone, from Slack or from the channel: the lead has their open cases, or the team where nobody leads."""

from __future__ import annotations

import logging

import pytest

from cases.model import Status
from handlers.team.leaving import look_for_the_gone
from sandbox.people.reading import plain
from tests.stories.owning import ana_with_two
from tests.stories.stage import Actor, Stage, payload, policy


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana, who holds case 1 and has contacted the customer of case 2; Ben holds case 3."""
    ana = ana_with_two(stage)
    stage.person("ben").command("/case", "claim 3")
    return ana


@pytest.fixture
def lea(stage: Stage) -> Actor:
    return stage.person("lea")


def owners(stage: Stage) -> list[str | None]:
    return [stage.case(number).owner for number in (1, 2, 3)]


def leave(person: Actor, how: str) -> None:
    person.deactivated() if how == "Slack" else person.leaves_channel("care")


@pytest.mark.few(1)
@pytest.mark.parametrize("how", ["Slack", "channel"])
def test_cases_of_who_has_gone_are_the_leads(stage: Stage, ana: Actor, lea: Actor, how: str) -> None:
    ben = stage.case(3).owner
    leave(ana, how)
    assert owners(stage) == [lea.id, lea.id, ben]
    assert [stage.case(1).status, stage.case(2).status] == [Status.CLAIMED, Status.CONTACTED]
    assert payload(stage.card(1))["owner"] == lea.id


@pytest.mark.long
def test_lead_hears_of_all_of_them_in_one_message(stage: Stage, ana: Actor, lea: Actor) -> None:
    ana.deactivated()
    (told,) = stage.nudges("lea")
    assert f"<@{ana.id}>" in plain(told)
    assert "these 2 cases are yours now" in plain(told)
    assert "#1 ·" in plain(told)
    assert "contacted by" in plain(told).split("#2 ·")[1]
    assert stage.nudges("thread") == []


@pytest.mark.long
def test_inherited_case_is_struck_once_its_step_is_done(stage: Stage, ana: Actor, lea: Actor) -> None:
    ana.deactivated()
    lea.command("/case", "contacted 1 phone")
    assert "#1 ·" not in plain(stage.nudges("lea")[0])
    lea.command("/case", "close 2 satisfied")
    assert stage.standing() == []


@pytest.mark.long
def test_history_and_thread_tell_what_happened(stage: Stage, ana: Actor, lea: Actor) -> None:
    ana.deactivated()
    assert stage.history(1)[-1] == "left_behind"
    assert f"<@{ana.id}> is no longer here, so <@{lea.id}> has it now." in stage.in_thread(1, "note")[-1]
    assert "passed on, as its owner has gone" in plain(lea.command("/case", "show 1"))


@pytest.mark.few(1)
@pytest.mark.parametrize("how", ["Slack", "channel"])
def test_departure_delivered_again_has_no_second_effect(stage: Stage, ana: Actor, lea: Actor, how: str) -> None:
    leave(ana, how)
    parcel, _ = stage.practice.delivery.sent[-1]
    lea.command("/case", "release 1")
    history = [stage.history(number) for number in (1, 2, 3)]
    assert stage.practice.delivery.send(parcel).ok
    stage.settle()
    assert [stage.history(number) for number in (1, 2, 3)] == history
    assert len(stage.nudges("lea")) == 1


@pytest.mark.long
def test_without_a_lead_the_team_is_offered_them(stage: Stage, ana: Actor) -> None:
    stage.restart(policy=policy(lead=""))
    ana.deactivated()
    assert owners(stage)[:2] == [None, None]
    assert [stage.case(1).status, stage.case(2).status] == [Status.UNCLAIMED, Status.CONTACTED]
    (offer,) = stage.nudges("thread")
    assert "#1 ·" in plain(offer)
    assert "#2 ·" in plain(offer)


@pytest.mark.long
def test_lead_who_has_gone_inherits_from_nobody(stage: Stage, ana: Actor, lea: Actor) -> None:
    lea.command("/case", "takeover 3")
    lea.deactivated()
    assert stage.case(3).owner is None
    ana.deactivated()
    assert owners(stage) == [None, None, None]


def test_lead_who_is_away_inherits_nothing(stage: Stage, ana: Actor, lea: Actor) -> None:
    lea.command("/case", "away until Friday")
    ana.deactivated()
    assert owners(stage)[:2] == [None, None]
    assert len(stage.nudges("thread")) == 1


@pytest.mark.long
def test_departure_without_open_cases_goes_unremarked(stage: Stage, ana: Actor) -> None:
    guest = stage.person("max")
    public = len(stage.practice.messages())
    guest.leaves_channel("care")
    guest.deactivated()
    assert len(stage.practice.messages()) == public


@pytest.mark.long
def test_leaving_another_channel_changes_no_owner(stage: Stage, ana: Actor) -> None:
    ana.leaves_channel("general")
    assert owners(stage)[:2] == [ana.id, ana.id]


@pytest.mark.long
def test_other_changes_of_a_profile_mean_nothing(stage: Stage, ana: Actor) -> None:
    ana.lives_in("America/New_York")
    assert owners(stage)[:2] == [ana.id, ana.id]


def test_departure_nobody_told_of_is_found_out(stage: Stage, ana: Actor, lea: Actor) -> None:
    stage.practice.workspace.app.subscriptions.discard("user_change")
    ana.deactivated()
    assert owners(stage)[0] == ana.id
    stage.pass_time(minutes=11)  # what Slack said of her before is kept for ten minutes
    assert look_for_the_gone(stage.world) == 1
    stage.settle()
    assert owners(stage)[:2] == [lea.id, lea.id]
    assert look_for_the_gone(stage.world) == 0


@pytest.mark.long
def test_nobody_has_gone_while_slack_is_silent(stage: Stage, ana: Actor) -> None:
    stage.practice.faults.refuse("users.info", "internal_error", count=99)
    stage.restart()
    assert look_for_the_gone(stage.world) == 0
    assert owners(stage)[0] == ana.id


@pytest.mark.long
def test_bot_that_is_removed_says_so_in_the_log(stage: Stage, ana: Actor, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        stage.practice.delivery.tell(
            {"type": "member_left_channel", "user": stage.practice.workspace.app.user, "channel": stage.card().channel}
        )
    assert f"no longer in the channel {stage.card().channel}" in caplog.text
    assert owners(stage)[0] == ana.id
