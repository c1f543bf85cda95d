"""An hour of quiet: cases stay where they are, and reminders go to whoever is next until it is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.people.reading import plain
from store import people
from tests.stories.owning import ana_with_one
from tests.stories.stage import Actor, Stage, policy, says_when

HOUR = timedelta(hours=1)


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana, who holds case 1 and is not asked whether she is still on it; it is Monday, ten o'clock."""
    stage.restart(policy=policy(ownership={"ask": False}))
    return ana_with_one(stage)


def is_quiet(stage: Stage, person: Actor) -> bool:
    return stage.world.store.read(lambda tx: people.load(tx, person.id)).is_quiet(stage.now)


@pytest.mark.long
def test_reminders_of_the_quiet_reach_the_next(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "quiet 2h")
    stage.pass_time(hours=1, minutes=5)
    assert "ana" not in [stage.told(m) for m in stage.nudges()]
    assert stage.nudges("lea")
    assert stage.case().owner == ana.id


@pytest.mark.long
def test_quiet_ends_by_itself_and_reminders_come_again(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "quiet 30m")
    stage.pass_time(minutes=50)
    assert stage.nudged() == ["Mon 10:45 ana"]


def test_quiet_is_confirmed_with_its_end_in_private(stage: Stage, ana: Actor) -> None:
    answer = ana.command("/case", "quiet until tomorrow 9:00")
    assert "You keep your cases" in plain(answer)
    assert says_when(answer, stage.now.replace(hour=8) + timedelta(days=1))
    assert answer.ephemeral_to == ana.id


@pytest.mark.long
def test_quiet_can_be_ended_before_its_time(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "quiet 2h")
    assert "The quiet has ended" in plain(ana.command("/case", "quiet off"))
    assert not is_quiet(stage, ana)
    stage.pass_time(minutes=50)
    assert stage.nudges("ana")


def test_quiet_shows_at_home_and_ends_there(stage: Stage, ana: Actor) -> None:
    ana.open_home()
    ana.command("/case", "quiet 2h")
    assert "your reminders go to whoever is next" in plain(ana.home()).split("Your settings")[0]
    ana.click(ana.home(), "quiet_off")
    assert not is_quiet(stage, ana)
    assert "🔕" not in plain(ana.home())


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ("quiet", "Until when should it be quiet?"),
        ("quiet please", "I cannot read “please” as a time"),
        ("quiet until 2020-01-01", "has already passed"),
        ("quiet until yesterday", "has already passed"),
        ("quiet 4d", "at most"),
    ],
)
def test_quiet_needs_an_end_within_three_days(stage: Stage, ana: Actor, said: str, refusal: str) -> None:
    assert refusal in plain(ana.command("/case", said))
    assert not is_quiet(stage, ana)
