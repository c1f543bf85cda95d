"""The figures of `/case stats`: how many unhappy customers there were lately, and how fast they were answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.digest import median_of
from cases.model import UNCONTACTED, Case, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Counts and medians of the time from `since` to now; medians are wall time, None when there is nothing to measure.

    `closed` lists only outcomes that occurred, in the order of Outcome. `waiting` counts every case that is still not
    contacted, however old.
    """

    since: datetime
    new: int
    contacted: int
    median_contact: timedelta | None
    median_claim: timedelta | None
    closed: tuple[tuple[Outcome, int], ...]
    waiting: int


def stats(cases: Iterable[Case], now: datetime, window: timedelta) -> Stats:
    """The figures of the last `window` before `now`, of cases that were opened, touched or are still open."""
    cases = list(cases)
    since = now - window
    outcomes = Counter(case.outcome for case in cases if case.outcome and _within(case.closed_at, since, now))
    contacts = [
        case.contacted_at - case.waiting_since
        for case in cases
        if case.contacted_at and _within(case.contacted_at, since, now)
    ]
    return Stats(
        since=since,
        new=sum(_within(case.opened_at, since, now) for case in cases),
        contacted=len(contacts),
        median_contact=median_of(contacts),
        median_claim=median_of(_times_to_claim(cases, since, now)),
        closed=tuple((outcome, outcomes[outcome]) for outcome in Outcome if outcomes[outcome]),
        waiting=sum(case.status in UNCONTACTED for case in cases),
    )


def _times_to_claim(cases: Iterable[Case], since: datetime, now: datetime) -> Iterable[timedelta]:
    """A reopened case that kept its owner was claimed before its clock started: it has no time to claim."""
    for case in cases:
        if case.claimed_at and _within(case.claimed_at, since, now) and case.claimed_at >= case.unclaimed_since:
            yield case.claimed_at - case.unclaimed_since


def _within(at: datetime | None, since: datetime, now: datetime) -> bool:
    return at is not None and since < at <= now
