"""Where colleagues stand: quiet hours, time zones, channels, leaving for good; and what the bot learns of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.demo import cast
from sandbox.demo.cast import ANA, BEN, BOT_USER, CARE
from sandbox.people.colleague import Colleague
from sandbox.people.forms import NotThere
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Channel, Message
from tests.sandbox.conftest import ScriptedBot

EVENING = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)  # 19:00 in Berlin
MORNING = datetime(2026, 1, 6, 7, 0, tzinfo=UTC)
NIGHT = timedelta(hours=13)


@pytest.fixture
def ana(practice: PracticeWorkspace) -> Colleague:
    return practice.person("ana")


def refused(call: Any, **arguments: Any) -> str:
    """The error name with which Slack refuses this call."""
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def quiet(slack: WebClient, user: str = ANA) -> tuple[bool, datetime, datetime]:
    """What dnd.info says: whether there is a schedule, and the span."""
    answer = slack.dnd_info(user=user)
    start, end = (datetime.fromtimestamp(answer[f"next_dnd_{key}_ts"], UTC) for key in ("start", "end"))
    return answer["dnd_enabled"], start, end


def described(slack: WebClient, user: str = ANA) -> dict[str, Any]:
    """The member as users.info gives it."""
    return dict(slack.users_info(user=user)["user"])


# Quiet hours


def test_nobody_has_quiet_hours_at_first(slack: WebClient) -> None:
    answer = slack.dnd_info(user=ANA)
    assert (answer["dnd_enabled"], answer["next_dnd_start_ts"], answer["next_dnd_end_ts"]) == (False, 1, 1)


def test_quiet_hours_are_told_until_they_are_lifted(ana: Colleague, slack: WebClient) -> None:
    ana.do_not_disturb(EVENING, MORNING)
    assert quiet(slack) == (True, EVENING, MORNING)
    assert quiet(slack, BEN)[0] is False
    ana.disturbable()
    assert quiet(slack)[0] is False


@pytest.mark.parametrize(
    ("ahead", "days"),
    [
        (timedelta(hours=10), 0),  # in the middle of the first night
        (timedelta(hours=22) - timedelta(seconds=1), 0),
        (timedelta(hours=22), 1),  # 07:00 UTC: the night is over, the next one is told
        (timedelta(days=1, hours=10), 1),
        (timedelta(days=30), 30),
    ],
)
def test_quiet_hours_come_again_every_day(
    practice: PracticeWorkspace, ana: Colleague, slack: WebClient, ahead: timedelta, days: int
) -> None:
    ana.do_not_disturb(EVENING, MORNING)
    practice.clock.jump(ahead)
    assert quiet(slack) == (True, EVENING + timedelta(days=days), MORNING + timedelta(days=days))


def test_quiet_hours_keep_to_the_clock_in_summer(practice: PracticeWorkspace, ana: Colleague, slack: WebClient) -> None:
    ana.do_not_disturb(EVENING, MORNING)
    practice.clock.jump(datetime(2026, 7, 1, 12, 0, tzinfo=UTC) - practice.clock.now())
    assert quiet(slack)[1] == datetime(2026, 7, 1, 17, 0, tzinfo=UTC)  # 19:00 in Berlin still


def test_quiet_hours_before_now_are_told_for_today(ana: Colleague, slack: WebClient) -> None:
    ana.do_not_disturb(EVENING - timedelta(days=3), MORNING - timedelta(days=3))
    assert quiet(slack) == (True, EVENING, MORNING)


@pytest.mark.parametrize("length", [timedelta(0), -NIGHT, timedelta(days=1, seconds=1)])
def test_quiet_hours_are_less_than_a_day(ana: Colleague, length: timedelta) -> None:
    with pytest.raises(ValueError, match="within a day"):
        ana.do_not_disturb(EVENING, EVENING + length)


def test_quiet_hours_need_a_scope_and_a_person(practice: PracticeWorkspace, slack: WebClient) -> None:
    assert slack.dnd_info()["dnd_enabled"] is False  # the bot itself
    assert refused(slack.dnd_info, user="UNOBODY01") == "user_not_found"
    practice.workspace.app.scopes.discard("dnd:read")
    assert refused(slack.dnd_info, user=ANA) == "missing_scope"


# Time zones


def test_time_zone_of_a_person_follows_summer_time(practice: PracticeWorkspace, slack: WebClient) -> None:
    assert described(slack)["tz_offset"] == 3600
    practice.clock.jump(timedelta(days=180))
    assert described(slack)["tz_offset"] == 7200


def test_person_who_moves_has_another_time_zone(ana: Colleague, bot: ScriptedBot, slack: WebClient) -> None:
    ana.lives_in("America/New_York")
    assert (described(slack)["tz"], described(slack)["tz_offset"]) == ("America/New_York", -5 * 3600)
    [change] = bot.heard_of("user_change")
    assert change["event"]["user"] == described(slack)


def test_zone_that_does_not_exist_changes_nothing(ana: Colleague, bot: ScriptedBot, slack: WebClient) -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        ana.lives_in("Mars/Olympus_Mons")
    assert described(slack)["tz"] == "Europe/Berlin"
    assert bot.heard == []


# Channels


def test_bot_hears_who_leaves_its_channel(ana: Colleague, bot: ScriptedBot, slack: WebClient) -> None:
    ana.leaves_channel("care")
    [left] = bot.heard_of("member_left_channel")
    told = {key: left["event"][key] for key in ("user", "channel", "channel_type", "team")}
    assert told == {"user": ANA, "channel": CARE, "channel_type": "C", "team": "T0PRACTICE"}
    assert slack.conversations_members(channel=CARE)["members"] == ["UAMENDS01", "UBEN00001", "ULEA00001", "UMAX00001"]


def test_who_has_left_sees_and_does_nothing_there(practice: PracticeWorkspace, ana: Colleague, card: Message) -> None:
    ana.leaves_channel("care")
    with pytest.raises(NotThere, match="ana does not see the message"):
        ana.click(card, "claim")
    with pytest.raises(NotThere, match="ana is in no channel 'care'"):
        ana.leaves_channel("care")
    assert practice.visible_to("ana", "care") == []


def test_who_comes_back_is_a_member_again(practice: PracticeWorkspace, ana: Colleague, bot: ScriptedBot) -> None:
    practice.workspace.app.subscriptions.add("member_joined_channel")
    ana.leaves_channel("care")
    ana.joins_channel("care")
    ana.joins_channel("#care")  # is there already
    assert [joined["event"]["user"] for joined in bot.heard_of("member_joined_channel")] == [ANA]
    assert ana.say("care", "I am back").channel == CARE
    with pytest.raises(NotThere, match="ana cannot join 'attic'"):
        ana.joins_channel("attic")


def test_bot_hears_of_no_channel_but_its_own(ana: Colleague, bot: ScriptedBot) -> None:
    ana.leaves_channel("general")
    assert bot.heard == []


@pytest.mark.parametrize(("scope", "heard"), [("channels:read", 1), ("groups:read", 0)])
def test_private_departures_need_the_scope_for_groups(
    practice: PracticeWorkspace, ana: Colleague, bot: ScriptedBot, scope: str, heard: int
) -> None:
    practice.workspace.channels["CTEAM0001"] = Channel("CTEAM0001", "team", {ANA, BOT_USER}, is_private=True)
    practice.workspace.app.scopes.discard(scope)
    ana.leaves_channel("team")
    assert len(bot.heard_of("member_left_channel")) == heard


# Leaving for good


def test_deactivated_person_is_listed_as_deleted(ana: Colleague, slack: WebClient) -> None:
    ana.deactivated()
    assert described(slack)["deleted"] is True
    assert [user["id"] for user in slack.users_list()["members"] if user["deleted"]] == [ANA]
    assert refused(slack.users_lookupByEmail, email="ana@example.org") == "users_not_found"


def test_slack_tells_little_of_a_deactivated_person(ana: Colleague, bot: ScriptedBot, slack: WebClient) -> None:
    ana.deactivated()
    [change] = bot.heard_of("user_change")
    kept = {"id", "team_id", "name", "deleted", "is_bot", "is_app_user", "updated", "profile"}
    assert change["event"]["user"].keys() == kept
    assert change["event"]["user"] == described(slack)
    assert change["event"]["cache_ts"] == described(slack)["updated"]


def test_deactivated_person_is_out_of_every_channel(ana: Colleague, bot: ScriptedBot, slack: WebClient) -> None:
    ana.deactivated()
    assert ANA not in slack.conversations_members(channel=CARE)["members"]
    assert refused(slack.chat_postEphemeral, channel=CARE, user=ANA, text="x") == "user_not_in_channel"
    assert bot.heard_of("member_left_channel") == []


def test_deactivated_person_is_written_to_but_not_anew(
    practice: PracticeWorkspace, ana: Colleague, slack: WebClient
) -> None:
    practice.workspace.app.scopes.add("im:read")
    direct = slack.conversations_open(users=ANA)["channel"]["id"]
    ana.deactivated()
    assert refused(slack.conversations_open, users=ANA) == "user_disabled"
    assert slack.conversations_info(channel=direct)["channel"]["is_user_deleted"] is True
    assert slack.chat_postMessage(channel=direct, text="Nobody reads this")["ok"]


def test_deactivated_person_can_do_nothing_more(
    practice: PracticeWorkspace, ana: Colleague, bot: ScriptedBot, slack: WebClient, card: Message
) -> None:
    slack.chat_postMessage(channel=ANA, text="For you")
    [note] = practice.dms("ana")
    ana.deactivated()
    gestures: list[Any] = [
        lambda: ana.react(note, "eyes"),
        lambda: ana.click(card, "claim"),
        lambda: ana.say("@amends", "Hello"),
        lambda: ana.shortcut("open_case_anywhere"),
        lambda: ana.open_home(),
        lambda: ana.leaves_channel("care"),
    ]
    for gesture in gestures:
        with pytest.raises(NotThere, match="ana has no account any more"):
            gesture()
    with pytest.raises(NotThere, match="ana cannot join 'care'"):
        ana.joins_channel("care")


def test_reset_brings_everybody_back_as_before(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.person("ana").deactivated()
    practice.person("ben").do_not_disturb(EVENING, MORNING)
    practice.person("lea").lives_in("Asia/Tokyo")
    practice.reset()
    assert described(slack)["deleted"] is False
    assert quiet(slack, BEN)[0] is False
    assert described(slack, "ULEA00001")["tz"] == "Europe/Berlin"


# Who is not on the team


def test_people_who_are_not_on_the_team_are_as_slack_tells_of_them(
    practice: PracticeWorkspace, bot: ScriptedBot, slack: WebClient
) -> None:
    cast.add_others(practice.workspace)
    kim = slack.users_info(user=cast.KIM)["user"]
    assert (kim["team_id"], kim["is_stranger"]) == (cast.OTHER_TEAM, False)
    assert refused(slack.users_info, user=cast.ZOE) == "user_not_found"
    listed = {user["id"] for user in slack.users_list()["members"]}
    assert cast.ZOE not in listed
    assert {cast.KIM, cast.NIC, cast.BOT, cast.SAM} <= listed
    inside = slack.conversations_members(channel=CARE)["members"]
    assert {cast.KIM, cast.ZOE} <= set(inside)
    assert cast.NIC not in inside
    assert slack.conversations_info(channel=CARE)["channel"]["is_ext_shared"] is True
    assert refused(slack.conversations_open, users=cast.BOT) == "cannot_dm_bot"


def test_payload_names_the_team_of_who_sends_it(
    practice: PracticeWorkspace, bot: ScriptedBot, slack: WebClient
) -> None:
    cast.add_others(practice.workspace)
    said = practice.person("ana").say("care", "Hello")
    practice.person("kim").say(said, "Hello from elsewhere")
    kim, ana = (
        next(e for e in bot.heard_of("message") if e["event"]["user"] == who)["event"] for who in (cast.KIM, ANA)
    )
    assert (kim["user_team"], kim["source_team"]) == (cast.OTHER_TEAM, cast.OTHER_TEAM)
    assert "user_team" not in ana
    practice.person("kim").shortcut("open_case", said)
    assert bot.heard_of("message_action")[0]["user"]["team_id"] == cast.OTHER_TEAM


# Channels


@pytest.mark.parametrize(
    ("gesture", "told"),
    [
        (lambda p: p.archives("care"), "channel_archive"),
        (lambda p: p.unarchives("care"), "channel_unarchive"),
        (lambda p: p.renames("care", "unhappy"), "channel_rename"),
        (lambda p: p.removes_the_bot("care"), "channel_left"),
        (lambda p: p.shares("care", "CSHARED01"), "channel_id_changed"),
    ],
    ids=["archive", "unarchive", "rename", "left", "id_changed"],
)
def test_what_becomes_of_a_channel_is_told(ana: Colleague, bot: ScriptedBot, gesture: Any, told: str) -> None:
    gesture(ana)
    assert bot.heard_of(told)[-1]["event"]["type"] == told


def test_private_channel_is_told_of_as_a_group(practice: PracticeWorkspace, ana: Colleague, bot: ScriptedBot) -> None:
    practice.workspace.channels[CARE].is_private = True
    ana.archives("care")
    assert bot.heard_of("group_archive")[-1]["event"]["channel"] == CARE


def test_old_id_of_a_channel_is_none(practice: PracticeWorkspace, ana: Colleague, slack: WebClient) -> None:
    ana.shares("care", "CSHARED01")
    with pytest.raises(SlackApiError, match="channel_not_found"):
        slack.conversations_info(channel=CARE)
    assert slack.chat_postMessage(channel="CSHARED01", text="x")["ok"]
