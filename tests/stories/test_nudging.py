"""Time passes: who is nudged, when, about what, and what makes it stop; nothing is lost and nothing said twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.demo.cast import ANA
from sandbox.people.reading import plain
from tests.stories.stage import POLICY, Actor, Stage, buttons, policy

HOUR = timedelta(hours=1)
QUARTER = timedelta(minutes=15)


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana, with a fresh case of normal severity before her: an owner within 15 minutes, first contact within an hour."""
    stage.receives()
    return stage.person("ana")


# The ladder


def test_unclaimed_case_calls_thread_then_the_lead(stage: Stage, ana: Actor) -> None:
    stage.pass_time(minutes=50)
    assert stage.nudged() == ["Mon 10:15 thread", "Mon 10:45 lea"]
    assert stage.nudges("thread")[0].broadcast  # nobody follows the thread of a case that nobody has taken
    assert buttons(stage.nudges("lea")[0]) == ["claim", "give"]


def test_claimed_case_calls_owner_thread_then_lead(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "eyes")
    stage.pass_time(hours=2, minutes=10)
    assert stage.nudged() == [
        "Mon 10:45 ana",  # a quarter of an hour before first contact is due; at eleven the same message says that it is
        "Mon 11:30 thread",
        "Mon 12:00 ana",
        "Mon 12:00 lea",
    ]
    assert "on the card, and a click on how you reached them, ends these reminders" in plain(stage.nudges("lea")[0])
    assert f"<@{ANA}> has it: can somebody help?" in plain(stage.nudges("lea")[0])


def test_last_nudge_says_that_it_is_last(stage: Stage, ana: Actor) -> None:
    stage.restart(policy=policy(ownership={"ask": False}))
    ana.react(stage.card(), "eyes")
    stage.pass_time(hours=4, step=QUARTER)
    assert "From here on" in plain(stage.nudges("ana")[-1])
    stage.pass_time(hours=3, step=QUARTER)
    assert [told for told in stage.nudged() if "ana" in told][-1] == "Mon 13:00 ana"


# Quiet hours


def test_evening_defers_nudges_to_the_morning(stage: Stage) -> None:
    stage.jump(timedelta(hours=7, minutes=50))  # 17:50, ten minutes before closing time
    stage.receives()
    stage.pass_time(hours=15, minutes=30, step=QUARTER)
    assert stage.nudged() == ["Tue 09:05 thread"]


def test_weekend_is_quiet_and_loses_nothing(stage: Stage) -> None:
    stage.jump(timedelta(days=5))
    stage.receives()
    assert "Needs an owner" in plain(stage.card())  # the card comes at any hour
    stage.pass_time(days=2, step=QUARTER)
    assert stage.nudged()[:2] == ["Mon 09:15 thread", "Mon 09:45 lea"]


def test_holiday_is_as_quiet_as_sunday(stage: Stage) -> None:
    hours = POLICY.hours.model_dump() | {"holidays": "DE-BY"}
    stage.restart(policy=policy(hours=hours))
    stage.jump(timedelta(hours=24))  # Tuesday 6 January: Epiphany
    stage.receives()
    stage.pass_time(hours=24, step=QUARTER)
    assert stage.nudged()[0] == "Wed 09:15 thread"


def test_night_does_not_count_as_waiting_time(stage: Stage) -> None:
    stage.jump(timedelta(hours=7, minutes=50))
    stage.receives()
    assert stage.case().claim_due_at - stage.case().opened_at == timedelta(hours=15, minutes=15)


def test_always_open_team_is_nudged_at_night(stage: Stage) -> None:
    stage.restart(policy=policy(hours={"always": True}))
    stage.jump(timedelta(hours=13))
    stage.receives()
    stage.pass_time(minutes=20)
    assert stage.nudged() == ["Mon 23:15 thread"]


# What stops them


def test_snooze_keeps_quiet_until_it_ends(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "snooze 1 2h waiting for the courier")
    stage.pass_time(hours=1, minutes=55)
    assert stage.nudged() == []
    stage.pass_time(minutes=10)
    assert {told.split()[-1] for told in stage.nudged()} == {"thread", "lea"}


def test_contact_stops_and_strikes_all_nudges(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "eyes")
    stage.pass_time(hours=2)
    told = stage.nudged()
    assert stage.standing() == ["thread", "ana", "lea"]
    ana.command("/case", "contacted 1 phone")
    assert stage.standing() == []
    done = [nudge for nudge in stage.nudges() if "Done: the customer has been contacted" in plain(nudge)]
    assert sorted(stage.told(nudge) for nudge in done) == ["ana", "lea", "thread"]
    stage.pass_time(days=1, step=QUARTER)
    assert stage.nudged() == told


