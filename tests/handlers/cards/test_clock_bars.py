"""Clocks as bars: five cells of working time, none of them empty before it is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.policy.page import Policy
from cases.policy.working_time import calendar_of
from handlers.cards.clock_bars import bar

CALENDAR = calendar_of(Policy())  # Monday to Friday, 9 to 18 in Berlin
MONDAY_10 = datetime(2026, 1, 5, 9, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return MONDAY_10 + timedelta(minutes=minutes)


def read(now: datetime, due_at: datetime | None = None) -> str:
    """A clock of an hour that began on Monday at ten."""
    return bar("Owner", MONDAY_10, due_at or at(60), now, CALENDAR)


READINGS = [
    (0, "Owner ▰▰▰▰▰ 1 h left"),
    (12, "Owner ▰▰▰▰▱ 48 min left"),
    (12.5, "Owner ▰▰▰▰▱ 47 min left"),
    (30, "Owner ▰▰▰▱▱ 30 min left"),
    (59, "Owner ▰▱▱▱▱ 1 min left"),
    (59.75, "Owner ▰▱▱▱▱ 15 s left"),
    (60, "Owner ▱▱▱▱▱ ⚠️ *over*"),
    (85, "Owner ▱▱▱▱▱ ⚠️ *25 min over*"),
]


@pytest.mark.parametrize(("minutes", "shown"), READINGS)
def test_cells_show_the_share_that_is_left(minutes: float, shown: str) -> None:
    assert read(at(minutes)) == shown


def test_nights_count_for_nothing_on_a_bar() -> None:
    tuesday_9_30 = at(23.5 * 60)
    friday_evening = bar("Owner", at(450), tuesday_9_30, at(600), CALENDAR)
    assert friday_evening == "Owner ▰▰▰▱▱ 30 min left"


def test_over_before_opening_is_told_without_a_length() -> None:
    assert read(at(9 * 60 + 30), due_at=at(8 * 60)) == "Owner ▱▱▱▱▱ ⚠️ *over*"


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(0, 30_000))
def test_every_bar_has_five_cells_and_never_lies(begun: int, length: int, now: int) -> None:
    since, due = at(begun), CALENDAR.add(at(begun), timedelta(minutes=length))
    shown = bar("Owner", since, due, at(now), CALENDAR)
    assert shown.count("▰") + shown.count("▱") == 5
    assert ("over" in shown) == (at(now) >= due) == (shown.count("▰") == 0)
