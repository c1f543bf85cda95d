"""Scores: what the learned judge makes of feedback, with the clause that tells most of it."""

from __future__ import annotations

from collections.abc import Sequence

from cases.judgement.heads import SURE
from cases.judgement.spans import sentences
from cases.judgement.words import words_of
from cases.model import Feedback, Score
from handlers.judging import engine
from handlers.judging.likeness import learnt
from handlers.judging.unscored import Judge

_MOST_CLAUSES = 8
_QUOTED = 0.1  # what is below it opens no case, so that nobody reads a clause of it


def judge_here() -> Judge | None:
    """The judge, where the engine is installed that its heads read; None where it is not."""
    return scores if engine.is_here() else None


def scores(said: Sequence[Feedback], *, quick: bool = False) -> list[Score | None]:
    """As `Judge` says."""
    texts = [words_of(each) for each in said]
    told = iter(_judged([text for text in texts if text]))
    return [_score(text, *next(told), quick) if text else None for text in texts]


def _judged(texts: Sequence[str]) -> list[tuple[tuple[float, ...], str]]:
    return learnt().judged(engine.embed(texts)) if texts else []


def _score(text: str, heads: tuple[float, ...], like: str, quick: bool) -> Score:
    unhappy, danger, no_contact = (round(score, 3) for score in heads)
    clause = _unhappiest(text, quick=quick and unhappy >= SURE) if max(unhappy, danger) >= _QUOTED else ""
    return Score(unhappy, danger, no_contact, clause, like)


def _unhappiest(text: str, *, quick: bool) -> str:
    clauses = sentences(text)[:_MOST_CLAUSES]
    if len(clauses) < 2:
        return text
    if quick:
        return ""
    told = [heads[0] for heads, _ in _judged(clauses)]
    return clauses[told.index(max(told))]
