"""Figures in a row, one for each local day or for several days together, and how they are drawn with letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.policy.working_time import DAY, Calendar

CHART_DAYS = 28  # four whole weeks: every weekday as often as the others
LONGEST_ROW = 30  # figures that fit on one line of a telephone
_BARS = "▁▂▃▄▅▆▇"  # a whole block would touch the row above it


@dataclass(frozen=True, slots=True)
class Series:
    """For each span of local days, the first of them in `days`: who came, who was contacted, who waited at its end."""

    days: tuple[date, ...]
    new: tuple[int, ...]
    contacted: tuple[int, ...]
    waiting: tuple[int, ...]

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to draw."""
        return not any((*self.new, *self.contacted, *self.waiting))


def days_before(day: date, count: int = CHART_DAYS) -> tuple[date, ...]:
    """So many days, the last of them the eve of `day`."""
    return tuple(day - timedelta(days=n) for n in range(count, 0, -1))


def in_a_row(first: date, last: date) -> tuple[tuple[date, ...], int]:
    """The days from `first` to `last` cut into at most LONGEST_ROW spans: the first day of each, and how many days one is."""
    count = (last - first).days + 1
    length = -(-count // LONGEST_ROW)
    spans = -(-count // length)
    return tuple(last + DAY - length * DAY * n for n in range(spans, 0, -1)), length


def bounds(days: Sequence[date], calendar: Calendar, length: int = 1) -> tuple[datetime, ...]:
    """The instants at which these spans of `length` days begin, and the one at which the last of them ends."""
    return tuple(calendar.start_of_day(day) for day in (*days, days[-1] + length * DAY))


def sparkline(figures: Sequence[int]) -> str:
    """A row of bars from nothing to the highest figure: "▁▃▁▇"."""
    highest = max(figures, default=0) or 1
    return "".join(_BARS[-(-figure * (len(_BARS) - 1) // highest)] for figure in figures)
