"""kill -9 between any two steps: after a restart every message stands in Slack exactly once, and nothing is lost."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from sandbox.lines.requests import EVENT
from sandbox.people.colleague import Colleague
from sandbox.workspace import Message
from store import tables as t
from store.engine import Tx
from tests.processes.harness import House, about, migrate, until
from tests.processes.killing import Mortal, lost, owed, posted, shown_twice, tell

POST, EDIT = "chat.postMessage", "chat.update"


@pytest.fixture
def installed(build: Callable[..., House]) -> House:
    """A house whose bot has been there since yesterday, so that today's digest is owed."""
    house = build(contact="1s")
    migrate(house.database_url, installed=timedelta(days=1))
    return house


def assert_told_once(house: House) -> None:
    assert shown_twice(house) == []
    assert lost(house) == []
    said = posted(house)
    assert {kind: said[kind] for kind in ("card", "draft", "digest", "nudge")} == {
        "card": 1,
        "draft": 1,
        "digest": 1,
        "nudge": 1,
    }
    claims = select(func.count()).where(t.timeline.c.action == "claim")
    assert house.asks(lambda tx: tx.execute(claims).scalar_one()) == 1


@pytest.mark.long
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_killed_at_posts_and_edits_it_is_told_once(installed: House, before: bool) -> None:
    mortal = Mortal(installed, (POST, EDIT), before=before)
    tell(mortal)
    assert len(mortal.deaths) >= 6  # card, draft, digest, nudge; the card's edits and the nudge that is struck
    assert_told_once(installed)


class Day:
    """Customers who write and colleagues who react while the bot is killed again and again."""

    def __init__(self, house: House, chance: random.Random, complaints: int) -> None:
        self.house, self.chance, self.complaints = house, chance, complaints
        self.accepted: dict[str, int] = {}
        self.over = threading.Event()
        self._people = [house.person(name) for name in ("ana", "ben")]
        self._threads = [threading.Thread(target=work) for work in (self._customers, self._colleagues)]

    def begins(self) -> None:
        for thread in self._threads:
            thread.start()

    def ends(self) -> None:
        self.over.set()
        for thread in self._threads:
            thread.join()

    def _customers(self) -> None:
        for number in range(self.complaints):
            name = f"order-{number}"
            while not self.over.is_set() and name not in self.accepted:  # a webhook's sender tries again
                answer = self.house.receives(name)
                if answer.status in (200, 201):
                    self.accepted[name] = answer.content()["case"]
            self.over.wait(self.chance.uniform(0.0, 0.2))

    def _colleagues(self) -> None:
        """Two people reach for every card, one by emoji and one by button, at about the same moment."""
        seen: set[str] = set()
        while not self.over.wait(0.02):
            for card in self.house.cards():
                if card.ts not in seen:
                    seen.add(card.ts)
                    self._both(card)

    def _both(self, card: Message) -> None:
        first, second = self.chance.sample(self._people, 2)
        first.react(card, "eyes")
        self._click(second, card)

    @staticmethod
    def _click(person: Colleague, card: Message) -> None:
        try:
            person.click(card, "claim")
        except LookupError:
            return  # the button has gone with the claim


def wreak(house: House, seed: int, kills: int, complaints: int) -> dict[str, int]:
    """A day with that many kills at random moments; returns which feedback was accepted, as which case."""
    chance = random.Random(seed)
    day = Day(house, random.Random(seed + 1), complaints)
    bot = house.runs()
    day.begins()
    try:
        for _ in range(kills):
            threading.Event().wait(chance.uniform(0.05, 1.0))
            bot.kill()
            bot = house.runs()
        until(lambda: len(day.accepted) == complaints, what="all feedback taken")
        until(lambda: len(house.cards()) >= complaints, what="all cards")
    finally:
        day.ends()
    until(lambda: not house.practice.delivery.waiting, what="Slack's last retry")
    until(lambda: not owed(house), what="an outbox with nothing left in it")
    return day.accepted


def claims(tx: Tx) -> dict[int, int]:
    """How many claims each case has seen."""
    query = select(t.timeline.c.case_number, func.count()).where(t.timeline.c.action == "claim")
    return dict(tx.execute(query.group_by(t.timeline.c.case_number)).all())


def assert_nothing_lost(house: House, accepted: dict[str, int]) -> None:
    assert shown_twice(house) == []
    assert lost(house) == []
    assert sorted(about(card)["case"] for card in house.cards()) == sorted(accepted.values())
    said = posted(house)
    assert said["draft"] == len(accepted)
    assert said["digest"] == 1

    claimed = house.asks(claims)
    assert set(claimed.values()) <= {1}
    heard = {
        parcel.payload["event"]["item"]["ts"]
        for parcel, answer in house.practice.delivery.sent
        if parcel.kind == EVENT and parcel.payload["event"]["type"] == "reaction_added" and answer.ok
    }
    assert {about(card)["case"] for card in house.cards() if card.ts in heard} <= set(claimed)

    once = select(t.nudges.c.case_number, t.nudges.c.rung, t.nudges.c.occurrence)
    given = house.asks(lambda tx: [tuple(row) for row in tx.execute(once).all()])
    assert len(given) == len(set(given))


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.bulk) for seed in (1, 2))])
def test_killed_at_random_nothing_is_lost(installed: House, seed: int) -> None:
    assert_nothing_lost(installed, wreak(installed, seed=seed, kills=12, complaints=60))
