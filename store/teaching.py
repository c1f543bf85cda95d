"""What the team taught by what it made of cases: their scores and how they ended, no words and no names, so it outlives both."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, select

from cases.judgement.threshold import LASTS, Lesson, Taught, Threshold, threshold
from cases.model import Outcome, Severity
from store import tables as t
from store.engine import Tx

_LOOKED_AT = 2_000  # the newest cases: it is asked while feedback waits, and of more than these nothing new is learnt
_SEEN_THROUGH = [Outcome.WON_BACK, Outcome.SATISFIED, Outcome.NO_REPLY, Outcome.LOST]
_c, _f, _entry = t.cases.c, t.feedback.c, t.timeline.c
_by_hand = exists().where(_entry.case_number == _c.number, _entry.action == "opened", _entry.actor.is_not(None))
_others = t.feedback.alias()
_first = select(func.min(_others.c.id)).where(_others.c.case_number == _c.number).scalar_subquery()
_score = _f.assessment["score"].as_float()
# A star has a say of its own, and grave words open a case whatever the score.
_by_words_alone = (_f.content["rating"].as_string().is_(None), _c.severity != Severity.CRITICAL, _score.is_not(None))


def threshold_of(tx: Tx, now: datetime) -> Threshold:
    """The team's own threshold, as its cases of the last quarter of a year have it."""
    return threshold(lessons(tx, now - LASTS), now)


def lessons(tx: Tx, since: datetime) -> list[Lesson]:
    """What became of cases that words alone had opened, unsure; and cases that a colleague opened by hand."""
    ended = _cases(_c.closed_at, since).where(
        _c.unsure, _c.outcome.in_([Outcome.NOT_A_COMPLAINT, *_SEEN_THROUGH]), ~_by_hand
    )
    found = tx.execute(ended).all()
    taught = dict.fromkeys(_SEEN_THROUGH, Taught.SEEN_THROUGH) | {Outcome.NOT_A_COMPLAINT: Taught.DISMISSED}
    by_hand = tx.execute(_cases(_c.opened_at, since).where(_by_hand)).all()
    return [
        *(Lesson(row.score, row.at, taught[Outcome(row.outcome)]) for row in found),
        *(Lesson(row.score, row.at, Taught.BY_HAND) for row in by_hand),
    ]


def _cases(at: Any, since: datetime) -> Select[Any]:
    """The score of the words that each began with."""
    newest = select(_c.number).where(at >= since).order_by(at.desc()).limit(_LOOKED_AT)
    query = select(at.label("at"), _c.outcome, _score.label("score")).join_from(t.cases, t.feedback, _f.id == _first)
    return query.where(_c.number.in_(newest), t.is_real, *_by_words_alone).order_by(_c.number)
