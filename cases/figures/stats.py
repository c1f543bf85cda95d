"""Figures of a time: how many unhappy customers there were, how long things took, and what `/case stats` says of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

from cases.figures.series import Series
from cases.model import Grade, Outcome, Severity, Sign, Status
from cases.policy.working_time import NOTHING, Calendar

FEWEST = 5  # a middle of fewer tells of chance, not of the team


@dataclass(frozen=True, slots=True)
class Spread:
    """How long at least FEWEST things took: half of them at most `median`, nine in ten of them at most `ninetieth`."""

    median: timedelta
    ninetieth: timedelta


Lengths: TypeAlias = Spread | tuple[timedelta, ...]
"""How long things took; of fewer than FEWEST each by itself, shortest first, and nothing where there is none."""


def lengths_of(lengths: Iterable[timedelta]) -> Lengths:
    """The median is between the two middle ones where their count is even; the 90th percentile really occurred."""
    known = sorted(lengths)
    count = len(known)
    if count < FEWEST:
        return tuple(known)
    middle = (known[(count - 1) // 2] + known[count // 2]) / 2
    return Spread(middle, known[(9 * count + 9) // 10 - 1])


class Contact(NamedTuple):
    """One first contact: since when the customer waited and we knew of it, and what is known of the contact by now."""

    waiting_since: datetime
    heard_at: datetime
    contacted_at: datetime
    in_time: bool
    severity: str
    grade: str | None


@dataclass(frozen=True, slots=True)
class Contacts:
    """First contacts in a time: how many, how many of them within the clock of their case, and how long they took.

    `felt` is the time from the customer's word on, night and weekend included; `working` counts the team's own from when
    it heard. What was told of as no later than the customer spoke has no length. `by_grade` names grades that occurred.
    """

    count: int = 0
    in_time: int = 0
    felt: Lengths = ()
    working: Lengths = ()
    by_grade: tuple[tuple[Grade, int], ...] = ()


def contacts_of(reached: Sequence[Contact], calendar: Calendar) -> Contacts:
    """These contacts in figures."""
    measured = [contact for contact in reached if contact.contacted_at > contact.waiting_since]
    grades = Counter(contact.grade for contact in reached)
    return Contacts(
        count=len(reached),
        in_time=sum(contact.in_time for contact in reached),
        felt=lengths_of(contact.contacted_at - contact.waiting_since for contact in measured),
        working=lengths_of(working_wait(contact.heard_at, contact.contacted_at, calendar) for contact in measured),
        by_grade=tuple((grade, grades[grade]) for grade in Grade if grade in grades),
    )


def working_wait(heard_at: datetime, contacted_at: datetime, calendar: Calendar) -> timedelta:
    """How much of the team's own time a contact took: none, where it was made before the team heard what it was about."""
    return max(calendar.between(heard_at, contacted_at), NOTHING)


class Waits(NamedTuple):
    """What open cases wait for: an owner, first contact, a promise to be kept, or else the customer."""

    owner: int = 0
    contact: int = 0
    promise: int = 0
    customer: int = 0


def waits_of(open_cases: Iterable[tuple[str, bool, int]]) -> Waits:
    """From (status, whether something is promised, how many cases)."""
    found = Counter[str]()
    for status, promised, count in open_cases:
        names = {Status.UNCLAIMED: "owner", Status.CLAIMED: "contact"}
        found[names.get(Status(status), "promise" if promised else "customer")] += count
    return Waits(**found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Counts and times of what happened from `since` to now; docs/figures.md says what each of them means.

    `by_severity` lists only severities that occurred, gravest first, and `by_source` where new cases came from, most
    frequent first. `closed` lists only outcomes that occurred, in the order of Outcome, `ended_well` by what a good end is known. `waits` are all open cases now,
    however old, and `clicked` those of them of which nothing more is known than a click.
    `series` has `days_each` local days to a figure.
    """

    since: datetime
    new: int
    contacts: Contacts
    claims: Lengths
    by_severity: tuple[tuple[Severity, Contacts], ...]
    by_source: tuple[tuple[str, int], ...]
    closed: tuple[tuple[Outcome, int], ...]
    ended_well: tuple[tuple[Sign, int], ...]
    waits: Waits
    clicked: int
    series: Series
    days_each: int
