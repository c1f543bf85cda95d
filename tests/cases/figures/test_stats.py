"""The middle of many lengths of time, and what nine in ten of them took at most."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.figures.stats import Spread, spread_of


def minutes(*lengths: float) -> list[timedelta]:
    return [timedelta(minutes=length) for length in lengths]


@pytest.mark.parametrize(
    ("lengths", "median", "ninetieth"),
    [
        ([5], 5, 5),
        ([30, 10, 20], 20, 30),
        ([40, 10, 20, 30], 25, 40),
        (list(range(1, 11)), 5.5, 9),  # the ninth of ten
        (list(range(1, 12)), 6, 10),  # nine of eleven are fewer than nine in ten: the tenth
        ([1] * 19 + [500], 1, 1),
    ],
)
def test_spread_names_middle_and_nine_in_ten(lengths: list[float], median: float, ninetieth: float) -> None:
    assert spread_of(minutes(*lengths)) == Spread(*minutes(median, ninetieth))


def test_nothing_measured_has_no_spread() -> None:
    assert spread_of([]) is None


def test_contact_before_the_wait_took_no_time() -> None:
    assert spread_of(minutes(-5)) == Spread(*minutes(0, 0))


@given(st.lists(st.timedeltas(timedelta(), timedelta(days=9)), min_size=1))
def test_nine_in_ten_really_took_at_most_that(lengths: list[timedelta]) -> None:
    found = spread_of(lengths)
    assert found is not None
    assert found.ninetieth in lengths
    assert sum(length <= found.ninetieth for length in lengths) >= 0.9 * len(lengths)
    assert sum(length < found.ninetieth for length in lengths) < 0.9 * len(lengths)
