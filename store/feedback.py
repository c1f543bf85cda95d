"""Feedback as it arrived: kept whole, once per source and external id."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, tuple_, update

from cases.arrivals.feedback import read_feedback, to_data
from cases.model import Assessment, Feedback
from store import tables as t
from store.engine import Tx, held
from store.inserts import insert_all, new_numbers

_f = t.feedback.c
_KNOWN = select(t.feedback).where(_f.source == bindparam("source"), _f.external_id == bindparam("external_id"))

_KNOWN_AMONG = select(_f.source, _f.external_id).where(
    tuple_(_f.source, _f.external_id).in_(bindparam("identities", expanding=True))
)


def known(tx: Tx, source: str, external_id: str) -> tuple[int, int | None, Feedback] | None:
    """Id, case number (None: not negative) and content of feedback that arrived before."""
    row = tx.execute(held(tx, _KNOWN), {"source": source, "external_id": external_id}).first()
    return None if row is None else (row.id, row.case_number, read_feedback(row.content, route=row.source))


def known_among(tx: Tx, identities: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these pairs of source and external id that arrived before."""
    return {(source, name) for source, name in tx.execute(_KNOWN_AMONG, {"identities": list(identities)})}


def record(tx: Tx, feedback: Feedback, assessment: Assessment, case_number: int | None, now: datetime) -> int:
    """Keeps new feedback and returns its id. Raises IntegrityError when it is known already."""
    return record_together(tx, [(feedback, assessment, case_number)], now)[0]


def record_together(tx: Tx, new: Sequence[tuple[Feedback, Assessment, int | None]], now: datetime) -> list[int]:
    """As `record` for several, each with its case's number, with one statement; their ids in the same order."""
    ids = new_numbers(tx, t.feedback, len(new))
    rows = [
        {
            "id": number,
            "source": feedback.source,
            "external_id": feedback.external_id,
            "case_number": case_number,
            "received_at": now,
            "content": to_data(feedback),
            "assessment": as_json(assessment),
        }
        for number, (feedback, assessment, case_number) in zip(ids, new, strict=True)
    ]
    insert_all(tx, t.feedback, rows)
    return ids


def amend(tx: Tx, feedback_id: int, feedback: Feedback, assessment: Assessment, case_number: int | None) -> None:
    """Replaces what is known of feedback whose customer has changed or added something."""
    values = {"content": to_data(feedback), "assessment": as_json(assessment), "case_number": case_number}
    tx.execute(update(t.feedback).where(_f.id == feedback_id).values(values))


def as_json(assessment: Assessment) -> dict[str, Any]:
    """An assessment as the intake answers it and the table keeps it."""
    return {
        "negative": assessment.negative,
        "unsure": assessment.unsure,
        "severity": assessment.severity,
        "reasons": [{"code": r.code, "detail": r.detail} for r in assessment.reasons],
        "asks_no_contact": assessment.asks_no_contact,
    }
