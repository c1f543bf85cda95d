"""One look of the clock at a case: what is said about it now, whether a silent owner loses it, and when to look again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cases.model import Case
from cases.nudges.ladder import Nudge, due_nudges, nudged, planned
from cases.nudges.lease import let_go
from cases.policy.page import Policy


@dataclass(frozen=True, slots=True)
class Round:
    """The case as it is after the look, planned on; what is to be said; and who lost it, if somebody did."""

    case: Case
    said: tuple[Nudge, ...] = ()
    lost_by: str | None = None


def round_at(case: Case, policy: Policy, now: datetime) -> Round:
    """What the clock makes of a case at `now`; looking again at once says nothing more."""
    free = let_go(case, policy, now)
    now_held = planned(free, policy) if free else case
    return Round(
        case=nudged(now_held, policy, now),
        said=due_nudges(now_held, policy, now),
        lost_by=case.owner if free else None,
    )
