"""Nobody is pinged for what they did themselves; others are, where it concerns them."""

from __future__ import annotations

import pytest

from sandbox.demo import cast
from sandbox.people.reading import plain
from tests.stories.stage import Actor, Stage

ANA, BEN = f"<@{cast.ANA}>", f"<@{cast.BEN}>"


@pytest.fixture
def ana(stage: Stage) -> Actor:
    stage.receives()
    stage.person("ana").command("/case", "claim 1")
    return stage.person("ana")


ACTS = [
    "contacted 1 phone, she was glad",
    "snooze 1 2h",
    "promise 1 friday 17:00: send it",
    "note 1 engaged",
    "close 1 declined",
    "dismiss 1 only praise",
]


@pytest.mark.few(1)
@pytest.mark.parametrize("typed", ACTS)
def test_thread_names_the_actor_without_a_ping(stage: Stage, ana: Actor, typed: str) -> None:
    """reports F16"""
    before = len(stage.in_thread())
    ana.command("/case", typed)
    told = " ".join(stage.in_thread()[before:])
    assert "Ana Ortega" in told
    assert ANA not in told


@pytest.mark.long
def test_owner_who_closes_a_case_is_thanked_by_name(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "contacted 1 phone")
    ana.command("/case", "close 1 satisfied")
    assert stage.in_thread()[-1] == "🎉 Closed: satisfied. Thank you, Ana Ortega."
    ana.command("/case", "reopen 1")
    assert stage.in_thread()[-1].endswith("Open again: the customer is waiting.\nAna Ortega has it.")


@pytest.mark.long
def test_owner_whose_case_somebody_else_closes_is_called(stage: Stage, ana: Actor) -> None:
    stage.person("lea").command("/case", "contacted 1 phone")
    stage.person("lea").command("/case", "close 1 satisfied")
    assert ANA in stage.in_thread()[-1]
    stage.person("ben").command("/case", "reopen 1")
    assert ANA in stage.in_thread()[-1]


def test_who_is_given_a_case_is_called_and_who_gives_it_is_not(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "give 1 @ben")
    assert stage.in_thread()[-1] == f"Ana Ortega gave it to {BEN}."


@pytest.mark.long
def test_who_takes_over_is_not_called_and_who_had_it_is(stage: Stage, ana: Actor) -> None:
    stage.person("ben").command("/case", "takeover 1 I know her")
    assert stage.in_thread()[-1] == f"Ben Okafor has taken over from {ANA}: I know her"


def test_name_that_looks_like_a_mention_is_none(stage: Stage, ana: Actor) -> None:
    stage.practice.workspace.people[cast.BEN].real_name = "WILL"
    stage.restart()
    stage.person("ben").command("/case", "note 1 engaged")
    note = stage.practice.messages("note")[-1]
    assert "WILL notes: engaged" in plain(note)
    assert "<@WILL>" not in note.text
