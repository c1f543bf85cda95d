"""Practice: an invented case is over by itself a day after it began, whatever has become of it until then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cases.model import Case, Outcome, Status
from cases.policy.working_time import DAY


def ends_at(case: Case) -> datetime | None:
    """When an invented case is over by itself. None for a real one, and for one that is over."""
    return case.opened_at + DAY if case.is_practice and case.status is not Status.CLOSED else None


def over(case: Case, now: datetime) -> Case:
    """The case once it is over: there is no customer, so nothing that was promised is owed."""
    return replace(
        case,
        status=Status.CLOSED,
        outcome=Outcome.NOT_A_COMPLAINT,
        closed_at=now,
        closed_by=None,
        promises=(),
        snoozed_until=None,
        snooze_reason=None,
    )
