"""Customers who write, some of them twice, and a sender who goes on until what they wrote was taken."""

from __future__ import annotations

import random
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox.lines.requests import Answer
from sandbox.server import PracticeWorkspace

_UNHAPPY = "My order never arrived and nobody calls me back. I want my money back."
_HAPPY = "Lovely flowers, thank you so much."
_BETWEEN_TRIES = 0.2  # seconds


@dataclass(frozen=True, slots=True)
class Written:
    """One piece of feedback, and how the customer is known."""

    external_id: str
    email: str
    comment: str
    rating: int


class Customers:
    """Who writes, and what was answered: `accepted` has every 2xx answer to each piece of feedback, in order."""

    def __init__(self, practice: PracticeWorkspace, seed: int) -> None:
        self.giving_up = threading.Event()  # nobody will ever answer
        self.accepted: defaultdict[str, list[Answer]] = defaultdict(list)
        self.refused: list[str] = []
        self.counts: Counter[str] = Counter()
        self._intake = practice.intake
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self._written: list[Written] = []

    def write(self, over: threading.Event, calm: float) -> None:
        """New feedback every now and then until it is `over`; what has been begun is brought to its end."""
        while not over.wait(self._chance.uniform(0, calm)):
            self._send(self._next())

    def _next(self) -> Written:
        with self._lock:
            number, chance = len(self._written), self._chance
            known = [earlier.email for earlier in self._written[-8:]]
            email = chance.choice(known) if known and chance.random() < 0.25 else f"customer.{number}@example.org"
            unhappy = chance.random() < 0.9
            written = Written(
                f"order-{number}", email, _UNHAPPY if unhappy else _HAPPY, chance.choice((1, 2)) if unhappy else 5
            )
            self._written.append(written)
            return written

    def _send(self, written: Written) -> None:
        """Once as a rule; now and then twice at the same moment, once more after a while, or together with another word."""
        dice = self._chance.random()
        if dice < 0.15:
            second = self._next() if dice < 0.07 else written
            beside = threading.Thread(target=self._until_taken, args=(second,))
            beside.start()
            self._until_taken(written)
            beside.join()
        else:
            self._until_taken(written)
        if dice > 0.85:
            self._until_taken(written)

    def _until_taken(self, written: Written) -> None:
        """The same delivery again and again, as a sender does who hears nothing, or hears of trouble."""
        data = {
            "external_id": written.external_id,
            "customer": {"name": "Robin Vale", "email": written.email},
            "rating": {"value": written.rating, "scale": 5},
            "comment": written.comment,
        }
        payload = {"type": "feedback.created", "timestamp": datetime.now(UTC).isoformat(), "data": data}
        while not self.giving_up.is_set():
            answer = self._intake.send(payload, f"msg_{written.external_id}")
            self.counts["sent"] += 1
            if 200 <= answer.status < 300 and answer.content():
                self.accepted[written.external_id].append(answer)
                return
            self.counts["without an answer" if answer.status == 0 else f"answered {answer.status}"] += 1
            if 400 <= answer.status < 500:
                self.refused.append(f"{written.external_id} was answered {answer.status}: {answer.content()}")
                return
            threading.Event().wait(_BETWEEN_TRIES)
