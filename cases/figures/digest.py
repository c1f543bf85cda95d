"""The daily digest: when it is owed, which time it looks back on, and the figures it tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cases.figures.stats import Contacts
from cases.figures.themes import Theme
from cases.lessons.lesson import Lesson
from cases.model import Case, Outcome
from cases.policy.hours import WEEKDAYS
from cases.policy.page import Policy
from cases.policy.working_time import DAY, Calendar, calendar_of

SHOWN = 5  # cases in full; a longer list is a wall nobody reads
HOLDERS_SHOWN = 20
NUMBERS_SHOWN = 12
LONGEST_GAP = 31  # days off in a row that a digest looks back over
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Holding:
    """Open cases in one person's hand: the numbers of the first few, and how many more."""

    owner: str
    cases: tuple[int, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Recovery:
    """A case to be thankful for: who contacted the customer, how fast, and whether they were won back or just reached."""

    case: int
    person: str
    took: timedelta
    won_back: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """What happened in a time: cases opened, customers contacted, and how cases ended."""

    new: int = 0
    contacted: int = 0
    won_back: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The seven local days before `end`, against the seven before them. `people` contacted somebody: by id, unranked.

    `contacts` are those of `now`, for how well they are known of. `causes` are of the cases whose cause was told in it, the
    most frequent first; `changes` are lessons whose change is due by the end of the week that begins, the earliest first.
    """

    end: date
    now: Tally
    before: Tally
    contacts: Contacts = field(default_factory=Contacts)
    themes: tuple[Theme, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    causes: tuple[tuple[str, int], ...] = ()
    changes: tuple[Lesson, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One morning's figures; instants are aware UTC, `since` to `until` (excluded) is the time looked back on.

    `reminders` is how often each of `waiting` was reminded of, by number; `clicked` counts the open cases of which nothing
    more is known than a click. `waiting` are the cases not yet contacted, worst first, at most SHOWN with the rest counted in `more`.
    `promises` are open promises due by the end of the day, broken ones included, earliest first, cut in the same way.
    `holds` is in the order of the owners' ids: it ranks nobody. `week` is told on one day of the week.
    """

    day: date
    since: datetime
    until: datetime
    waiting: tuple[Case, ...] = ()
    more: int = 0
    reminders: Mapping[int, int] = field(default_factory=dict)
    clicked: int = 0
    promises: tuple[Case, ...] = ()
    more_promises: int = 0
    holds: tuple[Holding, ...] = ()
    more_holders: int = 0
    contacts: Contacts = field(default_factory=Contacts)
    closed: int = 0
    won_back: int = 0
    lost: int = 0
    thanks: Recovery | None = None
    week: Week | None = None
    quiet: bool = False


def digest_due(now: datetime, policy: Policy) -> tuple[date, datetime] | None:
    """The local date whose digest should stand in the channel by `now`, and since when; None before the hour.

    A bot that was down at the hour still owes the same day's digest, never an earlier day's. The date is the key that
    makes it one digest a day, also on the night when the hour comes twice.
    """
    calendar = calendar_of(policy)
    today = calendar.local_date(now)
    at = calendar.at_local(today, policy.digest.at)
    owed = policy.digest.enabled and at <= now and _has_digest(today, policy)
    return (today, at) if owed else None


def _has_digest(day: date, policy: Policy) -> bool:
    return not policy.digest.skip_days_off or calendar_of(policy).is_working_day(day)


def week_told(day: date, policy: Policy) -> date | None:
    """The day before which the week ends that the digest of `day` tells of; None on the other days.

    That is the policy's weekday. Where digests are skipped on days off, the first digest after that weekday tells it.
    """
    if not policy.digest.weekly:
        return None
    back = (day.weekday() - WEEKDAYS.index(policy.digest.weekly)) % 7
    passed = [day - timedelta(days=n) for n in range(back, 0, -1)]
    return None if any(_has_digest(earlier, policy) for earlier in passed) else day - timedelta(days=back)


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


def holdings(held: Iterable[tuple[str, int]]) -> tuple[Holding, ...]:
    """Who holds which open cases, from (owner, case number) in any order."""
    numbers: dict[str, list[int]] = {}
    for owner, number in held:
        numbers.setdefault(owner, []).append(number)
    return tuple(_holding(owner, sorted(numbers[owner])) for owner in sorted(numbers))


def _holding(owner: str, numbers: list[int]) -> Holding:
    return Holding(owner, tuple(numbers[:NUMBERS_SHOWN]), max(0, len(numbers) - NUMBERS_SHOWN))


def tally(new: int, contacted: int, ended: Mapping[Outcome, int]) -> Tally:
    """A tally from how many cases ended with each outcome."""
    return Tally(new, contacted, ended.get(Outcome.WON_BACK, 0), ended.get(Outcome.LOST, 0))
