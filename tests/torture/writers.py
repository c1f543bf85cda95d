"""Who writes letters: colleagues who approve replies, send them and sometimes think again, and customers who answer."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from bot import build_world
from cases.arrivals.feedback import Arriving
from cases.letters.letter import Letter
from cases.model import Customer, Feedback
from cases.policy.page import Policy
from handlers.feedback.intake import arrived
from handlers.terminal.settings import Settings
from sandbox.demo import cast
from sandbox.demo.cast import CARE
from sandbox.people.colleague import Colleague
from sandbox.people.reading import buttons, plain
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Message
from store import facts, letters
from store import tables as t
from store.engine import Store, Tx
from tests.torture.evidence import about
from tests.torture.setting import Plan

_BEGINS = "Dear Robin,"
_LETTER = (
    f"{_BEGINS}\n\nI am sorry: your order never arrived, and nobody called you back. That was our fault. I have refunded it this "
    "morning.\n\n"
)
_AWFUL = "It never arrived, and nobody answers. Awful."
_VERSION = 90  # beyond those of drafts that the bot itself writes
_PEOPLE = ("ana", "ben", "lea")
_THINKS_AGAIN, _ANSWERS = 0.2, 0.5  # shares of letters


def approved_before(database_url: str, count: int, every: float) -> None:
    """Letters that colleagues had approved when it all began, each to go out so many seconds after the one before."""
    settings = Settings(
        policy=Policy(triage={"learned": False}),  # type: ignore[arg-type]
        database_url=database_url,
        slack_bot_token="",
        slack_signing_secret=None,
        slack_channel=CARE,
    )
    now = datetime.now(UTC)
    world = build_world(settings, lambda: now, offline=True)
    for number in range(1, count + 1):
        address = f"first.{number}@example.org"
        said = Feedback(
            external_id=f"first-{number}", source="survey", customer=Customer("Robin Vale", address), comment=_AWFUL
        )
        case = arrived(world, Arriving(said)).case
        assert case is not None
        at = now + timedelta(seconds=number * every)
        world.store.write(lambda tx, case=case, address=address, at=at: _approved(tx, case, address, at))  # type: ignore[misc]
    world.store.close()


def _approved(tx: Tx, case: int, address: str, at: datetime) -> None:
    row = {"case_number": case, "version": _VERSION, "at": at, "approved_by": cast.ANA, "use": "own"}
    tx.execute(insert(t.replies), row | {"subject": "Sorry", "body": f"{_LETTER}Ana Ortega", "promises": []})
    named = {"message_id": f"<{case}@hearth-and-ribbon.example>", "token": f"{case:020x}", "sent_by": cast.ANA}
    letters.send(tx, Letter(case=case, version=_VERSION, address=address, asked_at=at, next_attempt_at=at, **named))


class Writers:
    """One letter to each case, a gesture at a time. `answered` has a word of every answer that a customer wrote."""

    def __init__(self, practice: PracticeWorkspace, plan: Plan, store: Store) -> None:
        self.answered: list[str] = []
        self._practice, self._plan, self._store = practice, plan, store
        self._chance = random.Random(plan.seed + 5)
        self._on_their_way: set[int] = set()

    def work(self, over: threading.Event) -> None:
        """Until it is `over`."""
        with ThreadPoolExecutor(len(_PEOPLE), thread_name_prefix="writer") as hands:
            written = [hands.submit(self._write, over, place) for place in range(len(_PEOPLE))]
            while not over.wait(0.2):
                self._answer()
            for each in written:
                each.result()

    def _write(self, over: threading.Event, place: int) -> None:
        """One colleague's letters: to every case whose number falls to them."""
        who = self._practice.person(_PEOPLE[place])
        while not over.wait(0.05):
            for draft in self._practice.messages("draft"):
                number = about(draft)["case"]
                if number % len(_PEOPLE) == place and number not in self._on_their_way and not over.is_set():
                    with suppress(LookupError):  # what has meanwhile gone from the screen
                        self._goes_on(who, draft)

    def _goes_on(self, who: Colleague, draft: Message) -> None:
        """The next gesture that the draft allows: whoever wrote it approves it, sends it, and may think again."""
        below = buttons(draft)
        if "take_back" in below:
            self._on_their_way.add(about(draft)["case"])
            if self._chance.random() < _THINKS_AGAIN:
                who.click(draft, "take_back")
        elif "send" in below:
            who.click(draft, "send")
        elif "approve" in below and _BEGINS in plain(draft):
            who.click(draft, "approve")
        else:
            who.click(draft, "edit")
            if who.modal() is not None:
                who.submit({"body": f"{_LETTER}{who.person.real_name}"})

    def _answer(self) -> None:
        """Somebody who has a letter that they have not answered does so, or never will."""
        waiting = [each for each in self._practice.post.mailboxes() if not each.is_answered]
        begun = self._store.read(
            lambda tx: facts.recall_all(tx, "inbox:")
        )  # what came before the first look is older than the bot
        if waiting and begun and self._chance.random() < _ANSWERS:
            word = f"word-{self._chance.getrandbits(48):012x}"
            self._practice.post.answer(self._chance.choice(waiting).address, f"It is still not here, {word}.")
            self.answered.append(word)
