"""Worst first: the one order in which cases stand wherever several of them do, and what counts as overdue.

`store/open_cases.py` says the same to the database, for lists longer than anybody loads; a property test holds them together.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from cases.model import UNCONTACTED, Case, Severity, Status

_GRAVITY = {severity: place for place, severity in enumerate(reversed(Severity))}


class Count(NamedTuple):
    """How many cases are waited for, and how many rest."""

    waiting: int = 0
    resting: int = 0


def is_overdue(case: Case, now: datetime) -> bool:
    """Past the clock that still runs, or past a promise."""
    clocks = (
        (case.status is Status.UNCLAIMED, case.claim_due_at),
        (case.status in UNCONTACTED, case.contact_due_at),
        (True, case.promise_due_at),
    )
    return any(runs and due is not None and due <= now for runs, due in clocks)


def rests(case: Case, now: datetime) -> bool:
    """Whether nobody waits for us just now: the customer has been contacted, and no promise is broken."""
    return case.status not in UNCONTACTED and not is_overdue(case, now)


def urgency(case: Case, now: datetime) -> tuple[Any, ...]:
    """The key to sort by: severity, then what is overdue, then the longest wait; those that rest come last."""
    return (
        rests(case, now),
        _GRAVITY[case.severity],
        not is_overdue(case, now),
        case.waiting_since,
        case.number,
    )
