"""A judge for tests in which it does not matter what an embedding makes of words: quick, and the same each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from cases.judgement.heads import words_of
from cases.model import Feedback, Score
from handlers.judging.unscored import at_leisure

SORRY, GLAD = 0.97, 0.02
_SORRY = re.compile(r"cold|late|rude|never|missing|refund|no answer|broken", re.IGNORECASE)


class QuickJudge:
    """Finds everybody unhappy in whose words one of a few stands; `asked` are the words it was asked about, in order."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.knows: dict[str, Score] = {}
        self.breaks_at: str | None = None
        self.reads_on = False  # only whoever does not ask in haste is told of a clause

    def __call__(self, said: Sequence[Feedback], *, hurry: Callable[[], bool] = at_leisure) -> list[Score | None]:
        found = [self._score(words_of(each)) for each in said]
        return [score and replace(score, clause="") for score in found] if self.reads_on and hurry() else found

    def _score(self, words: str) -> Score | None:
        if not words:
            return None
        if self.breaks_at is not None and self.breaks_at in words:
            raise RuntimeError("the engine broke")
        self.asked.append(words)
        return self.knows.get(words) or Score(SORRY if _SORRY.search(words) else GLAD, clause=words)
