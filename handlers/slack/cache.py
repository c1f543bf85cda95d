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
        self._good_until: dict[K, datetime] = {}

    def get(self, key: K) -> V | None:
        """The answer, asked for if it is not known well enough; None if there never was one."""
        with self._lock:
            good_until = self._good_until.get(key)
        if good_until is None or self._now() >= good_until:
            self._learn(key)
        return self.known(key)

    def known(self, key: K) -> V | None:
        """What was answered last, however long ago; never asks."""
        with self._lock:
            return self._answers.get(key)

    def replace(self, key: K, answer: V) -> None:
        """An answer that came unasked takes the place of one that is known; nothing else is kept."""
        with self._lock:
            if key in self._answers:
                self._answers[key], self._good_until[key] = answer, self._now() + WHILE_TRUE

    def _learn(self, key: K) -> None:
        answer = self._answer_to(key)  # outside the lock: others need not wait for Slack
        with self._lock:
            if answer is not None:
                self._answers[key] = answer
            self._good_until[key] = self._now() + (WHILE_TRUE if answer is not None else self._pause)
