"""While what is so an occasion stands, and whether a reminder of it still asks for something."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases.model import Case, Status
from cases.nudges.ladder import applies
from cases.nudges.steps import Nudge
from cases.occasions import OCCASIONS, When, end_of_clock, in_ladder
from tests.cases.nudges.waiting import H, a_case, claimed, contacted, local
from tests.owing import owing

ANA, BEN = "U_OWNER", "UBEN"
NOW = local("05 12:00")
FREE = a_case("05 10:00")
HELD = claimed(FREE, "05 10:05")
ASKED = replace(HELD, asked_at=NOW)
REACHED = contacted(HELD, "05 11:00", contacted_by=BEN)
PROMISED = replace(REACHED, promises=owing("a call", NOW))
LEFT = replace(REACHED, owner=None)
CLOSED = replace(PROMISED, status=Status.CLOSED)


@pytest.mark.parametrize(
    ("when", "stands", "over"),
    [
        (When.UNCLAIMED, [FREE], [HELD, REACHED, CLOSED]),
        (When.NOT_CONTACTED, [FREE, HELD], [REACHED, CLOSED]),
        # Closing keeps no promise; a case that goes on in another has none of its own.
        (
            When.PROMISED,
            [PROMISED, replace(HELD, promises=owing("a call", NOW)), CLOSED],
            [REACHED, replace(CLOSED, joined_into=8)],
        ),
        (When.LOOK_BACK, [replace(REACHED, asked_at=NOW)], [REACHED, ASKED, CLOSED]),
        (When.WAITING, [FREE, HELD], [REACHED, CLOSED]),
        (When.HELD, [ASKED], [HELD, FREE, replace(ASKED, status=Status.CONTACTED)]),
        (When.OFFERED, [FREE, LEFT], [HELD, REACHED, replace(CLOSED, owner=None)]),
        # Passed on to Ana: what Ben had reached is hers to close, what she reached herself is done.
        (When.PASSED_ON, [HELD, REACHED], [replace(REACHED, contacted_by=ANA), replace(HELD, owner=BEN), CLOSED]),
    ],
)
def test_each_occasion_stands_while_it_is_so(when: When, stands: list[Case], over: list[Case]) -> None:
    assert [OCCASIONS[when].stands(case, ANA) for case in stands] == [True] * len(stands)
    assert [OCCASIONS[when].stands(case, ANA) for case in over] == [False] * len(over)


@pytest.mark.parametrize(
    ("when", "case", "end"),
    [
        (When.UNCLAIMED, FREE, local("05 10:15")),
        (When.UNCLAIMED, HELD, None),
        (When.NOT_CONTACTED, HELD, local("05 11:00")),
        (When.NOT_CONTACTED, REACHED, None),
        (When.PROMISED, PROMISED, NOW),
        (When.PROMISED, REACHED, None),
        (When.HELD, ASKED, None),  # the lease says when somebody is asked, no rung does
    ],
)
def test_rungs_count_from_the_end_of_its_clock(when: When, case: Case, end: object) -> None:
    assert end_of_clock(when, case) == end


def test_no_policy_can_write_what_has_no_clock() -> None:
    assert set(in_ladder()).isdisjoint({When.HELD, When.OFFERED, When.PASSED_ON, When.LOOK_BACK, When.WAITING})


# A reminder


def reminder(when: When, tell: str = "thread", owner: str | None = None) -> Nudge:
    return Nudge(case=7, rung=0, when=when, tell=tell, due_at=NOW, count=1, last=False, overdue=True, owner=owner)


@pytest.mark.parametrize(
    ("when", "posted", "asks"),
    [
        (When.NOT_CONTACTED, False, False),
        (When.NOT_CONTACTED, True, True),  # what was said before the snooze stays said
        (When.PASSED_ON, False, True),  # a new owner must hear of it
    ],
)
def test_snooze_keeps_back_what_is_not_posted_yet(when: When, posted: bool, asks: bool) -> None:
    snoozed = replace(HELD, snoozed_until=NOW + H)
    assert applies(reminder(when, owner=ANA), snoozed, NOW, to=ANA, posted=posted) is asks


@pytest.mark.parametrize(
    ("owner", "to", "asks"),
    [(ANA, "C_CARE", True), (BEN, "C_CARE", False), (None, ANA, True), (None, BEN, False)],
)
def test_only_who_holds_the_case_is_asked_as_owner(owner: str | None, to: str, asks: bool) -> None:
    asked = reminder(When.NOT_CONTACTED, tell="owner", owner=owner)
    assert applies(asked, HELD, NOW, to=to, posted=True) is asks
