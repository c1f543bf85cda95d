"""All open cases are planned anew, as at start and after a change of policy: what is due when by the rules that hold now."""

from __future__ import annotations

from cases.nudges.ladder import planned
from handlers.world import World
from store import cases, facts
from store.engine import Tx

_BATCH = 100
_HOURS = "hours"


def plan_anew(world: World) -> int:
    """Plans the nudges of all open cases; returns how many were planned."""
    world.store.write(lambda tx: _mind_other_hours(world, tx))
    numbers = world.store.read(cases.every_open_number)
    for start in range(0, len(numbers), _BATCH):
        some = numbers[start : start + _BATCH]
        world.store.write(lambda tx, some=some: _plan(world, tx, some))  # type: ignore[misc]
    return len(numbers)


def _mind_other_hours(world: World, tx: Tx) -> None:
    """Where the policy's hours have changed, the latest reminders that are due are said once more.

    By other hours a step of the ladder may lie before the last look at a case without having been said: rather twice than not
    at all. The hours are remembered with the change, so that of several processes one makes it.
    """
    hours = {"timezone": world.policy.timezone, **world.policy.hours.model_dump(mode="json")}
    before = facts.recall(tx, _HOURS)
    if before != hours:
        facts.remember(tx, _HOURS, hours)
        if before is not None:
            cases.look_anew(tx)


def _plan(world: World, tx: Tx, numbers: list[int]) -> None:
    for case in cases.load_many(tx, numbers):
        again = planned(case, world.policy)
        if again != case:
            cases.save(tx, again, before=case)
