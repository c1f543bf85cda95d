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


def until(true: Callable[[], object], seconds: float = 20.0) -> bool:
    """Whether it has come true within that time: a busy machine is slow, but not that slow."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True
