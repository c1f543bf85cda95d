"""What the complaints of a week were about: the matters that triage found most often."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cases.spoken.matters import MATTERS

SHOWN = 3
EXAMPLES = 3

_WHAT_HAPPENED = frozenset(matter.code for matter in MATTERS)


@dataclass(frozen=True, slots=True)
class Theme:
    """A triage reason's code, how many cases had it, and the numbers of the latest few of them, newest first."""

    code: str
    count: int
    examples: tuple[int, ...]


def themes(reasons: Iterable[tuple[int, Sequence[str]]]) -> tuple[Theme, ...]:
    """What most cases were about, from (case number, codes of its reasons). What befell one customer only is no theme."""
    numbers: dict[str, list[int]] = {}
    for number, codes in reasons:
        for code in set(codes) & _WHAT_HAPPENED:
            numbers.setdefault(code, []).append(number)
    often = sorted(((code, found) for code, found in numbers.items() if len(found) > 1), key=_most_first)
    return tuple(Theme(code, len(found), tuple(sorted(found)[: -EXAMPLES - 1 : -1])) for code, found in often[:SHOWN])


def _most_first(theme: tuple[str, list[int]]) -> tuple[int, str]:
    return -len(theme[1]), theme[0]
