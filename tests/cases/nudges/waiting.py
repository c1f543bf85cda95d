"""Cases that wait, at hours of January 2026 in Berlin, and a clock that wakes exactly when it is planned to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cases.acts.act import Act, Change
from cases.acts.actions import decide
from cases.model import Case, Status, Via
from cases.nudges.ladder import Round, planned, round_at
from cases.nudges.steps import Nudge
from cases.policy.hours import Hours
from cases.policy.ladder import Rung
from cases.policy.page import Ownership, Policy, Reminders

BERLIN = ZoneInfo("Europe/Berlin")
AT_ONCE = Reminders(lead_rounds=())  # the ladder by itself; what its lead's rounds make of it has tests of its own
# Monday to Friday 09:00-18:00 Berlin; claim in 15 min, contact in 1 h, hold for 2 h, answer in 30 min
DEFAULT = Policy(reminders=AT_ONCE)
UNASKED = Policy(ownership=Ownership(ask=False), reminders=AT_ONCE)
M, H, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def local(text: str) -> datetime:
    """A Berlin wall-clock reading in January 2026, the 5th being a Monday: "05 10:00"."""
    return datetime.fromisoformat(f"2026-01-{text.replace(' ', 'T')}").replace(tzinfo=BERLIN).astimezone(UTC)


def a_case(opened: str | datetime = "05 10:00", policy: Policy = DEFAULT, **fields: Any) -> Case:
    at = local(opened) if isinstance(opened, str) else opened
    begun = {
        "opened_at": at,
        "unclaimed_since": at,
        "waiting_since": at,
        "heard_at": at,
        "claim_due_at": at,
        "contact_due_at": at,
    }
    return planned(Case(**{"number": 7, **begun, **fields}), policy)


def acted(case: Case, action: str, at: str | datetime, policy: Policy = DEFAULT, **words: Any) -> Case:
    """The case once somebody (its owner, if nobody is named) has done something to it, as the handlers plan it."""
    now = local(at) if isinstance(at, str) else at
    one = Act(action, **{"actor": case.owner or "U_OWNER", "via": Via.BUTTON, **words})
    decision = decide(case, one, now)
    assert isinstance(decision, Change), decision
    return planned(decision.case, policy)


def claimed(case: Case, at: str | datetime, policy: Policy = DEFAULT, owner: str = "U_OWNER") -> Case:
    return acted(case, "claim", at, policy, actor=owner)


def contacted(case: Case, at: str, policy: Policy = DEFAULT, **fields: Any) -> Case:
    reached = {"status": Status.CONTACTED, "owner": "U_OWNER", "contacted_at": local(at)} | fields
    return planned(replace(case, **reached), policy)


def a_policy(*rungs: dict[str, Any], always: bool = True, **fields: Any) -> Policy:
    """Those rungs and nothing else: owners are not asked whether they are still on it, unless `fields` say so."""
    hours = {"hours": Hours(always=True)} if always else {}
    return Policy(
        nudges=tuple(Rung(**rung) for rung in rungs),
        **{"ownership": UNASKED.ownership, "reminders": AT_ONCE, **hours, **fields},
    )


def looks(case: Case, policy: Policy, until: str | datetime) -> Iterator[tuple[datetime, Round]]:
    """What each look of the clock makes of a case that nobody touches: it looks exactly when it is planned to."""
    end = local(until) if isinstance(until, str) else until
    while case.next_nudge_at is not None and case.next_nudge_at <= end:
        now = case.next_nudge_at
        one = round_at(case, policy, now)
        yield now, one
        case = one.case
        assert case.next_nudge_at is None or case.next_nudge_at > now, "the clock would spin"


def told(case: Case, policy: Policy, until: str | datetime) -> list[tuple[datetime, Nudge]]:
    """Everything said until then."""
    return [(at, nudge) for at, one in looks(case, policy, until) for nudge in one.said]
