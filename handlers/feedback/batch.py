"""Feedback that arrives at the same moment: what is new is written with one statement for each table, the rest one by one."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from cases.arrivals.decision import Decision, Opens, new_case, what_becomes
from cases.arrivals.feedback import identity
from cases.model import Feedback, Via
from handlers.change import opened_together
from handlers.feedback.intake import Arrival, Intake, opening_facts
from handlers.world import World
from store import cases, feedback, timeline
from store.engine import AWAY, Tx, savepoint

log = logging.getLogger(__name__)


def arrived_together(world: World, arriving: Sequence[Feedback]) -> list[Arrival | Exception]:
    """Takes it all in with one commit, as `arrived` would piece by piece: for each what became of it, or why it failed.

    Raises one of AWAY when the database does not answer; then nothing was taken in.
    """
    decided = [what_becomes(one) for one in arriving]  # as of strangers, for which no database is needed
    return world.store.write(lambda tx: _take(world, tx, decided)) if decided else []


def _take(world: World, tx: Tx, decided: Sequence[Decision]) -> list[Arrival | Exception]:
    taken: dict[tuple[str, str], Arrival] = {}
    try:
        with savepoint(tx):
            taken = _carry_out(world, tx, _strangers(tx, decided))
    except AWAY:
        raise
    except Exception:  # one that cannot be written, or that another process has just taken in
        log.info("%s pieces of feedback are taken in one by one", len(decided), exc_info=True)
    # The first of an identity is the one that was taken; what follows it is an update, even if it says the same.
    return [taken.pop(_name(one)) if _name(one) in taken else _alone(world, tx, one.feedback) for one in decided]


def _name(one: Decision) -> tuple[str, str]:
    return identity(one.feedback)


def _strangers(tx: Tx, decided: Sequence[Decision]) -> list[Decision]:
    """Those that have nothing to do with any other: not known, of customers without cases, each customer once."""
    names = feedback.known_among(tx, [_name(one) for one in decided])
    keys = cases.known_keys(tx, {key for one in decided for key in one.keys})
    strangers = []
    for one in decided:
        if _name(one) not in names and not keys & one.keys:
            strangers.append(one)
        names.add(_name(one))
        keys |= one.keys
    return strangers


def _carry_out(world: World, tx: Tx, strangers: Sequence[Decision]) -> dict[tuple[str, str], Arrival]:
    """New cases of those who are unhappy, records of the others, by identity."""
    now, channel = world.now(), world.directory.default_channel
    unhappy = [one for one in strangers if isinstance(one, Opens)]
    numbers = dict(zip(map(_name, unhappy), cases.new_numbers(tx, len(unhappy)), strict=True))
    new = [new_case(one, numbers[_name(one)], channel, now) for one in unhappy]
    opened = opened_together(tx, new, world.policy, now, second_opinion=world.writer is not None) if new else []
    rows = [(one.feedback, one.assessment, numbers.get(_name(one))) for one in strangers]
    ids = feedback.record_together(tx, rows, now) if rows else []
    if opened:
        cases.remember_new(tx, {case.number: one.keys for case, one in zip(opened, unhappy, strict=True)})
        facts = {case.number: opening_facts(case, case.feedback[0]) for case in opened}
        timeline.note_together(tx, facts, now, None, "opened", Via.ARRIVAL)
    return {
        _name(one): Arrival(one.became, recorded, numbers.get(_name(one)), one.assessment)
        for one, recorded in zip(strangers, ids, strict=True)
    }


def _alone(world: World, tx: Tx, arriving: Feedback) -> Arrival | Exception:
    try:
        with savepoint(tx):
            return Intake(world, tx, Via.ARRIVAL, None).take(arriving)
    except AWAY:
        raise
    except Exception as wrong:  # noqa: BLE001  it is told to whoever sent this one, and hurts no other
        return wrong
