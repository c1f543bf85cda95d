"""What colleagues have told the bot about themselves: being away, wanting quiet, and how they like to be reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One colleague's wishes; `Person(id=…)` is somebody who has never said anything.

    `away_until`: holds no cases and is sent nothing until then. `quiet_until`: keeps their cases, but what would be
    sent to them directly goes to whoever is next. `in_thread`: reminders stand in the case's thread rather than in a
    direct message. `early`: reminders ahead of a deadline are wanted. `home_filter` and `home_page` are what their
    Home tab shows.
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
