"""Scores: what the learned judge makes of feedback, with the clause that tells most of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp

from cases.judgement.spans import sentences
from cases.judgement.words import words_of
from cases.model import Feedback, Score
from handlers.judging import engine
from handlers.judging.likeness import learnt
from handlers.judging.unscored import Judge

MOST_CLAUSES = 8
_READ_ON = 0.1  # what is below it for every head opens no case, whatever its clauses say


def judge_here() -> Judge | None:
    """The judge, where the engine is installed that its heads read; None where it is not."""
    return scores if engine.is_here() else None


def scores(feedback: Sequence[Feedback]) -> list[Score | None]:
    """A score for each, None for one without words. Takes some 25 ms for each, and as much again where it has several clauses."""
    texts = [words_of(each) for each in feedback]
    told = iter(_judged([text for text in texts if text]))
    return [next(told) if text else None for text in texts]


def _judged(texts: Sequence[str]) -> Iterator[Score]:
    if texts:
        yield from map(_score, texts, *learnt().odds_and_like(engine.embed(texts)))


def _score(text: str, odds: Sequence[float], like: str) -> Score:
    """A wish to be left alone is one clause of many: the one that says it most counts as much as the whole. Unhappiness and
    danger are told by the whole, which was measured; the clause that sounds unhappiest is quoted."""
    unhappy, danger, no_contact = odds
    clause = ""
    if _chance(max(odds)) >= _READ_ON:
        clauses = clauses_of(text)
        told = learnt().odds(engine.embed(clauses)).tolist() if len(clauses) > 1 else [odds]
        clause = clauses[max(range(len(told)), key=lambda at: told[at][0])]
        no_contact = (no_contact + max(each[-1] for each in told)) / 2
    return Score(_chance(unhappy), _chance(danger), _chance(no_contact), clause, like)


def clauses_of(text: str) -> list[str]:
    """The sentences that are read by themselves too; the whole where there is but one."""
    return sentences(text)[:MOST_CLAUSES] or [text]


def _chance(odds: float) -> float:
    return round(1 / (1 + exp(-odds)), 3)
