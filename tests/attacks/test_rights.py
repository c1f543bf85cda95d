"""Attacks on who may: names that people give themselves, strangers in the channel, and a Slack that does not answer."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, wait
from datetime import timedelta
from typing import Any

import pytest

from cases.model import Status
from cases.policy.page import Drafts
from handlers.rights import holder, pin_titles, settle
from handlers.slack import asking
from sandbox.demo import cast
from sandbox.workspace import Person
from store import timeline
from tests.stories.replying import EXCUSE, edit, saved
from tests.stories.stage import Actor, Stage, policy

ADDRESS = "wes@example.org"
CUSTOMER = {"name": "Wes Marlow", "email": ADDRESS, "phone": "+49 30 5550137"}


@pytest.fixture
def crowd(stage: Stage) -> Stage:
    """The stage with all those in the workspace who are not on the team, and one case."""
    cast.add_others(stage.practice.workspace)
    stage.receives(customer=CUSTOMER)
    return stage


def person(stage: Stage, id_: str) -> Person:
    return stage.practice.workspace.people[id_]


def governed(stage: Stage, **changes: Any) -> None:
    """The bot goes on by another policy."""
    stage.restart(policy=policy(**changes))


def knows_names_anew(stage: Stage) -> None:
    stage.jump(timedelta(minutes=11))
    pin_titles(stage.world)
    stage.settle()


def told(who: Actor) -> str:
    """All that was said to somebody alone, by whispers and by direct messages."""
    channels = who.stage.practice.workspace.channels.values()
    direct = [message.text for channel in channels if channel.im_with == who.id for message in channel.messages]
    return "\n".join([*who.sees(), *direct])


# Names


@pytest.mark.few(1)
@pytest.mark.parametrize("field", ["display_name", "real_name"])
@pytest.mark.parametrize("called", ["dana", "DANA", "Dana", "@dana"])
def test_what_somebody_calls_themselves_gives_no_right(crowd: Stage, field: str, called: str) -> None:
    """attacks 1: Zed calls himself "dana", and was the lead."""
    setattr(person(crowd, cast.BEN), field, called)
    governed(crowd, lead="@dana")
    assert holder(crowd.world, "lead") is None


@pytest.mark.few(1)
@pytest.mark.parametrize("flags", [{"is_restricted": True}, {"is_bot": True}, {"team_id": "TELSE"}, {"deleted": True}])
def test_handle_of_who_is_no_member_gives_no_right(crowd: Stage, flags: dict[str, Any]) -> None:
    """attacks 1: a guest, a bot, somebody of another workspace or who has left is no lead, by handle or by id."""
    crowd.practice.workspace.people["UDANA0001"] = Person("UDANA0001", "dana", "Dana Smith", **flags)
    for named in ("@dana", "UDANA0001", "<@UDANA0001>"):
        governed(crowd, lead=named)
        crowd.world.directory.member("UDANA0001")
        assert holder(crowd.world, "lead") is None


def test_handle_that_two_members_have_gives_neither_a_right(crowd: Stage) -> None:
    """attacks 1: workspaces of one organisation may each have a "dana"."""
    workspace = crowd.practice.workspace
    workspace.enterprise_id = "EOURS0001"
    workspace.people["UDANA0001"] = Person("UDANA0001", "dana", "Dana Smith")
    workspace.people["UDANA0002"] = Person(
        "UDANA0002", "dana", "Dana Jones", team_id="TSISTER", enterprise_id="EOURS0001"
    )
    governed(crowd, lead="@dana")
    assert holder(crowd.world, "lead") is None
    del workspace.people["UDANA0001"]
    knows_names_anew(crowd)
    assert holder(crowd.world, "lead") == "UDANA0002"


def test_reminders_go_to_nobody_by_a_name_they_gave_themselves(crowd: Stage) -> None:
    """attacks 1: a guest called "DANA" got the lead's message; `tell` in the ladder likewise."""
    person(crowd, cast.MAX).display_name = "DANA"
    rungs = [
        {"when": "unclaimed", "after": "0m", "tell": "lead"},
        {"when": "unclaimed", "after": "5m", "tell": "@dana"},
    ]
    governed(crowd, lead="@dana", nudges=rungs)
    crowd.pass_time(hours=2)
    assert crowd.nudges()
    assert {crowd.told(nudge) for nudge in crowd.nudges()} == {"thread"}


