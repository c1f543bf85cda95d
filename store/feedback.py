"""Feedback as it arrived: kept whole, once per source and external id."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from cases.arrivals.before import Before, Forgotten
from cases.arrivals.decision import Changes
from cases.arrivals.feedback import identity, read_kept, to_data
from cases.arrivals.on_paper import Name
from cases.arrivals.search import search_keys
from cases.model import Assessment, Feedback, Reason, Score, Severity
from store import customers
from store import tables as t
from store.engine import Tx, held
from store.inserts import insert_all, new_numbers
from store.seals import Seal, sealing_if_any

UNREAD, READ = (
    "unread-",
    "read-",
)  # what the ids of bodies begin with that nobody could read, and that somebody could since
_f = t.feedback.c
_KNOWN = select(t.feedback).where(_f.source == bindparam("source"), _f.external_id == bindparam("external_id"))

# Of pairs in a list SQLite makes no use of an index: it would read the whole table for every crowd.
_KNOWN_EACH = select(t.feedback).where(
    _f.source.in_(bindparam("sources", expanding=True)), _f.external_id.in_(bindparam("ids", expanding=True))
)


def known(tx: Tx, arriving: Feedback) -> tuple[int, Before | Forgotten | None]:
    """The id of feedback that arrived before under the same name, and what we have of it; 0 and None where there is none."""
    if (row := _row(tx, arriving.source, arriving.external_id)) is not None:
        return row.id, _before(row)
    seal = sealing_if_any(tx)
    row = seal and _row(tx, arriving.source, seal(arriving.external_id))
    return (row.id, _forgotten(row, arriving, seal)) if seal and row else (0, None)


def known_each(tx: Tx, arriving: Collection[Feedback]) -> dict[Name, tuple[int, Before | Forgotten]]:
    """As `known` for several, by their names; those that did not arrive before are left out. Others may change them meanwhile."""
    named = {identity(each): each for each in arriving}
    found: dict[Name, tuple[int, Before | Forgotten]] = {
        (row.source, row.external_id): (row.id, _before(row)) for row in _rows(tx, named)
    }
    if seal := sealing_if_any(tx):
        kept_as = {(source, seal(name)): (source, name) for source, name in named if (source, name) not in found}
        for row in _rows(tx, kept_as):
            name = kept_as[row.source, row.external_id]
            found[name] = row.id, _forgotten(row, named[name], seal)
    return found


def _rows(tx: Tx, names: Collection[Name]) -> list[Row[Any]]:
    if not names:
        return []
    sources, ids = sorted({source for source, _ in names}), sorted({each for _, each in names})
    rows = tx.execute(_KNOWN_EACH, {"sources": sources, "ids": ids})
    return [row for row in rows if (row.source, row.external_id) in names]


def _forgotten(row: Row[Any], arriving: Feedback, seal: Seal) -> Forgotten:
    return Forgotten(row.case_number, row.erased_at, row.erased_words == seal(words_of(arriving.comment)))


def _before(row: Row[Any]) -> Before:
    decided = row.decided and Before(
        read_kept(row.decided["content"], row.source),
        row.case_number,
        row.decided["said_at"] and datetime.fromisoformat(row.decided["said_at"]),
    )
    return Before(
        read_kept(row.content, row.source),
        row.case_number,
        row.said_at,
        tuple(row.events or ()),
        score=_score(row),
        unscored_since=row.unscored_since,
        pending=row.pending_since is not None,
        decided=decided or None,
        channel=row.channel or "",
    )


def _score(row: Any) -> Score | None:
    return Score(**row.score) if row.score else None


def named(tx: Tx, source: str, external_id: str) -> Feedback | None:
    """What we have of feedback by its name, None where there is nothing."""
    row = _row(tx, source, external_id)
    return row and read_kept(row.content, row.source)


def latest(tx: Tx) -> dict[str, tuple[datetime, Feedback]]:
    """When each source was last heard from, and what it said, unless that was erased."""
    newest = select(func.max(_f.id)).where(t.is_kept).group_by(_f.source)
    rows = tx.execute(select(t.feedback).where(_f.id.in_(newest)))
    return {row.source: (row.received_at, read_kept(row.content, row.source)) for row in rows}


def unread(tx: Tx, source: str, limit: int) -> list[tuple[datetime, Feedback]]:
    """What a source sent and nobody could read, with when it came, the oldest first."""
    which = (_f.source == source, _f.external_id.startswith(UNREAD, autoescape=True), t.is_kept)
    rows = tx.execute(select(t.feedback).where(*which).order_by(_f.id).limit(limit))
    return [(row.received_at, read_kept(row.content, row.source)) for row in rows]


def has_been_read(tx: Tx, source: str, external_id: str) -> None:
    """What nobody could read has been read; the body stays for as long as harmless feedback does."""
    name = f"{READ}{external_id.removeprefix(UNREAD)}"
    which = (_f.source == source, _f.external_id == external_id)
    tx.execute(update(t.feedback).where(*which).values(external_id=name))


def of_case(tx: Tx, number: int) -> dict[int, Feedback]:
    """What a case holds, oldest first, by id."""
    rows = tx.execute(select(t.feedback).where(_f.case_number == number).order_by(_f.id))
    return {row.id: read_kept(row.content, row.source) for row in rows}


def channels_of_case(tx: Tx, number: int) -> dict[int, str]:
    """Where a case of each piece that a case holds would belong, by id; empty where that is by its source."""
    rows = tx.execute(select(_f.id, _f.channel).where(_f.case_number == number))
    return {row.id: row.channel or "" for row in rows}


def scores_of_case(tx: Tx, number: int) -> dict[int, Score]:
    """The scores of what a case holds, by id, as far as there are any."""
    rows = tx.execute(select(_f.id, _f.score).where(_f.case_number == number))
    return {row.id: score for row in rows if (score := _score(row))}


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


# Scores owed


def unscored(tx: Tx, ids: Collection[int]) -> dict[int, Before]:
    """What we have of those of these that owe a score; in a transaction that writes, nobody else changes them meanwhile."""
    rows = tx.execute(held(tx, _UNSCORED), {"ids": sorted(ids)})
    return {row.id: _before(row) for row in rows}


_UNSCORED = select(t.feedback).where(t.is_unscored, _f.id.in_(bindparam("ids", expanding=True))).order_by(_f.id)


def owing_score(tx: Tx, heard_until: datetime, limit: int, besides: Collection[int] = ()) -> list[int]:
    """The ids of what was heard by then and owes a score, besides those given: what is pending first, and the oldest of it."""
    for since, is_owed in ((_f.pending_since, t.is_pending), (_f.unscored_since, t.is_unscored)):
        owing = select(_f.id).where(is_owed, since <= heard_until, _f.id.not_in(sorted(besides)))
        if found := list(tx.scalars(owing.order_by(since, _f.id).limit(limit))):
            return found
    return []


def pending_since(tx: Tx, late: datetime) -> datetime | None:
    """Since when the oldest is pending that was heard by `late`: the auditor's question."""
    oldest = select(func.min(_f.pending_since)).where(t.is_pending, _f.pending_since <= late)
    since: datetime | None = tx.execute(oldest).scalar_one()
    return since


