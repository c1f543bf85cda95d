"""Scores: what the learned judge makes of feedback, with the clause that tells most of it."""

from __future__ import annotations

from collections.abc import Sequence

from cases.judgement.spans import sentences
from cases.model import Feedback, Score
from handlers.judging import engine
from handlers.judging.likeness import learnt

_MOST_CLAUSES = 8


def words_of(feedback: Feedback) -> str:
    """What is scored: the subject and the comment; empty where there are no words."""
    return "\n".join(part.strip() for part in (feedback.subject, feedback.comment) if part and part.strip())


def scores(feedback: Sequence[Feedback]) -> list[Score | None]:
    """A score for each, None for one without words. Takes some 25 ms for each, and as much for each clause of one that is unhappy."""
    texts = [words_of(each) for each in feedback]
    told = iter(_judged([text for text in texts if text]))
    return [_score(text, *next(told)) if text else None for text in texts]


def _judged(texts: Sequence[str]) -> list[tuple[tuple[float, ...], str]]:
    return learnt().judged(engine.embed(texts)) if texts else []


def _score(text: str, heads: tuple[float, ...], like: str) -> Score:
    unhappy, danger, no_contact = (round(score, 3) for score in heads)
    return Score(unhappy, danger, no_contact, clause=_unhappiest(text), like=like)


def _unhappiest(text: str) -> str:
    clauses = sentences(text)[:_MOST_CLAUSES]
    if len(clauses) < 2:
        return text
    told = [heads[0] for heads, _ in _judged(clauses)]
    return clauses[told.index(max(told))]
