"""The clauses of a text, and how glad or sorry each of them sounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cases.judgement.idioms import spoken
from cases.judgement.mood import mood
from cases.judgement.speech import REQUEST
from cases.judgement.wording import Wording

_TURNS = re.compile(r" (?:but|however|although|though|yet|except|whereas|still|until|then|unfortunately|sadly) ")
_CLAUSE = re.compile(r"[^.?]+[.?]?")


class Clause(NamedTuple):
    """One clause: its mood from -1 to 1, its plain words, and where it stands in the plain form of a text."""

    mood: float
    words: str
    start: int
    end: int
    text: Wording

    @property
    def quote(self) -> str:
        """The customer's own words."""
        return self.text.quote(self.start, self.end)


def clauses(text: Wording, plain: str) -> list[Clause]:
    """The mood of every clause in order. A request is not heard: its words name a trouble without complaining of it."""
    found = []
    for start, end in _spans(plain):
        words = spoken(plain[start:end]).strip(" ,.?")
        if words:
            felt = mood(words)
            heard = 0.0 if felt < 0 and REQUEST.search(f" {words} ") else felt
            found.append(Clause(heard, words, start, end, text))
    return found


def _spans(plain: str) -> Iterator[tuple[int, int]]:
    """Where each clause begins and ends: at the end of a sentence, or where it turns ("but", "although")."""
    for sentence in _CLAUSE.finditer(plain):
        start, end = sentence.span()
        for turn in _TURNS.finditer(plain, start, end):
            yield start, turn.start()
            start = turn.end() - 1
        yield start, end
