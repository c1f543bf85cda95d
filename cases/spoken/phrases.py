"""Very many phrases looked for at once: each word of a text tries only those that can begin with it.

One expression of them all tries each of its branches at each word; that took a fifth of what it costs to take feedback in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from cases.spoken.plain import Sentence, starting_with_any_of

_LETTERS = 4  # of a phrase's beginning by which it is found, with the space behind a shorter word
_MOST = 2_000  # beginnings of one phrase; where there are more it is tried at each word
_SIGN = re.compile(r"\(\?[!=]|\[[^\]]*\]|\\w[*+]?|.", re.DOTALL)
_ANYTHING = "\0"  # from here on whatever there is: the rest of a word, or words between

Found = tuple[Sentence, re.Match[str]]
_Tried = tuple[int, re.Pattern[str]]  # by the place of a group


class Phrases:
    """Groups of phrases in the language of `any_of`, each group known by its place.

    What is found of a group is what `any_of` of its phrases would find: the first place in the first sentence that has one,
    and there the phrase that stands first in the group.
    """

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        begins: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
        self._phrases = [[each for phrase in group for each in _choices(phrase)] for group in groups]
        for group, phrases in enumerate(self._phrases):
            for number, phrase in enumerate(phrases):
                for beginning in beginnings(phrase):
                    begins[beginning].add((group, number))
        # Of a word the longest beginning is looked up; shorter ones fit as well.
        shorter = {key: [key[:end] for end in range(len(key) + 1) if key[:end] in begins] for key in begins}
        self._tried = {key: sorted({each for part in parts for each in begins[part]}) for key, parts in shorter.items()}
        self._lengths = sorted({len(key) for key in begins}, reverse=True)
        self._made: dict[str, tuple[_Tried, ...]] = {}
        self._of_word = lru_cache(maxsize=1 << 13)(self._looked_up)

    def first(self, text: Sequence[Sentence]) -> dict[int, Found]:
        """What is found of each group, by its place, in the order of the groups."""
        found: dict[int, Found] = {}
        for sentence in text:
            at = 1
            for word in sentence.plain.split():
                for group, pattern in self._of_word(word[:_LETTERS]):
                    if group not in found and (match := pattern.match(sentence.plain, at)):
                        found[group] = sentence, match
                at += len(word) + 1
        return dict(sorted(found.items()))

    def _looked_up(self, begins: str) -> tuple[_Tried, ...]:
        """What is tried where a word stands that begins with these letters; it ends with them where they are fewer than _LETTERS."""
        written = begins + " "
        key = next((key for length in self._lengths if (key := written[:length]) in self._tried), None)
        return () if key is None else self._made.get(key) or self._made_ready(key)

    def _made_ready(self, key: str) -> tuple[_Tried, ...]:
        """The expressions that are tried: most are never needed, and none before a text has a word for them."""
        by_group: defaultdict[int, list[str]] = defaultdict(list)
        for group, number in self._tried[key]:
            by_group[group].append(self._phrases[group][number])
        self._made[key] = tuple((group, starting_with_any_of(*phrases)) for group, phrases in by_group.items())
        return self._made[key]


def _choices(phrase: str) -> list[str]:
    """The choices that a phrase gives at its outermost level."""
    choices, depth = [""], 0
    for sign in _SIGN.findall(phrase):
        depth += sign.startswith("(") - (sign == ")")
        if sign == "|" and not depth:
            choices.append("")
        else:
            choices[-1] += sign
    return choices


def beginnings(phrase: str) -> set[str]:
    """What a text has where one choice of a phrase begins, in its first letters: one of these."""
    said, rest = _alternatives(_first_word(_SIGN.findall(phrase)))
    if rest:
        raise ValueError(f"no phrase: {phrase!r}")
    return {_cut(each + " ") for each in said} if len(said) <= _MOST else {""}


def _first_word(signs: list[str]) -> list[str]:
    """The signs up to the first space that surely stands there, at the outermost level."""
    depth = 0
    for at, sign in enumerate(signs):
        depth += sign.startswith("(") - (sign == ")")
        if sign == " " and not depth and signs[at + 1 : at + 2] != ["?"]:
            return signs[: at + 1]
    return signs


def _cut(said: str) -> str:
    word = said.partition(_ANYTHING)[0][:_LETTERS]
    return word[: word.index(" ") + 1] if " " in word else word


def _alternatives(signs: list[str]) -> tuple[set[str], list[str]]:
    """All that may be said up to a closing bracket, in its first letters, and the signs from there on."""
    said, choice = set[str](), {""}
    while signs and signs[0] != ")":
        sign, *signs = signs
        if sign == "|":
            said, choice = said | choice, {""}
            continue
        one, signs = _one(sign, signs)
        if signs and signs[0] in "?*+":
            one = one | {""} if signs[0] == "?" else {each + _ANYTHING for each in one}
            signs = signs[1:]
        choice = {_within(before + after) for before, after in product(choice, one)}
    return said | choice, signs


def _one(sign: str, signs: list[str]) -> tuple[set[str], list[str]]:
    """What one part of a phrase may say."""
    if sign.startswith("("):
        inner, rest = _alternatives(signs)
        return (inner if sign == "(" else {""}), rest[1:]
    if sign.startswith("["):
        return _characters(sign[1:-1]), signs
    return {_ANYTHING if sign.startswith("\\") or sign in "~." else sign}, signs


def _characters(listed: str) -> set[str]:
    spans = re.findall(r"(.)-(.)|(.)", listed)
    return {chr(code) for first, last, one in spans for code in range(ord(first or one), ord(last or one) + 1)}


def _within(said: str) -> str:
    """As much as tells: up to the end of the first word, or to where anything may stand."""
    end = min((at + 1 for at in (said.find(" "), said.find(_ANYTHING)) if at >= 0), default=_LETTERS + 1)
    return said[: min(end, _LETTERS + 1)]
