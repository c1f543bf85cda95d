"""Whom a reminder reaches: one message for each person, in their own daytime, and the next one where somebody rests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.demo import cast
from sandbox.people.reading import plain
from store import people
from tests.stories.owning import ana_with_one, arrive
from tests.stories.stage import Actor, Stage, buttons, payload, policy

QUARTER = timedelta(minutes=15)


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana holds a case since ten on Monday; she is reminded at 10:45 and at 11:00."""
    return ana_with_one(stage)


def another(stage: Stage, number: int) -> None:
    arrive(stage, number)
    stage.person("ana").command("/case", f"claim {number}")


# One message for each person


@pytest.mark.long
def test_reminders_of_one_quarter_are_one_message(stage: Stage, ana: Actor) -> None:
    stage.pass_time(minutes=10)
    another(stage, 2)
    stage.pass_time(minutes=46)
    assert stage.nudged() == ["Mon 10:45 ana"]
    assert "2 cases need a look" in plain(stage.nudges("ana")[0])


@pytest.mark.long
def test_each_case_in_a_list_has_its_buttons(stage: Stage, ana: Actor) -> None:
    stage.pass_time(minutes=10)
    another(stage, 2)
    stage.pass_time(minutes=46)
    assert buttons(stage.nudges("ana")[0]) == ["contacted", "snooze", "reach"] * 2
    assert payload(stage.nudges("ana")[0])["case"] is None


@pytest.mark.long
def test_case_reminded_of_again_so_soon_rings_no_bell(stage: Stage, ana: Actor) -> None:
    stage.pass_time(minutes=62)
    assert stage.nudged() == ["Mon 10:45 ana"]
    assert "first contact" in plain(stage.nudges("ana")[0])


@pytest.mark.long
def test_critical_case_rings_a_bell_of_its_own(stage: Stage, ana: Actor) -> None:
    stage.pass_time(minutes=35)
    stage.receives(external_id="f-2", comment="There was glass in the soup and my child is in hospital.")
    ana.command("/case", "claim 2")
    stage.pass_time(minutes=16)  # 10:45 for the first, 10:50 for the second
    assert stage.nudged() == ["Mon 10:45 ana", "Mon 10:50 ana"]


@pytest.mark.long
def test_list_gets_shorter_as_cases_are_done(stage: Stage, ana: Actor) -> None:
    stage.pass_time(minutes=10)
    another(stage, 2)
    stage.pass_time(minutes=46)
    ana.command("/case", "contacted 1 phone")
    assert buttons(stage.nudges("ana")[0]) == ["contacted", "snooze", "reach"]
    ana.command("/case", "contacted 2 phone")
    assert plain(stage.nudges("ana")[0]).count("Done: the customer has been contacted") == 2


@pytest.mark.long
def test_two_days_down_fill_no_channel(stage: Stage) -> None:
    arrive(stage, *range(1, 7))
    stage.is_down(days=2)
    assert sorted(stage.nudged()) == ["Wed 10:00 lea", "Wed 10:00 thread"]
    assert "6 cases need a look" in plain(stage.nudges("thread")[0])
    assert stage.nudges("thread")[0].thread_ts is None


# Rest


@pytest.mark.long
def test_reminder_skips_who_is_not_to_be_disturbed(stage: Stage, ana: Actor) -> None:
    ana.do_not_disturb(stage.now, stage.now + timedelta(minutes=50))
    stage.pass_time(minutes=61)
    assert stage.nudged() == ["Mon 10:45 lea", "Mon 11:00 ana"]
    assert "not to be disturbed" in plain(stage.nudges("lea")[0])


def test_reminder_skips_who_is_asleep_far_away(stage: Stage, ana: Actor) -> None:
    ana.lives_in("America/New_York")  # a quarter to five in the morning
    stage.pass_time(minutes=50)
    assert stage.nudged() == ["Mon 10:45 lea"]
    assert "it is night where" in plain(stage.nudges("lea")[0])


@pytest.mark.long
def test_lead_who_rests_too_leaves_it_to_the_thread(stage: Stage, ana: Actor) -> None:
    for name in ("ana", "lea"):
        stage.person(name).do_not_disturb(stage.now, stage.now + timedelta(hours=2))
    stage.pass_time(minutes=50)
    assert stage.nudged() == ["Mon 10:45 thread"]


