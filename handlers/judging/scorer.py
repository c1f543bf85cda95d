"""Scores: what the learned judge makes of feedback, with the clause that tells most of it."""

from __future__ import annotations

from collections.abc import Sequence

from cases.judgement.heads import heads
from cases.judgement.spans import sentences
from cases.model import Feedback, Score
from handlers.judging import engine

_MOST_CLAUSES = 8


def words_of(feedback: Feedback) -> str:
    """What is scored: the subject and the comment; empty where there are no words."""
    return "\n".join(part.strip() for part in (feedback.subject, feedback.comment) if part and part.strip())


def scores(feedback: Sequence[Feedback]) -> list[Score | None]:
    """A score for each, None for one without words. Takes some 25 ms for each, and as much for each clause of one that is unhappy."""
    texts = [words_of(each) for each in feedback]
    embedded = iter(engine.embed([text for text in texts if text]))
    return [_score(text, next(embedded)) if text else None for text in texts]


def _score(text: str, embedding: Sequence[float]) -> Score:
    by = heads()
    return Score(
        unhappy=round(by.unhappy.score(embedding), 3),
        danger=round(by.danger.score(embedding), 3),
        no_contact=round(by.no_contact.score(embedding), 3),
        clause=_unhappiest(text),
    )


def _unhappiest(text: str) -> str:
    clauses = sentences(text)[:_MOST_CLAUSES]
    if len(clauses) < 2:
        return text
    told = [heads().unhappy.score(embedding) for embedding in engine.embed(clauses)]
    return clauses[told.index(max(told))]
