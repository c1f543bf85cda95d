"""Which of very many phrases can stand in a text at all, told from its words, so that only those few are tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Generic, TypeVar

from cases.judgement.needs import ANY, needs
from cases.judgement.patterns import Phrase

Name = TypeVar("Name")
REMEMBERED = 8192  # words of texts whose place in an index is kept


class Index(Generic[Name]):
    """Phrases under names, found by the words that they need.

    The words of its rarest need call a phrase up, and it is a candidate when its other needs are met too. A phrase that
    stands in a text is always among the candidates; some of them will not stand there.
    """

    def __init__(self, entries: Iterable[tuple[Name, Sequence[Phrase]]]) -> None:
        named = list(entries)
        self._phrases = [(place, phrase) for place, (_, phrases) in enumerate(named) for phrase in phrases]
        self._names = [name for name, _ in named]
        wanted = [needs(phrase.source) for _, phrase in self._phrases]
        bits = {need: 1 << place for place, need in enumerate(dict.fromkeys(chain.from_iterable(wanted)))}
        self._wanted = [sum(bits[need] for need in of_one) for of_one in wanted]
        self._always = frozenset(number for number, of_one in enumerate(wanted) if not of_one)
        self._met_by = _met_by(bits)
        self._called_by = _called_by(wanted)
        self._longest = max(map(len, self._met_by), default=0)
        self._place = lru_cache(REMEMBERED)(self._looked_up)

    def candidates(self, plain: str) -> list[tuple[Name, list[Phrase]]]:
        """The phrases that can stand in `plain`, under their names, all in the order of the index."""
        met = 0
        called = set(self._always)
        for word in set(plain.split()):
            of_word, calls = self._place(word[: self._longest])
            met |= of_word
            called.update(calls)
        wanted, unmet = self._wanted, ~met
        found: dict[int, list[Phrase]] = {}
        for number in sorted([number for number in called if not wanted[number] & unmet]):
            place, phrase = self._phrases[number]
            found.setdefault(place, []).append(phrase)
        return [(self._names[place], phrases) for place, phrases in found.items()]

    def _looked_up(self, word: str) -> tuple[int, tuple[int, ...]]:
        """The needs that `word` meets, as bits, and the phrases that it calls up."""
        forms = [word, *(word[:end] + ANY for end in range(1, len(word) + 1))]
        met = 0
        for form in forms:
            met |= self._met_by.get(form, 0)
        return met, tuple(chain.from_iterable(self._called_by.get(form, ()) for form in forms))


def _met_by(bits: dict[frozenset[str], int]) -> dict[str, int]:
    met: defaultdict[str, int] = defaultdict(int)
    for need, bit in bits.items():
        for word in need:
            met[word] |= bit
    return dict(met)


def _called_by(wanted: list[tuple[frozenset[str], ...]]) -> dict[str, list[int]]:
    called: defaultdict[str, list[int]] = defaultdict(list)
    for number, (rarest, *_) in ((number, of_one) for number, of_one in enumerate(wanted) if of_one):
        for word in rarest:
            called[word].append(number)
    return dict(called)
