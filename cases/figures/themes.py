"""What the complaints of a week were about: the reasons that triage found most often."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SHOWN = 3
EXAMPLES = 3

# Reasons that say how somebody sounds, how grave it is or what they may do next, and not what happened to them.
_NOT_WHAT_HAPPENED = frozenset(
    {
        "rating_low",
        "rating_middle",
        "scale_unknown",
        "own_mark",
        "sentiment",
        "unhappy_face",
        "mixed",
        "contrast",
        "sarcasm",
    }
    | {"complaint", "problem", "disappointed", "unacceptable", "sub_par", "distress", "no_words", "language"}
    | {"churn", "review", "public", "press", "legal", "police", "manager", "repeat", "did_to_us", "denial"}
    | {"promise_broken", "waited_before", "occasion", "vulnerable", "high_stakes", "critical_stakes"}
)


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
        for code in set(codes) - _NOT_WHAT_HAPPENED:
            numbers.setdefault(code, []).append(number)
    often = sorted(((code, found) for code, found in numbers.items() if len(found) > 1), key=_most_first)
    return tuple(Theme(code, len(found), tuple(sorted(found)[: -EXAMPLES - 1 : -1])) for code, found in often[:SHOWN])


def _most_first(theme: tuple[str, list[int]]) -> tuple[int, str]:
    return -len(theme[1]), theme[0]
