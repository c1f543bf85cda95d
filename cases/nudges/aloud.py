"""What makes a sound: which changes of a case the channel is to hear of, and who is called by them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cases.model import OPEN, UNCONTACTED, Case, Severity
from cases.nudges.routing import Colleague, hindrance
from cases.people import Person
from cases.policy.page import Policy
from cases.policy.working_time import calendar_for


def rings(before: Case, after: Case) -> bool:
    """Whether the channel hears of a change: more is at stake than before, or a customer who had been contacted waits again.

    An edited card tells nobody, and stands where it stood.
    """
    graver = after.severity is not before.severity and after.severity.at_least(before.severity) is after.severity
    waits_again = before.status not in UNCONTACTED and after.status in UNCONTACTED
    return after.status in OPEN and (graver or waits_again)


def called(case: Case, lead: str | None, wishes: Mapping[str, Person], policy: Policy, now: datetime) -> str | None:
    """Who is mentioned (a Slack id) where a case is spoken of: its owner, or the lead while the owner rests.

    Of a case that nobody has the lead is called only when it is critical. Nobody is called outside working hours: what was
    said stands there, and the ladder begins in the morning. `wishes` are what is known of these people.
    """
    if not calendar_for(case.severity, policy).is_open(now):
        return None
    if case.owner is None and case.severity is not Severity.CRITICAL:
        return None

    def can_hear(person: str) -> bool:
        colleague = Colleague(wishes=wishes.get(person) or Person(id=person))
        return hindrance(colleague, case.severity, policy, now) is None

    return next((person for person in (case.owner, lead) if person and can_hear(person)), None)
