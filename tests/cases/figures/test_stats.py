"""Figures of contacts: how long they took, how well they are known of, and what open cases wait for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.figures.stats import FEWEST, Contact, Contacts, Spread, Waits, contacts_of, lengths_of, waits_of
from cases.model import Grade
from cases.policy.page import Policy
from cases.policy.working_time import calendar_of

NOON = datetime(2026, 1, 5, 11, tzinfo=UTC)  # a Monday, in Berlin
CALENDAR = calendar_of(Policy())


def minutes(*lengths: float) -> list[timedelta]:
    return [timedelta(minutes=length) for length in lengths]


def reached(after: float, *, heard: float = 0, grade: Grade | None = Grade.TOLD, in_time: bool = True) -> Contact:
    """A contact so many minutes after the customer spoke; we heard of it `heard` minutes after that."""
    wait, late = minutes(after, heard)
    return Contact(NOON, NOON + late, NOON + wait, in_time, "normal", grade)


@pytest.mark.parametrize(
    ("lengths", "median", "ninetieth"),
    [
        ([30, 10, 20, 50, 40], 30, 50),
        ([40, 10, 20, 30, 60, 50], 35, 60),
        (list(range(1, 11)), 5.5, 9),  # the ninth of ten
        (list(range(1, 12)), 6, 10),  # nine of eleven are fewer than nine in ten: the tenth
        ([1] * 19 + [500], 1, 1),
    ],
)
def test_spread_names_middle_and_nine_in_ten(lengths: list[float], median: float, ninetieth: float) -> None:
    assert lengths_of(minutes(*lengths)) == Spread(*minutes(median, ninetieth))


@pytest.mark.parametrize("lengths", [[], [9], [30, 10], [4, 3, 2, 1]])
def test_too_few_are_told_one_by_one(lengths: list[float]) -> None:
    """A median of two is mock precision."""
    assert lengths_of(minutes(*lengths)) == tuple(minutes(*sorted(lengths)))


@given(st.lists(st.timedeltas(timedelta(), timedelta(days=9)), min_size=FEWEST))
def test_nine_in_ten_really_took_at_most_that(lengths: list[timedelta]) -> None:
    found = lengths_of(lengths)
    assert isinstance(found, Spread)
    assert found.ninetieth in lengths
    assert sum(length <= found.ninetieth for length in lengths) >= 0.9 * len(lengths)
    assert sum(length < found.ninetieth for length in lengths) < 0.9 * len(lengths)


def test_contact_in_no_time_counts_and_has_no_length() -> None:
    found = contacts_of([reached(0), reached(-5), reached(30)], CALENDAR)
    assert (found.count, found.felt, found.working) == (3, tuple(minutes(30)), tuple(minutes(30)))


def test_customer_waits_from_their_word_and_the_team_from_hearing_it() -> None:
    found = contacts_of([reached(200, heard=180)], CALENDAR)
    assert (found.felt, found.working) == (tuple(minutes(200)), tuple(minutes(20)))


def test_contact_before_we_heard_took_none_of_our_time() -> None:
    found = contacts_of([reached(20, heard=180)], CALENDAR)
    assert (found.felt, found.working) == (tuple(minutes(20)), tuple(minutes(0)))


def test_contacts_are_split_by_grade_the_weakest_first() -> None:
    given = [Grade.SEEN, Grade.CLICKED, Grade.CONFIRMED, Grade.CLICKED, None]
    found = contacts_of([reached(9, grade=grade, in_time=grade is Grade.SEEN) for grade in given], CALENDAR)
    assert found.by_grade == ((Grade.CLICKED, 2), (Grade.SEEN, 1), (Grade.CONFIRMED, 1))
    assert (found.count, found.in_time) == (5, 1)


def test_no_contact_at_all_is_no_figure() -> None:
    assert contacts_of([], CALENDAR) == Contacts()


def test_every_open_case_waits_for_one_thing() -> None:
    found = [
        ("unclaimed", False, 2),
        ("claimed", True, 1),
        ("claimed", False, 3),
        ("contacted", True, 4),
        ("contacted", False, 5),
    ]
    assert waits_of(found) == Waits(owner=2, contact=4, promise=4, customer=5)
