"""Ownership is a lease: who holds a case and is silent is asked, and a case nobody answers for goes back to the team."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.model import Status
from sandbox.people.reading import plain
from tests.stories.owning import ana_with_one
from tests.stories.stage import Actor, Stage, buttons, policy

HOUR = timedelta(hours=1)


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana has claimed a case at ten on Monday: the customer should hear from her by eleven, she is asked at twelve."""
    return ana_with_one(stage)


# The question


@pytest.mark.long
def test_silent_owner_is_asked_once_with_two_buttons(stage: Stage, ana: Actor) -> None:
    stage.pass_time(hours=2, minutes=10)
    asked = stage.nudges("ana")[-1]
    assert stage.nudged()[-2:] == ["Mon 12:00 ana", "Mon 12:00 lea"]
    assert "Are you still on it?" in plain(asked)
    assert buttons(asked) == ["still", "release", "reach"]


@pytest.mark.long
def test_question_takes_the_place_of_a_reminder(stage: Stage, ana: Actor) -> None:
    stage.pass_time(hours=2, minutes=10)
    assert stage.nudged().count("Mon 12:00 ana") == 1


@pytest.mark.long
def test_still_on_it_gives_the_owner_time(stage: Stage, ana: Actor) -> None:
    stage.pass_time(hours=2, minutes=10)
    ana.click(stage.nudges("ana")[-1], "still")
    assert "is on it. Thank you." in plain(stage.nudges("ana")[-1])
    stage.pass_time(minutes=90)
    assert stage.case().owner == ana.id


@pytest.mark.long
def test_owner_who_goes_silent_again_is_asked_again(stage: Stage, ana: Actor) -> None:
    stage.pass_time(hours=2, minutes=10)
    ana.command("/case", "still 1")
    stage.pass_time(hours=2)
    assert stage.nudged()[-1] == "Mon 14:10 ana"
    assert buttons(stage.nudges("ana")[-1]) == ["still", "release", "reach"]


def test_only_the_owner_can_say_still_on_it(stage: Stage, ana: Actor) -> None:
    ben = stage.person("ben")
    ben.command("/case", "still 1")
    assert "has had this one since" in ben.sees()[-1]


@pytest.mark.long
def test_contact_makes_the_question_needless(stage: Stage, ana: Actor) -> None:
    stage.pass_time(hours=1, minutes=50)
    ana.command("/case", "contacted 1 phone")
    told = stage.nudged()
    stage.pass_time(hours=6)
    assert stage.nudged() == told


@pytest.mark.long
def test_snoozed_case_is_asked_about_later(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "snooze 1 3h the courier is on the way")
    stage.pass_time(hours=4, minutes=50)
    assert not any("still on it" in plain(nudge) for nudge in stage.nudges())
    stage.pass_time(minutes=15)
    assert "Are you still on it?" in plain(stage.nudges("ana")[-1])


# Without an answer


def test_unanswered_case_goes_back_to_the_channel(stage: Stage, ana: Actor) -> None:
    due = stage.case().contact_due_at
    stage.pass_time(hours=2, minutes=30)
    case = stage.case()
    assert (case.status, case.owner) == (Status.UNCLAIMED, None)
    assert case.contact_due_at == due  # the customer has been waiting all the same
    assert "Needs an owner" in plain(stage.card())
    back = [m for m in stage.practice.messages("note") if "free again" in plain(m)]
    assert [m.broadcast for m in back] == [True]
    assert stage.history()[-1] == "let_go"


@pytest.mark.long
def test_question_is_over_once_the_case_is_free(stage: Stage, ana: Actor) -> None:
    stage.pass_time(hours=2, minutes=30)
    asked = next(m for m in stage.nudges("ana") if "Back with the team" in plain(m))
    assert buttons(asked) == []


@pytest.mark.long
def test_ladder_starts_again_for_a_freed_case(stage: Stage, ana: Actor) -> None:
    stage.pass_time(hours=3, minutes=20)
    assert stage.nudged()[-2:] == ["Mon 12:45 thread", "Mon 13:15 lea"]


