"""What this process has taken in and not judged yet, and who waits for the verdict; what it forgets, the database knows."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from cases.model import Feedback, Score


def at_leisure() -> bool:
    """Nobody waits for what is read."""
    return False


def at_once() -> bool:
    """Somebody does."""
    return True


class Judge(Protocol):
    """Scores words. Takes some 25 ms for each, and as much again for the clauses of one that has several."""

    def __call__(self, said: Sequence[Feedback], *, hurry: Callable[[], bool] = at_leisure) -> Sequence[Score | None]:
        """Scores in order; None for one without words. A reading that is asked to hurry up stops at the words as a whole, and
        has no clause to quote: whether somebody is unhappy or in danger is known by then.
        """


# Whoever sends to us is kept waiting by no more than these that come first, a quarter of a second; in a crowd the answer
# is that it is not judged yet.
NEAR = 8


@dataclass(frozen=True, slots=True)
class Awaited:
    """One piece of feedback by its id, and what its verdict is told to, where somebody waits for it."""

    id: int
    verdict: Future[Any] | None = None


class Unscored:
    """A queue. What hangs on its score comes first, before what has a case already and can only turn out graver."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pending: deque[Awaited] = deque()
        self._decided: deque[int] = deque()
        self.bell = threading.Event()  # there is something new
        self.put_off: dict[int, datetime] = {}  # what broke, until when it is left alone
        self.looked_back = False  # whether what another process has left behind was looked for

    def add(self, feedback_id: int, *, pending: bool) -> Future[Any] | None:
        """Queues it. A future of its verdict where it is pending and soon comes to its turn."""
        with self._lock:
            verdict: Future[Any] | None = Future() if pending and len(self._pending) < NEAR else None
            if pending:
                self._pending.append(Awaited(feedback_id, verdict))
            else:
                self._decided.append(feedback_id)
        self.bell.set()
        return verdict

    def is_awaited(self) -> bool:
        """Whether something is pending here."""
        return bool(self._pending)

    def take(self, most: int) -> list[Awaited]:
        """The first that wait, at most so many: pending ones, or where there are none one of the others."""
        with self._lock:
            if self._pending:
                return [self._pending.popleft() for _ in range(min(most, len(self._pending)))]
            return [Awaited(self._decided.popleft())] if self._decided else []
