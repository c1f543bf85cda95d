"""The Home tab: one's own cases with their next step, the team's open ones, and buttons that work there too."""

from __future__ import annotations

import pytest

from cases.model import Status
from sandbox.reading import plain
from tests.stories.stage import Actor, Stage


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana at her Home tab: case 1 is hers, case 2 nobody's."""
    stage.hears_from("gift-shop")
    stage.hears_from("wrong-bill")
    ana = stage.person("ana")
    ana.command("/case", "claim 1")
    ana.open_home()
    return ana


def test_home_of_a_quiet_team_is_friendly(stage: Stage) -> None:
    ana = stage.person("ana")
    ana.open_home()
    assert "You hold no cases" in plain(ana.home())
    assert "Every customer who wrote has been looked after" in plain(ana.home())


def test_home_shows_own_cases_before_the_teams(stage: Stage, ana: Actor) -> None:
    own, team = plain(ana.home()).split("The team's open cases")
    assert "#1 ·" in own
    assert "Contacted" in own
    assert "#2 ·" in team
    assert "#1 ·" not in team


def test_home_shows_contact_details_to_nobody(stage: Stage, ana: Actor) -> None:
    assert "clara.nystroem@example.org" not in plain(ana.home())


def test_claim_at_home_moves_the_case_over(stage: Stage, ana: Actor) -> None:
    ana.click(ana.home(), "claim")
    assert stage.case(2).owner == ana.id
    own, _ = plain(ana.home()).split("The team's open cases")
    assert "#2 ·" in own
    assert "walter.lindqvist@example.org" in ana.sees()[-1]


def test_contact_at_home_is_told_in_form(stage: Stage, ana: Actor) -> None:
    ana.click(ana.home(), "contacted")
    assert ana.submit({"way": "phone", "text": "All is well"}) == {}
    assert stage.case(1).status is Status.CONTACTED
    ana.click(ana.home(), "close")
    assert ana.submit({"outcome": "satisfied"}) == {}
    assert "You hold no cases" in plain(ana.home())


def test_home_follows_what_is_done_elsewhere(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(1), "wave")
    assert "You hold no cases" in plain(ana.home())
    ana.react(stage.card(1), "eyes")
    assert "You hold no cases" not in plain(ana.home())


def test_home_of_the_new_owner_follows_too(stage: Stage, ana: Actor) -> None:
    ben = stage.person("ben")
    ben.open_home()
    ana.command("/case", "give 1 @ben")
    assert "#1 ·" in plain(ben.home()).split("The team's open cases")[0]
    assert "#1 ·" not in plain(ana.home()).split("The team's open cases")[0]


def test_home_is_fresh_again_when_opened(stage: Stage, ana: Actor) -> None:
    stage.hears_from("box-not-delivered")
    ana.open_home()
    assert "#3 ·" in plain(ana.home())
