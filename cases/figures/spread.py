"""How long things took: the middle of many lengths of time, and how long nine in ten of them took at most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from cases.policy.working_time import NOTHING


@dataclass(frozen=True, slots=True)
class Spread:
    """`median` is the middle, between the two middle ones where their count is even; nine in ten took at most `ninetieth`."""

    median: timedelta
    ninetieth: timedelta


def spread_of(lengths: Iterable[timedelta]) -> Spread | None:
    """The spread of some lengths, None of none; a contact told of after the fact counts as no wait at all.

    The 90th percentile is that of the nearest rank: always a length that really occurred.
    """
    known = sorted(max(length, NOTHING) for length in lengths)
    if not known:
        return None
    count = len(known)
    middle = (known[(count - 1) // 2] + known[count // 2]) / 2
    return Spread(middle, known[(9 * count + 9) // 10 - 1])
