"""An occasion that nobody knows yet is planned, sent, shown, explained and struck by its record and its row of words alone."""

from __future__ import annotations

import pytest

from cases.messages import payload
from cases.model import Status
from cases.occasions import OCCASIONS, Occasion, When
from handlers.cards import words
from handlers.cards.words.nudge import Choice, NudgeWords
from sandbox.people.reading import plain
from tests.stories.owning import ana_with_one
from tests.stories.stage import Actor, Stage, buttons, policy

QUIET = "quiet_since"


@pytest.fixture
def quiet_since(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name, a record and a row of words, added while the test lasts."""
    quiet = str.__new__(When, QUIET)
    quiet._name_, quiet._value_ = QUIET.upper(), QUIET
    monkeypatch.setitem(When._member_map_, QUIET.upper(), quiet)
    monkeypatch.setitem(When._value2member_map_, QUIET, quiet)
    monkeypatch.setattr(payload, "_READERS", {})  # what was built before does not know the name
    monkeypatch.setitem(
        OCCASIONS,  # type: ignore[arg-type]
        quiet,
        Occasion(
            stands=lambda case, owner: case.status is Status.CONTACTED,
            ends_at=lambda case: case.contacted_at,
        ),
    )
    monkeypatch.setitem(
        words.NUDGES,  # type: ignore[arg-type]
        quiet,
        NudgeWords(
            so=Choice(late="*{case}*\n{customer} has not answered since {due:}."),
            ends=Choice(late="Closing it stops these."),
            because="Because: the customer has not answered.",
            was="the customer had not answered",
        ),
    )


@pytest.fixture
def ana(stage: Stage, quiet_since: None) -> Actor:
    """Ana has contacted the customer of her case at five past ten, and is to be reminded two hours later."""
    ana = ana_with_one(stage)
    stage.pass_time(minutes=5)
    stage.restart(policy=policy(nudges=[{"when": QUIET, "after": "2h", "tell": "owner"}]))
    ana.command("/case", "contacted 1 by phone")
    return ana


def test_it_comes_when_its_clock_says(stage: Stage, ana: Actor) -> None:
    stage.pass_time(minutes=115)
    assert stage.nudged() == []
    stage.pass_time(minutes=10)
    assert stage.nudged() == ["Mon 12:05 ana"]
    said = stage.nudges("ana")[0]
    assert "A customer has not answered since" in plain(said)
    assert "Closing it stops these." in plain(said)
    assert buttons(said) == ["close", "snooze", "reach"]


@pytest.mark.long
def test_why_explains_it_before_and_after(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "why 1")
    assert "Because: the customer has not answered." in ana.sees()[-1]
    assert f'Its rule: when = "{QUIET}", after = "2h", tell = "owner"' in ana.sees()[-1].replace("`", "")
    stage.pass_time(minutes=125)
    ana.command("/case", "why 1")
    assert "· the customer had not answered" in ana.sees()[-1]
    assert "Because: some time after contact I ask how it ended." in ana.sees()[-1]


@pytest.mark.long
def test_it_is_struck_when_it_is_over(stage: Stage, ana: Actor) -> None:
    stage.pass_time(minutes=125)
    ana.command("/case", "close 1 won back")
    assert "Closed: won back. Thank you." in plain(stage.nudges("ana")[0])
