"""The values of a case: severity's order, the customer it is about, and the wish not to be contacted."""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from cases.model import OPEN, UNCONTACTED, Case, Customer, Feedback, Severity, Status, replaced

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def a_case(*customers: Customer, **fields: Any) -> Case:
    told = tuple(Feedback(external_id=str(n), source="form", customer=who) for n, who in enumerate(customers))
    begun = dict.fromkeys(
        ("opened_at", "unclaimed_since", "waiting_since", "heard_at", "claim_due_at", "contact_due_at"), NOON
    )
    return Case(number=1, feedback=told, **begun, **fields)


def test_every_status_but_closed_is_open() -> None:
    assert frozenset(Status) - {Status.CLOSED} == OPEN


def test_uncontacted_is_open_and_not_yet_reached() -> None:
    assert OPEN - {Status.CONTACTED} == UNCONTACTED


@pytest.mark.parametrize(
    ("severity", "raised"),
    [
        (Severity.NORMAL, Severity.HIGH),
        (Severity.HIGH, Severity.CRITICAL),
        (Severity.CRITICAL, Severity.CRITICAL),
    ],
)
def test_severity_rises_one_step_up_to_critical(severity: Severity, raised: Severity) -> None:
    assert severity.raised() is raised


@pytest.mark.parametrize("one", Severity)
@pytest.mark.parametrize("other", Severity)
def test_graver_of_two_severities_wins_either_way(one: Severity, other: Severity) -> None:
    rank = {"normal": 0, "high": 1, "critical": 2}
    graver = one.at_least(other)
    assert rank[graver] == max(rank[one], rank[other])
    assert graver is other.at_least(one)


def test_customer_is_what_the_first_feedback_told() -> None:
    """attacks 7: whoever knows an address can write in its owner's name, and ask to be called elsewhere."""
    first = Customer(name="Ana", email="ana@example.org", phone="+1 555 0100")
    second = Customer(name="Im Postor", phone="+1 555 0199", id="c-77")
    assert a_case(first, second).customer == Customer("Ana", "ana@example.org", "+1 555 0100", "c-77")


def test_later_feedback_without_a_name_forgets_nobody() -> None:
    known = Customer(name="Ana", email="ana@example.org")
    assert a_case(known, Customer(name=""), Customer()).customer == known


def test_feedback_from_nobody_leaves_the_customer_unknown() -> None:
    assert a_case(Customer()).customer == Customer()


@pytest.mark.parametrize(
    ("asks", "decision", "held"),
    [
        (False, None, False),
        (True, None, True),
        (True, "billed 400 for a debt of 9: we call", False),
        (False, "not needed", False),
    ],
)
def test_wish_not_to_be_contacted_holds_until_decided(asks: bool, decision: str | None, held: bool) -> None:
    assert a_case(Customer(), asks_no_contact=asks, contact_decision=decision).held is held


def test_cases_are_values_that_nobody_can_change() -> None:
    with pytest.raises(FrozenInstanceError):
        a_case().status = Status.CLOSED  # type: ignore[misc]


def test_case_is_replaced_as_every_other_value_is() -> None:
    case = a_case(Customer(name="Ana"), title="Cold soup", snoozes=2)
    assert replaced(case, severity=Severity.HIGH, flood=7) == replace(case, severity=Severity.HIGH, flood=7)
    assert case.severity is Severity.NORMAL


def test_what_is_no_field_replaces_nothing() -> None:
    with pytest.raises(KeyError, match="sevrity"):
        replaced(a_case(), sevrity=Severity.HIGH)
