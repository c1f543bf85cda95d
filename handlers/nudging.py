"""Time passes: cases whose nudge is due are nudged, several for one person in one message."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta

from cases.model import Case
from cases.nudges import Nudge, due_nudges, nudged, planned
from handlers.changing import card_intent
from handlers.rendering import as_facts
from handlers.world import World
from store import cases, messages, nudges
from store.engine import Tx, savepoint

log = logging.getLogger(__name__)
_BATCH = 100
_POISONED = timedelta(hours=1)


def sweep(world: World) -> int:
    """Nudges what is due, in one transaction; returns how many cases were looked at."""
    if not world.store.read(lambda tx: cases.overdue_nudges(tx, world.now())):
        return 0
    roles = _roles(world)  # looked up before the transaction: it may ask Slack
    return world.store.write(lambda tx: _sweep(world, tx, roles))


def _roles(world: World) -> dict[str, str | None]:
    policy = world.policy
    tells = {rung.tell for rung in policy.nudges} - {"thread", "owner"}
    names = {"lead": policy.lead, "manager": policy.manager or policy.lead}
    return {tell: world.directory.person(names.get(tell, tell)) for tell in tells}


def _sweep(world: World, tx: Tx, roles: dict[str, str | None]) -> int:
    now = world.now()
    due = cases.due_for_nudge(tx, now, _BATCH)
    for_whom: dict[str, list[tuple[Case, Nudge]]] = defaultdict(list)
    for case in due:
        try:
            with savepoint(tx):
                for nudge in _nudge(world, tx, case, now):
                    for_whom[_address(case, nudge, roles)].append((case, nudge))
        except Exception:
            log.exception("case %s could not be nudged; it is tried again in an hour", case.number)
            cases.put_off_nudge(tx, case.number, now + _POISONED)
    for address, told in for_whom.items():
        try:
            with savepoint(tx):
                _owe(tx, address, told, now)
        except Exception:
            log.exception("a nudge for %s could not be owed; it is tried again in an hour", address)
            _unsaid(tx, told, now)
    return len(due)


def _unsaid(tx: Tx, told: list[tuple[Case, Nudge]], now: datetime) -> None:
    """As if nothing had been due: what is owed to others already is not owed to them again, by its key."""
    for case, _ in told:
        cases.save(tx, replace(case, next_nudge_at=now + _POISONED), before=case.revision)


def _nudge(world: World, tx: Tx, case: Case, now: datetime) -> tuple[Nudge, ...]:
    """What is to be said now, and the case planned on; the rule looks at the case anew, whatever woke us."""
    said = due_nudges(case, world.policy, now)
    cases.save(tx, nudged(case, world.policy, now), before=case.revision)
    return said


def _address(case: Case, nudge: Nudge, roles: dict[str, str | None]) -> str:
    """A person's id, or "thread NUMBER". Who cannot be found in Slack is told of in the thread, where all can read it."""
    if nudge.tell == "owner" and case.owner:
        return case.owner
    return roles.get(nudge.tell) or f"thread {case.number}"


def _owe(tx: Tx, address: str, told: list[tuple[Case, Nudge]], now: datetime) -> None:
    # Who is owner and lead at once hears of a case once, and a thread too: of two rungs the later says it all.
    told = list({case.number: (case, nudge) for case, nudge in told}.values())
    first = told[0][0]
    in_thread = address.startswith("thread ")
    message = messages.owe(
        tx,
        intent=f"nudge:{first.number}:{first.nudge_seq + 1}:{address}",
        kind="nudge",
        channel=first.channel if in_thread else address,
        case_number=first.number if len(told) == 1 else None,
        thread_of=messages.by_intent(tx, card_intent(first.number)) if in_thread else None,
        facts={"nudges": [as_facts(nudge) for _, nudge in told]},
        now=now,
    )
    if message is None:
        return
    for case, nudge in told:
        given = nudges.Given(case.number, case.nudge_seq + 1, nudge.rung, nudge.count, address, nudge.due_at, now)
        nudges.record(tx, given, message)


def plan_anew(world: World) -> int:
    """Plans the nudges of all open cases, as at start and after a change of policy; returns how many were planned."""
    numbers = world.store.read(cases.every_open_number)
    for start in range(0, len(numbers), _BATCH):
        some = numbers[start : start + _BATCH]
        world.store.write(lambda tx, some=some: _plan(world, tx, some))  # type: ignore[misc]
    return len(numbers)


def _plan(world: World, tx: Tx, numbers: list[int]) -> None:
    for case in cases.load_many(tx, numbers):
        again = planned(case, world.policy)
        if again != case:
            cases.save(tx, again, before=case.revision)
