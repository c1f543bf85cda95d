"""Work that is overdue is noticed: what /readyz and the log say when a message, a draft or a nudge did not come in time."""

from __future__ import annotations

import logging
from datetime import timedelta

from handlers.world import World
from store import cases, drafts, messages
from store.engine import AWAY, Tx

log = logging.getLogger(__name__)
LATE = timedelta(minutes=2)


def overdue(world: World) -> list[str]:
    """What is wrong, one sentence each; an empty list when all is well."""
    try:
        return world.store.read(lambda tx: _overdue(world, tx))
    except AWAY as away:
        return [f"the database does not answer: {type(away).__name__}"]


def _overdue(world: World, tx: Tx) -> list[str]:
    late = world.now() - LATE
    problems = []
    owed = messages.oldest_owed(tx, late)
    if owed is not None:
        problems.append(f"a message has been owed to Slack since {owed.isoformat(timespec='seconds')}")
    wanted = drafts.wanted_since(tx, late)
    if wanted is not None:
        problems.append(f"a draft has been owed since {wanted.isoformat(timespec='seconds')}")
    unsaid = cases.overdue_nudges(tx, late)
    if unsaid:
        problems.append(f"{unsaid} nudges are overdue; is a worker running?")
    for number, why in messages.cards_given_up(tx):
        problems.append(f"the card of case {number} cannot be shown, Slack says {why}")
    return problems


def report(world: World) -> None:
    """Says in the log what is overdue."""
    for problem in overdue(world):
        log.error("overdue: %s", problem)
