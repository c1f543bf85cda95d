"""Waits: how long a customer had waited before we heard, which makes a case graver, and how long a card waits for their words."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.arrivals.decision import Changes, Opens, Says, Word
from cases.arrivals.hearing import hears, spoke_at
from cases.judgement.assessment import WAITED_BEFORE
from cases.model import Case, Reason, replaced
from cases.nudges.steps import clocks_of
from cases.policy.page import Policy


def graver_for_its_wait(
    case: Case, policy: Policy, *, spoke: datetime | None = None, heard: datetime | None = None
) -> Case:
    """A case, raised one step where its customer had waited longer than the clock to contact before we heard; once is enough.

    `spoke` and `heard` are of another word than the one that opened it: of a complaint that was repeated.
    """
    waited = (heard or case.heard_at) - (spoke or case.waiting_since)
    known = any(reason.code == WAITED_BEFORE for reason in case.reasons)
    if known or waited <= clocks_of(case, policy).contact:
        return case
    return replaced(case, severity=case.severity.raised(), reasons=(*case.reasons, Reason(WAITED_BEFORE)))


def once_heard(case: Case, decision: Changes, word: Word, policy: Policy, heard_at: datetime) -> Case:
    """The case once its customer's word has reached it, not planned yet.

    Whoever has waited too long before we heard waits longer than our clocks say: with a repeat, or as it turns out.
    """
    spoke = spoke_at(decision.feedback, decision.said_at, heard_at)
    after = hears(case, word, decision.assessment, heard_at, spoke, doubted=decision.feedback.doubted)
    if word.says in (Says.JOINED, Says.REPORTED):
        return graver_for_its_wait(after, policy, spoke=spoke, heard=heard_at)
    moved = after.waiting_since < case.waiting_since and not word.waits_anew
    return graver_for_its_wait(after, policy) if moved else after


def held_for_words(opens: Opens, policy: Policy) -> timedelta:
    """How long the card of a new case waits for words, where its source sends them after the rating."""
    longest = opens.hold or policy.hold_of(opens.feedback.source)
    return longest if opens.waits_for_words else timedelta()
