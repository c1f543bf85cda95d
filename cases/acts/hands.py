"""In whose hands a case is: what becomes of it when somebody takes it, is heard from, or has it no longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cases.acts.act import Act
from cases.model import Case, Status


def held_by(case: Case, owner: str, now: datetime) -> Case:
    """The case in somebody's hands from now on: whoever had it before was asked for the last time.

    How it ended has been asked all the same, and is not asked of the next one at once.
    """
    status = Status.CLAIMED if case.status is Status.UNCLAIMED else case.status
    asked = case.asked_at if status is Status.CONTACTED else None
    return replace(case, status=status, owner=owner, claimed_at=now, held_since=now, asked_at=asked)


def heard_from(case: Case, act: Act, now: datetime) -> Case:
    """An owner who puts a case off, promises or tells something has not forgotten it."""
    return replace(case, held_since=now, asked_at=None) if case.owner == act.actor else case


def unowned(case: Case, since: datetime) -> Case:
    """A contacted case stays contacted: the customer has been reached, only the hand that holds the case is gone."""
    status = Status.UNCLAIMED if case.status is Status.CLAIMED else case.status
    asked = case.asked_at if status is Status.CONTACTED else None
    return replace(
        case, status=status, owner=None, claimed_at=None, held_since=None, asked_at=asked, unclaimed_since=since
    )


def looked_after(case: Case, at: datetime) -> Case:
    """How a contacted case ended is asked at `at`, and not before: somebody has looked at it."""
    return replace(case, look_back_at=at, asked_at=None) if case.status is Status.CONTACTED else case