@pytest.mark.long
def test_next_owner_gets_reminders_of_their_own(stage: Stage, ana: Actor) -> None:
    stage.pass_time(hours=2, minutes=35)
    stage.person("ben").react(stage.card(), "eyes")
    stage.pass_time(hours=1)
    assert [told for told in stage.nudged() if "ben" in told] == ["Mon 12:50 ben"]  # fifteen minutes for the call


@pytest.mark.long
def test_evening_gives_the_owner_until_the_morning(stage: Stage, ana: Actor) -> None:
    stage.jump(timedelta(hours=5, minutes=55))  # 15:55
    ana.command("/case", "still 1")
    stage.pass_time(hours=2, minutes=5)  # 18:00: asked at 17:55, five of thirty minutes before closing time
    assert stage.case().owner == ana.id
    stage.pass_time(hours=15, minutes=24)  # 09:24
    assert stage.case().owner == ana.id
    stage.pass_time(minutes=1)
    assert stage.case().owner is None


@pytest.mark.long
def test_downtime_never_frees_a_case_unasked(stage: Stage, ana: Actor) -> None:
    stage.is_down(days=2)
    assert stage.case().owner == ana.id
    assert "Are you still on it?" in plain(stage.nudges("ana")[-1])
    stage.pass_time(minutes=30)
    assert stage.case().owner is None


@pytest.mark.long
def test_team_may_do_without_the_question(stage: Stage, ana: Actor) -> None:
    stage.restart(policy=policy(ownership={"ask": False}))
    stage.pass_time(hours=7)
    assert stage.case().owner == ana.id


# From hand to hand


@pytest.mark.long
def test_taking_over_tells_who_had_it(stage: Stage, ana: Actor) -> None:
    ben = stage.person("ben")
    ben.command("/case", "takeover 1 I know the courier")
    assert stage.case().owner == ben.id
    notice = stage.practice.messages("notice")[-1]
    assert stage.told(notice) == "ana"
    assert "I know the courier" in plain(notice)
    assert "has taken over from" in stage.in_thread(kind="note")[-1]


def test_claim_of_a_held_case_points_to_takeover(stage: Stage, ana: Actor) -> None:
    ben = stage.person("ben")
    ben.command("/case", "claim 1")
    assert "takeover 1" in ben.sees()[-1]


@pytest.mark.long
def test_take_over_by_the_refusals_button_asks_a_word(stage: Stage, ana: Actor) -> None:
    ben = stage.person("ben")
    ben.react(stage.card(), "eyes")
    ben.click(ben.private_messages()[-1], "takeover")
    ben.submit({"text": "Let me"})
    assert stage.case().owner == ben.id


@pytest.mark.long
def test_nudge_after_takeover_is_for_the_new_owner(stage: Stage, ana: Actor) -> None:
    stage.person("ben").command("/case", "takeover 1")
    stage.pass_time(minutes=50)
    assert stage.nudged() == ["Mon 10:45 ben"]


# Snooze within limits


def test_snooze_beyond_the_longest_is_refused(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "snooze 1 30d")
    assert "too long for somebody who waits" in ana.sees()[-1]
    assert stage.case().snoozed_until is None


@pytest.mark.long
def test_fourth_snooze_asks_for_contact_instead(stage: Stage, ana: Actor) -> None:
    for hours in (1, 2, 3):
        ana.command("/case", f"snooze 1 {hours}h")
    ana.command("/case", "snooze 1 4h")
    assert "snoozed 3 times already" in ana.sees()[-1]


@pytest.mark.long
def test_reopened_case_may_be_snoozed_anew(stage: Stage, ana: Actor) -> None:
    for hours in (1, 2, 3):
        ana.command("/case", f"snooze 1 {hours}h")
    ana.command("/case", "contacted 1 phone")
    assert stage.case().snoozes == 0
    assert "how #1 ended" in plain(ana.command("/case", "snooze 1 1h"))
    assert stage.case().look_back_at == stage.now + timedelta(hours=1)
