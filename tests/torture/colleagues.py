"""Colleagues at work on every card they see: two reach for it at once, think again, type commands, note things down."""

from __future__ import annotations

import queue
import random
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from sandbox.api.faults import ApiCall
from sandbox.people.colleague import Colleague
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Message
from tests.torture.setting import Plan

_REFUSED = "Nothing was changed"
_NOT_TAKEN = ("did not respond", "broke", _REFUSED)
_HANDS = 6  # gestures at the same time


@dataclass(frozen=True, slots=True)
class Card:
    """A card that has come up in the channel."""

    number: int
    message: Message


def _was_refused(somebody: Colleague, card: Card) -> bool:
    """Whether they were told, in the thread where they wrote, that it was not kept: while Slack is away nobody knows who is on the team."""
    told = [each.text for each in somebody.private_messages() if each.thread == card.message.ts]
    return any(_REFUSED in each for each in told)


class Colleagues:
    """What they do is drawn by lot. `stumbled` are scenes that broke in the middle, by a mistake of the practice workspace's or ours."""

    def __init__(self, practice: PracticeWorkspace, plan: Plan) -> None:
        self.counts: Counter[str] = Counter()
        self._typed: dict[str, bool] = {}
        self._replied: dict[str, tuple[Colleague, Card]] = {}
        self.stumbled: list[str] = []
        self._practice = practice
        self._plan = plan
        self._chance = random.Random(plan.seed + 3)
        self._people = [practice.person(name) for name in ("ana", "ben", "lea")]
        self._cards: queue.SimpleQueue[tuple[int, str, str]] = queue.SimpleQueue()
        practice.faults.on_call.append(self._sees)

    @property
    def noted(self) -> dict[str, bool]:
        """The notes they left: each a word of its own, and whether it was taken, or perhaps: of those that were not, somebody was told."""
        told = {word: not _was_refused(*by_whom) for word, by_whom in self._replied.items()}
        return self._typed | told

    def _sees(self, call: ApiCall) -> None:
        """A card stands in the channel, whether or not the bot heard so."""
        about = (call.arguments.get("metadata") or {}).get("event_payload") or {}
        if call.method == "chat.postMessage" and about.get("kind") == "card" and call.ok:
            self._cards.put((about["case"], call.answer["channel"], call.answer["ts"]))

    def work(self, over: threading.Event) -> None:
        """One scene after the other for each card, until it is `over`."""
        with ThreadPoolExecutor(_HANDS, thread_name_prefix="colleague") as hands:
            while not over.is_set():
                with suppress(queue.Empty):
                    number, channel, ts = self._cards.get(timeout=0.1)
                    message = self._practice.workspace.find(channel, ts)
                    if message is not None:
                        scene = hands.submit(self._play, Card(number, message), over)
                        scene.add_done_callback(self._look_back)

    def _look_back(self, scene: Future[None]) -> None:
        if (wrong := scene.exception()) is not None:
            self.stumbled.append(f"a colleague stumbled: {wrong!r}")

    def _play(self, card: Card, over: threading.Event) -> None:
        scenes = (self._race, self._race, self._think_again, self._command, self._leave)
        later = (self._reach, self._reach, self._note, self._reply, self._end, self._put_off, self._race)
        self._chance.choice(scenes)(card)
        for scene in self._chance.sample(later, 3):
            if over.wait(self._chance.uniform(0, self._plan.contact)):
                return
            scene(card)

    def _do(self, what: str, gesture: Callable[[], object]) -> None:
        """A gesture at something that has meanwhile gone from the screen is none."""
        with suppress(LookupError):
            gesture()
            self.counts[what] += 1

    def _two(self) -> tuple[Colleague, Colleague]:
        first, second = self._chance.sample(self._people, 2)
        return first, second

    def _race(self, card: Card) -> None:
        """Two at the same moment, one by emoji and one by button."""
        first, second = self._two()
        beside = threading.Thread(target=self._do, args=("clicks", lambda: second.click(card.message, "claim")))
        beside.start()
        self._do("reactions", lambda: first.react(card.message, "eyes"))
        beside.join()

    def _think_again(self, card: Card) -> None:
        """Claims by emoji and takes it back; somebody else may follow."""
        first, second = self._two()
        self._do("reactions", lambda: first.react(card.message, "eyes"))
        threading.Event().wait(self._chance.choice((0.0, 0.5, 1.0)))
        self._do("reactions taken back", lambda: first.unreact(card.message, "eyes"))
        if self._chance.random() < 0.5:
            self._do("clicks", lambda: second.click(card.message, "claim"))

    def _command(self, card: Card) -> None:
        self._do("commands", lambda: self._two()[0].command("/case", f"claim {card.number}"))

    def _leave(self, card: Card) -> None:
        """Nobody does anything: the nudges come."""

    def _reach(self, card: Card) -> None:
        self._do("reactions", lambda: self._two()[0].react(card.message, "white_check_mark"))
        self._do("commands", lambda: self._two()[0].command("/case", f"contacted {card.number} phone"))

    def _end(self, card: Card) -> None:
        self._do("commands", lambda: self._two()[0].command("/case", f"close {card.number} won_back Late / Call first"))

    def _put_off(self, card: Card) -> None:
        self._do("commands", lambda: self._two()[0].command("/case", f"snooze {card.number} {self._plan.every:g}s"))

    def _note(self, card: Card) -> None:
        word = self._word()

        def type_it() -> None:
            said = self._two()[0].command("/case", f"note {card.number} {word}")
            self._typed[word] = said is not None and not any(each in said.text for each in _NOT_TAKEN)

        self._do("commands", type_it)

    def _reply(self, card: Card) -> None:
        """Slack tells of a reply again and again until the bot has taken it."""
        word, somebody = self._word(), self._two()[0]

        def say_it() -> None:
            somebody.say(card.message, f"I rang them, {word}")
            self._replied[word] = somebody, card

        self._do("replies", say_it)

    def _word(self) -> str:
        return f"word-{self._chance.getrandbits(48):012x}"
