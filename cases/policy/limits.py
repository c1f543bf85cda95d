"""What the policy says of acts: the limits within which a colleague decides."""

from __future__ import annotations

from cases.acts.act import Limits
from cases.policy.page import Policy
from cases.policy.working_time import calendar_of


def limits_of(policy: Policy) -> Limits:
    """As `cases.acts` asks for them."""
    contact, snooze = policy.contact, policy.snooze
    return Limits(
        longest_snooze=snooze.longest,
        snoozes=snooze.at_most,
        counts=contact.least,
        ask_within=contact.ask_within,
        tries=contact.tries,
        check_back=contact.check_back,
        opening=calendar_of(policy).next_open,
        ask_lesson=policy.lessons.ask_after if policy.lessons.ask else None,
    )