def test_who_calls_themselves_like_who_may_overrule_overrules_nothing(crowd: Stage) -> None:
    """attacks 1: Zed clicked approve on a blocked draft, and was asked for a reason."""
    person(crowd, cast.BEN).display_name = "olga"
    governed(crowd, drafts=Drafts(may_override="@olga"))
    ben = crowd.person("ben")
    edit(crowd, ben, EXCUSE)
    ben.close_modal()
    ben.click(crowd.draft(), "approve")
    assert ben.modal() is None
    assert saved(crowd).approved_by is None


def test_both_hear_of_it_when_a_name_comes_to_mean_another(crowd: Stage) -> None:
    """attacks 1: the right moved in silence."""
    pin_titles(crowd.world)
    person(crowd, cast.LEA).name, person(crowd, cast.BEN).name = "l.brandt", "lea"
    knows_names_anew(crowd)
    for who in (cast.BEN, cast.LEA):
        assert f"is now <@{cast.BEN}>" in told(crowd.person(who))
        assert f"until now it was <@{cast.LEA}>" in told(crowd.person(who))
    before = told(crowd.person(cast.BEN))
    knows_names_anew(crowd)
    assert told(crowd.person(cast.BEN)) == before


def test_who_loses_a_right_by_a_new_handle_is_told_how_to_keep_it(crowd: Stage) -> None:
    """attacks 1: the name in policy fits nobody any more."""
    pin_titles(crowd.world)
    person(crowd, cast.LEA).name = "l.brandt"
    knows_names_anew(crowd)
    assert holder(crowd.world, "lead") is None
    assert cast.LEA in told(crowd.person(cast.LEA))


@pytest.mark.few(1)
@pytest.mark.parametrize("error", ["ratelimited", "missing_scope", "internal_error"])
def test_refusal_of_slack_takes_no_right_away(crowd: Stage, error: str) -> None:
    """attacks 1: a refusal in users.list erased nothing, before or after a restart."""
    pin_titles(crowd.world)
    crowd.practice.faults.refuse("users.list", error, count=1000)
    crowd.jump(timedelta(minutes=30))
    assert holder(crowd.world, "lead") == cast.LEA
    crowd.restart()
    assert holder(crowd.world, "lead") == cast.LEA
    governed(crowd, lead="@ben")  # of another name nothing is known yet
    assert holder(crowd.world, "lead") is None


# Strangers


def test_team_in_a_payload_counts_where_slack_says_no_more(crowd: Stage) -> None:
    """attacks 4: is_stranger is false of people in a shared channel, and users.info may give them our team."""
    kim = crowd.person("kim")
    told_by_list = crowd.practice.workspace.team_of
    answered = crowd.practice.delivery.payloads.message_action(person(crowd, cast.KIM), crowd.card(), [_claim()], {})
    assert answered["user"]["team_id"] == cast.OTHER_TEAM
    person(crowd, cast.KIM).team_id = ""  # from now on Slack's answers call them ours
    assert told_by_list(cast.KIM) == crowd.practice.workspace.team_id
    crowd.practice.delivery.ask("interactive", answered)
    crowd.settle()
    assert crowd.case().owner is None
    assert ADDRESS not in told(kim)


def _claim() -> dict[str, Any]:
    return {"action_id": "claim", "type": "button", "value": "v1:1", "block_id": "actions", "action_ts": "1.0"}


