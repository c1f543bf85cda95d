"""Deliveries: what became of the requests at a door, how often and when, and whether somebody who should come in cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias


class Outcome(StrEnum):
    """What became of a request at a door, before anything in it was read."""

    RECEIVED = "received"
    UNSIGNED = "unsigned"  # it showed neither a signature nor a token
    FORGED = "forged"  # it showed a signature, and of something else
    UNTIMELY = "untimely"  # the signature fits, and is of another time
    UNKNOWN = "unknown"  # it showed a token that opens nothing


@dataclass(frozen=True, slots=True)
class Seen:
    """How often something became of requests, when first and when last."""

    count: int
    since: datetime
    last_at: datetime

    def __add__(self, more: Seen) -> Seen:
        """The two together; after a week without any, counting begins anew."""
        if more.since - self.last_at > _FORGOTTEN_AFTER:
            return more
        return Seen(self.count + more.count, min(self.since, more.since), max(self.last_at, more.last_at))


Deliveries: TypeAlias = Mapping[Outcome, Seen]  # of one door

_FORGOTTEN_AFTER = timedelta(days=7)
_QUIET = timedelta(hours=1)  # without a delivery that was received: then somebody may be shut out


def together(before: Deliveries, more: Deliveries) -> dict[Outcome, Seen]:
    """All that a door has seen."""
    added = {outcome: before[outcome] + seen if outcome in before else seen for outcome, seen in more.items()}
    return {**before, **added}


def refused(seen: Deliveries, now: datetime) -> dict[Outcome, Seen]:
    """What was refused in the last week, the latest first."""
    found = {
        outcome: each
        for outcome, each in seen.items()
        if outcome is not Outcome.RECEIVED and now - each.last_at <= _FORGOTTEN_AFTER
    }
    return dict(sorted(found.items(), key=lambda item: item[1].last_at, reverse=True))


def is_shut_out(before: Deliveries, more: Deliveries) -> bool:
    """Whether a door that now refuses has refused before, and received nothing between or for an hour: a secret may have changed.

    While deliveries are received nobody is told of the others: strangers may knock as often as they like.
    """
    now = max((each.last_at for outcome, each in more.items() if outcome is not Outcome.RECEIVED), default=None)
    if now is None or Outcome.RECEIVED in more:
        return False
    received = before.get(Outcome.RECEIVED)
    knocked = max((each.last_at for each in refused(before, now).values()), default=None)
    if knocked is None:
        return False
    return received is None or (now - received.last_at >= _QUIET and knocked > received.last_at)


def as_json(seen: Deliveries) -> dict[str, list[Any]]:
    """What is kept of it."""
    return {outcome: [each.count, each.since.isoformat(), each.last_at.isoformat()] for outcome, each in seen.items()}


def of_json(kept: Mapping[str, Sequence[Any]]) -> dict[Outcome, Seen]:
    """The same, read back."""
    return {
        Outcome(outcome): Seen(count, datetime.fromisoformat(since), datetime.fromisoformat(last_at))
        for outcome, (count, since, last_at) in kept.items()
    }
