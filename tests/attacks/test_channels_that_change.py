"""A channel gets another id or name, is archived, or loses the bot: old cards live on, and clear things are said."""

from __future__ import annotations

import logging

import pytest

from handlers.overdue import overdue
from sandbox import events
from sandbox.demo import cast
from sandbox.people.reading import plain
from store import channels
from tests.stories.stage import Stage, payload, policy

NEW = "CSHARED01"


def opened(stage: Stage) -> None:
    stage.receives()
    stage.person("ana").say(stage.card(), "called, engaged")


def silently_renumbered(stage: Stage) -> None:
    """As when Slack's event is lost, or was sent while we were down."""
    stage.practice.workspace.renumber(stage.practice.workspace.channels[cast.CARE], NEW)


def life(stage: Stage) -> dict[str, object]:
    """What becomes of an old card, of the next one, and of what is said about them."""
    card = stage.card()
    stood_in = card.channel
    stage.person("ana").react(card, "eyes")
    stage.receives(
        external_id="f-2", comment="The cake was crushed, and nobody answers.", customer={"email": "b@example.org"}
    )
    stage.person("ben").command("/case", "note 1 later", channel="care")
    return {
        "the old card stands in": stood_in,
        "it is the same, and belongs to": payload(card)["owner"] if stage.card() is card else None,
        "the next one stands in": stage.card(2).channel,
        "a note is heard": stage.in_thread()[-1].endswith("later"),
        "overdue": overdue(stage.world),
    }


GOES_ON = {
    "the old card stands in": NEW,
    "it is the same, and belongs to": cast.ANA,
    "the next one stands in": NEW,
    "a note is heard": True,
    "overdue": [],
}


@pytest.mark.long
def test_cards_live_on_when_their_channel_gets_another_id(stage: Stage) -> None:
    """reports F12: a private channel is shared."""
    opened(stage)
    stage.person("lea").shares("care", NEW)
    assert life(stage) == GOES_ON


@pytest.mark.long
def test_id_that_changed_while_the_setting_did_not_is_followed(stage: Stage) -> None:
    """reports F12: nobody has corrected SLACK_CHANNEL yet, and the bot restarts."""
    opened(stage)
    stage.person("lea").shares("care", NEW)
    stage.restart()
    assert life(stage) == GOES_ON


@pytest.mark.long
def test_default_channel_of_another_id_at_start_is_the_former_one(stage: Stage) -> None:
    """reports F12: no event came, and SLACK_CHANNEL was corrected."""
    opened(stage)
    silently_renumbered(stage)
    stage.restart(slack_channel=NEW)
    assert life(stage) == GOES_ON


def test_former_default_channel_that_is_still_there_keeps_its_cards(stage: Stage) -> None:
    opened(stage)
    stage.practice.workspace.channels[cast.GENERAL].members.add(cast.BOT_USER)
    stage.restart(slack_channel=cast.GENERAL)
    stage.person("ana").react(stage.card(), "eyes")
    assert (stage.card().channel, payload(stage.card())["owner"]) == (cast.CARE, cast.ANA)


def test_slack_that_does_not_say_is_asked_another_time(stage: Stage) -> None:
    opened(stage)
    silently_renumbered(stage)
    stage.practice.faults.http_error("conversations.info", count=1)
    stage.restart(slack_channel=NEW)
    assert stage.world.store.read(channels.default) == cast.CARE
    stage.restart()
    assert life(stage) == GOES_ON


def test_note_is_still_followed_after_its_channel_has_moved(stage: Stage) -> None:
    stage.receives()
    ana = stage.person("ana")
    note = ana.say(stage.card(), "her card is 4111")
    stage.person("lea").shares("care", NEW)
    ana.edit(note, "called her")
    ana.command("/case", "show 1", channel="care")
    assert "4111" not in ana.sees()[-1]


def test_event_of_a_new_id_that_comes_twice_is_one(stage: Stage) -> None:
    opened(stage)
    stage.person("lea").shares("care", NEW)
    delivery = stage.practice.person("lea").delivery
    delivery.send(delivery.sent[-1][0])
    assert life(stage) == GOES_ON


@pytest.mark.long
def test_digest_that_was_owed_to_the_old_id_is_owed_once(stage: Stage) -> None:
    opened(stage)
    stage.pass_time(hours=23)
    assert len(stage.digests()) == 1
    stage.person("lea").shares("care", NEW)
    stage.pass_time(hours=2)
    assert len(stage.digests()) == 1


