"""From which score on words open a case in this team, as policy and the team's own cases have it."""

from __future__ import annotations

from datetime import datetime

from cases.judgement.heads import OPENS
from cases.judgement.stand_in import stand_in
from cases.judgement.threshold import Threshold, is_near
from cases.model import Feedback, Score
from cases.policy.page import Policy
from store import teaching
from store.engine import Tx


def team_threshold(tx: Tx, policy: Policy, now: datetime) -> Threshold:
    """The team's own; the built-in one where it is to learn nothing."""
    return teaching.threshold_of(tx, now) if policy.triage.learns else Threshold(learns=False)


def opens_from(said: Feedback, score: Score | None, tx: Tx, policy: Policy, now: datetime) -> float:
    """The score from which on such words open a case; the team's cases are only asked where that may matter.

    Words without a score are judged by the one that stands in for it.
    """
    told = score or stand_in(said)
    return team_threshold(tx, policy, now).opens if told and is_near(told.unhappy) else OPENS
