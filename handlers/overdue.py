"""Work that is overdue is noticed: what /readyz and the log say when a message, a draft or a nudge did not come in time."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from handlers.world import World
from store import cases, drafts, facts, feedback, letters, messages, schema, waits
from store.engine import AWAY, Tx

log = logging.getLogger(__name__)
LATE = timedelta(minutes=2)
_OFTEN = 4  # times that a draft is taken up before somebody should look
_WORKED = "worked_at"
_SKEW = timedelta(minutes=1)  # that workers' clocks may differ by
_LONGEST_WAIT = timedelta(minutes=1)  # for what was put off by a clock that has since been set back


def overdue(world: World) -> list[str]:
    """What is wrong with this process, the database and the work in it, one sentence each; an empty list when all is well."""
    own = [trouble for troubles in world.troubles for trouble in troubles()]
    try:
        return own + world.store.read(lambda tx: _overdue(world, tx))
    except AWAY as away:
        return [*own, f"the database does not answer: {type(away).__name__}"]


def sign_of_life(world: World) -> None:
    """A worker notes that it is there, for processes that see no more of it than its database.

    It finds the last sign in the future when the clock was set back: then what was put off by the old clock would wait
    for as long again, and a channel's pause of a second would last an hour.
    """
    now = world.now()
    if world.store.read(lambda tx: _worked_at(tx) or now) > now + _SKEW:
        until = now + max(_LONGEST_WAIT, world.policy.delivery.lease)
        moved = world.store.write(lambda tx: waits.shorten(tx, until))
        log.warning("the clock was set back; %s waiting times were cut short", moved)
    world.store.write(lambda tx: facts.remember(tx, _WORKED, now.isoformat()))


def _worked_at(tx: Tx) -> datetime | None:
    said = facts.recall(tx, _WORKED)
    return None if said is None else datetime.fromisoformat(said)


def _overdue(world: World, tx: Tx) -> list[str]:
    unfit = schema.problem(schema.current(tx))
    if unfit is not None:  # a release came under us: our questions may no longer fit the tables
        return [unfit]
    late = world.now() - LATE
    problems = []
    worked = _worked_at(tx)
    if worked is not None and worked < late:
        since = worked.isoformat(timespec="seconds")
        problems.append(f"no worker has given a sign of life since {since}; start one with: python bot.py worker")
    owed = messages.oldest_owed(tx, late)
    if owed is not None:
        problems.append(f"a message has been owed to Slack since {owed.isoformat(timespec='seconds')}")
    wanted = drafts.wanted_since(tx, late)
    if wanted is not None:
        problems.append(f"a draft has been owed since {wanted.isoformat(timespec='seconds')}")
    unscored = feedback.pending_since(tx, late)
    if unscored is not None:
        problems.append(f"feedback has waited to be judged since {unscored.isoformat(timespec='seconds')}")
    unsent = letters.waiting_since(tx, late) if world.post is not None and world.policy.mail.send else None
    if unsent is not None:
        why = "".join(f": {why}" for why in letters.troubles(tx))
        problems.append(f"a letter has waited for our mail server since {unsent.isoformat(timespec='seconds')}{why}")
    broken = drafts.breaking(tx, _OFTEN)
    if broken:
        problems.append(f"{broken} drafts break again and again; the log says why")
    unsaid = cases.overdue_nudges(tx, late)
    if unsaid:
        problems.append(f"{unsaid} nudges are overdue; is a worker running?")
    return problems + [_given_up(*lost) for lost in messages.given_up(tx, world.now())]


def _given_up(kind: str, number: int | None, why: str) -> str:
    of_case = f"the {kind} of case {number}" if number is not None else f"a message ({kind})"
    return f"{of_case} cannot be shown, Slack says {why}"


def report(world: World) -> None:
    """Says in the log what is overdue."""
    for problem in overdue(world):
        log.error("overdue: %s", problem)
