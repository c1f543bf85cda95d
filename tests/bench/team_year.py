"""A team of five lives through a year of complaints: each is handled well, late or never, as dice with a fixed seed fall.

Everything but Slack is the bot's own; its clock is turned to whatever happens or falls due next.
"""

from __future__ import annotations

import heapq
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import func, select

from cases.acts.act import Act, ActionName
from cases.arrivals.feedback import Arriving
from cases.model import Customer, Feedback, Outcome, Rating, Status, Via, Way
from cases.policy.page import Policy
from cases.policy.working_time import calendar_of
from handlers.act import act
from handlers.digest.owe import owe_digest, remember_installation
from handlers.feedback.intake import arrived
from handlers.outbox.deliver import deliver
from handlers.reminders.sweep import sweep
from handlers.reply.write import write_drafts
from handlers.rights import pin_titles
from handlers.world import World
from store import cases, schema
from store import tables as t
from store.engine import Store, connect
from tests.bench.quiet_slack import Counting, Known, counting_slack

M, H, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FIRST = datetime(2026, 1, 5, 6, tzinfo=UTC)  # a Monday
LEAD = "ULEA00001"
OWNERS = ("UANA00001", "UBEN00001", "UCAR00001", "UDAN00001")
PEOPLE = dict(zip((*OWNERS, LEAD), ("Ana", "Ben", "Carla", "Dan", "Lea"), strict=True))
POLICY = Policy(lead="@lea", hours={"holidays": "DE"}, delivery={"per_channel": "0s"})  # type: ignore[arg-type]

Handling = Literal["well", "late", "never"]
SHARES: Mapping[Handling, int] = {"well": 75, "late": 20, "never": 5}
A_DAY = 4  # complaints, on average; at the weekend half as many
SAID = (
    *["My order never arrived."] * 18,
    *["The soup was cold and the lid was broken.", "The colour is wrong, I ordered blue."] * 6,
    *["I am really angry: this is the second time I ask, and nobody has answered me."] * 4,
    *["Twice charged, and no reply for a week. I want my money back and will never order again."] * 4,
    "There was glass in the soup and my child is in hospital.",
    "My lawyer will hear of this: the oven caught fire.",
)
AGAIN = "Still nothing! This is not acceptable."
KIND = "Thank you so much, all is well now!"


@dataclass(slots=True)
class Life:
    """One customer's case: how it is handled, and when it was contacted, written to again and closed, as far as it was."""

    handling: Handling
    number: int = 0
    contacts: list[datetime] = field(default_factory=list)
    waits_again: list[datetime] = field(default_factory=list)
    closed_at: datetime | None = None


