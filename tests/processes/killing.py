"""Ending the bot with kill -9 at chosen points of its talk with Slack, starting it again, and counting what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import select

from sandbox.api.faults import ApiCall, Fault
from sandbox.people.reading import plain
from store import tables as t
from store.engine import Tx
from tests.processes.harness import BotProcess, House, about, until

T = TypeVar("T")
Point = tuple[str, int]  # a method of Slack's, and the number of the message it is about


class Mortal:
    """A bot that dies at its first call about each message, by the methods named, and is started again at once.

    `before`: Slack has heard of the call and has done nothing; otherwise it has done what was asked, and says so to
    nobody. In both cases the bot never learns.
    """

    def __init__(self, house: House, methods: tuple[str, ...], *, before: bool) -> None:
        self.house = house
        self.methods = methods
        self.before = before
        self.deaths: list[Point] = []
        self._met: set[Point] = set()
        faults = house.practice.faults
        faults.on_call.append(self._heard)
        self._strike, faults.strike = faults.strike, self._struck  # type: ignore[method-assign]
        self._bot: BotProcess = house.starts("run")

    def _point(self, method: str, arguments: dict[str, object]) -> Point | None:
        metadata = arguments.get("metadata")
        if method not in self.methods or not isinstance(metadata, dict):
            return None
        return method, int(metadata["event_payload"]["message"])

    def _struck(self, method: str, arguments: dict[str, object]) -> Fault | None:
        point = self._point(method, arguments)
        if self.before and point is not None and point not in self._met:
            return Fault("drop_before", method, status=0)
        return self._strike(method, arguments)

    def _heard(self, call: ApiCall) -> None:
        """In the thread of the workspace's server: the call has had its effect, or none, and is not answered yet."""
        point = self._point(call.method, call.arguments)
        if point is not None and point not in self._met:
            self._met.add(point)
            self.deaths.append(point)
            self._bot.kill()

    def until(self, look: Callable[[], T], what: str) -> T:
        """Waits for something to be true, with a bot that is started again whenever it has died."""

        def and_live() -> T:
            if not self._bot.alive:
                self._bot = self.house.starts("run")
            return look()

        return until(and_live, what=what)


def tell(mortal: Mortal) -> None:
    """A whole story in gestures that Slack repeats until they are taken: arrival, claim, nudge, contact, closing."""
    house, ana = mortal.house, mortal.house.person("ana")
    mortal.until(lambda: house.receives("order-1").status in (200, 201), "the feedback")
    card = mortal.until(house.cards, "the card")[0]
    mortal.until(lambda: house.practice.messages("draft"), "the draft")
    mortal.until(lambda: house.practice.messages("digest"), "the digest")
    ana.react(card, "eyes")
    mortal.until(lambda: f"<@{ana.id}> has it" in plain(card), "the claim on the card")
    mortal.until(lambda: house.practice.messages("nudge"), "the nudge")
    ana.say(card, "@amends contacted phone she was glad")
    nudge = house.practice.messages("nudge")[0]
    mortal.until(lambda: "has been contacted" in plain(nudge), "the nudge struck")
    ana.react(card, "tada")
    mortal.until(lambda: "Closed" in plain(card), "the card of a closed case")
    mortal.until(lambda: not owed(house), "an outbox with nothing left in it")


def owed(house: House) -> list[str]:
    """What is still to be done: messages that Slack does not show yet as they should be, and drafts not yet written."""
    m, d = t.messages.c, t.drafts.c
    messages = select(m.intent).where(m.shown < m.wanted, m.dead.is_(None))
    unwritten = select(d.case_number).where(d.state == "wanted")
    return house.asks(lambda tx: [*tx.scalars(messages), *(f"draft of {number}" for number in tx.scalars(unwritten))])


def posted(house: House) -> Counter[str]:
    """How many messages of each kind Slack shows; ephemeral ones apart."""
    return Counter(m.kind for m in house.practice.messages() if m.kind)


def shown_twice(house: House) -> list[int]:
    """The messages of ours that stand in Slack more than once, by their number in the outbox."""
    counted = Counter(about(m)["message"] for m in house.practice.messages() if m.kind)
    return [number for number, count in counted.items() if count > 1]


def lost(house: House) -> list[str]:
    """The intents of messages that should stand in Slack and do not."""
    standing = {about(m)["message"] for m in house.practice.messages() if m.kind}

    def missing(tx: Tx) -> list[str]:
        m = t.messages.c
        visible = select(m.id, m.intent).where(m.dead.is_(None), m.only_for.is_(None), m.kind != "home")
        return [intent for number, intent in tx.execute(visible).all() if number not in standing]

    return house.asks(missing)