def test_colleague_of_another_workspace_of_ours_is_no_stranger(crowd: Stage) -> None:
    """attacks 4: in an organisation the team differs, and the organisation is the same."""
    crowd.practice.workspace.enterprise_id = "EOURS0001"
    person(crowd, cast.KIM).enterprise_id = "EOURS0001"
    crowd.restart()
    crowd.person("kim").click(crowd.card(), "claim")
    assert crowd.case().owner == cast.KIM


def test_another_organisation_is_not_ours_where_we_have_none(crowd: Stage) -> None:
    person(crowd, cast.KIM).enterprise_id = "ETHEIRS01"
    crowd.person("kim").click(crowd.card(), "claim")
    assert crowd.case().owner is None


@pytest.mark.few(1)
@pytest.mark.parametrize("to", ["kim", "nic", "max", cast.BOT, cast.SAM, cast.ZOE])
def test_case_is_given_to_nobody_who_may_not_have_it(crowd: Stage, to: str) -> None:
    """attacks 3, 4: cases were given to a stranger, and to a member outside the channel."""
    ana = crowd.person("ana")
    id_ = crowd.practice.person(to).id
    answer = ana.command("/case", f"give 1 <@{id_}>")
    assert crowd.case().owner is None
    assert id_ in answer.text


def test_invited_colleague_may_at_once_and_who_left_no_longer(crowd: Stage) -> None:
    """attacks 3: who is in the channel is known from events, not after ten minutes."""
    nic = crowd.person("nic")
    nic.command("/case", "claim 1", channel="general")
    assert crowd.case().owner is None
    nic.joins_channel("care")
    nic.react(crowd.card(), "eyes")
    assert crowd.case().owner == cast.NIC
    nic.leaves_channel("care")
    assert "invite" in nic.command("/case", "show 1", channel="general").text


def test_invitation_that_nobody_told_us_of_counts_soon(crowd: Stage) -> None:
    nic = crowd.person("nic")
    nic.command("/case", "claim 1", channel="general")
    crowd.practice.workspace.channels[cast.CARE].members.add(cast.NIC)
    crowd.jump(timedelta(seconds=15))
    nic.command("/case", "claim 1", channel="general")
    assert crowd.case().owner == cast.NIC


def test_large_channel_is_read_to_its_last_page(crowd: Stage) -> None:
    members = crowd.practice.workspace.channels[cast.CARE].members
    members.discard(cast.BEN)
    members.update(f"UMANY{number:05}" for number in range(2_500))
    members.add("UZLAST001")
    crowd.practice.workspace.people["UZLAST001"] = Person("UZLAST001", "zora", "Zora Last")
    crowd.restart()
    crowd.person("zora").command("/case", "claim 1")
    assert crowd.case().owner == "UZLAST001"


@pytest.mark.parametrize(
    ("slack", "may"),
    [
        ({"who": "workspace"}, {"ana", "nic"}),
        ({"everyone_may": True}, {"ana", "nic"}),
        ({"who": "members", "members": ["@nic"]}, {"nic"}),
        ({"everyone_may": False, "members": ["@nic", "@max", "@kim"]}, {"nic"}),
        ({"who": "members", "members": [cast.NIC, cast.BOT]}, {"nic"}),
        ({}, {"ana"}),
    ],
)
def test_policy_says_who_may(crowd: Stage, slack: dict[str, Any], may: set[str]) -> None:
    """attacks 2, 3: by default whoever is in the case's channel."""
    crowd.restart(policy=policy(slack=slack))
    for name in ("max", "kim", "nic", "ana"):
        where = "general" if name == "nic" else "care"
        said = crowd.person(name).command("/case", "show 1", channel=where)
        assert ("The order" in said.text or "never arrived" in said.text) == (name in may), name


def test_who_becomes_a_guest_passes_their_cases_on(crowd: Stage) -> None:
    """attacks 26: with Slack's word of it, at once."""
    ben = crowd.person("ben")
    ben.react(crowd.card(), "eyes")
    person(crowd, cast.BEN).is_restricted = True
    ben.lives_in("Asia/Tokyo")  # whatever changed, Slack tells of all of it
    assert crowd.case().owner == cast.LEA


