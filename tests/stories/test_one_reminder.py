"""Of one case there is one reminder for each person and place: a newer one replaces the older, worst first and few at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.people.reading import plain
from tests.stories.owning import ana_with_one, arrive
from tests.stories.stage import Actor, Stage, buttons, policy

QUARTER = timedelta(minutes=15)


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana holds a case since ten on Monday; she is reminded at 10:45 and at 11:00."""
    return ana_with_one(stage)


@pytest.mark.long
def test_newer_reminder_replaces_the_older_one(stage: Stage, ana: Actor) -> None:
    stage.pass_time(minutes=50)
    assert "Please reach" in plain(stage.nudges("ana")[0])
    stage.pass_time(minutes=15)
    assert "first contact" in plain(stage.nudges("ana")[0])  # a quarter of an hour later no second bell is needed
    stage.pass_time(hours=1)
    first, second = stage.nudges("ana")
    assert "A newer reminder has taken its place" in plain(first)
    assert "Please reach" not in plain(first)
    assert (buttons(first), buttons(second)[:2]) == ([], ["still", "release"])


@pytest.mark.long
def test_one_reminder_of_a_case_lives_all_day(stage: Stage, ana: Actor) -> None:
    stage.receives(external_id="f-2")
    for _ in range(32):
        stage.jump(QUARTER)
        live = [(stage.told(m), n) for m in stage.nudges() if buttons(m) for n in cases_in(m)]
        assert len(live) == len(set(live)), live


def cases_in(message: object) -> set[str]:
    blocks = getattr(message, "blocks", ())
    return {e["value"] for b in blocks if b["type"] == "actions" for e in b["elements"]} | (
        {getattr(message, "thread_ts", None)} - {None}
    )


@pytest.mark.long
def test_list_loses_the_case_that_is_reminded_again(stage: Stage, ana: Actor) -> None:
    arrive(stage, 2)
    ana.command("/case", "claim 2")
    stage.pass_time(minutes=50)
    ana.command("/case", "snooze 2 2h")
    stage.pass_time(minutes=75)
    first, second = stage.nudges("ana")
    assert "#1" in plain(second)
    assert buttons(first).count("contacted") == 1  # what was said of case 2 before its snooze stays said


@pytest.mark.long
def test_worst_is_named_first_among_several(stage: Stage) -> None:
    arrive(stage, 1)
    stage.receives(external_id="f-2", comment="There was glass in the soup and my child is in hospital.")
    for number in (1, 2):
        stage.person("ana").command("/case", f"claim {number}")
    stage.is_down(minutes=50)
    told = plain(stage.nudges("ana")[-1])
    assert told.index("#2") < told.index("#1")


@pytest.mark.long
def test_question_to_an_owner_stands_alone_until_answered(stage: Stage) -> None:
    clocks = {"normal": {"claim": "15m", "contact": "30m", "hold": "1h"}}
    stage.restart(policy=policy(clocks=clocks, ownership={"answer_within": "2h"}))
    ana_with_one(stage)
    stage.pass_time(hours=1, minutes=35)  # asked at eleven, reminded at half past
    *before, last = stage.nudges("ana")
    assert [told for told in stage.nudged() if "ana" in told][-1] == "Mon 11:00 ana"
    assert buttons(last)[:2] == ["still", "release"]
    assert [buttons(m) for m in before] == [[]] * len(before)


# The lead's rounds


@pytest.mark.long
def test_lead_gets_one_message_for_each_round(stage: Stage) -> None:
    stage.restart(policy=policy(reminders={"lead_rounds": ["10:30", "13:30", "16:30"]}))
    for number in range(1, 5):
        arrive(stage, number)
        stage.pass_time(minutes=45, step=QUARTER)
    stage.pass_time(minutes=45, step=QUARTER)
    assert "4 cases need a look" in plain(stage.nudges("lea")[0])
    stage.pass_time(hours=4, step=QUARTER)
    assert [told for told in stage.nudged() if told.endswith("lea")] == ["Mon 13:30 lea", "Mon 16:30 lea"]


@pytest.mark.long
def test_critical_case_does_not_wait_for_the_round(stage: Stage) -> None:
    stage.restart(policy=policy(reminders={"lead_rounds": ["13:30"]}))
    stage.receives(comment="There was glass in the soup and my child is in hospital.")
    stage.pass_time(minutes=40)
    assert "Mon 10:35 lea" in stage.nudged()
