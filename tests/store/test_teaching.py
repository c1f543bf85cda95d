"""What a team taught is counted from scores and outcomes alone, on both databases, and outlives the words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.judgement.heads import OPENS
from cases.judgement.threshold import Taught
from cases.model import Assessment, Case, Outcome, Rating, Severity, Status, Via
from store import cases, feedback, teaching, timeline
from store.engine import Tx
from store.erasing import erase
from tests.store.rows import DAY, NOW, ago, heard, opened, said

SINCE = ago(days=90)
SCORE = OPENS + 0.05


def case_of(
    tx: Tx,
    outcome: Outcome | None = Outcome.NOT_A_COMPLAINT,
    *,
    score: float | None = SCORE,
    by: str | None = None,
    rating: Rating | None = None,
    age: timedelta = DAY,
    **fields: Any,
) -> Case:
    """A case that words opened, unsure, or a colleague by hand; closed `age` ago, if it has an outcome."""
    end = {"status": Status.CLOSED, "closed_at": NOW - age, "outcome": outcome} if outcome else {}
    case = opened(tx, **{"unsure": by is None, "opened_at": NOW - age, **end, **fields})
    judged = Assessment(negative=True, unsure=True, severity=case.severity, score=score)
    feedback.record(tx, heard(said(f"f-{case.number}", rating=rating), judged), case.number, NOW)
    timeline.note_down(tx, case.number, case.opened_at, by, "opened", Via.MODAL if by else Via.ARRIVAL, {})
    return case


TEACHES: list[tuple[dict[str, Any], Taught]] = [
    ({}, Taught.DISMISSED),
    ({"outcome": Outcome.SATISFIED}, Taught.SEEN_THROUGH),
    ({"outcome": Outcome.NO_REPLY}, Taught.SEEN_THROUGH),
    ({"outcome": None, "by": "UANA00001", "score": 0.4}, Taught.BY_HAND),
    ({"by": "UANA00001", "outcome": Outcome.SATISFIED, "score": 0.4}, Taught.BY_HAND),
]


@pytest.mark.parametrize(("case", "taught"), TEACHES)
def test_ends_and_cases_by_hand_teach(tx: Tx, case: dict[str, Any], taught: Taught) -> None:
    case_of(tx, **case)
    (lesson,) = teaching.lessons(tx, SINCE)
    assert (lesson.score, lesson.at, lesson.taught) == (case.get("score", SCORE), NOW - DAY, taught)


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "case",
    [
        {"outcome": None},
        {"outcome": Outcome.UNREACHABLE},
        {"unsure": False},  # sure, and dismissed all the same
        {"score": None},
        {"rating": Rating(3, 5)},
        {"severity": Severity.CRITICAL},
        {"age": 91 * DAY},
    ],
)
def test_what_says_nothing_of_the_words_teaches_nothing(tx: Tx, case: dict[str, Any]) -> None:
    case_of(tx, **case)
    assert teaching.lessons(tx, SINCE) == []


def test_only_what_a_case_began_with_teaches(tx: Tx) -> None:
    case = case_of(tx)
    later = Assessment(negative=True, severity=Severity.NORMAL, score=0.9)
    feedback.record(tx, heard(said("f-later", rating=None), later), case.number, NOW)
    assert [lesson.score for lesson in teaching.lessons(tx, SINCE)] == [SCORE]


def test_what_was_taught_outlives_the_words(tx: Tx) -> None:
    for _ in range(9):
        case_of(tx)
    before = teaching.threshold_of(tx, NOW)
    assert (before.opens > OPENS, before.dismissed) == (True, 9)
    numbers = [case.number for case in cases.load_many(tx, range(1, 10))]
    erase(tx, [each for number in numbers for each in feedback.of_case(tx, number)], NOW)
    assert teaching.threshold_of(tx, NOW) == before
