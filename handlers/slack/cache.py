"""Answers kept for a while, so that Slack is asked each thing seldom, and an outdated answer helps out where it gives none."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
WHILE_TRUE = timedelta(minutes=10)
BEFORE_TRYING_AGAIN = timedelta(minutes=1)


class Kept(Generic[K, V]):
    """What `ask` answered for each key, None being no answer at all.

    An answer holds for `WHILE_TRUE`; after a failure nobody waits for the same question again for `pause`.
    """

    def __init__(
        self, ask: Callable[[K], V | None], now: Callable[[], datetime], pause: timedelta = BEFORE_TRYING_AGAIN
    ) -> None:
        self._answer_to = ask
        self._now = now
        self._pause = pause
        self._lock = threading.Lock()
        self._answers: dict[K, V] = {}
        self._answered_at: dict[K, datetime] = {}
        self._good_until: dict[K, datetime] = {}

    def get(self, key: K) -> V | None:
        """The answer, asked for if it is not known well enough; None if there never was one."""
        if self.is_due(key):
            self._learn(key)
        return self.known(key)

    def known(self, key: K) -> V | None:
        """What was answered last, however long ago; never asks."""
        with self._lock:
            return self._answers.get(key)

    def is_due(self, key: K) -> bool:
        """Whether `get` would ask."""
        with self._lock:
            good_until = self._good_until.get(key)
        return good_until is None or self._now() >= good_until

    def is_older(self, key: K, than: timedelta = WHILE_TRUE) -> bool:
        """Whether what is known was answered so long ago; True where nothing is known."""
        with self._lock:
            at = self._answered_at.get(key)
        return at is None or self._now() - at >= than

    def outdate(self, key: K) -> None:
        """Asks anew when it is wanted next."""
        with self._lock:
            self._good_until.pop(key, None)

    def keep(self, key: K, answer: V) -> None:
        """An answer that came unasked."""
        with self._lock:
            self._answers[key], self._answered_at[key] = answer, self._now()
            self._good_until[key] = self._now() + WHILE_TRUE

    def amend(self, change: Callable[[V], V]) -> None:
        """Changes all that is known; it is as old as before."""
        with self._lock:
            self._answers = {key: change(answer) for key, answer in self._answers.items()}

    def _learn(self, key: K) -> None:
        answer = self._answer_to(key)  # outside the lock: others need not wait for Slack
        if answer is not None:
            self.keep(key, answer)
            return
        with self._lock:
            self._good_until[key] = self._now() + self._pause
