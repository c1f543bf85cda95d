"""What `/case why` tells of a case: its clocks, the next nudge and the rule behind it, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from cases.model import Case
from cases.nudges.ladder import due_nudges, next_said_at
from cases.nudges.lease import asked_at, released_at
from cases.nudges.rounds import LEADS
from cases.nudges.steps import Nudge
from cases.occasions import When
from cases.policy.page import Policy
from cases.policy.working_time import Calendar, calendar_for

Deferral = Literal["snoozed", "asked how", "outside working hours", "the lead's rounds", "enough for today"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One clock of a case: its end, and the working time left when it stopped, or now (negative: over)."""

    due_at: datetime
    left: timedelta
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a case nudges or is silent: its clocks, then the next nudge and when it comes; none of a case that is over.

    `hold` is the clock to the question whether the owner is still on it, `back_at` when an owner who was asked loses
    the case. `deferred` says what keeps the nudge from coming at the instant it is due.
    """

    claim: Reading
    contact: Reading
    hold: Reading | None = None
    back_at: datetime | None = None
    nudge: Nudge | None = None
    at: datetime | None = None
    deferred: Deferral | None = None


def explain(case: Case, policy: Policy, now: datetime) -> Explanation:
    """The clocks of a case as they stand at `now`, and what comes next if nobody does anything."""
    calendar = calendar_for(case.severity, policy)
    claim_stopped = case.claimed_at or case.contacted_at or case.closed_at
    asks = asked_at(case, policy)
    explanation = Explanation(
        claim=_reading(case.unclaimed_since, claim_stopped, case.claim_due_at, now, calendar),
        contact=_reading(case.heard_at, case.contacted_at or case.closed_at, case.contact_due_at, now, calendar),
        hold=Reading(asks, calendar.between(now, asks), None) if asks and case.asked_at is None else None,
        back_at=released_at(case, policy),
    )
    planned_at = next_said_at(case, policy)
    if planned_at is None:
        return explanation
    at = calendar.next_open(max(planned_at, now))
    nudge = due_nudges(case, policy, at)[0]
    put_off = _put_off_until(case, at, now)
    deferred = "enough for today" if put_off else _deferral(nudge, case, at, calendar)
    return replace(explanation, nudge=nudge, at=put_off or at, deferred=deferred)


def _put_off_until(case: Case, at: datetime, now: datetime) -> datetime | None:
    """What the clock has put off: it knows how often people were told today, which the rules do not."""
    planned = case.next_nudge_at
    return planned if planned is not None and planned > max(at, now) and case.asked_at is None else None


def _reading(
    since: datetime, stopped_at: datetime | None, due_at: datetime, now: datetime, calendar: Calendar
) -> Reading:
    # A reopened case keeps its owner, and a contact may be told of late: a clock cannot stop before it started.
    stopped_at = stopped_at and max(stopped_at, since)
    return Reading(due_at, calendar.between(stopped_at or now, due_at), stopped_at)


def _deferral(nudge: Nudge, case: Case, at: datetime, calendar: Calendar) -> Deferral | None:
    if nudge.when is not When.HELD and case.put_off_until is not None and case.put_off_until > nudge.due_at:
        return "snoozed" if case.put_off_until == case.snoozed_until else "asked how"
    if not calendar.is_open(nudge.due_at):
        return "outside working hours"
    return "the lead's rounds" if nudge.tell in LEADS and at > nudge.due_at else None
