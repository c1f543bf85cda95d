"""All open cases are planned anew, as at start and after a change of policy: what is due when by the rules that hold now."""

from __future__ import annotations

from datetime import datetime

from cases.model import Case
from cases.nudges.ladder import planned, put_off
from cases.policy.page import Policy
from cases.policy.working_time import calendar_of
from handlers.world import World
from store import cases, facts, nudges
from store.engine import Tx

_BATCH = 100
_HOURS = "hours"


def room_today(tx: Tx, case: Case, policy: Policy, now: datetime) -> int:
    """How often it may still be spoken of on this local day."""
    if case.nudge_seq == 0:  # it was never spoken of, which needs no asking
        return policy.reminders.per_case
    calendar = calendar_of(policy)
    today = calendar.start_of_day(calendar.local_date(now))
    return policy.reminders.per_case - nudges.count_since(tx, case.number, today)


def as_it_will_be(tx: Tx, case: Case, policy: Policy, now: datetime) -> Case:
    """The case as the clock will plan it once it looks: of one that was spoken of enough today nothing more is said."""
    enough = case.next_nudge_at is not None and room_today(tx, case, policy, now) <= 0
    return put_off(case, policy, now) if enough else case


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
