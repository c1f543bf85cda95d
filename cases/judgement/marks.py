"""Ratings on common ground: what a number on some scale says of the customer's mood."""

from __future__ import annotations

from enum import Enum

from cases.model import Rating


class Mark(Enum):
    """A rating, whatever its scale."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    UNKNOWN = "unknown"
    NONE = "none"


def marked(rating: Rating | None) -> Mark:
    """A rating on common ground.

    Scales of 1 and 2 are thumbs (0 of 1 and 1 of 2 are down). 10 is read as NPS: 0 to 6 detractors, 7 and 8 passive, 9
    and 10 promoters. All others by share: up to 45 % low, up to 65 % middle, so that 1 and 2 of 5 are low and 3 is
    middle. A value outside its scale, or no number at all, tells nothing; of how many steps nobody knows, it may be any.
    """
    if rating is not None and rating.scale is None:
        return Mark.UNKNOWN
    if rating is None or rating.scale is None or not rating.scale > 0 or not 0 <= rating.value <= rating.scale:
        return Mark.NONE
    if rating.scale <= 2:
        return Mark.LOW if rating.value <= rating.scale / 2 else Mark.HIGH
    if rating.scale == 10:
        return Mark.LOW if rating.value <= 6 else Mark.MIDDLE if rating.value < 8 else Mark.HIGH
    share = rating.value / rating.scale
    return Mark.LOW if share <= 0.45 else Mark.MIDDLE if share <= 0.65 else Mark.HIGH
