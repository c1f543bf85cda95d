"""A promise is broken at the instant by which it was to be kept, whatever the hours; the clock finds out at its next look."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cases.acts.promises import BROKEN, why_critical
from cases.model import Case, Promise, Severity


def breaks_at(case: Case) -> datetime | None:
    """When the next of its promises breaks that is not known as broken; None: none is to be kept."""
    known = case.promise_broken_at
    return next((each.due_at for each in case.owed if known is None or each.due_at > known), None)


def with_broken_promise(case: Case, now: datetime) -> Case | None:
    """The case once it is known that a promise was not kept in time: nothing is graver. None: none was broken since.

    That it was broken stays known although it is kept late or has another date: the customer had waited for it.
    """
    at = max((each.due_at for each in case.owed if each.due_at <= now), default=None)
    if at is None or (case.promise_broken_at is not None and at <= case.promise_broken_at):
        return None
    reasons = (*(reason for reason in case.reasons if reason.code != BROKEN), why_critical(case))
    return replace(case, promise_broken_at=at, severity=Severity.CRITICAL, reasons=reasons)


def latest_broken(case: Case) -> Promise | None:
    """The one that was broken last, of those that are still to be kept."""
    return next((each for each in case.owed if each.due_at == case.promise_broken_at), None)
