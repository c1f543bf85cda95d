"""What became of the letters that came in of late, by the door they came through: counted, so that none is passed over unseen.

Of a letter nothing is kept but its Message-ID, by which mail programs find it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from cases.arrivals.deliveries import Seen
from cases.letters.machine import Mark


class Taken(StrEnum):
    """As what a letter was taken that some person wrote; the others have their `Mark`."""

    FEEDBACK = "feedback"
    JOINED = "joined"
    COPY = "copy"
    OWN = "own"
    RETURNED = "returned"


Kind = Taken | Mark


@dataclass(frozen=True, slots=True)
class Lot:
    """Letters of one kind: how many, since when, and the Message-ID of the last."""

    seen: Seen
    last: str

    def __add__(self, more: Lot) -> Lot:
        """The two together; after a week without any, counting begins anew."""
        return Lot(self.seen + more.seen, more.last)


Tally = Mapping[Kind, Lot]


def with_one(tally: Tally, kind: Kind, name: str, now: datetime) -> dict[Kind, Lot]:
    """The tally with one letter more."""
    one = Lot(Seen(1, now, now), name)
    return {**tally, kind: tally[kind] + one if kind in tally else one}


def passed_over(tally: Tally) -> Iterator[tuple[Mark, Lot]]:
    """Letters that no person wrote, as far as their marks tell; the most first."""
    marked = [(kind, lot) for kind, lot in tally.items() if isinstance(kind, Mark)]
    yield from sorted(marked, key=lambda each: -each[1].seen.count)


def as_json(tally: Tally) -> dict[str, list[Any]]:
    """What is kept of it."""
    return {
        kind: [lot.seen.count, lot.seen.since.isoformat(), lot.seen.last_at.isoformat(), lot.last]
        for kind, lot in tally.items()
    }


def of_json(kept: Mapping[str, Any]) -> dict[Kind, Lot]:
    """The same, read back."""
    return {
        _kind(kind): Lot(Seen(count, datetime.fromisoformat(since), datetime.fromisoformat(last_at)), last)
        for kind, (count, since, last_at, last) in kept.items()
    }


def _kind(name: str) -> Kind:
    return Mark(name) if name in set(Mark) else Taken(name)
