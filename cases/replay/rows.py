"""The rows of a file as a replay takes them: in the order in which they were said, each heard at that instant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, tzinfo

from cases.arrivals.columns import Refused, Row
from cases.arrivals.feedback import Arriving


@dataclass(frozen=True, slots=True)
class Said:
    """What is played, and what is not: rows `without_time`, and those that were `refused`.

    `ahead` of the rows claim to be from the future, and are taken as said now; of `by_day` only the day is known, so they
    count from its midnight.
    """

    arriving: Sequence[Arriving]
    refused: Sequence[Refused] = ()
    without_time: int = 0
    ahead: int = 0
    by_day: int = 0

    @property
    def rows(self) -> int:
        """All there are."""
        return len(self.arriving) + len(self.refused) + self.without_time

    @property
    def first_at(self) -> datetime:
        """When the first of what is played is heard."""
        return heard(self.arriving[0])

    @property
    def last_at(self) -> datetime:
        """When the last of it is."""
        return heard(self.arriving[-1])


def in_order(rows: Iterable[Row], zone: tzinfo, now: datetime) -> Said:
    """The rows in the order of their times; those of one instant in that of the file. `zone` is where the days are."""
    arriving: list[Arriving] = []
    refused: list[Refused] = []
    without_time = ahead = by_day = 0
    for row in rows:
        if isinstance(row, Refused):
            refused.append(row)
            continue
        at = row.arriving.feedback.occurred_at or row.arriving.said_at
        if at is None:
            without_time += 1
            continue
        ahead += at > now
        by_day += at.astimezone(zone).time() == time.min
        arriving.append(replace(row.arriving, heard_at=min(at, now)))
    arriving.sort(key=heard)
    return Said(arriving, refused, without_time, ahead, by_day)


def heard(one: Arriving) -> datetime:
    """When it is heard: a replay knows that of all there is."""
    assert one.heard_at is not None
    return one.heard_at
