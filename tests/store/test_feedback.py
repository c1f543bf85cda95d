"""Feedback as it arrived: kept whole, once for each source and external id."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from cases.arrivals.before import Before
from cases.arrivals.feedback import read_feedback
from cases.model import Assessment, Customer, Rating, Reason, Severity
from store import feedback
from store.engine import Store, Tx, savepoint
from tests.store.rows import NOW, ago, heard, opened, said

WHOLE = said(
    subject="Tuesday",
    order_ref="8812",
    occasion="birthday",
    occasion_at=date(2026, 1, 7),
    locale="en",
    contact_ok=False,
    public_url="https://example.org/review/1",
)


def test_every_field_of_feedback_comes_back(tx: Tx) -> None:
    case = opened(tx)
    number = feedback.record(tx, heard(WHOLE), case.number, NOW)
    assert feedback.known(tx, WHOLE) == (number, Before(WHOLE, case.number))


def test_bare_feedback_comes_back_as_bare(tx: Tx) -> None:
    bare = said(customer=Customer(), rating=None, occurred_at=None)
    feedback.record(tx, heard(bare, Assessment(negative=False)), None, NOW)
    assert feedback.known(tx, bare)[1] == Before(bare, None)


def test_same_id_from_another_source_is_different(tx: Tx) -> None:
    feedback.record(tx, heard(said()), None, NOW)
    assert feedback.known(tx, said(source="typeform")) == (0, None)
    assert feedback.record(tx, heard(said(source="typeform")), None, NOW)


def test_the_same_feedback_cannot_be_kept_twice(store: Store) -> None:
    def work(tx: Tx) -> None:
        feedback.record(tx, heard(said()), None, NOW)
        with pytest.raises(IntegrityError), savepoint(tx):
            feedback.record(tx, heard(said(comment="again")), None, NOW)

    store.write(work)
    assert store.read(lambda tx: feedback.named(tx, "delivery-form", "f-1")) == said()


def test_amended_feedback_replaces_what_was_known(tx: Tx) -> None:
    number = feedback.record(tx, heard(said(), Assessment(negative=False)), None, NOW)
    case = opened(tx)
    worse = replace(said(), comment="Never again", rating=Rating(1, 5), occurred_at=ago(minutes=1))
    feedback.amend(tx, number, heard(worse, said_at=NOW, events=("m-1", "m-2")), case.number)
    assert feedback.known(tx, said()) == (number, Before(worse, case.number, NOW, ("m-1", "m-2")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(comment=st.text(max_size=400))
def test_words_of_any_kind_come_back_the_same(tx: Tx, comment: str) -> None:
    arrived = read_feedback(
        {"external_id": "f-1", "rating": {"value": 1, "scale": 5}, "comment": comment}, route="form"
    )
    with tx.begin_nested() as undone:
        feedback.record(tx, heard(arrived), None, NOW)
        known = feedback.named(tx, "form", "f-1")
        undone.rollback()
    assert known == arrived


def test_very_long_words_are_kept_whole_too(tx: Tx) -> None:
    feedback.record(tx, heard(said(comment="ü" * 20_000)), None, NOW)
    known = feedback.named(tx, "delivery-form", "f-1")
    assert known is not None
    assert known.comment == "ü" * 20_000


def test_assessment_is_answered_in_plain_json() -> None:
    judged = Assessment(
        negative=True, unsure=True, severity=Severity.HIGH, reasons=(Reason("cue", "refund"),), asks_no_contact=True
    )
    assert feedback.as_json(judged) == {
        "negative": True,
        "unsure": True,
        "severity": "high",
        "reasons": [{"code": "cue", "detail": "refund"}],
        "asks_no_contact": True,
    }


@pytest.mark.parametrize(
    "judged",
    [
        Assessment(negative=False, pending=True),
        Assessment(negative=False, score=0.03),
        Assessment(negative=True, unsure=True, severity=Severity.HIGH, reasons=(Reason("cue", "refund"),), score=0.5),
    ],
)
def test_assessment_that_was_kept_reads_as_it_was(judged: Assessment) -> None:
    assert feedback.read_assessment(feedback.as_json(judged)) == judged
