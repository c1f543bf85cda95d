"""From which cases there is so much to learn that somebody is asked for it, the day after."""

from __future__ import annotations

from datetime import datetime

from cases.judgement.assessment import WAITED_BEFORE
from cases.model import Case, Outcome, Severity


def is_worth_asking(case: Case, outcome: Outcome, now: datetime, *, repeated: bool, told: bool) -> bool:
    """Whether a case that ends so at `now` is one we should not have had: a customer lost, or a promise broken.

    So is one where very much was at stake, the customer waited longer than the clock, or the cause is `repeated`, unless
    what went wrong and what was learned is `told` already. Never what was no complaint, nor practice.
    """
    if outcome is Outcome.NOT_A_COMPLAINT or case.is_practice:
        return False
    if outcome is Outcome.LOST or case.promise_broken_at is not None:
        return True
    return not told and (repeated or case.severity is Severity.CRITICAL or _waited_too_long(case, now))


def _waited_too_long(case: Case, now: datetime) -> bool:
    """For us, by the clock to first contact; or before we heard of it."""
    late = (case.contacted_at or now) > case.contact_due_at
    return late or any(reason.code == WAITED_BEFORE for reason in case.reasons)
