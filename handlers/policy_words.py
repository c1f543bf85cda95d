"""The policy in plain words: for one case of each severity, by when what is due and who would be told when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby, islice

from cases.model import Case, Severity, Status
from cases.nudges import due_nudges, nudged, planned
from cases.policy import Policy
from cases.working_time import DAY, calendar_of

NUDGES_SHOWN = 8
_SOMEBODY = "somebody"  # who claims the example; no id of Slack's


def in_words(policy: Policy, now: datetime) -> Iterator[str]:
    """Lines about cases that arrive when the next working day begins. Raises NeverOpen where there is none."""
    calendar = calendar_of(policy)
    start = calendar.next_open(calendar.start_of_day(calendar.local_date(now) + DAY))
    for severity in Severity:
        unclaimed = planned(_example(severity, start), policy)
        claimed = planned(replace(unclaimed, status=Status.CLAIMED, owner=_SOMEBODY, claimed_at=start), policy)
        owner_by, contact_by = (_clock(at, start, policy) for at in (unclaimed.claim_due_at, unclaimed.contact_due_at))
        yield f"a {severity} case that arrives on {start.astimezone(policy.zone):%A at %H:%M} ({policy.timezone})"
        yield f"    owner by {owner_by}, contact by {contact_by}"
        yield f"    while nobody claims it: {_told(unclaimed, policy)}"
        yield f"    claimed, nobody contacted: {_told(claimed, policy)}"


def _example(severity: Severity, at: datetime) -> Case:
    return Case(
        number=0,
        severity=severity,
        opened_at=at,
        unclaimed_since=at,
        waiting_since=at,
        claim_due_at=at,
        contact_due_at=at,
    )


def _told(case: Case, policy: Policy) -> str:
    """Who is told when, as long as nothing happens."""
    nudges = list(islice(_nudges(case, policy), NUDGES_SHOWN + 1))
    shown = [
        f"{_clock(at, case.opened_at, policy)} {' and '.join(dict.fromkeys(whom for _, whom in told))}"
        for at, told in groupby(nudges[:NUDGES_SHOWN], key=lambda nudge: nudge[0])
    ]
    more = "; …" if len(nudges) > NUDGES_SHOWN else ""
    return "; ".join(shown) + more if shown else "nobody is told"


def _nudges(case: Case, policy: Policy) -> Iterator[tuple[datetime, str]]:
    """The life of a case in which nobody does anything: when each nudge comes, and whom it tells."""
    while case.next_nudge_at is not None:
        at = case.next_nudge_at
        yield from ((at, _whom(nudge.tell, policy)) for nudge in due_nudges(case, policy, at))
        case = nudged(case, policy, at)


def _whom(tell: str, policy: Policy) -> str:
    """A role with its name; where policy names nobody for it, the thread is told instead."""
    named = {"lead": policy.lead, "manager": policy.manager or policy.lead}
    if tell not in named:
        return tell
    return f"{tell} {named[tell]}" if named[tell] else "thread"


def _clock(at: datetime, start: datetime, policy: Policy) -> str:
    """The time of day, with its weekday where that is not the first."""
    local, first = at.astimezone(policy.zone), start.astimezone(policy.zone)
    return f"{local:%H:%M}" if local.date() == first.date() else f"{local:%a %H:%M}"