@pytest.mark.long
def test_team_may_leave_do_not_disturb_aside(stage: Stage, ana: Actor) -> None:
    stage.restart(policy=policy(reminders={"do_not_disturb": False}))
    ana.do_not_disturb(stage.now, stage.now + timedelta(hours=2))
    stage.pass_time(minutes=50)
    assert stage.nudged() == ["Mon 10:45 ana"]


@pytest.mark.long
def test_wish_for_quiet_passes_reminders_on(stage: Stage, ana: Actor) -> None:
    wish(stage, ana, quiet_until=stage.now + timedelta(hours=1))
    stage.pass_time(minutes=50)
    assert stage.nudged() == ["Mon 10:45 lea"]


@pytest.mark.long
def test_wish_for_the_thread_is_called_there(stage: Stage, ana: Actor) -> None:
    wish(stage, ana, in_thread=True)
    stage.pass_time(minutes=50)
    assert stage.nudged() == ["Mon 10:45 thread"]
    assert f"<@{ana.id}>" in str(stage.nudges()[0].blocks)


@pytest.mark.long
def test_wish_for_no_early_reminder_is_kept(stage: Stage, ana: Actor) -> None:
    wish(stage, ana, early=False)
    stage.pass_time(minutes=65)
    assert stage.nudged() == ["Mon 11:00 ana"]


def wish(stage: Stage, who: Actor, **wishes: object) -> None:
    stage.world.store.write(lambda tx: people.change(tx, who.id, **wishes))


# Enough is enough


@pytest.mark.long
def test_last_reminder_of_the_day_names_who_follows(stage: Stage, ana: Actor) -> None:
    stage.restart(policy=policy(reminders={"per_person": 1}))
    stage.pass_time(minutes=62)
    assert stage.nudged() == ["Mon 10:45 ana", "Mon 11:00 lea"]
    assert "my last reminder to you today" in plain(stage.nudges("ana")[0])


@pytest.mark.long
def test_case_that_was_spoken_of_enough_waits(stage: Stage) -> None:
    stage.restart(policy=policy(reminders={"per_case": 2}))
    stage.receives()
    stage.pass_time(hours=7, minutes=55, step=QUARTER)
    assert stage.nudged() == ["Mon 10:15 thread", "Mon 10:45 lea"]
    assert "the next digest keeps it in sight" in plain(stage.nudges("lea")[0])
    ana = stage.person("ana")
    ana.command("/case", "why 1")
    assert "enough has been said" in ana.sees()[-1]
    stage.pass_time(hours=16, step=QUARTER)
    assert {told.split()[-1] for told in stage.nudged() if told.startswith("Tue")} == {"thread", "lea"}


# Groups, sources, hours


def test_rung_may_call_a_user_group(stage: Stage) -> None:
    stage.restart(policy=policy(nudges=[{"when": "unclaimed", "after": "0m", "tell": "@care-team"}]))
    stage.receives()
    stage.pass_time(minutes=20)
    assert stage.nudged() == ["Mon 10:15 thread"]
    assert f"@{cast.CARE_TEAM}" in plain(stage.nudges()[0])


@pytest.mark.long
def test_source_may_have_clocks_of_its_own(stage: Stage) -> None:
    faster = {"source": {"delivery-form": {"normal": {"claim": "5m"}}}}
    stage.restart(policy=policy(clocks=faster))
    stage.receives(source="delivery-form")
    stage.receives(external_id="f-2", source="survey")
    stage.pass_time(minutes=10)
    assert stage.case(1).claim_due_at - stage.case(1).opened_at == timedelta(minutes=5)
    assert stage.case(2).claim_due_at - stage.case(2).opened_at == timedelta(minutes=15)


@pytest.mark.long
def test_critical_case_may_break_the_quiet_hours(stage: Stage) -> None:
    stage.restart(policy=policy(hours=stage.settings.policy.hours.model_dump() | {"critical_any_time": True}))
    stage.jump(timedelta(hours=10))  # eight in the evening
    stage.receives(comment="There was glass in the soup and my child is in hospital.")
    stage.receives(external_id="f-2")
    stage.pass_time(minutes=20)
    assert stage.nudged() == ["Mon 20:05 thread"]


@pytest.mark.long
def test_why_tells_past_reminders_and_their_rule(stage: Stage, ana: Actor) -> None:
    stage.pass_time(minutes=50)
    ana.command("/case", "why 1")
    said = ana.sees()[-1]
    assert "Reminders so far" in said
    assert 'when = "not_contacted", after = "0m", every = "1h", at_most = 3, tell = "owner"' in said
    assert "Its owner asked how it goes" in said
