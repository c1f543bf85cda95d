"""Somebody goes away: their cases are offered to the team at once, none is lost, and nobody gives them new ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cases.model import Status
from cases.people import Person
from sandbox.people.reading import plain
from store import people
from tests.stories.owning import ana_with_two
from tests.stories.stage import Actor, Stage, buttons, payload, says_when

FRIDAY = datetime(2026, 1, 9, 8, tzinfo=UTC)  # nine in Berlin; stories begin on Monday


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana, who holds case 1, has contacted the customer of case 2, and lets case 3 lie."""
    return ana_with_two(stage)


@pytest.fixture
def ben(stage: Stage) -> Actor:
    return stage.person("ben")


def wishes(stage: Stage, person: Actor) -> Person:
    return stage.world.store.read(lambda tx: people.load(tx, person.id))


def offers(stage: Stage) -> list[Any]:
    """The messages in the channel, outside of threads, that list cases for whoever wants them."""
    return [m for m in stage.practice.messages("nudge") if m.thread_ts is None and stage.told(m) == "thread"]


def claimable(message: Any) -> list[int]:
    """The cases that a message has a Claim button for."""
    elements = [e for b in message.blocks for e in [*b.get("elements", []), b.get("accessory", {})]]
    return [int(e["value"].split(":")[1]) for e in elements if e.get("action_id") == "claim"]


# Going away


@pytest.mark.long
def test_cases_of_who_goes_away_are_offered_together(stage: Stage, ana: Actor) -> None:
    answer = plain(ana.command("/case", "away until Friday skiing"))
    assert "Your 2 cases are offered to the team" in answer
    (offer,) = offers(stage)
    assert f"<@{ana.id}> is away" in plain(offer)
    assert says_when(offer, FRIDAY)
    assert claimable(offer) == [1, 2]


@pytest.mark.long
def test_uncontacted_case_is_free_again_contacted_one_stays_so(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "away until Friday skiing")
    assert (stage.case(1).status, stage.case(1).owner) == (Status.UNCLAIMED, None)
    assert (stage.case(2).status, stage.case(2).owner) == (Status.CONTACTED, None)
    assert payload(stage.card(1))["owner"] is None
    assert stage.case(1).unclaimed_since == stage.now  # the clock to an owner starts anew
    assert "offered to the team, as its owner is away: “skiing”" in plain(ana.command("/case", "show 1"))


@pytest.mark.long
def test_snoozed_case_is_offered_like_all_the_others(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "snooze 1 3h")
    ana.command("/case", "away 2d")
    assert claimable(offers(stage)[0]) == [1, 2]


@pytest.mark.long
def test_cases_of_others_stay_where_they_are(stage: Stage, ana: Actor, ben: Actor) -> None:
    ben.command("/case", "claim 3")
    ana.command("/case", "away 2d")
    assert stage.case(3).owner == ben.id
    assert 3 not in claimable(offers(stage)[0])


def test_who_holds_nothing_goes_without_a_word(stage: Stage, ben: Actor) -> None:
    assert "You held no open cases" in plain(ben.command("/case", "away until tomorrow"))
    assert stage.practice.messages("nudge") == []


@pytest.mark.long
def test_going_away_twice_only_moves_the_return(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "away until Wednesday")
    answer = ana.command("/case", "away until Friday")
    assert says_when(answer, FRIDAY)
    assert wishes(stage, ana).away_until == FRIDAY
    assert len(offers(stage)) == 1


def test_going_away_by_mention_is_heard_once(stage: Stage, ana: Actor) -> None:
    ana.say("care", "@amends away until Friday")
    assert "Your 2 cases are offered" in ana.sees()[-1]
    parcel = next(p for p, _ in reversed(stage.practice.delivery.sent) if p.payload["event"]["type"] == "app_mention")
    ana.command("/case", "back")
    stage.practice.delivery.send(parcel)
    stage.settle()
    assert not wishes(stage, ana).is_away(stage.now)
    assert len(offers(stage)) == 1


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ("away", "Until when are you away?"),
        ("away some time", "I cannot read “some time” as a time"),
        ("away until 2020-01-01", "has already passed"),
    ],
)
def test_without_a_time_to_come_nobody_is_away(stage: Stage, ana: Actor, said: str, refusal: str) -> None:
    assert refusal in plain(ana.command("/case", said))
    assert not wishes(stage, ana).is_away(stage.now)
    assert stage.case(1).owner == ana.id


def test_guest_has_nothing_to_be_away_from(stage: Stage) -> None:
    guest = stage.person("max")
    assert "Ask the lead to add you" in plain(guest.command("/case", "away 2d"))
    assert not wishes(stage, guest).is_away(stage.now)


# While away


@pytest.mark.long
def test_nobody_can_give_a_case_to_who_is_away(stage: Stage, ana: Actor, ben: Actor) -> None:
    ana.command("/case", "away until Friday")
    refused = ben.command("/case", "give 3 @ana")
    assert f"<@{ana.id}> is away" in plain(refused)
    assert says_when(refused, FRIDAY)
    assert stage.case(3).owner is None


@pytest.mark.long
def test_offered_case_goes_to_whoever_takes_it(stage: Stage, ana: Actor, ben: Actor) -> None:
    ana.command("/case", "away until Friday")
    ben.command("/case", "claim 1")
    assert stage.case(1).owner == ben.id
    assert claimable(offers(stage)[0]) == [2]


@pytest.mark.long
def test_being_away_shows_at_home_with_a_way_back(stage: Stage, ana: Actor) -> None:
    ana.open_home()
    assert "You are away" not in plain(ana.home())
    ana.command("/case", "away until Friday")
    assert "You are away" in plain(ana.home())
    ana.click(ana.home(), "back")
    assert not wishes(stage, ana).is_away(stage.now)
    assert "You are away" not in plain(ana.home())


# Coming back


@pytest.mark.long
def test_coming_back_makes_giving_possible_again(stage: Stage, ana: Actor, ben: Actor) -> None:
    ana.command("/case", "away until Friday")
    assert "Welcome back" in plain(ana.command("/case", "back"))
    ben.command("/case", "give 3 @ana")
    assert stage.case(3).owner == ana.id


@pytest.mark.long
def test_coming_back_without_having_been_away_changes_nothing(stage: Stage, ana: Actor) -> None:
    assert "You were not away" in plain(ana.command("/case", "back"))
    assert stage.case(1).owner == ana.id


@pytest.mark.parametrize("how", ["emoji", "command"])
def test_taking_a_case_ends_being_away(stage: Stage, ana: Actor, how: str) -> None:
    ana.command("/case", "away until Friday")
    if how == "emoji":
        ana.react(stage.card(3), "eyes")
    else:
        ana.command("/case", "claim 3")
    assert stage.case(3).owner == ana.id
    assert not wishes(stage, ana).is_away(stage.now)
    assert any("you count as back" in said for said in ana.sees())


@pytest.mark.long
def test_being_away_ends_by_itself_in_time(stage: Stage, ana: Actor, ben: Actor) -> None:
    ana.command("/case", "away until 12:00")
    stage.pass_time(hours=2, step=timedelta(hours=1))
    ben.command("/case", "give 3 @ana")
    assert stage.case(3).owner == ana.id
    assert buttons(stage.card(3))[0] == "contacted"
