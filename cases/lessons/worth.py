"""From which cases there is so much to learn that somebody is asked for it, the day after."""

from __future__ import annotations

from cases.model import Case, Outcome


def is_worth_asking(case: Case, outcome: Outcome, *, repeated: bool, told: bool) -> bool:
    """Whether a case that ends so at `now` is one we should not have had: a customer lost, or a promise broken.

    So is one whose cause is `repeated`, unless what went wrong and what was learned is `told` already. That much was at stake,
    or that they waited too long, is too common to ask about: docs/noise.md. Never what was no complaint, nor practice.
    """
    if outcome is Outcome.NOT_A_COMPLAINT or case.is_practice:
        return False
    if outcome is Outcome.LOST or case.promise_broken_at is not None:
        return True
    return repeated and not told
