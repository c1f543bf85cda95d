"""What is there after feedback has come in."""

from __future__ import annotations

from cases.model import Case
from handlers.world import World
from store import cases, open_cases


def open_ones(world: World) -> list[Case]:
    """The open cases, worst first."""
    return world.store.read(lambda tx: cases.in_order(tx, open_cases.of_team(tx, world.now(), 1000)))
