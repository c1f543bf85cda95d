"""The daily digest: once a day and channel whatever restarts, first who still waits, and one friendly line when nobody does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sandbox.reading import plain
from tests.stories.stage import POLICY, Stage, says_when

HOUR = timedelta(hours=1)
MORNING = timedelta(hours=23)  # from the story's first moment to Tuesday, 09:00 in Berlin
COMPLAINT = "My order never arrived."


def posted_at(stage: Stage) -> list[str]:
    return [f"{stage.local(digest.ts):%a %H:%M}" for digest in stage.digests()]


def receives_from(stage: Stage, name: str, comment: str = COMPLAINT, **more: Any) -> None:
    stage.receives(external_id=name, comment=comment, customer={"name": name, "id": name}, **more)


# When


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
    stage.restart(policy=POLICY.model_copy(update={"digest": POLICY.digest.model_validate({"at": "16:30"})}))
    stage.pass_time(hours=7, step=timedelta(minutes=30))
    assert posted_at(stage) == ["Mon 16:30"]


# What


def test_digest_puts_longest_wait_first_then_the_rest(stage: Stage) -> None:
    ana = stage.person("ana")
    for name in ("first", "second", "third", "fourth"):
        receives_from(stage, name, f"The {name} order never arrived.")
        stage.jump(timedelta(minutes=1))
    ana.command("/case", "claim 2")
    ana.command("/case", "contacted 3 phone")
    ana.command("/case", "contacted 4 phone")
    ana.command("/case", "close 4 won back")
    stage.jump(MORNING)

    (digest,) = stage.digests()
    said = plain(digest)
    assert said.startswith("Today at Hearth & Ribbon")
    assert "2 customers have not heard from us yet" in said
    places = [
        said.index(part) for part in ("The first order", "The second order", "In hand:", "Contacted yesterday: 2")
    ]
    assert places == sorted(places)
    assert "Closed: 1 · won back: 1" in said
    assert "The third order" not in said
    assert says_when(digest, stage.case(1).waiting_since)


def test_digest_links_the_cards_and_names_holders(stage: Stage) -> None:
    receives_from(stage, "first")
    stage.person("ben").command("/case", "claim 1")
    stage.jump(MORNING)
    said = plain(stage.digests()[0])
    assert f"/archives/{stage.card().channel}/p{stage.card().ts.replace('.', '')}" in said
    assert f"<@{stage.person('ben').id}>" in said


def test_more_than_five_waiting_are_only_counted(stage: Stage) -> None:
    for number in range(7):
        receives_from(stage, f"customer {number}")
    stage.jump(MORNING)
    said = plain(stage.digests()[0])
    assert "7 customers have not heard from us yet" in said
    assert "… and 2 more" in said


def test_promise_for_today_stands_in_the_digest(stage: Stage) -> None:
    receives_from(stage, "first")
    stage.person("ana").command("/case", "contacted 1 phone")
    stage.person("ana").command("/case", "promise 1 tomorrow 15:00: a new box")
    stage.jump(MORNING)
    assert "Promised for today:" in plain(stage.digests()[0])


def test_quiet_day_is_one_friendly_line(stage: Stage) -> None:
    stage.jump(MORNING)
    said = plain(stage.digests()[0]).splitlines()
    assert said[1:] == ["Nobody is waiting and nothing happened. Have a good day. ☕"]


def test_monday_looks_back_over_the_weekend(stage: Stage) -> None:
    stage.jump(timedelta(days=4))  # Friday
    receives_from(stage, "first")
    stage.person("ana").command("/case", "contacted 1 phone")
    stage.jump(timedelta(days=2, hours=23))
    assert "Contacted since Fri 9 Jan 2026: 1" in plain(stage.digests()[-1])


# On request


def test_digest_on_request_is_private_and_fresh(stage: Stage) -> None:
    ana, ben = stage.person("ana"), stage.person("ben")
    receives_from(stage, "first")
    asked = ana.command("/case", "digest")
    assert "One customer has not heard from us yet" in plain(asked)
    assert ben.sees() == []
    assert stage.digests() == []
    ana.command("/case", "contacted 1 phone")
    assert "Everybody has been contacted" in plain(ana.command("/case", "digest"))
