"""Figures in a row: which days they stand for, and how they look as bars."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.figures.series import LONGEST_ROW, Series, bounds, days_before, in_a_row, sparkline
from cases.policy.page import Policy
from cases.policy.working_time import calendar_of

BERLIN = calendar_of(Policy())
DAY = timedelta(days=1)


def test_chart_shows_four_whole_weeks_before_the_day() -> None:
    days = days_before(date(2026, 1, 5))
    assert (len(days), days[0], days[-1]) == (28, date(2025, 12, 8), date(2026, 1, 4))


def test_day_of_changing_clocks_keeps_its_own_length() -> None:
    at = bounds(days_before(date(2026, 3, 30), 2), BERLIN)
    assert at == (
        datetime(2026, 3, 27, 23, tzinfo=UTC),
        datetime(2026, 3, 28, 23, tzinfo=UTC),
        datetime(2026, 3, 29, 22, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("first", "spans", "length", "begins"),
    [
        (date(2026, 1, 31), 1, 1, date(2026, 1, 31)),
        (date(2026, 1, 2), 30, 1, date(2026, 1, 2)),
        (date(2026, 1, 1), 16, 2, date(2025, 12, 31)),  # one day more than fits: two days to a figure
        (date(2025, 2, 1), 29, 13, date(2025, 1, 20)),
    ],
)
def test_longer_times_have_several_days_to_a_figure(first: date, spans: int, length: int, begins: date) -> None:
    days, each = in_a_row(first, date(2026, 1, 31))
    assert (len(days), each, days[0]) == (spans, length, begins)


@given(st.dates(date(2000, 1, 1), date(2026, 1, 31)))
def test_row_covers_all_days_and_fits_on_a_line(first: date) -> None:
    last = date(2026, 1, 31)
    days, each = in_a_row(first, last)
    assert len(days) <= LONGEST_ROW
    assert days[0] <= first < days[0] + each * DAY
    assert days[-1] + each * DAY == last + DAY


@pytest.mark.parametrize(
    ("figures", "bars"),
    [((0, 1, 2, 6), "▁▂▃▇"), ((0, 0, 0), "▁▁▁"), ((5,), "▇"), ((1, 1000), "▂▇"), ((), "")],
)
def test_bars_grow_with_figures_and_one_is_not_none(figures: tuple[int, ...], bars: str) -> None:
    assert sparkline(figures) == bars


def test_series_of_nothing_is_empty() -> None:
    days = days_before(date(2026, 1, 5), 2)
    assert Series(days, (0, 0), (0, 0), (0, 0)).is_empty
    assert not Series(days, (0, 0), (0, 0), (0, 1)).is_empty
