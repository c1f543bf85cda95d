"""The noise budget: how often Amends speaks in a simulated year, for a case's life and for a person's day.

python -m tests.bench.noise         plays a year in minutes, prints the table and writes it into docs/noise.md
python -m tests.bench.noise --short three weeks, in seconds; writes nothing
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from sqlalchemy import select

from cases.occasions import When
from store import tables as t
from tests.bench.__main__ import DOCS, written
from tests.bench.figures import table
from tests.bench.quiet_slack import CARE
from tests.bench.team_year import DAY, LEAD, OWNERS, SHARES, Handling, Life, Year, scratch

# What is asked of whoever has made contact: it is due by the calendar, and no alarm.
AFTER_CONTACT = frozenset(
    {When.PROMISED.value, "look_back", "answered", "still_waiting", When.CHANGE.value, When.LESSON.value}
)
HEADS = ["", "median", "p95", "most", "of how many"]


@dataclass(frozen=True)
class Share:
    """All that was counted of one thing, as a row: what, median, nine in ten (p95), the most, and how many there were."""

    what: str
    counted: Sequence[int]

    def at(self, share: float) -> int:
        """What so large a share stays within."""
        ordered = sorted(self.counted)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0

    def cells(self) -> list[str]:
        """The row of the table."""
        return [
            self.what,
            *(f"{n}" for n in (self.at(0.5), self.at(0.95), max(self.counted, default=0))),
            f"{len(self.counted):,}",
        ]


class Noise:
    """What a year's posts come to. A message that is edited rings no bell, and counts once."""

    def __init__(self, year: Year) -> None:
        self.posted, self.lives = year.slack.posted, [life for life in year.lives if life.number]
        self.calendar = year.calendar
        self.days = [day for day in _dates(year) if self.calendar.is_working_day(day)]
        with year.world.store.engine.connect() as tx:
            self.reminders = tx.execute(
                select(t.nudges.c.case_number, t.nudges.c.told, t.nudges.c.at, t.nudges.c.when)
            ).all()

    def in_channel(self, handling: Handling, *, replies: bool = False) -> list[int]:
        """Posts that the channel sees for each case handled so: its card, and what is said aloud. `replies`: in its thread."""
        wanted = (p for p in self.posted if p.channel == CARE and p.whispered_to is None and p.case is not None)
        counted = Counter(p.case for p in wanted if (p.in_thread and not p.broadcast) is replies)
        return [counted[life.number] for life in self._of(handling)]

    def aloud(self, handling: Handling) -> list[int]:
        """Of these, what a customer who came back, or a case that nobody took, made the bot say in the channel."""
        counted = Counter(p.case for p in self.posted if p.broadcast)
        return [counted[life.number] for life in self._of(handling)]

    def direct(self, handling: Handling) -> list[int]:
        """Direct reminders that name each case handled so."""
        counted = Counter(row.case_number for row in self.reminders if not row.told.startswith(("thread", "channel")))
        return [counted[life.number] for life in self._of(handling)]

    def a_day(self, people: Iterable[str]) -> list[int]:
        """Direct messages to each of them on each working day, quiet days included."""
        counted = Counter((p.channel, self.calendar.local_date(p.at)) for p in self.posted if p.channel.startswith("D"))
        return [counted[f"D{person}", day] for person in people for day in self.days]

    def after_contact(self) -> int:
        """Reminders of a customer who had been contacted, and had not written since."""
        by_number = {life.number: life for life in self.lives}
        return sum(
            row.case_number in by_number and _rested(by_number[row.case_number], row.at)
            for row in self.reminders
            if row.when not in AFTER_CONTACT
        )

    def _of(self, handling: Handling) -> list[Life]:
        return [life for life in self.lives if life.handling == handling]

    def shares(self) -> list[Share]:
        """The rows of the table."""
        kinds: Sequence[Handling] = get_args(Handling)
        return [
            *(Share(f"posts in the channel, a case handled {each}", self.in_channel(each)) for each in kinds),
            *(
                Share(f"replies in its thread, a case handled {each}", self.in_channel(each, replies=True))
                for each in kinds
            ),
            *(Share(f"direct reminders that name it, a case handled {each}", self.direct(each)) for each in kinds),
            Share("direct messages to one of four owners on a working day", self.a_day(OWNERS)),
            Share("direct messages to the lead on a working day", self.a_day([LEAD])),
        ]

    def told(self) -> str:
        """The table, and the two figures that are one number."""
        shares = table(HEADS, [share.cells() for share in self.shares()])
        handled = ", ".join(f"{share} in 100 {each}" for each, share in SHARES.items())
        return (
            f"{len(self.lives):,} cases ({handled}) on {len(self.days)} working days, four owners and a lead.\n\n{shares}\n\n"
            f"Reminders after contact, save of a promise or to look back: {self.after_contact()}."
        )


def _rested(life: Life, at: object) -> bool:
    """Whether the customer had been contacted by then, and not written since."""
    contacts = [each for each in life.contacts if each < at]  # type: ignore[operator]
    waits = [each for each in life.waits_again if each <= at]  # type: ignore[operator]
    return bool(contacts) and (not waits or waits[-1] < contacts[-1])


def _dates(year: Year) -> list[date]:
    first, last = year.calendar.local_date(year.now), year.calendar.local_date(year.end)
    first = min(year.calendar.local_date(p.at) for p in year.slack.posted) if year.slack.posted else first
    return [first + n * DAY for n in range((last - first).days)]


def measured(days: int, seed: int = 1) -> Noise:
    """The noise of so many days."""
    with scratch() as folder:
        year = Year(Path(folder), days, seed)
        year.run()
        noise = Noise(year)
        year.close()
    return noise


def main() -> None:
    """Plays, prints, and writes the page."""
    short = "--short" in sys.argv
    said = measured(21 if short else 364).told()
    print(said)
    if not short:
        written(DOCS / "noise.md", said)


if __name__ == "__main__":
    main()
