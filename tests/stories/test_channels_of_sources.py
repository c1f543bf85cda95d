"""A team with several channels: each source's cases stand in its own, with their reminders, lead and digest, for its members."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from cases.model import Status
from handlers.channels import comes_home, look_after_channels
from handlers.feedback.files import read_file
from handlers.feedback.import_file import take_in
from handlers.reply.approve import authority
from sandbox.demo import cast
from sandbox.people.reading import plain
from sandbox.workspace import Channel, Message, Person
from store import channels
from tests.stories.stage import Stage, payload, policy

HOUR = timedelta(hours=1)
BERLIN, KIM, TOM = "CBERLIN01", "UKIMSATO1", "UTOMWEST1"


def with_berlin(lead: str = "@kim") -> dict[str, object]:
    return {
        "sources": {"berlin-form": {"channel": "#care-berlin"}},
        "channels": {"#care-berlin": {"lead": lead}} if lead else {},
    }


@pytest.fixture
def berlin(stage: Stage) -> Stage:
    """Kim leads #care-berlin, where Tom is too; neither is in the team's own channel, and of that only Ben is in both."""
    workspace = stage.practice.workspace
    workspace.people |= {
        KIM: Person(KIM, "kim", "Kim Sato", role="leads Berlin"),
        TOM: Person(TOM, "tom", "Tom West", role="works in Berlin"),
    }
    workspace.channels[BERLIN] = Channel(BERLIN, "care-berlin", {KIM, TOM, cast.BEN, cast.BOT_USER})
    stage.restart(policy=policy(**with_berlin()))
    return stage


def complains(stage: Stage, number: int, source: str = "berlin-form", **data: object) -> Message:
    stage.receives(external_id=f"f-{number}", source=source, **{"customer": {"email": f"c{number}@example.org"}} | data)
    return stage.card(number)


# Where a case stands


@pytest.mark.long
def test_case_of_a_source_stands_in_its_channel(berlin: Stage) -> None:
    assert [complains(berlin, 1).channel, complains(berlin, 2, source="shop").channel] == [BERLIN, cast.CARE]
    assert berlin.draft(1).channel == BERLIN


@pytest.mark.long
def test_second_report_by_another_source_stays_where_the_case_is(berlin: Stage) -> None:
    complains(berlin, 1)
    berlin.receives(
        external_id="f-9", source="shop", customer={"email": "c1@example.org"}, comment="Nobody has called!"
    )
    assert [m.channel for m in berlin.practice.messages("card")] == [BERLIN]
    assert "Nobody has called!" in "".join(berlin.in_thread(1))


def test_joining_cases_of_two_channels_says_where_it_goes_on(berlin: Stage) -> None:
    complains(berlin, 1)
    complains(berlin, 2, source="shop")
    said = berlin.person("ben").command("/case", "join 1 2", channel="care").text
    assert f"all of it is in <#{BERLIN}> now" in said
    assert f"It stood in <#{cast.CARE}> until now" in str([m.blocks for m in berlin.practice.thread(berlin.card(1))])
    assert f"That is in <#{BERLIN}>" in str([m.blocks for m in berlin.practice.thread(berlin.card(2))])


@pytest.mark.long
def test_what_is_parted_goes_where_it_would_have_stood(berlin: Stage) -> None:
    complains(berlin, 1)
    berlin.receives(
        external_id="f-9", source="shop", customer={"email": "c1@example.org"}, comment="Nobody has called!"
    )
    berlin.person("ben").command("/case", "move 1 f-9", channel="care")
    assert berlin.card(2).channel == cast.CARE


# Its own lead


@pytest.mark.long
def test_lead_of_a_channel_is_told_of_its_cases_alone(berlin: Stage) -> None:
    complains(berlin, 1)
    complains(berlin, 2, source="shop")
    berlin.pass_time(hours=1)
    told = {who: {payload(m)["case"] for m in berlin.nudges(who)} for who in ("kim", "lea")}
    assert told == {"kim": {1}, "lea": {2}}


