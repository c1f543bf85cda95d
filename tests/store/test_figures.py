"""What the digest and the statistics count, and which cases each figure leaves out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.figures.digest import Recovery
from cases.figures.stats import Contact
from cases.model import Case, Grade, Outcome, Reason, Severity, Status
from store import feedback, figures, nudges
from store.engine import Tx
from store.nudges import Given
from store.scope import Scope
from tests.owing import owing
from tests.store.rows import DAY, HOUR, MINUTE, NOW, ago, heard, later, opened, owe, said

ANA, BEN = "UANA00001", "UBEN00001"
YESTERDAY = ago(days=1), NOW
OTHER = "COTHER001"


def contacted(tx: Tx, at: timedelta, took: timedelta = 30 * MINUTE, **fields: Any) -> Case:
    """A case whose customer was contacted `at` ago, after having waited for `took`; its clock was an hour."""
    begun = NOW - at - took
    reached = {
        "status": Status.CONTACTED,
        "owner": ANA,
        "contacted_by": ANA,
        "contacted_at": NOW - at,
        "evidence": Grade.TOLD,
    }
    clocks = {"opened_at": begun, "waiting_since": begun, "heard_at": begun, "contact_due_at": begun + HOUR}
    return opened(tx, **clocks | reached | fields)


def closed(tx: Tx, at: timedelta, outcome: Outcome, **fields: Any) -> Case:
    end = {"status": Status.CLOSED, "closed_at": NOW - at, "outcome": outcome}
    return contacted(tx, at + HOUR, **end | fields)


def held(tx: Tx, owner: str, **fields: Any) -> Case:
    return opened(tx, **{"status": Status.CLAIMED, "owner": owner} | fields)


# What is so now


def test_worst_waiting_come_first_and_all_are_counted(tx: Tx) -> None:
    numbers = [opened(tx, waiting_since=ago(hours=hours)).number for hours in (1, 3, 2)]
    held(tx, ANA, waiting_since=ago(minutes=1))
    contacted(tx, HOUR)
    closed(tx, HOUR, Outcome.UNREACHABLE)
    assert figures.worst_waiting(tx, 2, NOW) == [numbers[1], numbers[2]]
    assert figures.waiting_count(tx) == 4


def test_open_cases_are_held_and_closed_ones_are_not(tx: Tx) -> None:
    mine, hers = held(tx, ANA), contacted(tx, HOUR, owner=BEN)
    opened(tx)
    closed(tx, HOUR, Outcome.LOST)
    assert sorted(figures.held(tx)) == [(ANA, mine.number), (BEN, hers.number)]


def test_promises_are_listed_earliest_first_with_broken_ones(tx: Tx) -> None:
    due = [later(hours=5), ago(days=2), later(hours=9)]
    numbers = [contacted(tx, DAY, promises=owing("a box", at)).number for at in due]
    closed(tx, HOUR, Outcome.WON_BACK, promises=owing("a call", later(hours=1)))
    assert figures.promised_before(tx, later(hours=9)) == [numbers[1], numbers[0]]


def test_what_open_cases_wait_for_is_counted(tx: Tx) -> None:
    for _ in range(2):
        opened(tx)
    held(tx, ANA, promises=owing("a box", NOW))
    contacted(tx, HOUR)
    closed(tx, HOUR, Outcome.LOST)
    assert sorted(figures.waiting_for(tx)) == [("claimed", True, 1), ("contacted", False, 1), ("unclaimed", False, 2)]


def test_open_cases_known_by_a_click_alone_are_counted(tx: Tx) -> None:
    held(tx, ANA, evidence=Grade.CLICKED)
    contacted(tx, HOUR, evidence=Grade.CLICKED)
    contacted(tx, HOUR)
    closed(tx, HOUR, Outcome.LOST, evidence=Grade.CLICKED)
    assert figures.clicked_count(tx) == 2


def test_reminders_count_from_when_we_heard(tx: Tx) -> None:
    case, other = (opened(tx, heard_at=ago(hours=3)).number for _ in range(2))
    for seq, at in enumerate([ago(days=1), ago(hours=2), ago(hours=1)]):  # the first before the case was reopened
        given = Given(case, seq, rung=0, occurrence=1, told="thread", due_at=at, at=at)
        nudges.record(tx, given, owe(tx, f"nudge:{seq}", "nudge"))
    assert figures.reminders(tx, [case, other]) == {case: 2}


@pytest.mark.parametrize("open_", [True, False])
def test_whether_anything_is_open_is_known(tx: Tx, open_: bool) -> None:
    closed(tx, HOUR, Outcome.LOST)
    if open_:
        contacted(tx, HOUR)
    assert figures.has_open(tx) is open_


def test_channels_are_those_of_open_cases(tx: Tx) -> None:
    opened(tx, channel=OTHER)
    opened(tx, channel="care")
    closed(tx, HOUR, Outcome.LOST, channel="CPAST0001")
    assert figures.channels_with_open_cases(tx) == {OTHER, "care"}
    assert figures.channels_told_of(tx, ago(hours=2)) == {OTHER, "care", "CPAST0001"}
    assert figures.channels_told_of(tx, NOW) == {OTHER, "care"}


# What happened


def test_time_counts_from_its_start_to_before_its_end(tx: Tx) -> None:
    start, end = YESTERDAY
    for at in (start - MINUTE, start, end - MINUTE, end):
        opened(tx, opened_at=at)
    assert figures.opened(tx, *YESTERDAY) == 2


def test_contact_is_in_time_within_its_own_clock(tx: Tx) -> None:
    contacted(tx, HOUR, took=HOUR)
    contacted(tx, 2 * HOUR, took=61 * MINUTE, severity=Severity.HIGH)
    contacted(tx, 2 * DAY)
    assert sorted(figures.contacts(tx, *YESTERDAY)) == [
        Contact(ago(hours=2, minutes=61), ago(hours=2, minutes=61), ago(hours=2), False, "high", "told"),
        Contact(ago(hours=2), ago(hours=2), ago(hours=1), True, "normal", "told"),
    ]
    assert figures.contacted(tx, *YESTERDAY) == 2


def test_ends_are_counted_in_the_order_of_outcomes(tx: Tx) -> None:
    for outcome in (Outcome.LOST, Outcome.WON_BACK, Outcome.LOST):
        closed(tx, HOUR, outcome)
    closed(tx, 2 * DAY, Outcome.DECLINED)
    assert list(figures.ended(tx, *YESTERDAY).items()) == [(Outcome.WON_BACK, 1), (Outcome.LOST, 2)]


def test_everybody_who_made_contact_is_named_once(tx: Tx) -> None:
    for person in (BEN, ANA, BEN, None):
        contacted(tx, HOUR, contacted_by=person)
    contacted(tx, 2 * DAY, contacted_by="ULEA00001")
    contacted(tx, HOUR, contacted_by="UCLICK001", evidence=Grade.CLICKED)  # nothing is known that could be thanked for
    assert figures.contacted_by(tx, *YESTERDAY) == [ANA, BEN]


def test_claims_are_measured_whatever_became_of_them(tx: Tx) -> None:
    claim = {"unclaimed_since": ago(hours=3), "claimed_at": ago(hours=2)}
    held(tx, ANA, **claim)
    closed(tx, HOUR, Outcome.LOST, **claim)
    opened(tx)
    assert figures.claims(tx, *YESTERDAY) == [HOUR, HOUR]


def test_claim_that_nothing_waited_for_has_no_length(tx: Tx) -> None:
    held(tx, ANA, unclaimed_since=ago(hours=1), claimed_at=ago(hours=5))  # reopened, with the owner it had
    held(tx, ANA, unclaimed_since=ago(hours=1), claimed_at=ago(hours=1))  # opened by hand by who holds it
    assert figures.claims(tx, *YESTERDAY) == []


def test_sources_of_new_cases_come_most_frequent_first(tx: Tx) -> None:
    for number, source in enumerate(["survey", "form", "form", "form"]):
        case = opened(tx, opened_at=ago(hours=1))
        feedback.record(tx, heard(said(f"f-{number}", source=source)), case.number, NOW)
    for source in ("form", "mail"):  # what the customer says later is no source of the case
        feedback.record(tx, heard(said(f"f-again-{source}", source=source)), case.number, NOW)
    assert figures.sources(tx, *YESTERDAY) == [("form", 3), ("survey", 1)]


def test_reasons_are_read_newest_case_first(tx: Tx) -> None:
    old = opened(tx, opened_at=ago(hours=3), reasons=(Reason("late", "an hour"), Reason("rude")))
    new = opened(tx, opened_at=ago(hours=1), reasons=(Reason("late"),))
    opened(tx, opened_at=ago(days=2), reasons=(Reason("broken"),))
    assert figures.reasons(tx, *YESTERDAY) == [(new.number, ["late"]), (old.number, ["late", "rude"])]


# The best recovery


def test_customer_won_back_goes_before_a_fast_contact(tx: Tx) -> None:
    contacted(tx, HOUR, took=MINUTE)
    won = closed(tx, HOUR, Outcome.WON_BACK, contacted_by=BEN, took=40 * MINUTE)
    assert figures.best_recovery(tx, *YESTERDAY) == Recovery(won.number, BEN, 40 * MINUTE, won_back=True)


def test_gravest_case_won_back_goes_before_a_faster_one(tx: Tx) -> None:
    closed(tx, HOUR, Outcome.WON_BACK, took=MINUTE)
    slow = closed(tx, HOUR, Outcome.WON_BACK, took=9 * MINUTE, severity=Severity.CRITICAL)
    fast = closed(tx, HOUR, Outcome.WON_BACK, took=8 * MINUTE, severity=Severity.CRITICAL)
    best = figures.best_recovery(tx, *YESTERDAY)
    assert slow.number != (best and best.case) == fast.number


def test_without_one_won_back_fastest_good_contact_counts(tx: Tx) -> None:
    contacted(tx, HOUR, took=20 * MINUTE)
    fastest = contacted(tx, HOUR, took=10 * MINUTE, contacted_by=BEN)
    assert figures.best_recovery(tx, *YESTERDAY) == Recovery(fastest.number, BEN, 10 * MINUTE, won_back=False)


@pytest.mark.parametrize(
    "fields",
    [
        {"took": 61 * MINUTE},  # after its clock had run out
        {"took": timedelta()},  # told of after the fact
        {"contacted_by": None},
        {"evidence": Grade.CLICKED},
        {"status": Status.CLOSED, "closed_at": NOW, "outcome": Outcome.LOST},
        {"at": 2 * DAY},
    ],
)
def test_nobody_is_thanked_for_what_went_badly(tx: Tx, fields: dict[str, Any]) -> None:
    contacted(tx, **{"at": HOUR} | fields)
    assert figures.best_recovery(tx, *YESTERDAY) is None


# By channel


@pytest.mark.parametrize(
    ("scope", "count"),
    [(Scope(), 3), (Scope(only=OTHER), 1), (Scope(but=(OTHER,)), 2), (Scope(but=(OTHER, "care")), 1)],
)
def test_figures_of_one_channel_leave_out_the_others(tx: Tx, scope: Scope, count: int) -> None:
    for channel in (OTHER, "care", "CCARE0001"):
        contacted(tx, HOUR, channel=channel, promises=owing("a call", NOW))
        opened(tx, channel=channel, opened_at=ago(hours=1))
        closed(tx, HOUR, Outcome.WON_BACK, channel=channel)
    assert figures.waiting_count(tx, scope) == count
    assert len(figures.held(tx, scope)) == len(figures.promised_before(tx, later(days=1), scope)) == count
    assert figures.contacted(tx, *YESTERDAY, scope) == len(figures.contacts(tx, *YESTERDAY, scope)) == 2 * count
    assert figures.ended(tx, *YESTERDAY, scope) == {Outcome.WON_BACK: count}
    assert figures.opened(tx, *YESTERDAY, scope) == 3 * count