def test_home_tab_of_who_left_shows_no_case_any_more(crowd: Stage) -> None:
    ben = crowd.person("ben")
    ben.open_home()
    assert "never arrived" in str(ben.home().view) or "Wes" in str(ben.home().view)
    ben.leaves_channel("care")
    crowd.person("ana").command("/case", "quiet off")
    crowd.receives(external_id="f-2", customer={"email": "two@example.org"})
    ben.open_home()
    assert "Wes" not in str(ben.home().view)


# Slack away

ASKED = ("users.info", "conversations.members", "users.list")


def away(stage: Stage, *methods: str) -> None:
    for method in methods or ASKED:
        stage.practice.faults.refuse(method, "internal_error", count=100_000)


@pytest.mark.few(1)
@pytest.mark.parametrize("id_", [cast.ZOE, cast.BOT, cast.MAX, cast.KIM])
def test_answer_that_there_is_nobody_is_no_outage(crowd: Stage, id_: str) -> None:
    """attacks 5: user_not_found let somebody in."""
    crowd.person(id_).click(crowd.card(), "claim")
    assert crowd.case().status is Status.UNCLAIMED
    assert ADDRESS not in told(crowd.person(id_))


@pytest.mark.few(1)
@pytest.mark.parametrize("methods", [("users.info",), ("conversations.members",), ASKED])
def test_stranger_gets_nothing_by_coming_while_slack_is_away(crowd: Stage, methods: tuple[str, ...]) -> None:
    """attacks 5: a fresh guest claimed while users.info answered internal_error, and had the address."""
    crowd.restart()
    away(crowd, *methods)
    for name in ("max", "kim", cast.ZOE, cast.BOT):
        crowd.person(name).click(crowd.card(), "claim")
        assert ADDRESS not in told(crowd.person(name))
    assert crowd.case().owner is None


def test_member_goes_on_where_one_method_alone_is_out_of_order(crowd: Stage) -> None:
    """attacks 5: users.list knows what users.info does not say; a guest is a guest there, too."""
    governed(crowd, lead=cast.LEA)
    away(crowd, "users.info")
    assert "a guest is not shown" in crowd.person("max").command("/case", "claim 1").text
    crowd.person("ben").command("/case", "claim 1")
    assert crowd.case().owner == cast.BEN
    assert ADDRESS in told(crowd.person("ben"))


@pytest.mark.parametrize("later", [timedelta(minutes=1), timedelta(minutes=9)])
def test_what_slack_said_lately_counts_while_it_is_away(crowd: Stage, later: timedelta) -> None:
    """attacks 5: the last known answer holds for ten minutes, details included."""
    ana = crowd.person("ana")
    ana.command("/case", "list")
    away(crowd)
    crowd.jump(later)
    ana.react(crowd.card(), "eyes")
    assert ADDRESS in told(ana)


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("road", ["emoji", "slash"])
def test_claim_goes_on_and_details_follow_when_slack_answers(crowd: Stage, road: str, again: bool) -> None:
    """attacks 5: no customer waits for Slack; what cannot be taken back does."""
    ana = crowd.person("ana")
    ana.command("/case", "note 1 I know her")
    away(crowd)
    if again:
        crowd.restart()
    crowd.jump(timedelta(minutes=11))
    ana.react(crowd.card(), "eyes") if road == "emoji" else ana.command("/case", "claim 1")
    assert crowd.case().owner == cast.ANA
    assert ADDRESS not in told(ana)
    assert told(ana).count("waits a moment") == 1
    crowd.practice.faults.clear()
    crowd.jump(timedelta(minutes=2))
    assert told(ana).count(f"mailto:{ADDRESS}") == 1


