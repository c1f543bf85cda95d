"""Who judges words where the learned judge is not at hand: what small groups of letters and words tell, in any language.

The weights are learnt from what the learned judge says of the examples, by `make weights`. It finds less than that judge
does, and errs otherwise, so that judge listens to it too; figures: docs/evaluation.md.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import exp, sqrt
from pathlib import Path
from typing import Any
from zlib import crc32, decompress

from cases.judgement.heads import words_of
from cases.model import Feedback, Score
from cases.spoken.sentences import sentences

FILE = Path(__file__).with_name("stand_in.json")
PLACES = 1 << 16  # groups that share a place are taken for one
LONGEST = 1_500  # characters read of a text
_MOST_CLAUSES = 8
_WORD = re.compile(r"\w{1,40}|[^\w\s]")  # longer ones are no words, and what is kept of a word grows with it
_LETTERS = range(2, 5)
_LONG_NUMBER = re.compile(r"\d{4}|\d[\d ./()+-]{4,}\d|@")
_OF_NO_WORD = re.compile(r"[\d@]")
_MOST_NAMED = 0.6


@dataclass(frozen=True, slots=True)
class Weights:
    """For each head how the sum is moved, and what one step of a weight is worth; and at each place the weights of all heads in
    one number, a step each from -127 to 127, so that what a text weighs is added up once and not for every head."""

    moved: tuple[float, ...]
    step: tuple[float, ...]
    packed: list[int]

    def of(self, at: Set[int]) -> list[float]:
        """The odds of every head by the groups at these places, as many as a text can have."""
        long = sqrt(len(at) or 1)
        return [
            moved + step * many / long for moved, step, many in zip(self.moved, self.step, self.steps(at), strict=True)
        ]

    def steps(self, at: Set[int]) -> tuple[int, ...]:
        """What these places weigh together, for each head in its own steps."""
        total = sum(map(self.packed.__getitem__, at)) + _ABOVE
        return tuple(((total >> shift) & _FULL) - _HALF for shift in _SHIFTS)


_BITS, _HEADS = 21, 3  # a text has fewer than 8,000 groups: the sum of each head's steps stays in its bits
_FULL, _HALF = (1 << _BITS) - 1, 1 << (_BITS - 1)
_SHIFTS = tuple(range(0, _BITS * _HEADS, _BITS))
_ABOVE = sum(_HALF << shift for shift in _SHIFTS)  # so that no sum is below nought


def stand_in(feedback: Feedback) -> Score | None:
    """A rough score of the words; None where there are none. Takes less than a millisecond."""
    return _score(text) if (text := words_of(feedback)) else None


@lru_cache(maxsize=256)  # asked for more than once while it is decided what becomes of a feedback
def _score(text: str) -> Score:
    judged, told = _told(text)
    unhappy, danger, no_contact = map(_chance, weights().of(places(judged)))
    clauses = told[:_MOST_CLAUSES] or (text,)
    return Score(unhappy, danger, no_contact, max(clauses, key=_loudness) if len(clauses) > 1 else clauses[0])


def _loudness(clause: str) -> float:
    """How unhappy a clause sounds beside others of its text: by its words alone, which mostly gives the order of their odds."""
    weights, many = zip(
        *map(_weighs, set(_words(clause))), strict=True
    )  # a clause has a word: one of letters or digits
    return float(sum(weights) / sqrt(sum(many)))


@lru_cache(maxsize=1 << 14)
def _weighs(word: str) -> tuple[int, int]:
    """The steps by which a word sounds unhappy, and of how many groups."""
    at = _places_of(word)
    return weights().steps(at)[0], len(at)


def odds(text: str) -> list[float]:
    """The odds of every head, as logarithms: unhappy, danger, no contact."""
    return weights().of(places(_told(text)[0]))


def _told(text: str) -> tuple[str, Sequence[str]]:
    """What is judged of a text, and its sentences."""
    said = sentences(text)
    told = _telling(said)
    return text if told is said else "\n".join(told), told


def places(text: str) -> set[int]:
    """Where the groups of a text have their weights."""
    words = _words(text)
    return set(map(_place_of, pairwise(words))).union(*map(_places_of, words))


def _words(text: str) -> list[str]:
    return _WORD.findall(text[:LONGEST].lower())


@lru_cache(maxsize=1 << 14)  # as with words, a few follow each other again and again
def _place_of(pair: tuple[str, str]) -> int:
    return _place(" ".join(pair))


@lru_cache(maxsize=1 << 14)  # most words of a language are few
def _places_of(word: str) -> frozenset[int]:
    """Of a word, and of the groups of its letters."""
    bounded = f"<{word}>"
    parts = [f"<{bounded[start : start + many]}" for many in _LETTERS for start in range(len(bounded) - many + 1)]
    return frozenset(map(_place, [word, *parts]))


def _place(group: str) -> int:
    return crc32(group.encode("utf-8", "surrogatepass")) % PLACES


def _telling(said: Sequence[str]) -> Sequence[str]:
    """The sentences without addresses, accounts and cards: of their many groups each weighs as much as one of a complaint."""
    told = [each for each in said if not (_LONG_NUMBER.search(each) and _is_listed(each.split()))]
    return told if told and len(told) < len(said) else said


def _is_listed(words: list[str]) -> bool:
    """Whether most of them are names and numbers, which is no sentence in any language; shouting names nothing."""
    named = sum((word[0].isupper() and not word.isupper()) or bool(_OF_NO_WORD.search(word)) for word in words)
    return named > _MOST_NAMED * len(words)


@cache
def weights() -> Weights:
    """Those in the repository."""
    return read(json.loads(FILE.read_text("utf-8")))


def read(kept: Mapping[str, Any]) -> Weights:
    """As the file has them."""
    heads = (memoryview(decompress(b64decode(each))).cast("b") for each in kept["heads"])
    packed = (sum(each << shift for each, shift in zip(at, _SHIFTS, strict=True)) for at in zip(*heads, strict=True))
    return Weights(tuple(kept["moved"]), tuple(kept["step"]), list(packed))


def _chance(odds: float) -> float:
    return round(1 / (1 + exp(-odds)), 3)
