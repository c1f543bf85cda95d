"""Whom a nudge reaches: the person it is meant for, or whoever is next while that person should be left in peace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from cases.model import Severity
from cases.nudges.steps import Nudge
from cases.occasions import When
from cases.people import Person
from cases.policy.page import Policy
from cases.policy.working_time import own_calendar

Hindrance = Literal["gone", "away", "quiet", "do_not_disturb", "own_night", "enough_today"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """What decides whether somebody can be told directly now.

    `zone` is their own time zone by its IANA name; `do_not_disturb` the present or next span [begin, end) of the quiet
    hours they scheduled in Slack; `told_today` how many reminders they had on this local day.
    """

    wishes: Person
    zone: str | None = None
    do_not_disturb: tuple[datetime, datetime] | None = None
    gone: bool = False
    told_today: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a nudge goes: to `person` directly, or to the case's thread, where `call` is mentioned.

    `instead_of` and `because` say whom it was meant for and what stands in the way; `heir` is who takes over when this
    is the last reminder to that person today (None: there will be more), a Slack id or "thread".
    """

    person: str | None = None
    call: str | None = None
    instead_of: str | None = None
    because: Hindrance | None = None
    heir: str | None = None


def hindrance(colleague: Colleague, severity: Severity, policy: Policy, now: datetime) -> Hindrance | None:
    """Why somebody should not be told directly at `now`; None when nothing stands in the way.

    A critical case that breaks quiet hours breaks a person's own night too, but no wish of theirs.
    """
    wishes, reminders = colleague.wishes, policy.reminders
    span = colleague.do_not_disturb
    found: Sequence[tuple[bool, Hindrance]] = (
        (colleague.gone, "gone"),
        (wishes.is_away(now), "away"),
        (wishes.is_quiet(now), "quiet"),
        (reminders.do_not_disturb and span is not None and span[0] <= now < span[1], "do_not_disturb"),
        (_at_night(colleague, severity, policy, now), "own_night"),
        (colleague.told_today >= reminders.per_person, "enough_today"),
    )
    return next((why for so, why in found if so), None)


def _at_night(colleague: Colleague, severity: Severity, policy: Policy, now: datetime) -> bool:
    any_time = severity is Severity.CRITICAL and policy.hours.critical_any_time
    if colleague.zone is None or not policy.reminders.own_hours or policy.hours.always or any_time:
        return False
    if now.astimezone(ZoneInfo(colleague.zone)).utcoffset() == now.astimezone(policy.zone).utcoffset():
        return False  # their clock shows what the team's does, whose hours have been kept already
    return not own_calendar(policy.reminders.own_hours, colleague.zone).is_open(now)


def route(
    nudge: Nudge,
    severity: Severity,
    meant_for: str | None,
    then: Sequence[str],
    known: Mapping[str, Colleague],
    policy: Policy,
    now: datetime,
) -> Route | None:
    """Where a nudge for `meant_for` (a Slack id; None: the thread) goes at `now`; None: it need not be said.

    `then` are those to whom it passes, in order, if it cannot be said there: a deadline never waits for somebody who
    is asleep. Where nobody can be told directly it stands in the thread, for all to read.
    """
    if meant_for is None:
        return Route()
    wishes = _of(meant_for, known).wishes
    if not wishes.early and not nudge.overdue and nudge.when is not When.HELD:
        return None
    because = hindrance(_of(meant_for, known), severity, policy, now)
    for person in dict.fromkeys([meant_for, *then]):
        if hindrance(_of(person, known), severity, policy, now) is None:
            way = _way_to(person, then, known, policy)
            return way if person == meant_for else replace(way, instead_of=meant_for, because=because)
    return Route(call=meant_for if because == "enough_today" else None, instead_of=meant_for, because=because)


def _way_to(person: str, then: Sequence[str], known: Mapping[str, Colleague], policy: Policy) -> Route:
    """Directly or in the thread, as they like it."""
    if _of(person, known).wishes.in_thread:
        return Route(call=person)
    return Route(person=person, heir=_heir(person, then, known, policy))


def _heir(person: str, then: Sequence[str], known: Mapping[str, Colleague], policy: Policy) -> str | None:
    """Who takes over from somebody who gets the last reminder of the day with this one."""
    if _of(person, known).told_today + 1 < policy.reminders.per_person:
        return None
    return next((other for other in then if other != person), "thread")


def _of(person: str, known: Mapping[str, Colleague]) -> Colleague:
    """Somebody of whom nothing is known can be told."""
    return known.get(person) or Colleague(wishes=Person(id=person))
