"""Feedback as it arrived: kept whole, once per source and external id."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from cases.feedback import read_feedback, to_data
from cases.model import Assessment, Feedback
from store import tables as t
from store.engine import Tx


def known(tx: Tx, source: str, external_id: str) -> tuple[int, int | None, Feedback] | None:
    """Id, case number (None: not negative) and content of feedback that arrived before."""
    query = select(t.feedback).where(t.feedback.c.source == source, t.feedback.c.external_id == external_id)
    row = tx.execute(query.with_for_update()).first()
    return None if row is None else (row.id, row.case_number, read_feedback(row.content, route=row.source))


def record(tx: Tx, feedback: Feedback, assessment: Assessment, case_number: int | None, now: datetime) -> int:
    """Keeps new feedback and returns its id. Raises IntegrityError when it is known already."""
    row = {
        "source": feedback.source,
        "external_id": feedback.external_id,
        "case_number": case_number,
        "received_at": now,
        "content": to_data(feedback),
        "assessment": as_json(assessment),
    }
    number: int = tx.execute(insert(t.feedback).returning(t.feedback.c.id), row).scalar_one()
    return number


def amend(tx: Tx, feedback_id: int, feedback: Feedback, assessment: Assessment, case_number: int | None) -> None:
    """Replaces what is known of feedback whose customer has changed or added something."""
    values = {"content": to_data(feedback), "assessment": as_json(assessment), "case_number": case_number}
    tx.execute(update(t.feedback).where(t.feedback.c.id == feedback_id).values(values))


def as_json(assessment: Assessment) -> dict[str, Any]:
    """An assessment as the intake answers it and the table keeps it."""
    return {
        "negative": assessment.negative,
        "unsure": assessment.unsure,
        "severity": assessment.severity,
        "reasons": [{"code": r.code, "detail": r.detail} for r in assessment.reasons],
        "asks_no_contact": assessment.asks_no_contact,
    }
