"""The daily digest: once a day and channel whatever restarts, first who still waits, and one friendly line when nobody does."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from cases.policy.page import Policy
from sandbox.people.reading import plain
from sandbox.workspace import Message
from store import cases, messages
from store import tables as t
from tests.stories.stage import POLICY, Stage, says_when

HOUR = timedelta(hours=1)
MORNING = timedelta(hours=23)  # from the story's first moment to Tuesday, 09:00 in Berlin
COMPLAINT = "My order never arrived, and nobody answers."


def posted_at(stage: Stage) -> list[str]:
    return [f"{stage.local(digest.ts):%a %H:%M}" for digest in stage.digests()]


def with_digest(**settings: Any) -> Policy:
    return POLICY.model_copy(update={"digest": POLICY.digest.model_validate(settings)})


def move(stage: Stage, number: int, channel: str) -> None:
    """The case stands in another channel, as a team with several has them."""
    case = stage.case(number)
    assert stage.world.store.write(lambda tx: cases.save(tx, replace(case, channel=channel), before=case))


def owed(stage: Stage) -> list[str]:
    """The channels that were owed a digest, shown or not."""
    m = t.messages.c
    return stage.world.store.read(lambda tx: list(tx.scalars(select(m.channel).where(m.kind == "digest"))))


def receives_from(stage: Stage, name: str, comment: str = COMPLAINT, **more: Any) -> None:
    stage.receives(external_id=name, comment=comment, customer={"name": name, "id": name}, **more)


def receives_from_seven(stage: Stage) -> None:
    """Two more than a digest names one by one."""
    for number in range(7):
        receives_from(stage, f"customer {number}")


def in_the_morning(stage: Stage) -> Message:
    """It is nine on Tuesday, and this digest is there: the only one so far."""
    stage.jump(MORNING)
    (digest,) = stage.digests()
    return digest


# When


@pytest.mark.long
def test_digest_comes_at_nine_local_each_day(stage: Stage) -> None:
    stage.pass_time(days=3, step=HOUR)
    assert posted_at(stage) == ["Tue 09:00", "Wed 09:00", "Thu 09:00"]
    assert {digest.channel for digest in stage.digests()} == {stage.settings.slack_channel}


def test_restarts_do_not_repeat_the_digest(stage: Stage) -> None:
    stage.jump(MORNING)
    for _ in range(3):
        stage.restart()
        stage.pass_time(minutes=10)
    assert posted_at(stage) == ["Tue 09:00"]


def test_bot_down_at_nine_tells_it_later(stage: Stage) -> None:
    stage.is_down(hours=26)
    assert posted_at(stage) == ["Tue 12:00"]


def test_morning_that_was_missed_stays_missed(stage: Stage) -> None:
    stage.is_down(days=2, hours=3)
    assert posted_at(stage) == ["Wed 13:00"]


def test_day_of_installation_has_no_digest(stage: Stage) -> None:
    stage.pass_time(hours=13, step=HOUR)
    assert posted_at(stage) == []


def test_team_may_choose_its_own_hour(stage: Stage) -> None:
    stage.restart(policy=with_digest(at="16:30"))
    stage.pass_time(hours=7, step=timedelta(minutes=30))
    assert posted_at(stage) == ["Mon 16:30"]


@pytest.mark.long
def test_days_off_pass_without_a_digest(stage: Stage) -> None:
    """first-day B22a"""
    receives_from(stage, "first")
    stage.person("ana").command("/case", "claim 1")
    stage.pass_time(days=7, step=3 * HOUR)
    assert [at[:3] for at in posted_at(stage)] == ["Tue", "Wed", "Thu", "Fri", "Mon"]


def test_morning_that_slack_missed_is_not_told_next_day(stage: Stage) -> None:
    receives_from(stage, "first")
    stage.practice.faults.away()
    stage.pass_time(hours=40, step=4 * HOUR)  # to two o'clock on Wednesday night
    stage.practice.faults.back()
    stage.pass_time(hours=8, step=HOUR)
    assert posted_at(stage) == ["Wed 09:00"]


@pytest.mark.long
def test_digest_that_stands_does_not_change_over_night(stage: Stage) -> None:
    receives_from(stage, "first")
    stage.jump(MORNING)
    stage.pass_time(minutes=1, step=timedelta(seconds=5))
    before = plain(stage.digests()[0])
    intent = f"digest:{stage.settings.slack_channel}:2026-01-06"
    stage.jump(timedelta(hours=14))
    receives_from(stage, "second")
    stage.jump(timedelta(hours=2))
    stage.world.store.write(lambda tx: messages.want_again(tx, intent, stage.now))
    stage.settle()
    assert plain(stage.digests()[0]) == before


# Where


def test_each_channel_with_open_cases_has_its_own(stage: Stage) -> None:
    other = "CELSE0001"
    receives_from(stage, "first", "The first order never arrived, and nobody answers.")
    receives_from(stage, "second", "The second order never arrived, and nobody answers.")
    move(stage, 2, other)
    stage.jump(MORNING)
    assert sorted(owed(stage)) == sorted([stage.settings.slack_channel, other])
    said = plain(next(digest for digest in stage.digests() if digest.channel == stage.settings.slack_channel))
    assert "One customer waits for a word from us" in said
    assert "The second order" not in said
    assert "2 customers wait for a word from us" in plain(stage.person("lea").command("/case", "digest"))
    assert "One customer waits for a word from us" in plain(stage.person("ana").command("/case", "digest"))


@pytest.mark.long
def test_case_of_a_channel_named_otherwise_is_the_default_ones(stage: Stage) -> None:
    receives_from(stage, "first")
    move(stage, 1, "default")
    stage.jump(MORNING)
    assert owed(stage) == [stage.settings.slack_channel]
    assert "One customer waits for a word from us" in plain(stage.digests()[0])


# What


@pytest.mark.long
def test_digest_puts_longest_wait_first_then_the_rest(stage: Stage) -> None:
    ana = stage.person("ana")
    for name in ("first", "second", "third", "fourth"):
        receives_from(stage, name, f"The {name} order never arrived, and nobody answers.")
        stage.jump(timedelta(minutes=1))
    ana.command("/case", "claim 2")
    ana.command("/case", "contacted 3 phone")
    ana.command("/case", "contacted 4 phone")
    ana.command("/case", "close 4 won back")

    digest = in_the_morning(stage)
    said = plain(digest)
    assert said.startswith("Today at Hearth & Ribbon")
    assert "2 customers wait for a word from us" in said
    places = [
        said.index(part) for part in ("The first order", "The second order", "In hand:", "Contacted yesterday: 2")
    ]
    assert places == sorted(places)
    assert "Closed: 1 · won back: 1" in said
    assert "The third order" not in said
    assert says_when(digest, stage.case(1).waiting_since)


@pytest.mark.long
def test_digest_calls_who_has_to_act_and_names_who_holds(stage: Stage) -> None:
    ben, ana = stage.person("ben"), stage.person("ana")
    receives_from(stage, "first")
    receives_from(stage, "second")
    ben.command("/case", "claim 1")
    ana.command("/case", "contacted 2 phone")
    said = plain(in_the_morning(stage))
    assert f"/archives/{stage.card().channel}/p{stage.card().ts.replace('.', '')}" in said
    assert f"<@{ben.id}>" in said
    assert f"<@{ana.id}>" not in said.partition("In hand:")[2].partition("Thank you")[0]
    assert "*In hand:* Ana Ortega" in said


@pytest.mark.long
def test_second_morning_tells_how_often_was_reminded(stage: Stage) -> None:
    receives_from(stage, "first")
    stage.pass_time(days=2, step=HOUR)
    mornings = [re.search(r"since Monday, January 5th.* · reminded (\d+) times ·", plain(d)) for d in stage.digests()]
    first, second = (int(found[1]) for found in mornings if found)
    assert 0 < first < second


@pytest.mark.long
def test_more_than_five_waiting_are_only_counted(stage: Stage) -> None:
    receives_from_seven(stage)
    said = plain(in_the_morning(stage))
    assert "7 customers wait for a word from us" in said
    assert "… and 2 more" in said


@pytest.mark.long
def test_promise_for_today_stands_in_the_digest(stage: Stage) -> None:
    receives_from(stage, "first")
    stage.person("ana").command("/case", "contacted 1 phone")
    stage.person("ana").command("/case", "promise 1 tomorrow 15:00: a new box")
    assert "Promised by today:" in plain(in_the_morning(stage))


@pytest.mark.long
def test_promise_outlives_its_case_in_sight_of_all(stage: Stage) -> None:
    receives_from(stage, "first")
    ana = stage.person("ana")
    for said in ("contacted 1 phone", "promise 1 wednesday 12:00: a new box", "close 1 satisfied promise to do"):
        ana.command("/case", said)
    stage.pass_time(days=4, step=HOUR)
    wednesday, thursday, friday = (plain(each) for each in stage.digests()[-3:])
    for said in (wednesday, thursday, friday):
        assert "“a new box”" in said
        assert "nothing happened" not in said
    assert "a new box" in plain(ana.command("/case", "list"))


def test_quiet_day_is_one_friendly_line(stage: Stage) -> None:
    said = plain(in_the_morning(stage)).splitlines()
    assert said[1:] == ["Nobody is waiting and nothing happened. Have a good day. ☕"]


@pytest.mark.long
def test_monday_looks_back_over_the_weekend(stage: Stage) -> None:
    stage.jump(timedelta(days=4))  # Friday
    receives_from(stage, "first")
    stage.person("ana").command("/case", "contacted 1 phone")
    stage.jump(timedelta(days=2, hours=23))
    assert "Contacted from Friday, January 9th, 2026 to yesterday: 1" in plain(stage.digests()[-1])


@pytest.mark.long
def test_more_than_five_lead_to_the_home_tab(stage: Stage) -> None:
    receives_from_seven(stage)
    said = in_the_morning(stage).text
    assert "and 2 more in the <slack://app?team=" in said
    assert "tab=home|Home tab of this app>" in said


def test_home_tab_is_named_where_its_address_is_unknown(stage: Stage) -> None:
    stage.practice.faults.refuse("bots.info", "bot_not_found", count=9)
    receives_from_seven(stage)
    assert "… and 2 more in the Home tab of this app" in plain(in_the_morning(stage))


@pytest.mark.long
def test_contacts_are_measured_against_the_clock(stage: Stage) -> None:
    ana = stage.person("ana")
    receives_from(stage, "first")
    stage.jump(timedelta(minutes=30))
    ana.command("/case", "contacted 1 phone")
    receives_from(stage, "second")
    stage.jump(timedelta(minutes=90))
    ana.command("/case", "contacted 2 phone")
    said = plain(in_the_morning(stage))
    assert "Contacted yesterday: 2 · 1 of 2 in time" in said
    assert "Time to contact: 30 min, 1 h 30 min" in said


@pytest.mark.long
def test_colleague_is_thanked_for_a_customer_won_back(stage: Stage) -> None:
    receives_from(stage, "first")
    receives_from(stage, "second")
    stage.jump(timedelta(minutes=10))
    stage.person("ben").command("/case", "contacted 1 phone")
    stage.person("ana").command("/case", "contacted 2 phone")
    stage.person("ana").command("/case", "close 2 won back")
    said = plain(in_the_morning(stage))
    assert f"Thank you, <@{stage.person('ana').id}>: the customer of" in said
    assert "is won back." in said


# The week


@pytest.mark.long
def test_monday_tells_of_the_week_in_the_same_message(stage: Stage) -> None:
    ana = stage.person("ana")
    for name in ("first", "second", "third"):
        receives_from(stage, name, "The order came an hour late.")
    ana.command("/case", "contacted 1 phone")
    ana.command("/case", "close 1 won back")
    stage.pass_time(days=6, hours=23, step=HOUR)
    assert posted_at(stage)[-1] == "Mon 09:00"
    said = [plain(digest) for digest in stage.digests()]
    assert not any("The week to" in earlier for earlier in said[:-1])
    assert "The week to Sunday, January 11th, 2026" in said[-1]
    assert "New 3 (0) · contacted 1 (0) · won back 1 (0)\n1 told by a colleague" in said[-1]
    assert "*What it was about:* late 3 (" in said[-1]
    assert f"Thank you for every call and every letter: <@{ana.id}>" in said[-1]


@pytest.mark.long
def test_team_may_do_without_the_week(stage: Stage) -> None:
    stage.restart(policy=with_digest(weekly=""))
    receives_from(stage, "first")
    stage.jump(timedelta(days=6, hours=23))
    assert "The week to" not in plain(stage.digests()[-1])


# On request


def test_digest_on_request_is_private_and_fresh(stage: Stage) -> None:
    ana, ben = stage.person("ana"), stage.person("ben")
    receives_from(stage, "first")
    asked = ana.command("/case", "digest")
    assert "One customer waits for a word from us" in plain(asked)
    assert ben.sees() == []
    assert stage.digests() == []
    ana.command("/case", "contacted 1 phone")
    assert "Everybody has been contacted" in plain(ana.command("/case", "digest"))