def test_release_calls_for_another_owner_anew(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "eyes")
    stage.pass_time(minutes=20)
    ana.react(stage.card(), "wave")
    stage.pass_time(minutes=20)
    assert stage.nudged() == ["Mon 10:35 thread"]


def test_nudge_is_never_for_a_former_owner(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "eyes")
    ana.command("/case", "give 1 @ben")
    stage.pass_time(hours=1)
    assert stage.nudged() == ["Mon 10:45 ben"]


# Once each


def test_nudge_is_over_for_who_passed_it_on(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "eyes")
    stage.pass_time(minutes=45)
    ana.command("/case", "give 1 @ben")
    assert stage.nudged() == ["Mon 10:45 ana"]
    assert stage.standing() == []


@pytest.mark.long
def test_several_due_for_one_person_are_one(stage: Stage, ana: Actor) -> None:
    for number in (2, 3):
        stage.receives(external_id=f"f-{number}")
    for number in (1, 2, 3):
        ana.command("/case", f"claim {number}")
    stage.pass_time(minutes=45)
    assert stage.nudged() == ["Mon 10:45 ana"]
    assert "3 cases need a look" in plain(stage.nudges("ana")[0])
    assert buttons(stage.nudges("ana")[0]) == ["contacted", "snooze", "reach"] * 3
    ana.click(stage.nudges("ana")[0], "contacted", block_id="case-2")
    ana.submit({"way": "phone"})
    assert "2 cases need a look" in plain(stage.nudges("ana")[0])


def test_restart_in_between_gives_no_second_nudge(stage: Stage, ana: Actor) -> None:
    for _ in range(10):
        stage.pass_time(minutes=5)
        stage.restart()
    assert stage.nudged() == ["Mon 10:15 thread", "Mon 10:45 lea"]


def test_two_days_away_give_one_catch_up_each(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "eyes")
    stage.receives(external_id="f-2")
    stage.is_down(days=2)
    assert sorted(stage.nudged()) == ["Wed 10:00 ana", "Wed 10:00 lea", "Wed 10:00 thread", "Wed 10:00 thread"]
    assert "2 cases need a look" in plain(stage.nudges("lea")[0])
    stage.restart()
    assert len(stage.nudged()) == 4


def test_policy_change_plans_open_cases_anew(stage: Stage, ana: Actor) -> None:
    stage.restart(policy=policy(clocks={"normal": {"claim": "5m", "contact": "30m"}}))
    stage.pass_time(minutes=10)
    assert stage.nudged() == ["Mon 10:05 thread"]


@pytest.mark.long
def test_longer_hours_by_policy_leave_no_step_unsaid(stage: Stage) -> None:
    stage.jump(timedelta(hours=7))  # 17:00: first contact is due at closing time
    stage.receives()
    stage.person("ana").react(stage.card(), "eyes")
    stage.pass_time(hours=16, minutes=40, step=QUARTER)  # 09:40: the lead would hear at ten
    assert "lea" not in [told.split()[-1] for told in stage.nudged()]
    stage.restart(policy=policy(hours={"always": True}))  # now that was due at seven in the evening
    assert stage.nudged()[-1] == "Tue 09:40 lea"


def test_restart_with_the_same_hours_repeats_nothing(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "eyes")
    stage.pass_time(hours=1, minutes=10)
    told = stage.nudged()
    stage.restart(policy=policy(lead="@ben"))
    assert stage.nudged() == told


# Whom


def test_lead_nobody_knows_leaves_it_to_thread(stage: Stage) -> None:
    stage.restart(policy=policy(lead="@nobody"))
    stage.receives()
    stage.pass_time(minutes=50)
    assert stage.nudged() == ["Mon 10:15 thread", "Mon 10:45 thread"]


def test_rung_may_name_a_person_by_handle(stage: Stage) -> None:
    stage.restart(policy=policy(nudges=[{"when": "unclaimed", "after": "0m", "tell": "@ben"}]))
    stage.receives()
    stage.pass_time(hours=2)
    assert stage.nudged() == ["Mon 10:15 ben", "Mon 11:00 lea"]  # no rung is to come, and the customer waits


def test_promise_calls_its_owner_then_the_lead(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "contacted 1 phone")
    ana.command("/case", "promise 1 14:00: a new box")
    stage.pass_time(hours=5)
    assert stage.nudged() == ["Mon 12:00 ana", "Mon 14:00 ana", "Mon 14:30 lea"]
    assert "then set the new date" in plain(stage.nudges("lea")[0])


def test_kept_promise_is_not_reminded_of(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "contacted 1 phone")
    ana.command("/case", "promise 1 14:00: a new box")
    stage.pass_time(hours=2)
    ana.click(stage.nudges("ana")[0], "kept")
    stage.pass_time(hours=5, step=QUARTER)
    assert stage.nudged() == ["Mon 12:00 ana"]
    assert stage.standing() == []
