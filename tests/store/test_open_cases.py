"""The team's open cases as one person leafs through them: counted by SQL, and never loaded beyond the page."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import Any

import pytest
from sqlalchemy import event, insert

from cases.model import UNCONTACTED, Severity, Status
from cases.people import Filter
from cases.urgency import Count, rests, urgency
from store import cases, figures, open_cases
from store import tables as t
from store.engine import Tx
from tests.owing import owing
from tests.store.rows import NOW, a_case, ago, later, opened

GROUPS = (Status.UNCLAIMED, Status.CLAIMED, Status.CONTACTED)
SPANS = [timedelta(hours=n) for n in (-2, -1, 0, 1)]
ME, OTHER = "UANA", "UBEN"


def case(tx: Tx, status: Status, owner: str | None = None, **fields: Any) -> int:
    """The number of a case whose clocks have all run on, unless told otherwise."""
    due = {"claim_due_at": later(hours=1), "contact_due_at": later(hours=1)}
    return opened(tx, status=status, owner=owner, **due | fields).number


def seen(tx: Tx, wanted: Filter = Filter.ALL, first: int = 0, size: int = 25) -> list[int]:
    return open_cases.page(tx, ME, wanted, first, size, NOW)


# Worst first


@pytest.mark.few(1)
def test_database_and_rule_put_cases_in_one_order(tx: Tx) -> None:
    dice = random.Random(11)
    for _ in range(150):
        promise = dice.choice([None, *SPANS])
        case(
            tx,
            dice.choice(GROUPS),
            dice.choice([None, ME, OTHER]),
            severity=dice.choice(list(Severity)),
            waiting_since=NOW - timedelta(minutes=dice.randrange(9)),
            claim_due_at=NOW + dice.choice(SPANS),
            contact_due_at=NOW + dice.choice(SPANS),
            promises=() if promise is None else owing("a box", NOW + promise),
        )
    every = cases.load_many(tx, cases.every_open_number(tx))
    expected = [each.number for each in sorted(every, key=lambda each: urgency(each, NOW))]
    assert open_cases.of_team(tx, NOW, 1000) == expected
    assert open_cases.of_owner(tx, ME, NOW) == [each for each in expected if owner(tx, each) == ME]
    assert seen(tx, size=1000) == [each for each in expected if owner(tx, each) != ME]
    waiting = {each.number for each in every if each.status in UNCONTACTED}
    assert figures.worst_waiting(tx, 1000, NOW) == [each for each in expected if each in waiting]
    assert open_cases.counts(tx, "UNOBODY", NOW)[Filter.ALL] == Count(
        sum(not rests(each, NOW) for each in every), sum(rests(each, NOW) for each in every)
    )


def owner(tx: Tx, number: int) -> str | None:
    found = cases.load(tx, number)
    return found.owner if found else None


# Mine


def test_mine_come_uncontacted_first_and_longest_wait_first(tx: Tx) -> None:
    reached = case(tx, Status.CONTACTED, ME, waiting_since=ago(days=9))
    fresh = case(tx, Status.CLAIMED, ME, waiting_since=ago(minutes=1))
    old = case(tx, Status.CLAIMED, ME, waiting_since=ago(hours=1))
    case(tx, Status.CLOSED, ME)
    case(tx, Status.CLAIMED, OTHER)
    assert open_cases.of_owner(tx, ME, NOW) == [old, fresh, reached]
    assert open_cases.of_owner(tx, ME, NOW, limit=2) == [old, fresh]
    assert open_cases.owned(tx, ME) == 3


def test_owners_are_those_who_hold_an_open_case(tx: Tx) -> None:
    case(tx, Status.CLAIMED, OTHER)
    case(tx, Status.CONTACTED, OTHER)
    case(tx, Status.CONTACTED, ME)
    case(tx, Status.CLOSED, "UGONE")
    case(tx, Status.UNCLAIMED)
    assert open_cases.owners(tx) == [ME, OTHER]


# The others'


def test_each_filter_counts_and_shows_the_same_cases(tx: Tx) -> None:
    free = case(tx, Status.UNCLAIMED)
    late_for_owner = case(tx, Status.UNCLAIMED, claim_due_at=NOW)
    late = case(tx, Status.CLAIMED, OTHER, contact_due_at=NOW)
    held = case(tx, Status.CLAIMED, OTHER, claim_due_at=ago(hours=1), severity=Severity.CRITICAL)
    promised = case(tx, Status.CLAIMED, OTHER, promises=owing("a box", later(hours=1)))
    reached = case(tx, Status.CONTACTED, None, claim_due_at=ago(hours=1), contact_due_at=ago(hours=1))
    broken = case(tx, Status.CONTACTED, OTHER, promises=owing("a box", NOW))
    shown = {each: set(seen(tx, each)) for each in Filter}
    assert shown == {
        Filter.ALL: {free, late_for_owner, late, held, promised, reached, broken},
        Filter.UNCLAIMED: {free, late_for_owner, reached},
        Filter.OVERDUE: {late_for_owner, late, broken},
        Filter.CONTACTED: {promised, reached, broken},
        Filter.CRITICAL: {held},
    }
    counted = open_cases.counts(tx, ME, NOW)
    assert {each: sum(counted[each]) for each in Filter} == {each: len(found) for each, found in shown.items()}


def test_neither_mine_nor_closed_cases_are_the_others(tx: Tx) -> None:
    case(tx, Status.CLAIMED, ME)
    case(tx, Status.CLOSED, OTHER)
    assert seen(tx) == []
    assert open_cases.counts(tx, ME, NOW)[Filter.ALL] == Count(0, 0)


def test_pages_follow_each_other_without_gap_or_repeat(tx: Tx) -> None:
    waits = {status: [case(tx, status, waiting_since=ago(minutes=n * 7 % 50)) for n in range(8)] for status in GROUPS}
    whole = seen(tx)
    assert list(chain.from_iterable(seen(tx, first=first, size=5) for first in range(0, 30, 5))) == whole
    assert set(whole[16:]) == set(waits[Status.CONTACTED])


def test_a_page_beyond_the_last_is_empty(tx: Tx) -> None:
    case(tx, Status.UNCLAIMED)
    assert seen(tx, first=25) == []


# Ten thousand

MANY = 10_000


def many() -> Iterator[dict[str, Any]]:
    template = cases.row_of(a_case())
    for number in range(1, MANY + 1):
        status = GROUPS[number % 3]
        owner = None if status is Status.UNCLAIMED else f"U{number % 50}"
        yield template | {
            "number": number,
            "status": status,
            "owner": owner,
            "waiting_since": ago(minutes=number * 7919 % MANY),
        }


@pytest.fixture
def crowded(tx: Tx) -> Tx:
    tx.execute(insert(t.cases), list(many()))
    return tx


def asked_by(tx: Tx, work: Callable[[], Any]) -> int:
    """How many statements `work` executes."""
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        statements.append(statement)

    event.listen(tx.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(tx.engine, "before_cursor_execute", note)
    return len(statements)


@pytest.mark.few(1)
def test_pages_and_counts_of_ten_thousand_are_one_small_answer_each(crowded: Tx) -> None:
    for first in (0, 9_990):
        assert asked_by(crowded, partial(seen, crowded, first=first)) == 1
        assert len(seen(crowded, first=first)) == min(25, MANY - first)
    assert asked_by(crowded, lambda: open_cases.counts(crowded, ME, NOW)) == 1
    assert sum(open_cases.counts(crowded, ME, NOW)[Filter.ALL]) == MANY
