"""The practice clock: an aware UTC instant that runs at any speed, stands still, and can be jumped ahead."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

PLAYED, STRIDE = timedelta(hours=2), timedelta(minutes=15)
BREATH = 0.02  # seconds between two strides, so that the hours are seen to pass
MONDAY_MORNING = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)  # 10:00 in Berlin: everybody is at work


class PracticeClock:
    """Starts at `start` and advances by real seconds times `speed`; at speed 0 only `jump` moves it.

    This is the one place of the practice workspace that reads real (monotonic) time. Callbacks in `on_jump` are called
    after each jump, without arguments, in the thread that jumped.
    """

    def __init__(
        self, start: datetime = MONDAY_MORNING, speed: float = 1.0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self.on_jump: list[Callable[[], None]] = []
        self.reset(start, speed)

    def reset(self, start: datetime, speed: float = 1.0) -> None:
        """Set the clock anew; callbacks stay. Raises ValueError for an instant without a zone."""
        if start.tzinfo is None:
            raise ValueError("the practice clock needs an instant with a time zone")
        with self._lock:
            self._anchor = start.astimezone(UTC)
            self._since = self._monotonic()
            self._speed = self._checked(speed)

    def now(self) -> datetime:
        """The practice instant, aware UTC."""
        with self._lock:
            return self._now()

    @property
    def speed(self) -> float:
        """Practice seconds per real second."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Go on from the present instant at another speed. Raises ValueError for a negative one."""
        with self._lock:
            self._anchor, self._since, self._speed = self._now(), self._monotonic(), self._checked(speed)

    def jump(self, ahead: timedelta) -> None:
        """Move the clock ahead. Raises ValueError for a jump back: message timestamps only ever increase."""
        if ahead < timedelta(0):
            raise ValueError("the practice clock does not go back")
        with self._lock:
            self._anchor += ahead
        for called in list(self.on_jump):
            called()

    def play(self, ahead: timedelta) -> None:
        """Move the clock ahead as `jump` does, but live through what is longer than an hour or two: in strides, quickly.

        Whoever listens does after each stride what had fallen due, so that a day's reminders come one after another.
        """
        strides, rest = divmod(ahead, STRIDE) if ahead >= PLAYED else (0, ahead)
        for _ in range(strides):
            self.jump(STRIDE)
            time.sleep(BREATH)
        self.jump(rest)

    def _now(self) -> datetime:
        return self._anchor + timedelta(seconds=(self._monotonic() - self._since) * self._speed)

    @staticmethod
    def _checked(speed: float) -> float:
        if speed < 0:
            raise ValueError("the practice clock does not go back")
        return speed
