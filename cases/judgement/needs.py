"""Which words a pattern cannot match without, read off its regular expression, so that most patterns need no trying.

The strings that a part of an expression may stand for are listed, with `*` for "anything at all"; where they are too
many, or not known, the part stands for `*`. Every doubt goes that way: a need is named only where no match can do
without it.
"""

from __future__ import annotations

import re
from collections import deque
from typing import NoReturn

ANY = "*"
MOST = 600  # strings listed for one part of an expression
_TOKEN = re.compile(
    r"""\(\?<?[=!] | \(\?: | [()|]        # groups, some of which only look around
      | \[\^?.[^\]]*\] | \\. | [.^$]        # one of several characters, or a place
      | [?*+] | \{\d+(?:,\d*)?\}            # how often
      | [^][()|\\.^$?*+{]+(?![?*+{])        # words and spaces as they stand
      | .""",
    re.VERBOSE | re.DOTALL,
)
_TIMES = re.compile(r"[?*+]|\{(\d+)(,?)(\d*)\}")
_END = ""
_BOUNDLESS = 9

Strings = frozenset[str]
_NOTHING: Strings = frozenset([""])
_ANYTHING: Strings = frozenset([ANY])


def needs(source: str) -> tuple[frozenset[str], ...]:
    """What a text must hold for the expression `source` to match whole words of it, the rarest need first.

    A need is met when any one of its words stands in the text between spaces ("arriv*": any word that begins so). All
    needs must be met; there are none where nothing is certain. ValueError: `source` uses a part of the language of
    expressions that cues have no use for.
    """
    choices = _Reader(source).whole()
    stretches = choices[0] if len(choices) == 1 else [_any_of(choices)]
    return tuple(sorted({need for stretch in stretches if (need := _need(stretch))}, key=_frequency))


def _need(stretch: Strings) -> frozenset[str]:
    """Words of which every string has one, long ones as they are likely rare; empty when some string has none for sure."""
    words: set[str] = set()
    for certain in sorted(map(_certain_words, stretch), key=lambda certain: (len(certain), certain)):
        if words.isdisjoint(certain):
            words.add(max(certain, key=len, default=""))
    return frozenset() if "" in words else frozenset(words)


def _certain_words(string: str) -> list[str]:
    return [word for word in string.split(" ") if word not in ("", ANY) and ANY not in word[:-1]]


def _frequency(need: frozenset[str]) -> tuple[float, list[str]]:
    """How often a need is likely met, on no scale: short words are common. The words settle ties the same way each time."""
    return sum(0.5 ** len(word.rstrip(ANY)) for word in need), sorted(need)


class _Reader:
    """Reads an expression from left to right and turns each part into the strings it may stand for."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = deque([*_TOKEN.findall(source), _END])

    def whole(self) -> list[list[Strings]]:
        """The choices the expression gives, each in stretches."""
        choices = self._choices()
        return choices if self._tokens[0] == _END else self._give_up()

    def _choices(self) -> list[list[Strings]]:
        choices = [self._sequence()]
        while self._tokens[0] == "|":
            self._tokens.popleft()
            choices.append(self._sequence())
        return choices

    def _sequence(self) -> list[Strings]:
        """What follows one another, in stretches: exactly one space stands between two of them in every match."""
        stretches = [_NOTHING]
        while self._tokens[0] not in (_END, "|", ")"):
            first, *later = self._part(self._tokens.popleft())
            stretches[-1] = _product(stretches[-1], first)
            stretches += later
        return stretches

    def _part(self, token: str) -> list[Strings]:
        if token[0] in "{?*+":
            return self._give_up()
        if token[0] == "(":
            return [self._repeated(self._group(token))]
        if token[0] in ".^$\\[":
            return [self._repeated(_character(token))]
        if _TIMES.fullmatch(self._tokens[0]):
            return [self._repeated(frozenset([token]))]
        return [frozenset([word]) for word in token.split(" ")]

    def _group(self, opening: str) -> Strings:
        choices = self._choices()
        if self._tokens.popleft() != ")":
            return self._give_up()
        return _any_of(choices) if opening in ("(", "(?:") else _NOTHING

    def _repeated(self, once: Strings) -> Strings:
        times = _TIMES.fullmatch(self._tokens[0])
        if not times:
            return once
        self._tokens.popleft()
        least, most = _least_and_most(times)
        strings = once | _product(_product(once, _ANYTHING), once) if most > 1 else once
        return _bounded(strings if least else strings | _NOTHING)

    def _give_up(self) -> NoReturn:
        raise ValueError(f"no expression for a cue: {self._source!r}")


def _least_and_most(times: re.Match[str]) -> tuple[int, int]:
    if times.group() in "?*+":
        return times.group() == "+", 1 if times.group() == "?" else _BOUNDLESS
    least, comma, most = times.groups()
    return int(least), int(most or (_BOUNDLESS if comma else least))


def _character(token: str) -> Strings:
    """The characters of a class such as [sz] or [0-9], or the one that is escaped; anything for all other signs."""
    if token[0] == "\\":
        return _ANYTHING if token[1].isalnum() else frozenset(token[1])
    inside = token[1:-1]
    if token[0] != "[" or inside[0] == "^" or "\\" in inside:
        return _ANYTHING
    spans = re.findall(r"(.)-(.)|(.)", inside)
    return frozenset(chr(code) for first, last, one in spans for code in range(ord(first or one), ord(last or one) + 1))


def _any_of(choices: list[list[Strings]]) -> Strings:
    return _bounded(frozenset().union(*(_joined(stretches) for stretches in choices)))


def _joined(stretches: list[Strings]) -> Strings:
    strings, *later = stretches
    for stretch in later:
        strings = _product(_product(strings, frozenset(" ")), stretch)
    return strings


def _product(left: Strings, right: Strings) -> Strings:
    """Every string of `left` followed by every one of `right`."""
    if left == _NOTHING or right == _NOTHING:
        return right if left == _NOTHING else left
    if len(left) * len(right) > MOST:
        return _ANYTHING
    return frozenset((one + other).replace(ANY + ANY, ANY) for one in left for other in right)


def _bounded(strings: Strings) -> Strings:
    return _ANYTHING if ANY in strings or len(strings) > MOST else strings
