"""The daily digest's figures: who still waits, who holds what, and what became of yesterday."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.model import UNCONTACTED, Case, Outcome
from cases.policy import Policy
from cases.working_time import DAY, NOTHING, Calendar, calendar_of

SHOWN = 5  # cases in full; a longer list is a wall nobody reads
LONGEST_GAP = 31  # days off in a row that a digest looks back over


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One morning's figures; instants are aware UTC, `since` to `until` (excluded) is the time looked back on.

    `waiting` are the cases not yet contacted, longest waiting first, cut to SHOWN with the rest counted in `more`.
    `holds` is (owner, case numbers) for open cases, in the order of the owners' ids: it ranks nobody.
    `median_contact` is the median time from the customer's first wait to first contact as the customer felt it, night
    and weekend included; `median_contact_working` counts working hours only.
    `promises_today` are open promises due by the end of the day, broken ones included, earliest first.
    """

    day: date
    since: datetime
    until: datetime
    waiting: tuple[Case, ...]
    more: int
    holds: tuple[tuple[str, tuple[int, ...]], ...]
    contacted: int
    median_contact: timedelta | None
    median_contact_working: timedelta | None
    closed: int
    won_back: int
    promises_today: tuple[Case, ...]
    quiet: bool


def digest_due(now: datetime, policy: Policy) -> tuple[date, datetime] | None:
    """The local date whose digest should stand in the channel by `now`, and since when; None before the hour.

    A bot that was down at the hour still owes the same day's digest, never an earlier day's. The date is the key that
    makes it one digest a day, also on the night when the hour comes twice.
    """
    calendar = calendar_of(policy)
    today = calendar.local_date(now)
    at = calendar.at_local(today, policy.digest.at)
    return (today, at) if policy.digest.enabled and at <= now else None


def span(day: date, policy: Policy) -> tuple[datetime, datetime]:
    """What the digest of `day` calls yesterday, [start, end) in UTC: whole local days.

    After days off it reaches back to the last working day, so that working days' digests together leave out nothing.
    """
    calendar = calendar_of(policy)
    return calendar.start_of_day(_looks_back_to(day, calendar)), calendar.start_of_day(day)


def _looks_back_to(day: date, calendar: Calendar) -> date:
    yesterday = day - DAY
    if not calendar.is_working_day(day):
        return yesterday
    earlier = (day - timedelta(days=n) for n in range(1, LONGEST_GAP + 1))
    return next((d for d in earlier if calendar.is_working_day(d)), yesterday)


def digest(
    open_cases: Sequence[Case], contacted: Sequence[Case], closed: Sequence[Case], now: datetime, policy: Policy
) -> Digest:
    """The digest of the local date of `now`. Of `contacted` and `closed`, only cases within its `span` count."""
    calendar = calendar_of(policy)
    day = calendar.local_date(now)
    since, until = span(day, policy)
    reached = [case for case in contacted if case.contacted_at and since <= case.contacted_at < until]
    ended = [case for case in closed if case.closed_at and since <= case.closed_at < until]
    waiting = sorted((case for case in open_cases if case.status in UNCONTACTED), key=_longest_waiting)
    return Digest(
        day=day,
        since=since,
        until=until,
        waiting=tuple(waiting[:SHOWN]),
        more=max(0, len(waiting) - SHOWN),
        holds=_holds(open_cases),
        contacted=len(reached),
        median_contact=median_of(case.contacted_at - case.waiting_since for case in reached if case.contacted_at),
        median_contact_working=median_of(
            calendar.between(case.waiting_since, case.contacted_at) for case in reached if case.contacted_at
        ),
        closed=len(ended),
        won_back=sum(case.outcome is Outcome.WON_BACK for case in ended),
        promises_today=_promises_before(calendar.start_of_day(day + DAY), open_cases),
        quiet=not (open_cases or reached or ended),
    )


def _longest_waiting(case: Case) -> tuple[datetime, int]:
    return case.waiting_since, case.number


def _holds(cases: Iterable[Case]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    held: dict[str, list[int]] = {}
    for case in cases:
        if case.owner is not None:
            held.setdefault(case.owner, []).append(case.number)
    return tuple((owner, tuple(sorted(held[owner]))) for owner in sorted(held))


def _promises_before(end: datetime, cases: Iterable[Case]) -> tuple[Case, ...]:
    due = [(case.promise_due_at, case.number, case) for case in cases if case.promise_due_at is not None]
    return tuple(case for at, _, case in sorted(due, key=lambda row: row[:2]) if at < end)


def median_of(lengths: Iterable[timedelta]) -> timedelta | None:
    """The median of some lengths of time, None of none; a contact told of after the fact counts as no wait at all."""
    known = sorted(max(length, NOTHING) for length in lengths)
    return (known[(len(known) - 1) // 2] + known[len(known) // 2]) / 2 if known else None