def how_many_unscored(tx: Tx) -> int:
    """How many owe a score."""
    return int(tx.execute(select(func.count()).where(t.is_unscored)).scalar_one())


def keep_score(tx: Tx, feedback_id: int, score: Score | None, assessment: Assessment) -> None:
    """The score is in, or (None) there will be none, and what was decided at once is judged by it."""
    values: dict[str, Any] = {"score": score and asdict(score), "assessment": as_json(assessment)}
    values |= dict.fromkeys(("unscored_since", "pending_since"))
    tx.execute(update(t.feedback).where(_f.id == feedback_id).values(values))


def assessed(tx: Tx, feedback_id: int) -> tuple[int | None, Assessment]:
    """The case that feedback belongs to, if any, and what triage said of it."""
    row = tx.execute(select(_f.case_number, _f.assessment).where(_f.id == feedback_id)).one()
    return row.case_number, read_assessment(row.assessment)


def _keys(heard: Changes, case_number: int | None) -> frozenset[str]:
    """What its customer is known by, and what its case is found by."""
    return heard.keys if case_number is None else heard.keys | search_keys(heard.feedback)


def _values(heard: Changes, case_number: int | None) -> dict[str, Any]:
    return {
        "content": to_data(heard.feedback),
        "assessment": as_json(heard.assessment),
        "case_number": case_number,
        "said_at": heard.said_at,
        "events": heard.events,
        "score": heard.score and asdict(heard.score),
        "unscored_since": heard.unscored_since,
        "pending_since": heard.unscored_since if heard.assessment.pending else None,
        "decided": heard.decided and _as_decided(heard.decided),
        "channel": heard.channel or None,
    }


def _as_decided(before: Before) -> dict[str, Any]:
    said_at = before.said_at and before.said_at.isoformat()
    return {"content": to_data(before.feedback), "said_at": said_at}


def as_json(assessment: Assessment) -> dict[str, Any]:
    """An assessment as the intake answers it and the table keeps it."""
    told: dict[str, Any] = {
        "negative": assessment.negative,
        "unsure": assessment.unsure,
        "severity": assessment.severity,
        "reasons": [{"code": r.code, "detail": r.detail} for r in assessment.reasons],
        "asks_no_contact": assessment.asks_no_contact,
    }
    told |= {} if assessment.score is None else {"score": assessment.score}
    return told | ({"pending": True} if assessment.pending else {})


def read_assessment(kept: dict[str, Any]) -> Assessment:
    """The inverse of `as_json`."""
    severity = kept["severity"]
    return Assessment(
        negative=kept["negative"],
        unsure=kept["unsure"],
        severity=severity and Severity(severity),
        reasons=tuple(Reason(each["code"], each["detail"]) for each in kept["reasons"]),
        asks_no_contact=kept.get("asks_no_contact", False),
        score=kept.get("score"),
        pending=kept.get("pending", False),
    )