class Year:
    """The simulation; `run` plays it, then `lives` and `slack` tell of it."""

    def __init__(self, folder: Path, days: int = 364, seed: int = 1, policy: Policy = POLICY) -> None:
        self.now, self.end = FIRST, FIRST + days * DAY
        self.dice, self.calendar = random.Random(seed), calendar_of(policy)
        self.lives: list[Life] = []
        self.world, self.slack = _world(folder, lambda: self.now, policy)
        self._events: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()

    def run(self) -> None:
        """Plays the whole time."""
        pin_titles(self.world)
        remember_installation(self.world)
        for at in self._arrivals():
            self._at(at, self._complaint)
        while self.now < self.end:
            self._turn_clock()
            while self._events and self._events[0][0] <= self.now:
                heapq.heappop(self._events)[2]()
            self._settle()

    def close(self) -> None:
        self.world.store.close()

    # The clock

    def _turn_clock(self) -> None:
        """To whatever is next: something happens, a reminder is due, the day's digest."""
        looks = self.world.store.read(lambda tx: tx.execute(select(func.min(t.cases.c.next_nudge_at))).scalar_one())
        today = self.calendar.local_date(self.now)
        digests = (self.calendar.at_local(day, self.world.policy.digest.at) for day in (today, today + DAY))
        events = (at for at, *_ in self._events[:1])
        later = [at for at in (looks, *digests) if at and at > self.now]
        self.now = max(self.now, min([*later, *events]))

    def _settle(self) -> None:
        while sum(int(step(self.world)) for step in (sweep, owe_digest, write_drafts, deliver)):
            pass

    def _at(self, at: datetime, what: Callable[[], None]) -> None:
        heapq.heappush(self._events, (max(at, self.now).replace(microsecond=0), next(self._order), what))

    def _in(self, low: timedelta, high: timedelta, what: Callable[[], None]) -> None:
        """After some working time, as the dice fall."""
        length = low + self.dice.random() * (high - low)
        self._at(self.calendar.add(self.calendar.next_open(self.now), length), what)

    # Customers

    def _arrivals(self) -> Iterator[datetime]:
        """At any hour, most of them by day."""
        day = FIRST.replace(hour=0)
        while day < self.end:
            share = 0.5 if day.weekday() >= 5 else 1
            for _ in range(self.dice.choices(range(9), [_poisson(n, A_DAY * share) for n in range(9)])[0]):
                at = day + self.dice.triangular(0, 24, 13) * H
                if FIRST < at < self.end - DAY:
                    yield at
            day += DAY

    def _complaint(self) -> None:
        life = Life(self.dice.choices(list(SHARES), list(SHARES.values()))[0])
        self.lives.append(life)
        name = f"Customer {len(self.lives)}"
        self._says(life, name, self.dice.choice(SAID), rating=self.dice.choice([None, 1, 2]))
        if life.number and self._case(life).status is Status.UNCLAIMED:
            HANDLE[life.handling](self, life, name)

    def _says(self, life: Life, name: str, comment: str, rating: float | None = None) -> None:
        said = Feedback(
            external_id=f"{name}-{next(self._order)}",
            source="form",
            customer=Customer(name=name, email=f"{name.replace(' ', '.').lower()}@example.org"),
            comment=comment,
            rating=Rating(rating, 5) if rating else None,
            occurred_at=self.now,
        )
        was = self._case(life).status if life.number else None
        number = arrived(self.world, Arriving(said)).case
        if number not in (None, life.number) and life.number:  # after the end: a case of its own
            again = Life("well", number or 0)
            self.lives.append(again)
            HANDLE["well"](self, again, name)
            return
        life.number = number or life.number
        if was is Status.CONTACTED and self._case(life).status is Status.CLAIMED:
            life.waits_again.append(self.now)
            self._in(10 * M, 40 * M, lambda: self._contacts(life, self.dice.choice(OWNERS)))

    def _case(self, life: Life) -> Any:
        return self.world.store.read(lambda tx: cases.load(tx, life.number))

    # Colleagues

    def _does(self, life: Life, person: str, action: ActionName, **words: Any) -> None:
        act(self.world, life.number, Act(action, person, Via.BUTTON, **words))

    def _contacts(self, life: Life, person: str) -> None:
        if self._case(life).status in (Status.UNCLAIMED, Status.CLAIMED):
            owner = self._case(life).owner or person
            self._does(life, owner, ActionName.CONTACTED, way=Way.PHONE, text="spoke with them")
            life.contacts.append(self.now)

    def _closes(self, life: Life, person: str) -> None:
        case = self._case(life)
        if case.status is Status.CONTACTED:
            self._does(life, case.owner or person, ActionName.CLOSE, outcome=Outcome.SATISFIED)
            life.closed_at = self.now
        elif case.status is not Status.CLOSED:
            self._in(2 * H, 5 * H, lambda: self._closes(life, person))

    def _keeps(self, life: Life, person: str) -> None:
        """Before the day's end, as colleagues do who are asked whether it was kept; a bot that does not ask is told nothing."""
        for kept in (name for name in ActionName if name == "kept"):
            self._does(life, person, kept)

    def ends(self, life: Life, name: str, person: str) -> None:
        """After contact: a promise, kept in time, for some; a kind or an angry word from some; then it is closed."""
        chance = self.dice.random()
        if chance < 0.25:
            until = self.calendar.add(self.calendar.next_open(self.now), 12 * H)
            self._in(1 * M, 5 * M, lambda: self._does(life, person, ActionName.PROMISE, text="a new one", until=until))
            self._in(4 * H, 6 * H, lambda: self._keeps(life, person))
        if chance > 0.9:
            self._in(2 * H, 8 * H, lambda: self._says(life, name, AGAIN))
        elif chance > 0.5:
            self._in(2 * H, 12 * H, lambda: self._says(life, name, KIND))
        self._in(6 * H, 9 * H, lambda: self._closes(life, person))

    def handled(
        self, life: Life, name: str, claim: tuple[timedelta, timedelta], contact: tuple[timedelta, timedelta]
    ) -> None:
        """Somebody claims it in time or not, and calls so much later; who is asked meanwhile whether they are on it says so."""
        person = self.dice.choice(OWNERS)

        def claims() -> None:
            self._does(life, person, ActionName.CLAIM)
            self._in(*contact, reaches)

        def reaches() -> None:
            self._contacts(life, person)
            self.ends(life, name, person)

        self._in(*claim, claims)

    def forgotten(self, life: Life, name: str) -> None:
        """Nobody looks at it, or somebody takes it and forgets; after days the lead ends it."""
        person = self.dice.choice(OWNERS)
        if self.dice.random() < 0.5:
            self._in(2 * M, 20 * M, lambda: self._does(life, person, ActionName.CLAIM))
        self._in(27 * H, 45 * H, lambda: self._does(life, LEAD, ActionName.DISMISS))


HANDLE: Mapping[Handling, Callable[[Year, Life, str], None]] = {
    "well": lambda year, life, name: year.handled(life, name, (1 * M, 8 * M), (3 * M, 20 * M)),
    "late": lambda year, life, name: year.handled(life, name, (15 * M, 90 * M), (45 * M, 5 * H)),
    "never": lambda year, life, name: year.forgotten(life, name),
}


def _poisson(n: int, mean: float) -> float:
    weight = 1.0
    for each in range(1, n + 1):
        weight *= mean / each
    return weight


def _world(folder: Path, now: Callable[[], datetime], policy: Policy) -> tuple[World, Counting]:
    engine = connect(f"sqlite:///{folder / 'year.db'}")
    schema.migrate(engine)
    slack, counting = counting_slack(now)
    return World(
        store=Store(engine), policy=policy, now=now, slack=slack, directory=Known(slack, now, PEOPLE)
    ), counting


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder in memory where there is one: a year is written to it."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)
