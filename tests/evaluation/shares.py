"""Shares, with what chance leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt


def share(told: Sequence[bool]) -> str:
    """How many of them, as "0.86 (0.82–0.89) of 395"; a dash where there are none."""
    if not told:
        return "–"
    low, high = interval(sum(told), len(told))
    return f"{sum(told) / len(told):.2f} ({low:.2f}–{high:.2f}) of {len(told)}"


def interval(part: int, whole: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval of a share: 95 in a hundred such intervals hold the true one."""
    share, spread = part / whole, z * z / whole
    middle, half = share + spread / 2, z * sqrt(share * (1 - share) / whole + spread / 4 / whole)
    return max(0.0, middle - half) / (1 + spread), (middle + half) / (1 + spread)