@pytest.mark.long
def test_channel_found_by_name_is_known_when_it_is_called_otherwise(stage: Stage) -> None:
    """reports F12: renaming the channel ended everything at the next restart."""
    stage.restart(slack_channel="#care")
    opened(stage)
    stage.person("lea").renames("care", "unhappy-customers")
    stage.restart()
    stage.person("ana").react(stage.card(), "eyes")
    assert payload(stage.card())["owner"] == cast.ANA
    stage.receives(
        external_id="f-2", comment="The cake was crushed, and nobody answers.", customer={"email": "b@example.org"}
    )
    assert stage.card(2).channel == cast.CARE


@pytest.mark.long
def test_channel_found_by_name_that_gets_another_id_is_followed(stage: Stage) -> None:
    stage.restart(slack_channel="care")
    opened(stage)
    stage.person("lea").shares("care", NEW)
    stage.restart()
    assert life(stage) == GOES_ON


@pytest.mark.few(1)
@pytest.mark.parametrize("private", [False, True])
def test_lead_hears_that_the_channel_was_archived(
    stage: Stage, caplog: pytest.LogCaptureFixture, private: bool
) -> None:
    stage.practice.workspace.channels[cast.CARE].is_private = private
    stage.restart(policy=policy(lead="@lea"))
    opened(stage)
    with caplog.at_level(logging.ERROR):
        stage.person("ana").archives("care")
    assert "archived" in caplog.text
    (told,) = stage.practice.dms("lea")
    assert "has been archived. Its open cases (1) wait" in plain(told)
    stage.receives(
        external_id="f-2", comment="The cake was crushed, and nobody answers.", customer={"email": "b@example.org"}
    )
    stage.person("ana").unarchives("care")
    assert stage.card(2)


def test_card_of_an_archived_channel_is_edited_once_it_is_back(stage: Stage) -> None:
    opened(stage)
    card = stage.card()
    stage.person("ana").archives("care")
    stage.person("ana").command("/case", "claim 1", channel="general")
    stage.pass_time(minutes=10)
    assert payload(card)["status"] == "unclaimed"
    stage.person("ana").unarchives("care")
    assert payload(stage.card())["status"] == "claimed"
    assert stage.card().ts == card.ts


@pytest.mark.parametrize("by", ["channel_left", "member_left_channel"])
def test_lead_hears_that_the_bot_was_taken_out(stage: Stage, by: str) -> None:
    opened(stage)
    if by == "channel_left":
        stage.person("ana").removes_the_bot("care")
    else:
        workspace = stage.practice.workspace
        told = events.membership(workspace, by, cast.BOT_USER, workspace.channels[cast.CARE])
        stage.practice.person("ana").delivery.tell(told)
        stage.settle()
    (told_lead,) = stage.practice.dms("lea")
    assert "I am no longer in" in plain(told_lead)


@pytest.mark.parametrize("private", [False, True])
def test_lead_hears_once_that_the_bot_was_taken_out_while_it_was_down(stage: Stage, private: bool) -> None:
    care = stage.practice.workspace.channels[cast.CARE]
    care.is_private = private
    stage.restart(policy=policy(lead="@lea"))
    opened(stage)
    care.members.remove(cast.BOT_USER)
    stage.restart()
    stage.receives(external_id="f-2", comment="The cake was crushed.", customer={"email": "b@example.org"})
    stage.pass_time(minutes=2)
    (told,) = stage.practice.dms("lea")
    assert "I am no longer in" in plain(told)
    care.members.add(cast.BOT_USER)
    stage.pass_time(minutes=6)
    assert stage.card(2)


def test_nobody_hears_of_leaving_where_the_bot_has_never_been(stage: Stage) -> None:
    care = stage.practice.workspace.channels[cast.CARE]
    care.members.remove(cast.BOT_USER)
    stage.restart(policy=policy(lead="@lea"))
    stage.receives()
    stage.pass_time(minutes=2)
    assert stage.practice.dms("lea") == []


def test_nobody_hears_of_channels_that_are_not_ours(stage: Stage) -> None:
    stage.practice.workspace.channels[cast.GENERAL].members.add(cast.BOT_USER)
    opened(stage)
    stage.person("ana").archives("general")
    assert stage.practice.dms("lea") == []