@pytest.mark.long
def test_lead_of_a_channel_has_the_rights_there_and_nowhere_else(berlin: Stage) -> None:
    for number, source in ((1, "berlin-form"), (2, "shop")):
        complains(berlin, number, source=source)
        berlin.person("ben").command("/case", f"claim {number}")
    berlin.person("kim").command("/case", "release 1", channel="care-berlin")
    refused = berlin.person("kim").command("/case", "release 2", channel="care-berlin").text
    assert (berlin.case(1).status, berlin.case(2).status) == (Status.UNCLAIMED, Status.CLAIMED)
    assert "channel" in refused


def test_lead_of_a_channel_lifts_what_blocks_a_reply_there(berlin: Stage) -> None:
    complains(berlin, 1)
    complains(berlin, 2, source="shop")
    named = [authority(berlin.world, number) for number in (1, 2)]
    assert [(each.lead, each.beyond, each.override) for each in named] == [
        (KIM, KIM, KIM),
        (cast.LEA, cast.LEA, cast.LEA),
    ]


def test_who_leads_nowhere_near_a_case_has_no_right_to_it(berlin: Stage) -> None:
    """The team's lead leads where a channel has none of its own."""
    complains(berlin, 1)
    assert "channel" in berlin.person("lea").command("/case", "show 1").text
    berlin.restart(policy=policy(**with_berlin(lead="")))
    assert "channel" not in berlin.person("lea").command("/case", "show 1").text


@pytest.mark.long
def test_lead_of_a_channel_hears_of_its_cases_in_rounds(berlin: Stage) -> None:
    rounds = {"reminders": {"lead_rounds": ["13:30"]}}
    berlin.restart(policy=policy(**with_berlin(), **rounds, lead=""))
    complains(berlin, 1)
    berlin.pass_time(hours=6)
    assert [f"{berlin.local(m.ts):%H:%M}" for m in berlin.nudges("kim")][:1] == ["13:30"]


@pytest.mark.long
def test_cases_of_who_leaves_pass_to_the_lead_of_their_channel(berlin: Stage) -> None:
    for number, source in ((1, "berlin-form"), (2, "shop")):
        complains(berlin, number, source=source)
        berlin.person("ben").command("/case", f"claim {number}")
    berlin.person("ben").deactivated()
    assert (berlin.case(1).owner, berlin.case(2).owner) == (KIM, cast.LEA)


@pytest.mark.long
def test_lead_of_a_channel_named_by_what_they_call_themselves_is_nobody(berlin: Stage) -> None:
    berlin.restart(policy=policy(**with_berlin(lead="@satoshi")))
    complains(berlin, 1)
    berlin.pass_time(hours=1)
    assert berlin.nudges("kim") == berlin.nudges("lea") == []
    assert berlin.nudges("thread")


# Who may read it


@pytest.mark.long
def test_each_channel_has_its_own_digest_of_its_own_cases(berlin: Stage) -> None:
    complains(berlin, 1, customer={"name": "Ana Berlin"})
    complains(berlin, 2, source="shop", customer={"name": "Bo Elsewhere"})
    berlin.pass_time(hours=24, step=HOUR)
    said = {m.channel: plain(m) for m in berlin.digests()}
    assert set(said) == {BERLIN, cast.CARE}
    assert ("Ana Berlin" in said[BERLIN], "Bo Elsewhere" in said[BERLIN]) == (True, False)
    assert ("Ana Berlin" in said[cast.CARE], "Bo Elsewhere" in said[cast.CARE]) == (False, True)


@pytest.mark.long
def test_channel_without_anything_to_tell_has_no_digest(berlin: Stage) -> None:
    complains(berlin, 1, source="shop")
    berlin.pass_time(hours=24, step=HOUR)
    assert [m.channel for m in berlin.digests()] == [cast.CARE]


@pytest.mark.long
def test_day_whose_cases_are_all_over_is_told_in_its_own_channel(berlin: Stage) -> None:
    complains(berlin, 1)
    berlin.person("tom").command("/case", "claim 1", channel="care-berlin")
    berlin.pass_time(minutes=10)
    berlin.person("tom").command("/case", "contacted 1 called her, all is well", channel="care-berlin")
    berlin.person("tom").command("/case", "close 1 won back", channel="care-berlin")
    berlin.pass_time(hours=24, step=HOUR)
    said = {m.channel: plain(m) for m in berlin.digests()}
    assert "#1" in said[BERLIN]
    assert "#1" not in said[cast.CARE]


