"""Cases as rows: kept whole, saved by one person at a time, and found by whoever asks for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.model import Attempt, Case, Grade, Outcome, Promise, Reason, Severity, Sign, Status, Way
from store import cases, feedback, floods
from store.engine import Store, Tx
from tests.store.rows import NOW, ago, heard, later, opened, said, with_feedback, write

EVERYTHING = {
    "revision": 7,
    "status": Status.CLOSED,
    "severity": Severity.CRITICAL,
    "unsure": True,
    "reasons": (Reason("cue", "refund"), Reason("rating", "1 of 5")),
    "earlier": (3, 1),
    "perhaps": (2,),
    "joined_into": 4,
    "owner": "UANA",
    "claimed_at": ago(hours=5),
    "contacted_at": ago(hours=4),
    "contacted_by": "UBEN",
    "contacted_how": Way.PHONE,
    "closed_at": ago(hours=1),
    "closed_by": "UANA",
    "outcome": Outcome.WON_BACK,
    "cause": "The kitchen",
    "expected": "hot soup",
    "happened": "cold soup",
    "went_wrong": "kitchen",
    "remedy_asked_at": later(minutes=2),
    "remedy_wanted": "a new soup",
    "remedy_granted": "a dinner",
    "remedy_by": "UANA",
    "remedy_cost": "25 EUR",
    "ordered_at": later(minutes=3),
    "sign": Sign.ORDERED,
    "learned": "call sooner",
    "lesson_at": ago(minutes=10),
    "lesson_due_at": later(days=1),
    "lesson_asked_at": ago(minutes=5),
    "change_by": "UBEN",
    "change_due_at": later(days=7),
    "snoozed_until": later(hours=1),
    "snooze_reason": "she asked",
    "snoozes": 2,
    "held_since": ago(minutes=50),
    "asked_at": ago(minutes=20),
    "evidence": Grade.SEEN,
    "evidence_at": ago(minutes=35),
    "evidence_by": "the telephone system",
    "evidence_how": Way.PHONE,
    "evidence_from": "call-881",
    "wrote_back": True,
    "tries": (Attempt(ago(hours=3), "UANA", Way.PHONE), Attempt(ago(hours=2), "UBEN")),
    "rests_until": later(minutes=15),
    "look_back_at": later(days=3),
    "promises": (
        Promise("a voucher", later(days=1), ago(hours=2), "UBEN"),
        Promise("a call", later(hours=4), ago(hours=1)),
    ),
    "promise_broken_at": ago(minutes=1),
    "asks_no_contact": True,
    "contact_decision": "wrote to her anyway",
    "by_reaction": "claim UANA",
    "nudge_seq": 4,
    "nudged_until": ago(minutes=5),
    "next_nudge_at": later(minutes=5),
}


def numbers(found: list[Case]) -> list[int]:
    return [case.number for case in found]


# Kept whole


def test_every_field_of_a_case_is_kept(tx: Tx) -> None:
    case = with_feedback(tx, **EVERYTHING)
    floods.gather(tx, {case.number: case.number})
    case = replace(case, flood=case.number)
    assert cases.load(tx, case.number) == case
    untried = [f.name for f in fields(Case) if getattr(case, f.name) == f.default]
    assert not untried, "a column that is new needs a value in EVERYTHING, else nothing is shown for it"


def test_saving_keeps_every_field_as_well(tx: Tx) -> None:
    case = with_feedback(tx)
    changed = replace(case, **{**EVERYTHING, "revision": 2})
    assert cases.save(tx, changed, before=case)
    assert cases.load(tx, case.number) == changed


def test_channel_of_a_case_is_told_without_the_rest(tx: Tx) -> None:
    case = opened(tx)
    assert cases.channel(tx, case.number) == case.channel
    assert cases.channel(tx, case.number + 1) is None


def test_unknown_number_is_no_case(tx: Tx) -> None:
    assert cases.load(tx, 99) is None
    assert cases.hold(tx, 99) is None
    assert cases.load_many(tx, [99]) == []


def test_feedback_comes_with_its_case_oldest_first(tx: Tx) -> None:
    case = with_feedback(tx, "f-1")
    for external_id in ("f-3", "f-2"):
        feedback.record(tx, heard(said(external_id)), case.number, NOW)
    held = cases.hold(tx, case.number)
    assert held is not None
    assert [f.external_id for f in held.feedback] == ["f-1", "f-3", "f-2"]


@pytest.mark.few(1)
def test_many_cases_come_each_with_their_own_words(tx: Tx) -> None:
    known = [with_feedback(tx, f"f-{n}") for n in range(620)]  # more than are asked for at a time
    assert cases.load_many(tx, numbers(known)[::-1]) == known


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC)))
def test_instants_come_back_aware_to_the_millisecond(tx: Tx, at: datetime) -> None:
    kept = cases.load(tx, opened(tx, opened_at=at).number)
    assert kept is not None
    assert kept.opened_at.tzinfo is UTC
    assert abs(kept.opened_at - at) <= timedelta(milliseconds=0.5)


def test_naive_instant_is_refused_rather_than_guessed(tx: Tx) -> None:
    with pytest.raises(Exception, match="aware"):
        opened(tx, opened_at=NOW.replace(tzinfo=None))


# One at a time


def test_outdated_save_changes_nothing_at_all(tx: Tx) -> None:
    case = opened(tx)
    assert cases.save(tx, replace(case, owner="UANA", revision=2), before=case)
    assert not cases.save(tx, replace(case, owner="UBEN", revision=2), before=case)
    kept = cases.load(tx, case.number)
    assert kept is not None
    assert kept.owner == "UANA"


def test_saving_leaves_alone_what_has_not_changed(tx: Tx) -> None:
    case = opened(tx, next_nudge_at=NOW)
    assert cases.save(tx, replace(case, next_nudge_at=later(hours=1)), before=case)
    assert cases.save(tx, replace(case, owner="UANA", revision=2), before=case)
    assert cases.load(tx, case.number) == replace(case, owner="UANA", revision=2, next_nudge_at=later(hours=1))


def test_saving_what_is_the_same_still_asks_for_the_revision(tx: Tx) -> None:
    case = opened(tx)
    assert cases.save(tx, case, before=case)
    assert not cases.save(tx, case, before=replace(case, revision=2))


def test_second_of_two_processes_saves_in_vain(store: Store, another: Callable[[], Store]) -> None:
    case = write(store, opened)
    saved = [write(own, cases.save, replace(case, owner="UANA", revision=2), before=case) for own in (store, another())]
    assert saved == [True, False]


# Who waits


def test_cases_come_in_the_order_asked_for(tx: Tx) -> None:
    one, two = opened(tx), opened(tx)
    assert numbers(cases.in_order(tx, [two.number, one.number])) == [two.number, one.number]


def test_cases_are_counted_by_what_they_wait_for(tx: Tx) -> None:
    for status in (Status.UNCLAIMED, Status.UNCLAIMED, Status.CONTACTED, Status.CLOSED):
        opened(tx, status=status)
    assert cases.count_by_status(tx) == {Status.UNCLAIMED: 2, Status.CONTACTED: 1}


# Who is due


def test_due_nudges_come_longest_due_first(tx: Tx) -> None:
    second, first = opened(tx, next_nudge_at=ago(hours=1)), opened(tx, next_nudge_at=ago(hours=2))
    opened(tx, next_nudge_at=later(seconds=1))
    opened(tx)
    assert numbers(cases.due_for_nudge(tx, NOW)) == [first.number, second.number]
    assert numbers(cases.due_for_nudge(tx, NOW, limit=1)) == [first.number]
    assert cases.overdue_nudges(tx, NOW) == 2