def test_overruling_waits_while_slack_is_away(crowd: Stage) -> None:
    """attacks 5: nobody overrules the checks whom Slack has not vouched for of late."""
    lea = crowd.person("lea")
    edit(crowd, lea, EXCUSE)
    lea.close_modal()
    away(crowd)
    crowd.jump(timedelta(minutes=11))
    lea.click(crowd.draft(), "approve")
    lea.submit({"overrule": "It was the weather"})
    assert saved(crowd).approved_by is None
    assert "waits a moment" in str(lea.modal().errors)
    crowd.practice.faults.clear()
    crowd.jump(timedelta(minutes=2))
    assert lea.submit({"overrule": "It was the weather"}) == {}
    assert saved(crowd).approved_by == cast.LEA


def test_slow_slack_holds_no_click_up(crowd: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack wants a click answered within three seconds, and three slow questions are asked side by side."""
    allowed: list[float] = []

    def waited(asked: Sequence[Future[Any]], seconds: float) -> Any:
        allowed.append(seconds)
        return wait(asked, seconds)

    monkeypatch.setattr(asking, "wait", waited)
    for client in (crowd.world.slack.reads, crowd.world.slack.writes, crowd.world.slack.prompt):
        client.timeout = 1
    for method in ASKED:
        crowd.practice.faults.drop_before(method, count=20, hold=4.0)
    ana = crowd.practice.person("ana")
    ana.command("/case", "claim 1")
    assert 0 < sum(allowed) < 2.5


# Looks


def looks(stage: Stage) -> list[tuple[Any, ...]]:
    lines = stage.world.store.read(lambda tx: timeline.history(tx, 1, looks=True))
    return [(line.actor, line.via, line.at) for line in lines if line.action == timeline.SAW_DETAILS]


@pytest.mark.parametrize(
    ("road", "via"),
    [
        (lambda ana, card: ana.react(card, "eyes"), "clock"),
        (lambda ana, card: ana.command("/case", "claim 1"), "slash"),
    ],
)
def test_every_look_at_contact_details_stays_with_the_case(crowd: Stage, road: Any, via: str) -> None:
    """attacks, privacy: who saw the address, and when."""
    ana = crowd.person("ana")
    road(ana, crowd.card())
    assert looks(crowd) == [(cast.ANA, via, crowd.now)]
    assert "was shown how to reach the customer" in ana.command("/case", "show 1").text


def test_approved_reply_with_the_address_in_its_link_is_a_look(stage: Stage) -> None:
    """attacks, privacy: the approved text comes with a mail to the customer, ready to be sent."""
    ana = stage.person("ana")
    stage.hears_from("box-not-delivered")
    ana.react(stage.card(), "eyes")
    edit(stage, ana)
    if ana.modal() is not None:
        ana.close_modal()
    before = looks(stage)
    ana.click(stage.draft(), "approve")
    assert "mailto:" in told(ana)
    assert len(looks(stage)) == len(before) + 1


def test_who_asks_for_a_case_sees_the_details_that_a_team_shows_to_all(crowd: Stage) -> None:
    """attacks, privacy: where the card shows the address to everybody, asking for it is a look all the same."""
    governed(crowd, slack={"contact_details": "channel"})
    ben = crowd.person("ben")
    assert ADDRESS in ben.command("/case", "show 1").text
    assert looks(crowd) == [(cast.BEN, "slash", crowd.now)]
    assert "no case" in ben.command("/case", "show 99").text
    away(crowd)
    crowd.jump(timedelta(minutes=11))
    assert ADDRESS not in ben.command("/case", "show 1").text
    assert len(looks(crowd)) == 1


def test_names_that_give_no_right_are_said_at_the_start(crowd: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """attacks 1: the start goes on, says so once, and names the id to paste."""
    person(crowd, cast.BEN).display_name = "dana"
    governed(crowd, lead="@dana", slack={"who": "members", "members": ["@max", "@lea"]})
    for _ in range(3):
        settle(crowd.world)
    said = [record.getMessage() for record in caplog.records if record.name == "handlers.rights"]
    assert len(said) == 2
    assert f'"{cast.BEN}" for Ben Okafor' in said[0]
    assert "a guest" in said[1]