QUESTIONS = ("list", "list all", "find c1@example.org", "digest", "show 1", "why 1", "mine")


@pytest.mark.long
def test_nobody_outside_a_channel_learns_of_its_cases(berlin: Stage) -> None:
    complains(berlin, 1, customer={"name": "Ana Berlin", "email": "c1@example.org"})
    complains(berlin, 2, source="shop")
    said = {asked: str(berlin.person("ana").command("/case", asked).blocks) for asked in QUESTIONS}
    assert [asked for asked in QUESTIONS if "Ana Berlin" in said[asked]] == []
    assert [asked for asked in QUESTIONS if "#2" in said[asked]] == ["list", "list all", "digest"]


@pytest.mark.few(1)
@pytest.mark.parametrize("named", [True, False])
def test_what_is_over_there_is_told_nowhere_else(berlin: Stage, named: bool) -> None:
    complains(berlin, 1, customer={"name": "Ana Berlin", "email": "c1@example.org"})
    for said in ("claim 1", "contacted 1 called her, all is well", "close 1 won back PACKING / CHECKLIST"):
        berlin.pass_time(minutes=10)
        berlin.person("ben").command("/case", said)
    if not named:
        berlin.restart(policy=policy())
    asked = str(berlin.person("ana").command("/case", "digest").blocks)
    assert ("#1" in asked, "CHECKLIST" in asked) == (False, False)
    berlin.pass_time(hours=24, step=HOUR)
    said = {m.channel: plain(m) for m in berlin.digests()}
    assert {channel: "#1" in digest for channel, digest in said.items()} == {BERLIN: True, cast.CARE: False}


@pytest.mark.long
def test_who_is_in_that_channel_alone_asks_as_anybody_does(berlin: Stage) -> None:
    complains(berlin, 1, customer={"name": "Ana Berlin", "email": "c1@example.org"})
    complains(berlin, 2, source="shop", customer={"name": "Bo Elsewhere", "email": "c2@example.org"})
    tom = berlin.person("tom")
    said = {asked: str(tom.command("/case", asked, channel="care-berlin").blocks) for asked in QUESTIONS}
    assert [asked for asked in QUESTIONS if "Ana Berlin" not in said[asked]] == ["why 1", "mine"]
    assert [asked for asked in QUESTIONS if "Bo Elsewhere" in said[asked]] == []


@pytest.mark.long
def test_home_shows_the_cases_of_ones_own_channels(berlin: Stage) -> None:
    complains(berlin, 1, customer={"name": "Ana Berlin"})
    complains(berlin, 2, source="shop", customer={"name": "Bo Elsewhere"})
    shown = {}
    for name in ("tom", "ana", "ben"):
        berlin.person(name).open_home()
        shown[name] = str(berlin.person(name).home())
    assert {name: ("Ana Berlin" in home, "Bo Elsewhere" in home) for name, home in shown.items()} == {
        "tom": (True, False),
        "ana": (False, True),
        "ben": (True, True),
    }


# A channel that cannot be used


MUNICH = {"sources": {"berlin-form": {"channel": "#care-munich"}}}


def out_of_reach(stage: Stage, why: str) -> None:
    channel = stage.practice.workspace.channels[BERLIN]
    if why == "archived":
        channel.archived = True
    elif why == "left":
        channel.members.discard(cast.BOT_USER)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("unknown", "I can see no channel in use of that name"),
        ("archived", "it has been archived"),
        ("left", "I am not in it"),
    ],
)
def test_case_whose_channel_cannot_be_used_stands_in_the_default_one(berlin: Stage, why: str, said: str) -> None:
    out_of_reach(berlin, why)
    berlin.restart(policy=policy(**MUNICH if why == "unknown" else with_berlin(lead="")))
    assert [complains(berlin, number).channel for number in (1, 2)] == [cast.CARE] * 2
    assert [said in "".join(berlin.in_thread(number)) for number in (1, 2)] == [True, True]
    (told,) = berlin.practice.dms("lea")
    assert said in plain(told)
    assert berlin.draft(1).channel == cast.CARE


