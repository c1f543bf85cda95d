"""One event, many reports: a nameless review and a letter about the same order within a day are one case, unless two people speak."""

from __future__ import annotations

from typing import Any

import pytest

from cases.model import Severity
from sandbox.people.reading import plain
from tests.stories.stage import Stage

LETTER = "My order never arrived, and nobody answers."
REVIEW = "Never again: they simply did not deliver."


def letter(stage: Stage, **data: Any) -> None:
    customer = {"name": "Ana Ruiz", "email": "ana@example.org"}
    stage.receives(**{"external_id": "l-1", "source": "mail", "customer": customer, "order_ref": "8812"} | data)


def review(stage: Stage, **data: Any) -> None:
    said = {"external_id": "r-1", "source": "reviews", "comment": REVIEW, "rating": {"value": 1, "scale": 5}}
    stage.receives(**said | {"customer": {}, "order_ref": "#8812"} | data)


def cards(stage: Stage) -> int:
    return len(stage.practice.messages("card"))


@pytest.mark.few(1)
@pytest.mark.parametrize("first", [letter, review])
def test_nameless_review_and_letter_about_one_order_are_one_case(stage: Stage, first: Any) -> None:
    first(stage)
    stage.pass_time(minutes=30)
    (review if first is letter else letter)(stage)
    assert cards(stage) == 1
    assert len(stage.case().feedback) == 2
    (told,) = [said for said in stage.in_thread() if "The same order was told of again" in said]
    assert (REVIEW if first is letter else "My order never arrived") in told


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("said", "joins"),
    [
        ({"name": "A. Ruiz"}, True),
        ({"name": "Guest"}, True),
        ({"name": "Bo Lind"}, False),
        ({"email": "bo@example.org"}, False),
        ({"email": "ana@example.org"}, True),
    ],
)
def test_giver_and_receiver_of_one_order_are_two_cases(stage: Stage, said: dict[str, str], joins: bool) -> None:
    letter(stage)
    review(stage, customer=said)
    assert cards(stage) == (1 if joins else 2)
    if not joins:
        assert stage.case(2).perhaps == (1,)


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"order_ref": "8813"}, "another order"),
        ({"order_ref": None}, "no order"),
        ({"order_ref": "order"}, "no number"),
    ],
)
def test_what_names_no_order_in_common_is_another_case(stage: Stage, data: dict[str, Any], why: str) -> None:
    letter(stage, order_ref=data["order_ref"] if why == "no number" else "8812")
    review(stage, **data)
    assert cards(stage) == 2


@pytest.mark.few(1)
@pytest.mark.parametrize("order", ["12", "1234", "Order 1234", "table 12", "test123", "29.11.2026", "12:30"])
def test_what_fills_the_field_is_no_proof_of_an_order(stage: Stage, order: str) -> None:
    letter(stage, order_ref=order)
    review(stage, order_ref=order)
    assert cards(stage) == 2


@pytest.mark.few(1)
@pytest.mark.parametrize("order", ["8812", "ORD-8812", "x7k2q9", "2026-1129-17"])
def test_number_of_an_order_may_be_written_in_many_ways(stage: Stage, order: str) -> None:
    letter(stage, order_ref=order)
    review(stage, order_ref=f" #{order.upper()} ")
    assert cards(stage) == 1


@pytest.mark.few(1)
@pytest.mark.parametrize(("hours", "count"), [(23, 1), (25, 2)])
def test_reports_more_than_a_day_apart_are_two(stage: Stage, hours: int, count: int) -> None:
    letter(stage)
    stage.pass_time(hours=hours)
    review(stage)
    assert cards(stage) == count


def test_day_is_counted_from_when_they_spoke(stage: Stage) -> None:
    letter(stage, occurred_at="2026-01-01T09:00:00Z")
    review(stage, occurred_at="2026-01-04T09:00:00Z")
    assert cards(stage) == 2


def test_nameless_praise_of_the_same_order_says_nothing_of_the_complaint(stage: Stage) -> None:
    letter(stage)
    before = stage.case()
    review(stage, comment="Lovely, thank you!", rating={"value": 5, "scale": 5})
    assert stage.case() == before


def test_other_report_is_no_second_complaint_of_the_same_customer(stage: Stage) -> None:
    letter(stage)
    review(stage)
    assert stage.case().severity is Severity.NORMAL


def test_wrong_join_is_undone_by_a_move(stage: Stage) -> None:
    letter(stage)
    review(stage)
    ana = stage.person("ana")
    assert "/case move 1 2" in plain(ana.command("/case", "move 1"))
    ana.command("/case", "move 1 r-1")
    assert cards(stage) == 2
    assert [[each.external_id for each in stage.case(number).feedback] for number in (1, 2)] == [["l-1"], ["r-1"]]


def test_third_nameless_voice_beside_two_customers_is_its_own(stage: Stage) -> None:
    letter(stage)
    letter(stage, external_id="l-2", customer={"email": "bo@example.org"})
    review(stage)
    assert cards(stage) == 3
    assert stage.case(3).perhaps == (2, 1)
