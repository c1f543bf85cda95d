"""The thread that takes to a bot in another process what needs no gesture: its own events, and retries that are due."""

from __future__ import annotations

import threading

from sandbox.lines.delivery import Delivery

GLANCE_SECONDS = 0.05  # how often retries are looked at while some are waiting


class Courier:
    """Runs between `start` and `stop`; leaves a bot in this process alone, whose tests want no second thread."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="practice-courier", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after what is under way."""
        self._stopping.set()
        self._delivery.woken.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        delivery = self._delivery
        while not self._stopping.is_set():
            delivery.woken.wait(GLANCE_SECONDS if delivery.waiting else None)
            delivery.woken.clear()
            if delivery.is_remote and not self._stopping.is_set():
                delivery.tell_own()
                delivery.retry_due()
