"""Somebody who is owner and lead at once is told once, not once for each role."""

from __future__ import annotations

import pytest

from tests.stories.stage import Stage, buttons, policy

ONE_RUNG_EACH = policy(
    nudges=[
        {"when": "not_contacted", "after": "0m", "tell": "owner"},
        {"when": "not_contacted", "after": "0m", "tell": "lead"},
    ]
)


@pytest.mark.long
def test_owner_who_leads_is_told_of_a_case_once(stage: Stage) -> None:
    stage.restart(policy=ONE_RUNG_EACH)
    stage.receives()
    stage.person("lea").click(stage.card(), "claim")
    stage.pass_time(hours=1, minutes=30)
    assert [m.channel for m in stage.nudges()] == [stage.practice.dms("lea")[0].channel]


@pytest.mark.long
def test_owner_who_leads_is_asked_like_anybody(stage: Stage) -> None:
    stage.receives()
    stage.person("lea").click(stage.card(), "claim")
    stage.pass_time(hours=2, minutes=10)  # at twelve both the question and a reminder to the lead are due
    assert stage.nudged()[-1] == "Mon 12:00 lea"
    assert buttons(stage.nudges("lea")[-1]) == ["still", "release", "reach"]
