"""The figures of digest, statistics and chart, put together from the database's counts and the team's calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from cases.figures.digest import (
    HOLDERS_SHOWN,
    SHOWN,
    WEEK,
    Digest,
    Tally,
    Week,
    holdings,
    span,
    tally,
    week_told,
)
from cases.figures.series import Series, bounds, days_before, in_a_row
from cases.figures.stats import Contact, Contacts, Stats, contacts_of, lengths_of, waits_of
from cases.figures.themes import themes
from cases.lessons.lesson import Lesson
from cases.model import Severity
from cases.policy.working_time import DAY, Calendar, calendar_of
from handlers.nameless import known_colleagues, shown
from handlers.world import World
from store import cases, daily, figures, lessons
from store.engine import Tx
from store.scope import ALL, Scope

_LESSONS, _CHANGES = 2, 3
_SOURCES = 5


def digest_of(world: World, tx: Tx, day: date, scope: Scope = ALL) -> Digest:
    """The digest of a local date, as it is now: only the cases it shows are loaded whole."""
    calendar = calendar_of(world.policy)
    since, until = span(day, world.policy)
    waiting = figures.waiting_count(tx, scope)
    promised = figures.promised_before(tx, calendar.start_of_day(day + DAY), scope)
    holds = holdings(figures.held(tx, scope))
    reached = figures.contacts(tx, since, until, scope)
    ended = figures.ended(tx, since, until, scope)
    spoken = tally(0, len(reached), ended)
    week_end = week_told(day, world.policy)
    worst = figures.worst_waiting(tx, SHOWN, world.now(), scope)
    return Digest(
        day=day,
        since=since,
        until=until,
        waiting=tuple(cases.in_order(tx, worst)),
        more=max(0, waiting - SHOWN),
        reminders=figures.reminders(tx, worst),
        clicked=figures.clicked_count(tx, scope),
        promises=tuple(cases.in_order(tx, promised[:SHOWN])),
        more_promises=max(0, len(promised) - SHOWN),
        holds=holds[:HOLDERS_SHOWN],
        more_holders=max(0, len(holds) - HOLDERS_SHOWN),
        contacts=contacts_of(reached, calendar),
        closed=sum(ended.values()),
        won_back=spoken.won_back,
        lost=spoken.lost,
        thanks=figures.best_recovery(tx, since, until, scope),
        week=_week(world, tx, week_end, calendar, scope) if week_end else None,
        quiet=not (promised or reached or ended or figures.has_open(tx, scope)),
    )


def _week(world: World, tx: Tx, end: date, calendar: Calendar, scope: Scope) -> Week:
    before, start, until = (calendar.start_of_day(day) for day in (end - 2 * WEEK, end - WEEK, end))
    return Week(
        end=end,
        now=_tally(tx, start, until, scope),
        contacts=contacts_of(figures.contacts(tx, start, until, scope), calendar),
        before=_tally(tx, before, start, scope),
        themes=themes(figures.reasons(tx, start, until, scope)),
        lessons=_nameless(world, tx, lessons.latest(tx, _LESSONS, scope, start=start, end=until)),
        causes=tuple(lessons.causes(tx, start, until, scope)),
        changes=_nameless(world, tx, lessons.changes_before(tx, calendar.start_of_day(end + WEEK), _CHANGES, scope)),
        people=tuple(figures.contacted_by(tx, start, until, scope)),
    )


def _nameless(world: World, tx: Tx, told: Sequence[Lesson]) -> tuple[Lesson, ...]:
    about = {case.number: case for case in cases.load_many(tx, [lesson.case for lesson in told])}
    known = known_colleagues(world)
    return tuple(shown(lesson, about.get(lesson.case), known) for lesson in told)


def _tally(tx: Tx, start: datetime, end: datetime, scope: Scope) -> Tally:
    new, reached = figures.opened(tx, start, end, scope), figures.contacted(tx, start, end, scope)
    return tally(new, reached, figures.ended(tx, start, end, scope))


def series_before(world: World, tx: Tx, day: date, scope: Scope = ALL) -> Series:
    """What the chart of a day's digest shows: the four weeks of whole local days before it."""
    return _series(tx, days_before(day), calendar_of(world.policy), scope)


def _series(tx: Tx, days: tuple[date, ...], calendar: Calendar, scope: Scope, length: int = 1) -> Series:
    at = bounds(days, calendar, length)
    return Series(days, daily.opened(tx, at, scope), daily.contacted(tx, at, scope), daily.waiting(tx, at, scope))


def stats_of(world: World, tx: Tx, window: timedelta) -> Stats:
    """The figures of the time from `window` ago to now."""
    now, calendar = world.now(), calendar_of(world.policy)
    since, until = now - window, now + timedelta(milliseconds=1)  # what happened this moment counts
    reached = figures.contacts(tx, since, until)
    days, each = in_a_row(calendar.local_date(since), calendar.local_date(now))
    return Stats(
        since=since,
        new=figures.opened(tx, since, until),
        contacts=contacts_of(reached, calendar),
        claims=lengths_of(figures.claims(tx, since, until)),
        by_severity=_by_severity(reached, calendar),
        by_source=tuple(figures.sources(tx, since, until)[:_SOURCES]),
        closed=tuple(figures.ended(tx, since, until).items()),
        ended_well=tuple(figures.good_ends(tx, since, until).items()),
        waits=waits_of(figures.waiting_for(tx)),
        clicked=figures.clicked_count(tx),
        series=_series(tx, days, calendar, ALL, each),
        days_each=each,
    )


def _by_severity(reached: list[Contact], calendar: Calendar) -> tuple[tuple[Severity, Contacts], ...]:
    gravest_first = reversed(Severity)
    found = {severity: [contact for contact in reached if contact.severity == severity] for severity in gravest_first}
    return tuple((severity, contacts_of(contacts, calendar)) for severity, contacts in found.items() if contacts)
