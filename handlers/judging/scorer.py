"""Scores: what the learned judge makes of feedback, with the clause that tells most of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from math import exp

from cases.judgement.words import words_of
from cases.model import Feedback, Score
from cases.spoken.sentences import sentences
from handlers.judging import engine
from handlers.judging.likeness import learnt
from handlers.judging.unscored import Judge, at_leisure

log = logging.getLogger(__name__)
MOST_CLAUSES = 8
_READ_ON = 0.1  # what is below it for every head opens no case, whatever its clauses say


def judge_here() -> Judge | None:
    """The judge, where the engine works that its heads read; None where it does not, and the log says why if it should."""
    if engine.is_here():
        return scores
    if engine.is_installed():
        log.error(
            "%s cannot be used here (%s); the small judge that stands in finds less", engine.NAME, engine.trouble()
        )
    return None


def scores(said: Sequence[Feedback], *, hurry: Callable[[], bool] = at_leisure) -> list[Score | None]:
    """As `Judge` says."""
    texts = [words_of(each) for each in said]
    told = iter(_judged([text for text in texts if text], hurry))
    return [next(told) if text else None for text in texts]


def _judged(texts: Sequence[str], hurry: Callable[[], bool]) -> Iterator[Score]:
    if texts:
        for text, odds, like in zip(texts, *learnt().odds_and_like(engine.embed(texts)), strict=True):
            yield _score(text, odds, like, hurry)


def _score(text: str, odds: Sequence[float], like: str, hurry: Callable[[], bool]) -> Score:
    """A wish to be left alone is one clause of many: the one that says it most counts as much as the whole. Unhappiness and
    danger are told by the whole, which was measured; the clause that sounds unhappiest is quoted."""
    unhappy, danger, no_contact = odds
    clause = ""
    told = _told_by(clauses := clauses_of(text), odds, hurry) if _chance(max(odds)) >= _READ_ON else []
    if told:
        clause = clauses[max(range(len(told)), key=lambda at: told[at][0])]
        no_contact = (no_contact + max(each[-1] for each in told)) / 2
    return Score(_chance(unhappy), _chance(danger), _chance(no_contact), clause, like)


def _told_by(clauses: Sequence[str], whole: Sequence[float], hurry: Callable[[], bool]) -> list[Sequence[float]]:
    """The odds of each clause; none where somebody comes who waits."""
    if len(clauses) == 1:
        return [whole]
    told: list[Sequence[float]] = []
    for clause in clauses:
        if hurry():
            return []
        told += learnt().odds(engine.embed([clause])).tolist()
    return told


def clauses_of(text: str) -> list[str]:
    """The sentences that are read by themselves too; the whole where there is but one."""
    return sentences(text)[:MOST_CLAUSES] or [text]


def _chance(odds: float) -> float:
    return round(1 / (1 + exp(-odds)), 3)
