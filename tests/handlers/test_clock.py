"""Workers are stopped within the patience of whoever stops them, whatever is under way."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from handlers import clock
from handlers.clock import Tick, Workers
from handlers.world import World
from tests.elapsing import PATIENCE


@pytest.fixture
def hanging(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    """Workers in the middle of something that comes to no end by itself, as a question to Slack that nobody answers."""
    begun, go_on = threading.Event(), threading.Event()

    def hang(_: World) -> None:
        begun.set()
        go_on.wait(PATIENCE)

    monkeypatch.setattr(clock, "TICKS", (Tick("nudges", 1, hang),))
    workers = Workers(world)
    workers.start()
    assert begun.wait(PATIENCE)
    yield workers
    go_on.set()
    assert workers.stop(PATIENCE)


def test_work_that_hangs_is_left_when_patience_is_over(hanging: Workers) -> None:
    assert not hanging.stop(patience=0.01)
