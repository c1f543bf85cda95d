"""Figures of a time: how many unhappy customers there were, how long things took, and what `/case stats` says of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.figures.series import Series
from cases.model import Outcome, Severity
from cases.policy.working_time import NOTHING


@dataclass(frozen=True, slots=True)
class Spread:
    """How long things took: `median` is the middle, between the two middle ones where their count is even; nine in ten took at most `ninetieth`."""

    median: timedelta
    ninetieth: timedelta


def spread_of(lengths: Iterable[timedelta]) -> Spread | None:
    """The spread of some lengths, None of none; a contact told of after the fact counts as no wait at all.

    The 90th percentile is that of the nearest rank: always a length that really occurred.
    """
    known = sorted(max(length, NOTHING) for length in lengths)
    if not known:
        return None
    count = len(known)
    middle = (known[(count - 1) // 2] + known[count // 2]) / 2
    return Spread(middle, known[(9 * count + 9) // 10 - 1])


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
