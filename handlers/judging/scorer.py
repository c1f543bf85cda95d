"""Scores: what the learned judge makes of feedback, with the clause that tells most of it."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from hashlib import blake2b
from math import exp

from cases.judgement.heads import words_of
from cases.model import Feedback, Score
from cases.replies.tongue import spoken_by
from cases.spoken.sentences import sentences
from handlers.judging import engine
from handlers.judging.likeness import learnt
from handlers.judging.unscored import Judge, at_leisure

log = logging.getLogger(__name__)
MOST_CLAUSES = 8
REMEMBERED = 1_000  # texts that were read as a whole, by what they are but not as words, until their clauses are read
_wholes: OrderedDict[bytes, tuple[list[float], str]] = OrderedDict()
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
    return [_score(text, hurry) if (text := words_of(each)) else None for each in said]


def _score(text: str, hurry: Callable[[], bool]) -> Score:
    """A wish to be left alone is one clause of many: the one that says it most counts as much as the whole. Unhappiness and
    danger are told by the whole, which was measured; the clause that sounds unhappiest is quoted."""
    odds, like = _whole(text)
    unhappy, danger, no_contact = odds
    clause = ""
    told = _told_by(clauses := clauses_of(text), odds, hurry) if _chance(max(odds)) >= _READ_ON else []
    if told:
        clause = clauses[max(range(len(told)), key=lambda at: told[at][0])]
        no_contact = (no_contact + max(each[-1] for each in told)) / 2
    return Score(_chance(unhappy), _chance(danger), _chance(no_contact), clause, like)


def _whole(text: str) -> tuple[list[float], str]:
    """The odds of the whole, and the example it is most like. Whoever waits hears of them before the clauses are read."""
    name = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    if (known := _wholes.get(name)) is None:
        [embedding], (lang, _) = engine.embed([text]), spoken_by(text, None)
        known = _wholes[name] = learnt().odds_and_like(text, embedding, lang)
        if len(_wholes) > REMEMBERED:
            _wholes.popitem(last=False)
    return known


def _told_by(clauses: Sequence[str], whole: Sequence[float], hurry: Callable[[], bool]) -> list[Sequence[float]]:
    """The odds of each clause; none where somebody comes who waits."""
    if len(clauses) == 1:
        return [whole]
    told: list[Sequence[float]] = []
    for clause in clauses:
        if hurry():
            return []
        told += learnt().odds([clause], engine.embed([clause])).tolist()
    return told


def clauses_of(text: str) -> Sequence[str]:
    """The sentences that are read by themselves too; the whole where there is but one."""
    return sentences(text)[:MOST_CLAUSES] or [text]


def _chance(odds: float) -> float:
    return round(1 / (1 + exp(-odds)), 3)
