"""Scores are owed for words that were heard: found oldest first, kept with the feedback, and gone with its words."""

from __future__ import annotations

from typing import Any

from cases.arrivals.before import Before
from cases.model import Assessment, Score, Severity
from store import feedback
from store import tables as t
from store.engine import Store, Tx
from store.erasing import erase
from tests.store.rows import NOW, ago, heard, later, opened, said

PENDING = Assessment(negative=False, pending=True)
SCORE = Score(0.9, 0.1, 0.05, "Soup cold", "Cold soup again")


def owing(tx: Tx, external_id: str = "f-1", **fields: Any) -> int:
    """The id of feedback that was heard a minute ago and is not judged yet."""
    fields = {"unscored_since": ago(minutes=1), **fields}
    return feedback.record(tx, heard(said(external_id), PENDING, **fields), None, NOW)


def test_what_owes_a_score_comes_back_as_it_was_left(tx: Tx) -> None:
    case = opened(tx)
    last = Before(said(comment="Before"), case.number, ago(hours=1))
    number = feedback.record(tx, heard(said(), PENDING, unscored_since=ago(minutes=1), decided=last), case.number, NOW)
    known = Before(said(), case.number, unscored_since=ago(minutes=1), pending=True, decided=last)
    assert feedback.known(tx, said()) == (number, known)
    assert feedback.unscored(tx, [number]) == {number: known}


def test_oldest_that_owes_a_score_is_found_first(tx: Tx) -> None:
    feedback.record(tx, heard(said("f-0")), None, NOW)
    new, old = owing(tx, "f-1", unscored_since=NOW), owing(tx, "f-2", unscored_since=ago(hours=1))
    assert feedback.owing_score(tx, NOW, 5) == [old, new]
    assert feedback.owing_score(tx, ago(minutes=1), 5) == [old]
    assert feedback.owing_score(tx, NOW, 5, [old]) == [new]
    assert feedback.owing_score(tx, NOW, 1) == [old]
    assert (feedback.pending_since(tx, later(minutes=1)), feedback.how_many_unscored(tx)) == (ago(hours=1), 2)
    assert feedback.pending_since(tx, ago(hours=2)) is None


def test_verdicts_are_owed_before_what_is_only_not_read_whole(tx: Tx) -> None:
    read_later = feedback.record(tx, heard(said("f-0"), unscored_since=ago(hours=1)), None, NOW)
    assert (feedback.owing_score(tx, NOW, 5), feedback.pending_since(tx, NOW)) == ([read_later], None)
    number = owing(tx)
    assert feedback.owing_score(tx, NOW, 5) == [number]
    assert feedback.owing_score(tx, NOW, 5, [number]) == [read_later]


def test_score_that_is_kept_is_owed_no_more(tx: Tx) -> None:
    number, judged = owing(tx), Assessment(negative=True, severity=Severity.CRITICAL, score=0.9)
    feedback.keep_score(tx, number, SCORE, judged)
    assert feedback.owing_score(tx, NOW, 5) == []
    assert feedback.assessed(tx, number) == (None, judged)
    assert feedback.known(tx, said())[1] == Before(said(), None, score=SCORE)


def test_scores_are_kept_for_whoever_regroups_a_case(tx: Tx) -> None:
    case = opened(tx)
    scored = feedback.record(tx, heard(said("f-1"), score=SCORE), case.number, NOW)
    feedback.record(tx, heard(said("f-2")), case.number, NOW)
    assert feedback.scores_of_case(tx, case.number) == {scored: SCORE}


def test_decision_that_came_first_stands(tx: Tx) -> None:
    number = owing(tx)
    feedback.amend(tx, number, heard(said(), score=SCORE), None)
    assert feedback.unscored(tx, [number]) == {}


def test_erased_feedback_owes_no_score_and_keeps_no_clause(store: Store) -> None:
    def forgotten(tx: Tx) -> int:
        number = owing(tx, decided=Before(said(comment="Said before"), None))
        scored = feedback.record(tx, heard(said("f-2"), score=SCORE), None, NOW)
        erase(tx, [number, scored], NOW)
        return number

    number = store.write(forgotten)
    assert store.read(lambda tx: feedback.owing_score(tx, NOW, 5)) == []
    assert not store.read(lambda tx: feedback.assessed(tx, number))[1].pending
    rows = str(store.read(lambda tx: tx.execute(t.feedback.select()).all()))
    assert "Soup cold" not in rows
    assert "Said before" not in rows