@pytest.mark.long
def test_flood_whose_channel_cannot_be_used_stands_in_the_default_one(berlin: Stage) -> None:
    out_of_reach(berlin, "archived")
    berlin.restart(policy=policy(**with_berlin(lead=""), flood={"cards": 2, "within": "10m"}))
    for number in range(1, 6):
        said = {"external_id": f"f-{number}", "source": "berlin-form", "comment": "My order never arrived."}
        sent = {"type": "feedback.created", "timestamp": berlin.now.isoformat(), "data": said}
        berlin.practice.intake.send(sent, f"msg_{number}")
    berlin.settle()
    assert {m.channel for kind in ("card", "flood") for m in berlin.practice.messages(kind)} == {cast.CARE}
    assert {berlin.case(number).channel for number in range(1, 6)} == {cast.CARE}
    assert [berlin.history(number) for number in (1, 5)] == [["opened", "rerouted"]] * 2
    assert len(berlin.practice.dms("lea")) == 1


def test_flood_comes_home_although_one_of_its_cases_was_there_before(berlin: Stage) -> None:
    """Whatever the channels are called: this one comes last in every order."""
    berlin.practice.workspace.channels["CZURICH01"] = Channel("CZURICH01", "care-zurich", {cast.BEN}, archived=True)
    page = {"sources": {"form": {"channel": "#care-zurich"}}, "flood": {"cards": 2, "within": "10m"}}
    berlin.restart(policy=policy(**page))
    berlin.world.store.write(lambda tx: channels.remember(tx, "care-zurich", "CZURICH01"))
    berlin.restart(policy=policy(**page))
    for number in range(1, 6):
        said = {"external_id": f"f-{number}", "source": "form", "comment": "My order never arrived."}
        sent = {"type": "feedback.created", "timestamp": berlin.now.isoformat(), "data": said}
        berlin.practice.intake.send(sent, f"msg_{number}")
    assert {berlin.case(number).channel for number in range(1, 6)} == {"CZURICH01"}
    berlin.world.store.write(lambda tx: comes_home(berlin.world, tx, 4, "archived"))
    berlin.settle()
    assert {m.channel for m in berlin.practice.messages("flood")} == {cast.CARE}
    assert {berlin.case(number).channel for number in range(1, 6)} == {cast.CARE}


@pytest.mark.long
def test_channel_that_is_there_again_has_the_next_case(berlin: Stage) -> None:
    out_of_reach(berlin, "left")
    complains(berlin, 1)
    berlin.practice.workspace.channels[BERLIN].members.add(cast.BOT_USER)
    assert complains(berlin, 2).channel == BERLIN
    assert berlin.card(1).channel == cast.CARE


@pytest.mark.long
def test_lead_hears_again_when_a_channel_fails_another_time(berlin: Stage) -> None:
    members = berlin.practice.workspace.channels[BERLIN].members
    for number in (1, 3):
        members.discard(cast.BOT_USER)
        complains(berlin, number)
        members.add(cast.BOT_USER)
        complains(berlin, number + 1)
        berlin.pass_time(minutes=1)
    assert len(berlin.practice.dms("kim")) == 2


@pytest.mark.long
def test_slack_that_does_not_tell_a_name_makes_the_case_wait(berlin: Stage) -> None:
    berlin.practice.faults.http_error("conversations.list", count=3)
    berlin.practice.workspace.channels[BERLIN].name = "care-munich"
    berlin.restart(policy=policy(**MUNICH))
    berlin.receives(source="berlin-form")
    assert berlin.practice.messages("card") == []
    berlin.pass_time(minutes=5)
    assert berlin.card().channel == BERLIN


# By hand


@pytest.mark.few(1)
@pytest.mark.parametrize(("where", "stands"), [("care-berlin", BERLIN), ("care", cast.CARE), ("general", cast.CARE)])
def test_case_opened_by_hand_stands_where_that_was_typed(berlin: Stage, where: str, stands: str) -> None:
    berlin.practice.workspace.channels[cast.GENERAL].members.add(cast.BEN)
    ben = berlin.person("ben")
    ben.command("/case", "new", channel=where)
    assert ben.submit({"comment": "She rang: the cake was crushed."}) == {}
    assert berlin.card().channel == stands


