"""Which lessons are near a new case: by the words that both have where nothing better tells, and the nearest of all by any likeness."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import sqrt

from cases.spoken.english import COMMON
from cases.spoken.matters import about as complained_of
from cases.spoken.plain import plain, read
from cases.spoken.tongues import ABROAD, ENGLISH

SHOWN = 2
_STEM = 5  # letters: "delivery", "delivered" and "deliveries" are one
_SHORTEST = 3
_EVERYWHERE = frozenset().union(ENGLISH - {"delivery", "delivered"}, COMMON, *ABROAD.values())
_ABOUT = "about "
_WORD = re.compile(r"\w+")


def nearest(likeness: Mapping[int, float], least: float) -> tuple[int, ...]:
    """The numbers of the cases whose lessons are the nearest, by how alike each is to the new case; of equals the newer one."""
    near = (number for number, alike in likeness.items() if alike >= least)
    return tuple(sorted(near, key=lambda number: (-likeness[number], -number))[:SHOWN])


LEAST_BY_WORDS = 0.25
"""How alike by words what belongs together is at least; of pairs of complaints at random one in five hundred is."""


def alike_by_words(one: str, other: str) -> float:
    """From 0, nothing in common, to 1, the same: by the words that tell something, and by what both complain of."""
    here, there = _telling(one), _telling(other)
    shared = sum(_weight(each) for each in here & there)
    return shared / sqrt(sum(map(_weight, here)) * sum(map(_weight, there))) if shared > 1 else 0.0


def _telling(text: str) -> frozenset[str]:
    matters = {f"{_ABOUT}{matter.code}" for matter, *_ in complained_of(read(text))}
    stems = {word[:_STEM] for word in words_in(text) if len(word) >= _SHORTEST and word not in _EVERYWHERE}
    return frozenset(matters | stems)


def _weight(telling: str) -> int:
    """To complain of the same is more than to share a word."""
    return 2 if telling.startswith(_ABOUT) else 1


def words_in(text: str) -> list[str]:
    """The words of a text in small letters, without accents."""
    return _WORD.findall(plain(text))
