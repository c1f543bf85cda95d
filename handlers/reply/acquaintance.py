"""What was learnt of the model server outlives a process: the next one, and those beside it, begin where this one is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from handlers.guard import unit_of_work
from handlers.world import World
from store import facts

_LEARNT = "model_server"


@contextmanager
def acquainted(world: World) -> Iterator[None]:
    """While the model is asked within, what is known of its server is at hand; what is new is kept afterwards."""
    writer = world.writer
    if writer is not None and writer.is_new:
        writer.recall(world.store.read(lambda tx: facts.recall(tx, _LEARNT)))
    yield
    news = writer.news() if writer is not None else None
    if news is not None:
        with unit_of_work("keeping what was learnt of the model server"):
            world.store.write(lambda tx: facts.remember(tx, _LEARNT, news))
