"""Emoji that the bot cannot take away: of before, of losers, and of those who think again."""

from __future__ import annotations

import pytest

from cases.model import Grade, Status
from sandbox.people.reading import plain
from tests.stories.stage import Actor, Stage, payload


@pytest.fixture
def ana(stage: Stage) -> Actor:
    stage.receives(customer={"email": "c@example.org"})
    return stage.person("ana")


@pytest.mark.long
def test_check_taken_back_on_an_unclaimed_case_leaves_no_owner(stage: Stage, ana: Actor) -> None:
    """first-day B8"""
    before = stage.case()
    ana.react(stage.card(), "white_check_mark")
    assert (stage.case().status, stage.case().owner) == (Status.CLAIMED, ana.id)
    ana.unreact(stage.card(), "white_check_mark")
    case = stage.case()
    assert (case.status, case.owner, case.claimed_at) == (Status.UNCLAIMED, None, None)
    assert (case.unclaimed_since, case.claim_due_at) == (before.unclaimed_since, before.claim_due_at)
    assert payload(stage.card())["owner"] is None
    stage.pass_time(minutes=30)
    assert stage.told(stage.nudges()[0]) == "thread"


@pytest.mark.parametrize("by", ["the owner", "somebody else"])
def test_check_taken_back_on_a_claimed_case_leaves_its_owner(stage: Stage, ana: Actor, by: str) -> None:
    """At the same instant as the claim, too."""
    ana.react(stage.card(), "eyes")
    checker = ana if by == "the owner" else stage.person("ben")
    checker.react(stage.card(), "white_check_mark")
    checker.unreact(stage.card(), "white_check_mark")
    assert (stage.case().status, stage.case().owner) == (Status.CLAIMED, ana.id)


def test_claim_after_a_check_that_was_taken_back_is_one(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "white_check_mark")
    ana.unreact(stage.card(), "white_check_mark")
    stage.person("ben").react(stage.card(), "eyes")
    assert stage.case().owner == stage.person("ben").id


def reopened(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "white_check_mark")
    ana.command("/case", "contacted 1 phone")
    stage.pass_time(hours=1)
    ana.command("/case", "close 1 satisfied")
    stage.pass_time(hours=1)
    ana.command("/case", "reopen 1")


@pytest.mark.long
def test_card_says_that_its_check_is_of_before(stage: Stage, ana: Actor) -> None:
    """first-day B7"""
    assert "The ✅ here is from" not in plain(stage.card())
    reopened(stage, ana)
    assert "The ✅ here is from" in plain(stage.card())
    ana.command("/case", "contacted 1 phone")
    assert "The ✅ here is from" not in plain(stage.card())


def test_old_check_that_is_taken_off_is_answered(stage: Stage, ana: Actor) -> None:
    """first-day B7: it did nothing visible."""
    reopened(stage, ana)
    ana.unreact(stage.card(), "white_check_mark")
    assert "That ✅ was from before the case opened again" in ana.sees()[-1]
    assert stage.case().status is Status.CLAIMED
    ana.react(stage.card(), "white_check_mark")
    assert stage.case().evidence is Grade.CLICKED


@pytest.mark.long
def test_check_that_was_taken_back_before_is_not_spoken_of(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "white_check_mark")
    ana.unreact(stage.card(), "white_check_mark")
    ana.command("/case", "dismiss 1")
    stage.pass_time(hours=1)
    ana.command("/case", "reopen 1")
    assert "The ✅ here is from" not in plain(stage.card())


@pytest.mark.parametrize("emoji", ["eyes", "wave"])
def test_loser_is_asked_to_take_the_emoji_off(stage: Stage, ana: Actor, emoji: str) -> None:
    """first-day B9: Ben's 👀 on Ana's card reads as if Ben had it."""
    ana.react(stage.card(), "eyes")
    ben = stage.person("ben")
    ben.react(stage.card(), emoji)
    assert f"Your :{emoji}: still stands there" in ben.sees()[-1]


def test_loser_by_button_has_no_emoji_to_take_off(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "eyes")
    ben = stage.person("ben")
    ben.command("/case", "claim 1")
    assert "still stands there" not in ben.sees()[-1]


def test_stranger_is_asked_to_take_the_emoji_off(stage: Stage, ana: Actor) -> None:
    """A check by somebody who may not act reads like any other check."""
    stranger = stage.person("max")
    stranger.react(stage.card(), "white_check_mark")
    assert stage.case().status is Status.UNCLAIMED
    assert "Your :white_check_mark: still stands there" in stranger.sees()[-1]
