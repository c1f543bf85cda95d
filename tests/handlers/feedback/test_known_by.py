"""A customer is known by every address and number that any of their feedback brought, whichever road it came by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import pytest

from cases.arrivals.columns import Accepted
from cases.arrivals.feedback import Arriving
from cases.model import Customer, Feedback
from handlers.feedback.batch import arrived_together
from handlers.feedback.import_file import rehearse, take_in
from handlers.feedback.intake import arrived
from handlers.world import World

EMAIL, PHONE = Customer(email="ana@example.org"), Customer(phone="+49 30 7654321")
BOTH = Customer(email="ana@example.org", phone="+49 30 7654321")
COLD, RUDE, KIND = (
    "Cold soup and an hour late",
    "Your driver was rude and nobody answered the phone",
    "Lovely as always",
)
Road: TypeAlias = Callable[[World, Sequence[Feedback]], list[str]]


def said(name: str, customer: Customer, comment: str) -> Feedback:
    return Feedback(external_id=name, source="shop", customer=customer, comment=comment)


def by_webhook(world: World, arriving: Sequence[Feedback]) -> list[str]:
    return [arrived(world, Arriving(one)).became for one in arriving]


def in_a_crowd(world: World, arriving: Sequence[Feedback]) -> list[str]:
    return [
        str(getattr(became, "became", became))
        for became in arrived_together(world, [Arriving(one) for one in arriving])
    ]


def from_a_file(world: World, arriving: Sequence[Feedback]) -> list[str]:
    return [
        str(became) for became in take_in(world, [Accepted(line, Arriving(one)) for line, one in enumerate(arriving)])
    ]


def in_a_dry_run(world: World, arriving: Sequence[Feedback]) -> list[str]:
    return [
        str(became) for became in rehearse(world, [Accepted(line, Arriving(one)) for line, one in enumerate(arriving)])
    ]


every_road = pytest.mark.parametrize("road", [by_webhook, in_a_crowd, from_a_file, in_a_dry_run])


@every_road
def test_number_added_to_a_complaint_is_remembered(world: World, road: Road) -> None:
    arriving = [said("1", EMAIL, COLD), said("1", BOTH, COLD), said("2", PHONE, RUDE)]
    assert road(world, arriving) == ["case", "updated", "joined"]


@every_road
def test_number_added_to_thanks_is_remembered_too(world: World, road: Road) -> None:
    """The thanks came first and stay a record; they tell nevertheless that address and number are one customer's."""
    arriving = [said("1", EMAIL, KIND), said("2", EMAIL, COLD), said("1", BOTH, KIND), said("3", PHONE, RUDE)]
    assert road(world, arriving) == ["recorded", "case", "updated", "joined"]


@every_road
def test_thanks_that_turn_bad_bring_their_number(world: World, road: Road) -> None:
    arriving = [said("1", EMAIL, KIND), said("2", EMAIL, COLD), said("1", BOTH, RUDE), said("3", PHONE, COLD)]
    assert road(world, arriving) == ["recorded", "case", "joined", "joined"]


@every_road
def test_number_of_a_joining_kind_word_is_remembered(world: World, road: Road) -> None:
    arriving = [said("1", EMAIL, COLD), said("2", BOTH, KIND), said("3", PHONE, RUDE)]
    assert road(world, arriving) == ["case", "joined", "joined"]
