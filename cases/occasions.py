"""The occasions of a reminder: the clock that each hangs on, and for how long there is something to remind of.

A new one is a name and a record here, and its row of words in `handlers/cards/words/nudge.py`; nothing else knows them one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from cases.model import OPEN, UNCONTACTED, Case, Status


class When(StrEnum):
    """What a reminder is about: as policy.toml names it, and as rows keep it."""

    UNCLAIMED = "unclaimed"
    NOT_CONTACTED = "not_contacted"
    PROMISED = "promised"
    HELD = "held"
    OFFERED = "offered"
    PASSED_ON = "passed_on"
    LOOK_BACK = "look_back"
    WAITING = "waiting"
    CHANGE = "change"
    LESSON = "lesson"


class Beside(IntEnum):
    """Beside the ladder of the policy, which cannot switch them off: by the number that stands for a rung in rows.

    OWED and BROKEN are of promises, and of changes that we promised ourselves: what the team and the lead hear where no
    rung of the policy tells them.
    """

    HELD = -1
    OFFERED = -2
    PASSED_ON = -3
    LOOK_BACK = -4
    WAITING = -5
    OWED = -6
    BROKEN = -7
    LESSON = -8


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What the rules know of one occasion.

    `stands` says of a case, and of who held it when the reminder was due, whether there is anything left to ask for; after
    that the reminder is struck. `ends_at` is the end of the clock that rungs of the policy count from, asked for only while
    it stands, and `since` the clock's start as far as it is known; without `ends_at` no policy can write it. `also` is what
    else is so while this is, so that the ladder goes on with its rungs. `snoozed`: a snooze keeps it from being posted.
    `in_channel`: the channel is to see the first one, since nobody follows the thread yet. `whose` is whom its rungs
    call the owner. `of_customer`: it asks for something that a customer waits for.
    """

    stands: Callable[[Case, str | None], bool]
    ends_at: Callable[[Case], datetime | None] | None = None
    since: Callable[[Case], datetime | None] = lambda case: None
    also: tuple[When, ...] = ()
    snoozed: bool = True
    in_channel: bool = False
    whose: Callable[[Case], str | None] = lambda case: case.owner
    of_customer: bool = True


def _is_as_passed_on(case: Case, owner: str | None) -> bool:
    """Until the new owner reaches the customer, or closes a case whose customer the former one had reached."""
    return case.owner == owner and (
        case.status in UNCONTACTED or (case.status is Status.CONTACTED and case.contacted_by != case.owner)
    )


OCCASIONS: Mapping[When, Occasion] = {
    When.UNCLAIMED: Occasion(
        stands=lambda case, owner: case.status is Status.UNCLAIMED,
        ends_at=lambda case: case.claim_due_at,
        since=lambda case: case.unclaimed_since,
        also=(When.NOT_CONTACTED,),
        in_channel=True,
    ),
    When.NOT_CONTACTED: Occasion(
        stands=lambda case, owner: case.status in UNCONTACTED,
        ends_at=lambda case: case.contact_due_at,
        since=lambda case: case.heard_at,
    ),
    When.PROMISED: Occasion(
        # Closing a case keeps no promise; where the case goes on in another, so do its promises.
        stands=lambda case, owner: bool(case.owed),
        ends_at=lambda case: case.promise_due_at,
        since=lambda case: case.promised.made_at if case.promised else None,
    ),
    # Beside every ladder: a silent owner is asked (the lease says when), and cases change hands as somebody goes.
    When.HELD: Occasion(stands=lambda case, owner: case.status is Status.CLAIMED and case.asked_at is not None),
    When.OFFERED: Occasion(stands=lambda case, owner: case.status in OPEN and case.owner is None, snoozed=False),
    When.PASSED_ON: Occasion(stands=_is_as_passed_on, snoozed=False),
    # So that every open case has a next step: how did it end, and is still nobody in touch with them?
    When.LOOK_BACK: Occasion(stands=lambda case, owner: case.status is Status.CONTACTED and case.asked_at is not None),
    When.WAITING: Occasion(stands=lambda case, owner: case.status in UNCONTACTED),
    # What we promised ourselves: on the clocks of promises, and told to whoever makes the change.
    When.CHANGE: Occasion(
        stands=lambda case, owner: bool(case.changes), whose=lambda case: case.change_by, of_customer=False
    ),
    # What there is to learn, a day after the end: asked once, until somebody tells it.
    When.LESSON: Occasion(
        stands=lambda case, owner: case.status is Status.CLOSED and case.lesson_due_at is not None,
        whose=lambda case: case.owner or case.closed_by,
        of_customer=False,
    ),
}


def end_of_clock(when: When, case: Case) -> datetime | None:
    """The end of the clock that rungs of this occasion count from. None: they do not apply to the case as it is."""
    occasion = OCCASIONS[when]
    return occasion.ends_at(case) if occasion.ends_at and occasion.stands(case, case.owner) else None


def in_ladder() -> tuple[When, ...]:
    """The occasions that a policy can write a rung for."""
    return tuple(when for when, occasion in OCCASIONS.items() if occasion.ends_at)
