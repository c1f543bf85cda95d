"""What a team dismisses, again and again, opens no case after a while; what is sure does all the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from cases.model import Score
from handlers.terminal.doctor_machine import stored_checks
from sandbox.people.reading import plain
from sandbox.server import PracticeWorkspace
from tests.scoring import QuickJudge
from tests.stories.stage import Stage, policy

ASKS, SURELY = "Do you have this one in blue as well?", "It came in the wrong blue, and nobody helps me"
QUIETLY = "I had hoped that somebody would ring"
SAID = "This team's threshold is 0.60 (built-in 0.50), from 9 dismissals."


@pytest.fixture
def stage(served: PracticeWorkspace, database_url: str) -> Iterator[Stage]:
    served.reset()
    judge = QuickJudge()
    judge.knows = {ASKS: Score(0.55, clause=ASKS), SURELY: Score(0.9, clause=SURELY), QUIETLY: Score(0.45)}
    stage = Stage(served, database_url, judge=judge)
    yield stage
    stage.close()


def opens(stage: Stage, name: str, comment: str = ASKS, **data: Any) -> bool:
    """Whether a stranger's words open a case."""
    stranger = {"customer": {"name": name, "email": f"{name}@example.org"}, "external_id": name}
    return stage.receives(**{"comment": comment} | stranger | data).content()["case"] is not None


def found_by_doctor(stage: Stage) -> str:
    settings = stage.settings
    checks = stored_checks(settings.database_url, settings.policy, stage.world.now())
    return next(check.found for check in checks if check.found.startswith("triage"))


@pytest.mark.few(1)
def test_what_was_dismissed_nine_times_opens_no_case(stage: Stage) -> None:
    ana = stage.person("ana")
    assert all(opens(stage, f"stranger-{n}") for n in range(9))
    assert "built-in 0.50: nothing says otherwise yet" in found_by_doctor(stage)
    for number in range(1, 10):
        ana.command("/case", f"dismiss {number}")
    assert not opens(stage, "one-more")
    assert found_by_doctor(stage) == f"triage: {SAID}"
    assert SAID in plain(ana.command("/case", "stats"))
    assert opens(stage, "sure", SURELY)
    assert opens(stage, "with-a-star", rating={"value": 1, "scale": 5})
    stage.jump(timedelta(days=60))
    assert opens(stage, "a-season-later")


@pytest.mark.few(1)
def test_what_was_opened_by_hand_is_found_after_a_while(stage: Stage) -> None:
    ana = stage.person("ana")
    assert not opens(stage, "stranger", QUIETLY)
    for _ in range(7):
        ana.command("/case", "new")
        assert ana.submit({"comment": QUIETLY}) == {}
    assert "is 0.44 (built-in 0.50), from 7 cases opened by hand." in found_by_doctor(stage)
    assert opens(stage, "another", QUIETLY)


def test_team_that_learns_nothing_is_told_so(stage: Stage) -> None:
    stage.restart(policy=policy(triage={"learned": False, "learns": False}))
    assert "learns nothing" in found_by_doctor(stage)
