"""The next step of a case: at every moment each open case has one with a date, and so has a promise that outlives its case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cases.model import OPEN, Case
from cases.nudges import practice
from cases.nudges.ladder import to_come
from cases.nudges.lease import released_at
from cases.occasions import When
from cases.policy.page import Policy
from cases.policy.working_time import calendar_for


class StepKind(StrEnum):
    """What a next step is: somebody is reminded, a promise is to be kept, the owner is asked how it ended; practice is over."""

    REMINDER = "reminder"
    PROMISE = "promise"
    LOOK_BACK = "look_back"
    PRACTICE_ENDS = "practice_ends"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next if nobody does anything, and when: not before now."""

    kind: StepKind
    at: datetime


def next_step(case: Case, policy: Policy, now: datetime) -> NextStep | None:
    """The next step. None only once a case is closed and nothing is promised any more, or it goes on in another."""
    return min(_steps(case, policy, now), key=lambda step: step.at, default=None)


def _steps(case: Case, policy: Policy, now: datetime) -> Iterator[NextStep]:
    if case.is_practice:
        over = practice.ends_at(case)
        yield from [NextStep(StepKind.PRACTICE_ENDS, max(over, now))] if over else []
        return
    calendar = calendar_for(case.severity, policy)
    owed = case.owed if case.status in OPEN else (*case.owed, *case.changes)
    ahead = min((promise.due_at for promise in owed if promise.due_at > now), default=None)
    if ahead is not None:
        yield NextStep(StepKind.PROMISE, ahead)
    for nudge, at in to_come(case, policy):
        if nudge.when is When.LESSON or (nudge.when is When.CHANGE and case.status in OPEN):
            continue  # no step of the case's: its customer waits for nothing by it
        if nudge.promised_at is not None and nudge.promised_at > now:
            continue  # it warns of the promise, which is the step
        # The clock may have put it off: it knows how often people were told today, which the rules do not.
        planned_at = case.next_nudge_at if case.next_nudge_at and case.next_nudge_at > now else at
        kind = StepKind.LOOK_BACK if nudge.when is When.LOOK_BACK else StepKind.REMINDER
        yield NextStep(kind, calendar.next_open(max(at, planned_at, now)))
    back = released_at(case, policy)
    if back is not None:
        yield NextStep(StepKind.REMINDER, calendar.next_open(max(back, now)))
