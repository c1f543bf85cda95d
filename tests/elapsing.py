"""Real time in tests: seconds that only a test lets pass, and patience with what other threads bring about."""

from __future__ import annotations

import time
from collections.abc import Callable


class Monotonic:
    """Stands in for `time.monotonic`: it tells the seconds that a test has set."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def until(true: Callable[[], object]) -> None:
    """Returns once it is true. Raises AssertionError after twenty seconds: a busy machine is slow, but not that slow."""
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.005)
