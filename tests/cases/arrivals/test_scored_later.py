"""What hangs on the score of its words is put off until there is one, and then decided as if it had just come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cases.arrivals.before import Before
from cases.arrivals.customers import Known
from cases.arrivals.decision import (
    Became,
    Decision,
    Records,
    Repeats,
    Says,
    Updates,
    judged,
    what_becomes,
)
from cases.arrivals.feedback import Arriving
from cases.arrivals.hearing import known_better, new_case, seen_deeper
from cases.judgement import assess
from cases.judgement.stand_in import stand_in
from cases.model import Assessment, Case, Rating, Reason, Score, Severity, Status
from tests.cases.arrivals.test_decision import COLD, KIND, NOW, OPEN, OVER, RUDE, decided, said, stars

SORRY, GLAD = Score(0.97, clause="cold"), Score(0.02)
EARLIER = NOW - timedelta(minutes=1)


def comes(arriving: Any, before: Before | None = None, past: Any = (), **given: Any) -> Decision:
    """What becomes of it, now, where words are scored later."""
    known = [Known(number, status, (said(),)) for number, status in past]
    return what_becomes(Arriving(arriving, heard_at=NOW), before, known, scored_later=True, **given)


def pending(arriving: Any, before: Before | None = None) -> Before:
    """What we have of it once it has come, and before it is judged."""
    it = comes(arriving, before)
    assert it.assessment.pending
    assert not isinstance(it, Repeats)
    return Before(
        it.feedback, it.case, it.said_at, it.events, unscored_since=it.unscored_since, pending=True, decided=it.decided
    )


@pytest.mark.parametrize("arriving", [said(COLD), said(KIND), stars(3), stars(5, KIND), said(None, subject="Order 88")])
def test_words_without_low_star_are_put_off(arriving: Any) -> None:
    decision = comes(arriving, past=[(7, OPEN)])
    assert (type(decision), decision.case, decision.word) == (Records, None, None)
    assert (decision.assessment.pending, decision.unscored_since) == (True, NOW)


def test_low_star_opens_at_once_and_owes_score() -> None:
    decision = comes(stars(1, KIND))
    assert (decision.became, decision.assessment.pending, decision.unscored_since) == (Became.CASE, False, NOW)


@pytest.mark.parametrize("silent", [said(None, Rating(1, 5)), said(None, Rating(5, 5)), said(" ", Rating(3, 5))])
def test_silence_owes_no_score(silent: Any) -> None:
    decision = comes(silent)
    assert (decision.assessment.pending, decision.unscored_since) == (False, None)


def test_what_a_colleague_notes_down_waits_for_nothing() -> None:
    decision = comes(said(KIND), noted_down=True)
    assert (decision.became, decision.assessment.pending, decision.unscored_since) == (Became.CASE, False, NOW)


def test_old_row_of_a_file_owes_no_score() -> None:
    old = replace(said(COLD), occurred_at=NOW - timedelta(days=40))
    arriving = Arriving(old, heard_at=NOW, alarms_since=NOW - timedelta(days=30))
    decision = what_becomes(arriving, scored_later=True)
    assert (type(decision), decision.assessment.pending, decision.unscored_since) == (Records, False, None)


# (what we had, the customer's cases, the words that were put off, their score) → what becomes of it then
JUDGED = [
    ((None, [], COLD, SORRY), (Became.CASE, None, None, None)),
    ((None, [], KIND, GLAD), (Became.RECORDED, None, None, None)),
    ((None, [(7, OPEN)], COLD, SORRY), (Became.JOINED, 7, Says.JOINED, True)),
    ((None, [(7, OPEN)], KIND, GLAD), (Became.JOINED, 7, Says.KIND_WORD, False)),
    ((None, [(7, OVER)], COLD, SORRY), (Became.CASE, None, None, None)),
    ((Before(said(COLD), 7), [(7, OVER)], RUDE, SORRY), (Became.UPDATED, 7, Says.WROTE_AGAIN, True)),
    ((Before(said(COLD), 7), [(7, OPEN)], KIND, GLAD), (Became.UPDATED, 7, Says.KIND_WORD, False)),
    ((Before(said(KIND), None), [], COLD, SORRY), (Became.CASE, None, None, None)),
    ((Before(said(KIND), None), [], KIND + "!", GLAD), (Became.UPDATED, None, None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("given", "becomes"), JUDGED)
def test_scored_words_become_what_they_would_have_become(given: Any, becomes: Any) -> None:
    before, past, words, score = given
    known = [Known(number, status, (said(),)) for number, status in past]
    decision = judged(pending(said(words), before), score, known)
    word = decision.word
    assert (decision.became, decision.case, word and word.says, word and word.waits_anew) == becomes
    assert (decision.score, decision.unscored_since, decision.assessment.pending) == (score, None, False)


def test_words_that_stay_the_same_keep_their_score() -> None:
    before = Before(said(COLD), 7, score=SORRY)
    decision = comes(said(COLD, order_ref="8812"), before)
    assert (type(decision), decision.score, decision.unscored_since) == (Updates, SORRY, None)
    assert comes(said(RUDE), before).score is None


def test_more_words_before_the_verdict_wait_since_the_first() -> None:
    first = replace(pending(said(KIND)), unscored_since=EARLIER)
    both = pending(said(COLD), first)
    assert (both.unscored_since, both.decided, both.feedback.comment) == (EARLIER, None, COLD)
    assert judged(both, SORRY).became is Became.CASE


def test_what_case_last_heard_is_kept_through_several_updates() -> None:
    first = pending(said(KIND), Before(said(COLD), 7))
    second = pending(said(RUDE), first)
    assert second.decided == Before(said(COLD), 7)
    word = judged(second, SORRY).word
    assert word is not None
    assert word.says is Says.WROTE_AGAIN


def test_star_that_falls_before_the_verdict_decides_at_once() -> None:
    waiting = pending(said(RUDE), Before(said(COLD), 7))
    decision = comes(replace(said(RUDE), rating=Rating(1, 5)), waiting)
    assert (decision.became, decision.word and decision.word.says) == (Became.UPDATED, Says.WROTE_AGAIN)
    assert (decision.assessment.negative, decision.decided, decision.unscored_since) == (True, None, NOW)


def test_same_again_before_the_verdict_is_known_and_pending() -> None:
    again = comes(said(COLD), pending(said(COLD)))
    assert (again.became, again.assessment.pending) == (Became.KNOWN, True)


def test_words_nobody_could_score_are_judged_by_what_stands_in() -> None:
    decision = judged(pending(stars(3, COLD)), None)
    assert decision.assessment == assess(stars(3, COLD), stand_in(stars(3, COLD)))
    assert (decision.score, decision.assessment.pending) == (None, False)  # the learned judge may be asked another time


def test_what_stands_in_is_not_asked_while_a_score_is_owed() -> None:
    assert comes(stars(1)).assessment.score is None
    assert decided(stars(1)).assessment.score is not None


# What was decided at once, and has its score now


def opened() -> Case:
    opens = decided(stars(1))
    return new_case(opens, 1, "CCARE0001", NOW)  # type: ignore[arg-type]


def test_case_becomes_graver_by_its_score_and_never_milder() -> None:
    grave = Assessment(negative=True, severity=Severity.CRITICAL, reasons=(Reason("danger", "could not breathe"),))
    case = seen_deeper(opened(), grave)
    assert (case.severity, case.reasons[0]) == (Severity.CRITICAL, grave.reasons[0])
    mild = Assessment(negative=True, unsure=True, severity=Severity.NORMAL)
    assert seen_deeper(case, mild) == case


def test_wish_to_be_left_alone_is_heard_in_the_score() -> None:
    asks = Assessment(negative=True, severity=Severity.NORMAL, asks_no_contact=True)
    assert seen_deeper(opened(), asks).held


def test_noted_complaint_stays_one_whatever_its_score() -> None:
    noted = comes(said(KIND), noted_down=True).assessment
    better = known_better(noted, said(KIND), GLAD)
    assert (better.negative, better.severity, better.score) == (True, Severity.NORMAL, 0.02)


def test_repeat_stays_one_step_graver_once_scored() -> None:
    repeat = comes(stars(1), past=[(7, Status.CLAIMED)]).assessment
    assert known_better(repeat, stars(1), SORRY).severity is repeat.severity
