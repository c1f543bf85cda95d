"""The figures of `/case stats`: how many unhappy customers there were lately, and how fast they were answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cases.figures.series import Series
from cases.figures.spread import Spread
from cases.model import Outcome, Severity


@dataclass(frozen=True, slots=True)
class Group:
    """Part of the contacts in a time: how many, how many within their clock, and how long they took as customers felt it."""

    count: int
    in_time: int
    took: Spread | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Counts and times of what happened from `since` to now; times are wall time, None when there is nothing to measure.

    `contacts_working` is the same as `contacts.took` in working hours. `by_severity` lists only severities that
    occurred, gravest first, and `by_source` the sources of new cases, most frequent first. `closed` lists only outcomes
    that occurred, in the order of Outcome. `waiting` counts every case that is still not contacted, however old.
    `series` has `days_each` local days to a figure.
    """

    since: datetime
    new: int
    contacts: Group
    contacts_working: Spread | None
    claims: Spread | None
    by_severity: tuple[tuple[Severity, Group], ...]
    by_source: tuple[tuple[str, int], ...]
    closed: tuple[tuple[Outcome, int], ...]
    waiting: int
    series: Series
    days_each: int
