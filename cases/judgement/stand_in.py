"""Who judges words where the learned judge is not at hand: what small groups of letters and words tell, in any language.

The weights are learnt from what the learned judge says of the examples, by `make weights`. It finds less than that judge
does; figures: docs/evaluation.md.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import exp, sqrt
from operator import itemgetter
from pathlib import Path
from zlib import crc32, decompress

from cases.judgement.words import words_of
from cases.model import Feedback, Score
from cases.spoken.sentences import sentences

FILE = Path(__file__).with_name("stand_in.json")
PLACES = 1 << 16  # groups that share a place are taken for one
LONGEST = 1_500  # characters read of a text
_MOST_CLAUSES = 8
_WORD = re.compile(r"\w+|[^\w\s]")
_LETTERS = range(2, 5)
_LONG_NUMBER = re.compile(r"\d{4}|\d[\d ./()+-]{4,}\d|@")
_OF_NO_WORD = re.compile(r"[\d@]")
_MOST_NAMED = 0.6


@dataclass(frozen=True, slots=True)
class Weights:
    """For each head how the sum is moved, and what one step of a weight is worth; and its weights, a step each from -127 to 127."""

    moved: tuple[float, ...]
    step: tuple[float, ...]
    heads: tuple[memoryview, ...]


def stand_in(feedback: Feedback) -> Score | None:
    """A rough score of the words; None where there are none. Takes less than a millisecond."""
    return _score(text) if (text := words_of(feedback)) else None


@lru_cache(maxsize=256)  # asked for more than once while it is decided what becomes of a feedback
def _score(text: str) -> Score:
    text = _telling(text)
    unhappy, danger, no_contact = map(_chance, odds(text))
    clauses = sentences(text)[:_MOST_CLAUSES] or [text]
    clause = max(clauses, key=lambda each: odds(each)[0]) if len(clauses) > 1 else clauses[0]
    return Score(unhappy, danger, no_contact, clause)


def odds(text: str) -> tuple[float, ...]:
    """The odds of every head, as logarithms: unhappy, danger, no contact."""
    at, by = places(text), weights()
    long = sqrt(len(at) or 1)
    weighed = (
        itemgetter(*at) if len(at) > 1 else lambda head: [head[place] for place in at]
    )  # many at once, not one by one
    return tuple(
        moved + step * sum(weighed(head)) / long for moved, step, head in zip(by.moved, by.step, by.heads, strict=True)
    )


def places(text: str) -> set[int]:
    """Where the groups of a text have their weights."""
    words = _WORD.findall(text[:LONGEST].lower())
    return set(map(_place, map(" ".join, pairwise(words)))).union(*map(_places_of, words))


@lru_cache(maxsize=1 << 14)  # most words of a language are few
def _places_of(word: str) -> frozenset[int]:
    """Of a word, and of the groups of its letters."""
    bounded = f"<{word}>"
    parts = (bounded[start : start + many] for many in _LETTERS for start in range(len(bounded) - many + 1))
    return frozenset({_place(word), *(_place(f"<{part}") for part in parts)})


def _place(group: str) -> int:
    return crc32(group.encode("utf-8", "surrogatepass")) % PLACES


def _telling(text: str) -> str:
    """The text without its addresses, accounts and cards: of their many groups each weighs as much as one of a complaint."""
    said = sentences(text)
    told = [each for each in said if not (_LONG_NUMBER.search(each) and _is_listed(each.split()))]
    return text if len(told) == len(said) or not told else "\n".join(told)


def _is_listed(words: list[str]) -> bool:
    """Whether most of them are names and numbers, which is no sentence in any language; shouting names nothing."""
    named = sum((word[0].isupper() and not word.isupper()) or bool(_OF_NO_WORD.search(word)) for word in words)
    return named > _MOST_NAMED * len(words)


@cache
def weights() -> Weights:
    """Those in the repository."""
    kept = json.loads(FILE.read_text("utf-8"))
    heads = tuple(memoryview(decompress(b64decode(each))).cast("b") for each in kept["heads"])
    return Weights(tuple(kept["moved"]), tuple(kept["step"]), heads)


def _chance(odds: float) -> float:
    return round(1 / (1 + exp(-odds)), 3)
