"""Ownership is a lease: when a silent owner is asked whether they are still on a case, and when it goes back to the team."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cases.acts.hands import unowned
from cases.model import Case, Status
from cases.policy.page import Policy
from cases.policy.working_time import calendar_for


def asked_at(case: Case, policy: Policy) -> datetime | None:
    """When the owner is to be asked: the clock's `hold` of working time after they were last heard of, or reminders were put off.

    None where nobody is asked: not while nobody holds the case, not once the customer has been contacted.
    """
    if case.status is not Status.CLAIMED or not policy.ownership.ask:
        return None
    since = case.held_since or case.claimed_at or case.opened_at
    heard_of = max(since, case.put_off_until or since)
    return calendar_for(case.severity, policy).add(heard_of, policy.clocks.of(case.severity, source(case)).hold)


def released_at(case: Case, policy: Policy) -> datetime | None:
    """When a case whose owner was asked goes back to the team, unless they answer. None while they have not been asked.

    A lead may snooze what another owns: then not before that has ended.
    """
    if case.status is not Status.CLAIMED or case.asked_at is None:
        return None
    calendar = calendar_for(case.severity, policy)
    at = calendar.add(case.asked_at, policy.ownership.answer_within)
    return calendar.next_open(max(at, case.put_off_until or at))


def let_go(case: Case, policy: Policy, now: datetime) -> Case | None:
    """The case back with the team, its ladder starting again; None while its owner has time to answer.

    Only the clock to an owner starts anew: the customer has been waiting all the same. There is no emoji to take back
    any more: the clock was the last to change the case.
    """
    at = released_at(case, policy)
    if at is None or now < at or not calendar_for(case.severity, policy).is_open(now):
        return None
    return replace(unowned(case, since=now), by_reaction=None)


def source(case: Case) -> str | None:
    """Where the case came from first, which may have clocks of its own."""
    return case.feedback[0].source if case.feedback else None