def test_who_is_in_another_channel_alone_opens_a_case_there(berlin: Stage) -> None:
    tom = berlin.person("tom")
    berlin.practice.workspace.channels[cast.GENERAL].members.add(TOM)
    assert "channel" in tom.command("/case", "new", channel="general").text
    tom.command("/case", "new", channel="care-berlin")
    tom.submit({"comment": "She rang: the cake was crushed."})
    assert berlin.card().channel == BERLIN


@pytest.mark.long
def test_everybody_practises_where_they_are(berlin: Stage) -> None:
    """Who is in another channel alone can do nothing with a practice case that stands here."""
    said = {
        who: plain(berlin.person(who).command("/case", "new practice", channel=where)) for who, where in HERE.items()
    }
    assert [berlin.case(number).channel for number in (1, 2)] == [cast.CARE, BERLIN]
    assert ["Your practice case is" in each for each in said.values()] == [True, True, False]
    berlin.person("tom").command("/case", "claim 2", channel="care-berlin")
    assert berlin.case(2).owner == TOM


HERE = {"ana": "care", "tom": "care-berlin", "ben": "care-berlin"}


# By every road


def test_token_door_of_a_source_opens_cases_in_its_channel(berlin: Stage) -> None:
    page = {"sources": {"berlin-form": {"channel": "#care-berlin", "kind": "json", "signed": "token"}}}
    berlin.restart(policy=policy(**page), secrets={"generic": cast.INTAKE_SECRET, "berlin-form": "opensesame"})
    body = json.dumps({"comment": "My order never arrived.", "source": "somewhere else"}).encode()
    answer = berlin.bot.edge.intake("berlin-form", {"authorization": "Bearer opensesame"}, body)
    berlin.settle()
    assert (answer.status, berlin.card().channel) == (201, BERLIN)


def test_file_of_a_source_opens_cases_in_its_channel(berlin: Stage, tmp_path: Path) -> None:
    (tmp_path / "reviews.csv").write_text("Comment,Rating\nMy order never arrived,1 of 5\n")
    rows = read_file(tmp_path / "reviews.csv", berlin.world.policy.told_of("berlin-form"))
    assert list(take_in(berlin.world, rows)) == ["case"]
    berlin.settle()
    assert berlin.card().channel == BERLIN


# Channels change


def test_lead_of_a_channel_hears_that_it_was_archived(berlin: Stage) -> None:
    complains(berlin, 1)
    berlin.person("tom").archives("care-berlin")
    told = f"has been archived. Its open cases (1) wait there, and new ones come to <#{cast.CARE}>"
    complains(berlin, 2)
    assert [told in plain(each) for each in berlin.practice.dms("kim")] == [True]
    assert berlin.practice.dms("lea") == []
    berlin.person("ben").command("/case", "claim 1")
    berlin.person("tom").unarchives("care-berlin")
    assert payload(berlin.card())["owner"] == cast.BEN


@pytest.mark.long
def test_channel_of_a_source_that_gets_another_id_is_followed(berlin: Stage) -> None:
    complains(berlin, 1)
    berlin.person("kim").shares("care-berlin", "CSHARED01")
    berlin.restart()
    assert complains(berlin, 2).channel == berlin.card(1).channel == "CSHARED01"
    berlin.pass_time(hours=1)
    assert (bool(berlin.nudges("kim")), berlin.nudges("lea")) == (True, [])


def test_channel_of_a_source_that_is_renamed_stays_the_same(berlin: Stage) -> None:
    complains(berlin, 1)
    berlin.person("kim").renames("care-berlin", "berlin")
    berlin.restart()
    assert complains(berlin, 2).channel == berlin.card(1).channel == BERLIN
    berlin.pass_time(hours=1)
    assert (bool(berlin.nudges("kim")), berlin.nudges("lea")) == (True, [])


def test_case_that_was_opened_under_a_name_gets_the_channels_id(berlin: Stage) -> None:
    berlin.practice.faults.http_error("conversations.list", count=3)
    berlin.practice.workspace.channels[BERLIN].name = "care-munich"
    berlin.restart(policy=policy(**MUNICH))
    berlin.receives(source="berlin-form")
    assert berlin.case().channel == "care-munich"
    berlin.practice.faults.clear()
    look_after_channels(berlin.world)
    assert berlin.case().channel == BERLIN
