"""What colleagues have told the bot about themselves: being away, wanting quiet, and how they like to be reminded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from cases.acts.act import NotAllowed
from cases.acts.refusals import RefusalName

LONGEST_QUIET = timedelta(days=3)
"""In wall time. Whoever needs longer is away: then the cases need another owner, too."""


class Filter(StrEnum):
    """Which of the team's open cases somebody looks at: all, those nobody holds, those past a clock or a promise,
    those that wait for the customer or for a promise to be kept, those where very much is at stake."""

    ALL = "all"
    UNCLAIMED = "unclaimed"
    OVERDUE = "overdue"
    CONTACTED = "contacted"
    CRITICAL = "critical"


FILTERS: Mapping[str, Filter] = {
    **dict.fromkeys(("all", "open", "everything"), Filter.ALL),
    **dict.fromkeys(("unclaimed", "free", "unowned", "without owner"), Filter.UNCLAIMED),
    **dict.fromkeys(("overdue", "late"), Filter.OVERDUE),
    **dict.fromkeys(("critical", "urgent"), Filter.CRITICAL),
    **dict.fromkeys(("contacted", "promised"), Filter.CONTACTED),
}
"""Each by the words that may be said for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One colleague's wishes; `Person(id=…)` is somebody who has never said anything.

    `away_until`: holds no cases and is sent nothing until then. `quiet_until`: keeps their cases, but what would be
    sent to them directly goes to whoever is next. `in_thread`: reminders stand in the case's thread rather than in a
    direct message. `early`: reminders ahead of a deadline are wanted. `home_filter` (a Filter's value) and `home_page`
    (from 0) are what their Home tab shows.
    """

    id: str
    away_until: datetime | None = None
    quiet_until: datetime | None = None
    in_thread: bool = False
    early: bool = True
    home_filter: str = "all"
    home_page: int = 0

    def is_away(self, now: datetime) -> bool:
        """Whether they are away at `now`."""
        return self.away_until is not None and now < self.away_until

    def is_quiet(self, now: datetime) -> bool:
        """Whether they asked for quiet at `now`."""
        return self.quiet_until is not None and now < self.quiet_until


def away(person: Person, until: datetime | None, now: datetime) -> Person | NotAllowed:
    """Somebody who is away from `now` on; NotAllowed where no time is named that is still to come."""
    refusal = _unusable(until, now, "away_until_when")
    return refusal or replace(person, away_until=until, quiet_until=None)


def quiet(person: Person, until: datetime | None, now: datetime) -> Person | NotAllowed:
    """Somebody who wants no reminders of their own until then, for LONGEST_QUIET at most."""
    if refusal := _unusable(until, now, "quiet_until_when"):
        return refusal
    if until is not None and until > now + LONGEST_QUIET:
        return NotAllowed("quiet_too_long", {"at": now + LONGEST_QUIET})
    return replace(person, quiet_until=until)


def _unusable(until: datetime | None, now: datetime, missing: RefusalName) -> NotAllowed | None:
    if until is None:
        return NotAllowed(missing)
    return NotAllowed("in_the_past", {"at": until}) if until <= now else None
