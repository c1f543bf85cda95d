"""Feedback as it arrived: kept whole, once per source and external id."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, tuple_, update

from cases.arrivals.decision import Before, Changes, Forgotten
from cases.arrivals.feedback import read_feedback, to_data
from cases.arrivals.search import search_keys
from cases.model import Assessment, Feedback
from store import customers
from store import tables as t
from store.digests import digests_if_any
from store.engine import Tx, held
from store.inserts import insert_all, new_numbers

_f = t.feedback.c
_KNOWN = select(t.feedback).where(_f.source == bindparam("source"), _f.external_id == bindparam("external_id"))

_KNOWN_AMONG = select(_f.source, _f.external_id).where(
    tuple_(_f.source, _f.external_id).in_(bindparam("identities", expanding=True))
)


def known(tx: Tx, arriving: Feedback) -> tuple[int, Before | Forgotten | None]:
    """The id of feedback that arrived before under the same name, and what we have of it; 0 and None where there is none."""
    if (row := _row(tx, arriving.source, arriving.external_id)) is not None:
        content = read_feedback(row.content, route=row.source)
        return row.id, Before(content, row.case_number, row.said_at, tuple(row.events or ()))
    digest = digests_if_any(tx)
    row = digest and _row(tx, arriving.source, digest(arriving.external_id))
    if not digest or not row:
        return 0, None
    return row.id, Forgotten(row.case_number, row.erased_at, row.erased_words == digest(words_of(arriving.comment)))


def named(tx: Tx, source: str, external_id: str) -> Feedback | None:
    """What we have of feedback by its name, None where there is nothing."""
    row = _row(tx, source, external_id)
    return row and read_feedback(row.content, route=row.source)


def of_case(tx: Tx, number: int) -> dict[int, Feedback]:
    """What a case holds, oldest first, by id."""
    rows = tx.execute(select(t.feedback).where(_f.case_number == number).order_by(_f.id))
    return {row.id: read_feedback(row.content, route=row.source) for row in rows}


def move(tx: Tx, ids: Collection[int], number: int) -> None:
    """These belong to another case from now on; the keys they brought go with them, and what the former ones hold is known."""
    for row in tx.execute(select(_f.id, _f.case_number, _f.once_in).where(_f.id.in_(sorted(ids)))).all():
        before = sorted({*(row.once_in or ()), row.case_number} - {number})
        tx.execute(update(t.feedback).where(_f.id == row.id).values(case_number=number, once_in=before))


def _row(tx: Tx, source: str, external_id: str) -> Row[Any] | None:
    return tx.execute(held(tx, _KNOWN), {"source": source, "external_id": external_id}).first()


def words_of(comment: str | None) -> str:
    """By what a comment that was erased is known again, however it is spaced."""
    return " ".join((comment or "").split())


def known_among(tx: Tx, identities: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these pairs of source and external id that arrived before, also those that were erased since."""
    digest = digests_if_any(tx)
    kept_as = {(source, digest(name)): (source, name) for source, name in identities} if digest else {}
    asked = [*identities, *kept_as]
    found = [(source, name) for source, name in tx.execute(_KNOWN_AMONG, {"identities": asked})]
    return {kept_as.get(each, each) for each in found}


def record(tx: Tx, new: Changes, case_number: int | None, now: datetime) -> int:
    """Keeps new feedback and returns its id. Raises IntegrityError when it is known already."""
    return record_together(tx, [(new, case_number)], now)[0]


def record_together(tx: Tx, new: Sequence[tuple[Changes, int | None]], now: datetime) -> list[int]:
    """As `record` for several, each with its case's number, with one statement; their ids in the same order."""
    ids = new_numbers(tx, t.feedback, len(new))
    rows = [
        _values(each, case_number)
        | {
            "id": number,
            "source": each.feedback.source,
            "external_id": each.feedback.external_id,
            "received_at": now,
        }
        for number, (each, case_number) in zip(ids, new, strict=True)
    ]
    insert_all(tx, t.feedback, rows)
    customers.remember(tx, {number: _keys(*each) for number, each in zip(ids, new, strict=True)})
    return ids


def amend(tx: Tx, feedback_id: int, heard: Changes, case_number: int | None) -> None:
    """Replaces what is known of feedback whose customer has changed or added something."""
    tx.execute(update(t.feedback).where(_f.id == feedback_id).values(_values(heard, case_number)))
    customers.correct(tx, feedback_id, _keys(heard, case_number))


def _keys(heard: Changes, case_number: int | None) -> frozenset[str]:
    """What its customer is known by, and what its case is found by."""
    return heard.keys if case_number is None else heard.keys | search_keys(heard.feedback)


def _values(heard: Changes, case_number: int | None) -> dict[str, Any]:
    return {
        "content": to_data(heard.feedback),
        "assessment": as_json(heard.assessment),
        "case_number": case_number,
        "said_at": heard.said_at,
        "events": list(heard.events),
    }


def as_json(assessment: Assessment) -> dict[str, Any]:
    """An assessment as the intake answers it and the table keeps it."""
    return {
        "negative": assessment.negative,
        "unsure": assessment.unsure,
        "severity": assessment.severity,
        "reasons": [{"code": r.code, "detail": r.detail} for r in assessment.reasons],
        "asks_no_contact": assessment.asks_no_contact,
    }
