"""Real time in tests: seconds that only a test lets pass, patience with what comes by itself, and growth instead of speed.

No test may depend on how fast the machine is, or on what else it has to do. What must come about is waited for, as long
as it takes; what must not take long is compared with a smaller piece of the same work.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 90.0  # seconds; only a test that fails ever waits so long
RUNAWAY = (
    24.0  # how many times dearer eight times as much text may be: what reads it once is at 8, each with each at 64
)


class Monotonic:
    """Stands in for `time.monotonic`: it tells the seconds that a test has set."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def until(look: Callable[[], T], seconds: float = PATIENCE, pause: float = 0.005) -> T:
    """What `look` answers once that is true, or its last answer when it has not come true within that time."""
    end = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > end:
            return seen
        time.sleep(pause)
    return seen


def dearer(small: Callable[[], object], large: Callable[[], object]) -> float:
    """How many times as much of the processor the large piece of work takes as the small one.

    The least of some measures each, in this thread only: other work on the machine makes them longer, never shorter. The
    large one is done again only when it looks dear.
    """
    least, once = min(_cost(small) for _ in range(5)), _cost(large)
    return (once if once < RUNAWAY / 2 * least else min(once, _cost(large))) / least


def _cost(work: Callable[[], object]) -> float:
    begun = time.thread_time()
    work()
    return max(time.thread_time() - begun, 1e-4)  # less than that is measured badly, and dear to nobody
