"""How people are assumed to act in a replay: who takes a case and when; no dice, so that it is the same each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import log
from zlib import crc32

from cases.acts.act import ActionName
from cases.model import Feedback

MOST = 50  # colleagues; more do not answer complaints in one channel
SLOWEST = 8.0  # times as long as half of the cases take
_PLACES = 1 << 32


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A team of so many, who take cases in turn. Half of the cases are claimed within `claims_after` of working time, and
    contacted within `contacts_after` of being claimed; nine in ten within 3.3 times as long, however much there is to do.

    What an owner is asked is answered at once: they are still on it, or, asked how it ended, close the case.
    """

    team: int = 6
    claims_after: timedelta = timedelta(minutes=20)
    contacts_after: timedelta = timedelta(minutes=45)

    def named(self) -> tuple[str, ...]:
        """What they are called."""
        return tuple(f"colleague {number}" for number in range(1, self.team + 1))

    def takes(self, action: ActionName, about: Feedback, again: int) -> timedelta:
        """Working time until somebody claims or contacts, in whole seconds; it hangs on the feedback alone, so that two
        policies see the same people. `again`: how often they had to before, of this case.
        """
        half = self.claims_after if action is ActionName.CLAIM else self.contacts_after
        seconds = half.total_seconds() * slowness(f"{about.source}\n{about.external_id}\n{action}\n{again}")
        return timedelta(seconds=round(seconds))


def slowness(of: str) -> float:
    """A share of the usual time, the same for the same words: half of all are below 1, nine in ten below 3.3."""
    chance = crc32(of.encode("utf-8", "replace")) / _PLACES
    return min(SLOWEST, -log(1 - chance) / log(2))
