"""Who and where things are in Slack: looked up once, kept a while, and None rather than an error when Slack is away."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from cases import people
from cases.may import Standing
from cases.nudges.routing import Colleague
from handlers.slack.channel_names import NotToldYet
from handlers.slack.clients import NETWORK, Slack
from handlers.slack.directory import Directory, Myself, Offline
from handlers.world import World
from sandbox.demo import cast
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Channel, Person, Usergroup
from tests.elapsing import PATIENCE


@pytest.fixture
def directory(practice: PracticeWorkspace, slack: Slack) -> Directory:
    return Directory(slack, "#care", practice.clock.now)


def asked(practice: PracticeWorkspace, method: str) -> int:
    return practice.faults.count(method)


def turn(practice: PracticeWorkspace, **length: float) -> None:
    practice.clock.jump(timedelta(**length))


# The bot itself


def test_bot_asks_once_who_it_is(practice: PracticeWorkspace, directory: Directory) -> None:
    expected = Myself(cast.BOT_USER, cast.BOT_ID, practice.workspace.team_id, f"{practice.base_url}/")
    assert [directory.myself() for _ in range(3)] == [expected] * 3
    assert asked(practice, "auth.test") == 1


def test_bot_asks_until_slack_has_answered_once(practice: PracticeWorkspace, directory: Directory) -> None:
    practice.faults.away()
    assert directory.myself() is None
    assert directory.link(cast.CARE, "1.5") is None
    practice.faults.back()
    assert directory.link(cast.CARE, "1767600000.000100") == f"{practice.base_url}/archives/CCARE0001/p1767600000000100"


# Channels


def test_channel_given_by_its_id_needs_no_asking(practice: PracticeWorkspace, slack: Slack) -> None:
    directory = Directory(slack, cast.CARE, practice.clock.now)
    assert directory.channel() == directory.channel_id() == directory.default_channel == cast.CARE
    assert asked(practice, "conversations.list") == 0


def test_channel_given_by_its_name_is_found_once(practice: PracticeWorkspace, directory: Directory) -> None:
    assert directory.default_channel == "care"
    assert [directory.channel() for _ in range(3)] == [cast.CARE] * 3
    assert directory.default_channel == cast.CARE
    assert asked(practice, "conversations.list") == 1


def test_channel_on_the_last_of_many_pages_is_found(practice: PracticeWorkspace, slack: Slack) -> None:
    channels = practice.workspace.channels
    for n in range(450):
        channels[f"CMANY{n:05}"] = Channel(f"CMANY{n:05}", f"many-{n}", members=set())
    channels["CLAST00001"] = Channel("CLAST00001", "last", members=set())
    assert Directory(slack, "last", practice.clock.now).channel_id() == "CLAST00001"
    assert asked(practice, "conversations.list") == 5  # each holds half of what was asked for


def test_unknown_channel_keeps_its_name_and_is_told(
    practice: PracticeWorkspace, slack: Slack, caplog: pytest.LogCaptureFixture
) -> None:
    directory = Directory(slack, "#nowhere", practice.clock.now)
    assert (directory.channel(), directory.channel_id()) == ("nowhere", None)
    assert "no channel named #nowhere" in caplog.text


def test_channel_is_found_when_slack_is_back(practice: PracticeWorkspace, directory: Directory) -> None:
    practice.faults.away()
    assert directory.channel() == "care"
    practice.faults.back()
    assert directory.channel() == cast.CARE


def test_channels_that_policy_names_are_found_in_one_look(practice: PracticeWorkspace, slack: Slack) -> None:
    directory = Directory(slack, "care", practice.clock.now, ["general", "CELSE0001", "nowhere"])
    found = [directory.id_of(name) for name in directory.named]
    assert found == [cast.CARE, cast.GENERAL, "CELSE0001", None]
    assert asked(practice, "conversations.list") == 1
    assert [directory.is_nowhere(name) for name in directory.named] == [False, False, False, True]


def test_channel_that_was_missing_is_looked_for_again(practice: PracticeWorkspace, slack: Slack) -> None:
    directory = Directory(slack, cast.CARE, practice.clock.now, ["berlin"])
    assert (directory.id_of("berlin"), directory.place("berlin")) == (None, cast.CARE)
    practice.workspace.channels["CBERLIN01"] = Channel("CBERLIN01", "berlin", members=set())
    practice.clock.jump(timedelta(minutes=2))
    assert (directory.id_of("berlin"), directory.place("berlin")) == ("CBERLIN01", "CBERLIN01")


def test_place_of_a_name_that_slack_has_not_told_is_none(practice: PracticeWorkspace, slack: Slack) -> None:
    practice.faults.away()
    directory = Directory(slack, cast.CARE, practice.clock.now, ["general"])
    with pytest.raises(NotToldYet):
        directory.place("general")
    assert (directory.known("general"), directory.is_nowhere("general")) == ("general", False)


# People


def test_person_is_looked_up_once_in_ten_minutes(practice: PracticeWorkspace, directory: Directory) -> None:
    before = directory.member(cast.ANA)
    practice.workspace.people[cast.ANA].tz = "Asia/Tokyo"
    assert directory.member(cast.ANA) == before
    assert asked(practice, "users.info") == 1
    turn(practice, minutes=11)
    after = directory.member(cast.ANA)
    assert after is not None
    assert after.tz == "Asia/Tokyo"


def test_outdated_answer_is_better_than_none(practice: PracticeWorkspace, directory: Directory) -> None:
    before = directory.member(cast.ANA)
    turn(practice, hours=1)
    practice.faults.away()
    assert directory.member(cast.ANA) == before
    assert directory.member(cast.BEN) is None


def test_name_is_recalled_without_asking_slack(practice: PracticeWorkspace, directory: Directory) -> None:
    assert directory.known_name(cast.ANA) is None
    member = directory.member(cast.ANA)
    assert member is not None
    assert directory.known_name(cast.ANA) == member.name
    assert asked(practice, "users.info") == 1


@pytest.mark.parametrize("who", ["@lea", "lea", "LEA", "<@ULEA00001>", "<@ULEA00001|lea>", "ULEA00001"])
def test_person_is_known_by_any_way_of_writing(directory: Directory, who: str) -> None:
    assert directory.person(who) == cast.LEA


@pytest.mark.parametrize("nobody", ["@nobody", "", "@", "<>"])
def test_nobody_is_found_under_an_unknown_name(directory: Directory, nobody: str) -> None:
    assert directory.person(nobody) is None


def test_handle_wins_over_somebody_elses_display_name(practice: PracticeWorkspace, directory: Directory) -> None:
    practice.workspace.people[cast.ANA].real_name = "lea"
    assert directory.person("@ana") == cast.ANA
    assert directory.person("@lea") == cast.LEA


def test_somebody_who_left_is_not_found_by_name(practice: PracticeWorkspace, directory: Directory) -> None:
    practice.workspace.people[cast.LEA].deleted = True
    assert directory.person("@lea") is None


def test_names_are_read_once_in_ten_minutes(practice: PracticeWorkspace, directory: Directory) -> None:
    for _ in range(3):
        directory.person("@lea")
    assert asked(practice, "users.list") == 1
    turn(practice, minutes=11)
    directory.person("@lea")
    assert asked(practice, "users.list") == 2


def test_names_outlive_an_absence_of_slack(practice: PracticeWorkspace, directory: Directory) -> None:
    directory.person("@lea")
    turn(practice, hours=1)
    practice.faults.away()
    assert directory.person("@lea") == cast.LEA


@pytest.mark.parametrize("who", ["@UNA", "@SAM"])
def test_name_in_capitals_is_not_taken_for_an_id(practice: PracticeWorkspace, directory: Directory, who: str) -> None:
    assert directory.person(who) is None
    practice.workspace.people["UOTHER001"] = Person("UOTHER001", who[1:].lower(), "Somebody Else")
    turn(practice, minutes=11)
    assert directory.person(who) == "UOTHER001"


@pytest.mark.parametrize("group", ["@care-team", cast.CARE_TEAM, f"<!subteam^{cast.CARE_TEAM}|@care-team>"])
def test_group_is_never_taken_for_a_person(practice: PracticeWorkspace, directory: Directory, group: str) -> None:
    practice.workspace.people[cast.BEN].real_name = "Care-Team"
    assert directory.person(group) is None


def test_silent_slack_is_not_asked_again_at_once(practice: PracticeWorkspace, directory: Directory) -> None:
    practice.faults.away()
    assert [directory.person("@lea") for _ in range(3)] == [None] * 3
    practice.faults.back()
    turn(practice, minutes=1)
    assert directory.person("@lea") == cast.LEA


# When people can be told


def known(person: str = cast.ANA, **facts: Any) -> Colleague:
    return Colleague(wishes=people.Person(id=person), **facts)


NIGHT = datetime(2026, 1, 5, 21, tzinfo=UTC), datetime(2026, 1, 6, 7, tzinfo=UTC)


def test_slack_tells_zone_and_scheduled_quiet_hours(practice: PracticeWorkspace, directory: Directory) -> None:
    assert directory.colleague(cast.ANA) == known(zone="Europe/Berlin")
    practice.person("ana").do_not_disturb(*NIGHT)
    practice.person("ana").lives_in("America/New_York")
    turn(practice, minutes=11)
    ana = directory.colleague(cast.ANA)
    assert (ana.zone, ana.do_not_disturb) == ("America/New_York", NIGHT)


def test_quiet_hours_given_up_are_forgotten(practice: PracticeWorkspace, directory: Directory) -> None:
    practice.person("ana").do_not_disturb(*NIGHT)
    assert directory.colleague(cast.ANA).do_not_disturb == NIGHT
    practice.person("ana").disturbable()
    turn(practice, minutes=11)
    assert directory.colleague(cast.ANA).do_not_disturb is None


def test_zone_and_quiet_are_asked_for_once_in_ten_minutes(practice: PracticeWorkspace, directory: Directory) -> None:
    for _ in range(3):
        directory.colleague(cast.ANA)
        turn(practice, minutes=3)
    assert (asked(practice, "dnd.info"), asked(practice, "users.info")) == (1, 1)
    turn(practice, minutes=3)
    directory.colleague(cast.ANA)
    assert (asked(practice, "dnd.info"), asked(practice, "users.info")) == (2, 2)


def test_who_has_left_slack_is_known_as_deleted(practice: PracticeWorkspace, directory: Directory) -> None:
    practice.person("ben").deactivated()
    assert directory.colleague(cast.BEN).gone
    assert not directory.colleague(cast.ANA).gone


@pytest.mark.parametrize("zone", ["Atlantis/Capital", "../etc", "Europe", ""])
def test_zone_that_does_not_exist_is_none(practice: PracticeWorkspace, directory: Directory, zone: str) -> None:
    practice.workspace.people[cast.ANA].tz = zone
    practice.faults.refuse("dnd.info", "missing_scope")
    assert directory.colleague(cast.ANA) == known()


@pytest.mark.parametrize("refusal", ["missing_scope", "unknown_method", "ratelimited"])
def test_refused_quiet_hours_are_told_once_and_let_be(
    practice: PracticeWorkspace, directory: Directory, caplog: pytest.LogCaptureFixture, refusal: str
) -> None:
    practice.faults.refuse("dnd.info", refusal, count=100)
    with caplog.at_level(logging.WARNING):
        for person in (cast.ANA, cast.BEN, cast.ANA, cast.BEN):
            assert directory.colleague(person) == known(person, zone="Europe/Berlin")
            turn(practice, minutes=2)
    assert asked(practice, "dnd.info") == 2
    assert [refusal in record.getMessage() for record in caplog.records] == [True]


def test_reach_never_raises_while_slack_is_away(practice: PracticeWorkspace, directory: Directory) -> None:
    practice.person("ana").do_not_disturb(*NIGHT)
    before = directory.colleague(cast.ANA)
    turn(practice, minutes=11)
    practice.faults.away()
    assert directory.colleague(cast.ANA) == before == known(zone="Europe/Berlin", do_not_disturb=NIGHT)
    assert directory.colleague(cast.BEN) == known(cast.BEN)


# User groups


@pytest.mark.parametrize(
    "named", ["@care-team", "care-team", "@Care-Team", cast.CARE_TEAM, f"<!subteam^{cast.CARE_TEAM}|@care-team>"]
)
def test_group_is_known_by_any_way_of_writing(directory: Directory, named: str) -> None:
    assert directory.group(named) == cast.CARE_TEAM


@pytest.mark.parametrize("named", ["@lea", "", "@", "SNOBODY01", "@SCARE0001", cast.ANA, f"<@{cast.ANA}>"])
def test_what_is_no_group_is_not_found(directory: Directory, named: str) -> None:
    assert directory.group(named) is None


def test_members_of_a_group_are_known_for_ten_minutes(practice: PracticeWorkspace, directory: Directory) -> None:
    team = (cast.ANA, cast.BEN, cast.LEA)
    assert [directory.group_members(cast.CARE_TEAM) for _ in range(3)] == [team] * 3
    practice.workspace.usergroups[cast.CARE_TEAM] = Usergroup(cast.CARE_TEAM, "care-team", "Care team", [cast.BEN])
    turn(practice, minutes=11)
    assert directory.group_members(cast.CARE_TEAM) == (cast.BEN,)
    assert asked(practice, "usergroups.users.list") == 2
    assert directory.group_members("SNOBODY01") == ()


def test_without_the_scope_groups_are_unknown_but_ids(
    practice: PracticeWorkspace, directory: Directory, caplog: pytest.LogCaptureFixture
) -> None:
    practice.workspace.app.scopes.discard("usergroups:read")
    for _ in range(3):
        assert directory.group("@care-team") is None
        assert directory.group(cast.CARE_TEAM) == cast.CARE_TEAM
        assert directory.group_members(cast.CARE_TEAM) == ()
    assert asked(practice, "usergroups.list") == 1
    assert len(caplog.records) == 2  # one for each method


def test_directory_without_slack_knows_nobody(practice: PracticeWorkspace) -> None:
    offline = Offline("care", practice.clock.now)
    assert offline.colleague(cast.ANA) == known()
    assert (offline.group("@care-team"), offline.group_members(cast.CARE_TEAM)) == (None, ())
    assert (offline.person("@lea"), offline.person(cast.LEA)) == (None, cast.LEA)
    assert not practice.faults.calls


# Where to post


@pytest.mark.parametrize(
    ("where", "place"), [("CELSE0001", "CELSE0001"), ("D0123456", "D0123456"), ("care", cast.CARE), ("", cast.CARE)]
)
def test_channels_and_names_become_places(directory: Directory, where: str, place: str) -> None:
    assert directory.place(where) == place


def test_person_becomes_their_direct_conversation_once(practice: PracticeWorkspace, directory: Directory) -> None:
    places = {directory.place(cast.ANA) for _ in range(3)}
    assert places == {channel.id for channel in practice.workspace.channels.values() if channel.im_with == cast.ANA}
    assert asked(practice, "conversations.open") == 1


def test_direct_conversation_fails_aloud_and_recovers(practice: PracticeWorkspace, directory: Directory) -> None:
    practice.faults.refuse("conversations.open", "user_not_found")
    with pytest.raises(NETWORK):
        directory.place(cast.ANA)
    assert directory.place(cast.ANA).startswith("D")


def test_stranger_of_another_workspace_is_named_too(practice: PracticeWorkspace, world: World) -> None:
    practice.workspace.people["USTRANGER1"] = Person("USTRANGER1", "sam", "Sam Elsewhere")
    member = world.directory.member("USTRANGER1")
    assert member is not None
    assert member.name == "Sam Elsewhere"


# Who somebody is


@pytest.mark.parametrize(
    ("flags", "standing"),
    [
        ({}, Standing.MEMBER),
        ({"is_restricted": True}, Standing.GUEST),
        ({"is_ultra_restricted": True}, Standing.GUEST),
        ({"is_bot": True}, Standing.BOT),
        ({"deleted": True}, Standing.GONE),
        ({"deleted": True, "team_id": "TELSE0001"}, Standing.GONE),
        ({"team_id": "TELSE0001"}, Standing.ELSEWHERE),
        ({"is_stranger": True}, Standing.ELSEWHERE),
        ({"team_id": "TELSE0001", "enterprise_id": "EOTHER001"}, Standing.ELSEWHERE),
        ({"unseen": "user_not_found"}, Standing.NOBODY),
        ({"unseen": "user_not_visible"}, Standing.NOBODY),
    ],
)
def test_standing_is_read_from_what_slack_says(
    practice: PracticeWorkspace, directory: Directory, flags: dict[str, Any], standing: Standing
) -> None:
    """attacks 4, 5: the team counts, not only is_stranger; and a refusal that is an answer."""
    practice.workspace.people["USOME0001"] = Person("USOME0001", "some", "Some Body", **flags)
    member = directory.member("USOME0001")
    assert member is not None
    assert member.standing is standing


def test_slackbot_is_a_bot_whatever_slack_says(directory: Directory) -> None:
    member = directory.member("USLACKBOT")
    assert member is not None
    assert member.standing is Standing.BOT


@pytest.mark.parametrize("error", ["ratelimited", "internal_error", "missing_scope", "team_access_not_granted"])
def test_other_refusals_are_no_answer(practice: PracticeWorkspace, directory: Directory, error: str) -> None:
    practice.faults.refuse("users.info", error, count=100)
    assert directory.member(cast.ANA) is None


@pytest.mark.parametrize(
    ("name", "why", "instead"),
    [
        ("@lea", "", []),
        ("@LEA", "", []),
        ("@Lea Brandt", "only_called", [cast.LEA]),
        ("@max", "no_member", [cast.MAX]),
        (cast.MAX, "no_member", [cast.MAX]),
        ("@nobody", "nobody", []),
        ("@", "nobody", []),
        ("S0123", "nobody", []),
    ],
)
def test_name_fits_by_handle_alone(directory: Directory, name: str, why: str, instead: list[str]) -> None:
    """attacks 1: what people call themselves is shown to whoever asks, and gives no right."""
    found = directory.fits(name)
    assert found is not None
    assert (found.person is None, found.why) == (bool(why), why)
    assert [each.id for each in found.instead] == instead


class Together(WebClient):
    """Puts a question once another is to be put as well: two that came one after the other would wait in vain."""

    others = Barrier(2)

    def api_call(self, *what: Any, **how: Any) -> SlackResponse:
        self.others.wait(PATIENCE)
        return super().api_call(*what, **how)


def test_questions_are_put_side_by_side(practice: PracticeWorkspace, slack: Slack) -> None:
    """A click must be answered within three seconds."""
    directory = Directory(slack, cast.CARE, practice.clock.now)
    directory.myself()
    slack.prompt = Together(cast.BOT_TOKEN, base_url=practice.slack_api_url, retry_handlers=[])
    assert directory.seen(cast.ANA, cast.CARE).in_channel


def test_who_was_seen_lately_is_told_apart_from_who_was_seen_long_ago(
    practice: PracticeWorkspace, directory: Directory
) -> None:
    directory.seen(cast.ANA, cast.CARE)
    practice.faults.away()
    for minutes, lately in ((9, True), (2, False)):
        turn(practice, minutes=minutes)
        seen = directory.seen(cast.ANA, cast.CARE)
        assert (seen.in_channel, seen.lately, seen.channel_lately) == (True, lately, lately)
