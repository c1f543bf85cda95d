"""Wishes of colleagues last: all of them, for each person apart, and nothing is lost by changing one of them."""

from __future__ import annotations

import pytest

from cases.people import Person
from store import people
from store.engine import Tx
from tests.store.rows import DAY, HOUR, NOW

ALL = Person(
    id="UANA",
    away_until=NOW + DAY,
    quiet_until=NOW + HOUR,
    in_thread=True,
    early=False,
    home_filter="overdue",
    home_page=3,
)


def test_who_has_never_said_anything_has_the_usual_wishes(tx: Tx) -> None:
    assert people.load(tx, "UANA") == Person(id="UANA")


def test_every_wish_is_kept_as_it_was_said(tx: Tx) -> None:
    people.keep(tx, ALL)
    assert people.load(tx, "UANA") == ALL


def test_changing_one_wish_leaves_the_others_alone(tx: Tx) -> None:
    people.keep(tx, ALL)
    before, after = people.change(tx, "UANA", early=True)
    assert before == ALL
    assert after == people.load(tx, "UANA")
    assert (after.early, after.in_thread, after.home_page) == (True, True, 3)


def test_a_wish_that_does_not_exist_is_a_mistake(tx: Tx) -> None:
    with pytest.raises(TypeError):
        people.change(tx, "UANA", louder=True)


def test_people_are_told_apart_and_loaded_together(tx: Tx) -> None:
    people.keep(tx, ALL)
    people.change(tx, "UBEN", in_thread=True)
    found = people.load_many(tx, ["UANA", "UBEN", "ULEA"])
    assert found == {"UANA": ALL, "UBEN": Person(id="UBEN", in_thread=True), "ULEA": Person(id="ULEA")}


def test_away_names_those_who_are_back_soonest_first(tx: Tx) -> None:
    for person, until in (("UANA", NOW + DAY), ("UBEN", NOW + HOUR), ("ULEA", NOW), ("UMAX", None)):
        people.change(tx, person, away_until=until)
    assert [person.id for person in people.away(tx, NOW)] == ["UBEN", "UANA"]
