"""Lessons as the database gives them: the latest, their causes, what comes again, and which changes are due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cases.lessons.lesson import Lesson
from cases.model import PRACTICE, Case, Outcome, Status
from store import feedback, lessons
from store.engine import Tx
from store.scope import Scope
from tests.store.rows import DAY, HOUR, NOW, ago, heard, later, opened, said

LATELY = ago(days=30)


def told(tx: Tx, at: timedelta, **fields: Any) -> Case:
    """A case closed, and its lesson told, `at` ago."""
    ended = {"status": Status.CLOSED, "closed_at": NOW - at, "outcome": Outcome.LOST}
    return opened(tx, **ended, lesson_at=NOW - at, **fields)


def test_latest_lessons_come_first_and_none_is_empty(tx: Tx) -> None:
    early = told(tx, 3 * HOUR, learned="Ring early", went_wrong="Nobody rang", cause="Delivery")
    late = told(tx, 2 * HOUR, learned=" ", went_wrong="The oven was off")
    told(tx, HOUR, learned="", cause="Delivery")
    opened(tx)
    assert [(each.case, each.gist) for each in lessons.latest(tx, 2)] == [
        (late.number, "The oven was off"),
        (early.number, "Ring early"),
    ]
    assert lessons.latest(tx, 9, start=ago(hours=4), end=ago(hours=3)) == []
    assert [each.case for each in lessons.latest(tx, 1)] == [late.number]


def test_lesson_is_read_whole_with_its_change(tx: Tx) -> None:
    case = told(
        tx,
        HOUR,
        cause="Delivery",
        expected="by noon",
        happened="at six",
        went_wrong="no slot",
        learned="book it at once",
        change_by="UBEN00001",
        change_due_at=later(days=3),
    )
    assert lessons.of_cases(tx, [case.number, 99]) == {
        case.number: Lesson(
            case.number,
            "Delivery",
            "by noon",
            "at six",
            "no slot",
            "book it at once",
            ago(hours=1),
            "UBEN00001",
            later(days=3),
        )
    }


def test_lessons_of_other_channels_and_of_practice_are_left_out(tx: Tx) -> None:
    told(tx, HOUR, learned="here", channel="CHERE0001")
    told(tx, HOUR, learned="there", channel="CTHERE001")
    invented = opened(tx, status=Status.CLOSED, lesson_at=NOW, learned="invented")
    feedback.record(tx, heard(said("p-1", source=PRACTICE)), invented.number, NOW)
    assert [each.learned for each in lessons.latest(tx, 9, Scope(only="CHERE0001"))] == ["here"]
    assert {each.learned for each in lessons.latest(tx, 9)} == {"here", "there"}


def test_causes_are_counted_the_most_frequent_first(tx: Tx) -> None:
    for cause, at in (("Bill", HOUR), ("Delivery", HOUR), ("Delivery", 2 * HOUR), ("Delivery", 8 * DAY), (None, HOUR)):
        told(tx, at, cause=cause, learned="something")
    assert lessons.causes(tx, ago(days=7), NOW) == [("Delivery", 2), ("Bill", 1)]


def test_cause_comes_again_until_somebody_thinks_it_through(tx: Tx) -> None:
    first = told(tx, DAY, cause="Delivery", learned="hurry")
    assert not lessons.comes_again(tx, "Delivery", LATELY, but=first.number)
    assert lessons.comes_again(tx, "Delivery", LATELY, but=99)
    assert not lessons.comes_again(tx, "Bill", LATELY, but=99)
    assert not lessons.comes_again(tx, "Delivery", ago(hours=5), but=99)
    told(tx, HOUR, cause="Delivery", expected="by noon", learned="book a slot")
    assert not lessons.comes_again(tx, "Delivery", LATELY, but=99)


def test_changes_are_due_until_they_are_made(tx: Tx) -> None:
    soon = told(tx, DAY, learned="one", change_by="UBEN00001", change_due_at=later(days=1))
    over = told(tx, DAY, learned="two", change_by="UBEN00001", change_due_at=ago(days=1))
    told(tx, DAY, learned="three", change_by="UBEN00001", change_due_at=later(days=9))
    told(tx, DAY, learned="made")
    assert [each.case for each in lessons.changes_before(tx, later(days=7), 9)] == [over.number, soon.number]
    assert [each.case for each in lessons.changes_before(tx, later(days=7), 1)] == [over.number]
