"""Feedback that arrives at the same moment: what is new is written with one statement for each table, the rest one by one."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from cases.arrivals.decision import Changes, Decision, Opens, Repeats, what_becomes
from cases.arrivals.feedback import Arriving, identity
from cases.judgement.threshold import is_near
from cases.model import Via
from handlers.feedback.intake import Arrival, Intake, arrival_of, opening_facts, queued
from handlers.feedback.opening import open_cases
from handlers.world import World
from store import customers, feedback, timeline
from store.engine import AWAY, Tx, savepoint

log = logging.getLogger(__name__)


def arrived_together(world: World, arriving: Sequence[Arriving]) -> list[Arrival | Exception]:
    """Takes it all in with one commit, as `arrived` would piece by piece: for each what became of it, or why it failed.

    Raises one of AWAY when the database does not answer; then nothing was taken in.
    """
    region, now = world.policy.customers.region, world.now()
    # As of strangers, for which no database is needed.
    decide = partial(what_becomes, region=region, scored_later=world.judge is not None)
    decided = [decide(replace(one, heard_at=now)) for one in arriving]
    taken = world.store.write(lambda tx: _take(world, tx, arriving, decided)) if decided else []
    return [queued(world, one) if isinstance(one, Arrival) else one for one in taken]


def _take(world: World, tx: Tx, arriving: Sequence[Arriving], decided: Sequence[Decision]) -> list[Arrival | Exception]:
    taken: dict[tuple[str, str], Arrival] = {}
    try:
        with savepoint(tx):
            taken = _carry_out(world, tx, _strangers(tx, decided))
    except AWAY:
        raise
    except Exception:  # one that cannot be written, or that another process has just taken in
        log.info("%s pieces of feedback are taken in one by one", len(decided), exc_info=True)
    # The first of an identity is the one that was taken; what follows it is an update, even if it says the same.
    return [
        taken.pop(_name(one)) if _name(one) in taken else _alone(world, tx, came)
        for came, one in zip(arriving, decided, strict=True)
    ]


def _name(one: Decision) -> tuple[str, str]:
    return identity(one.feedback)


def _strangers(tx: Tx, decided: Sequence[Decision]) -> list[Changes]:
    """Those that are decided by themselves alone: not known, of customers without cases, each customer once.

    What the team's own threshold has a say in is decided with it, one by one.
    """
    names = feedback.known_among(tx, [_name(one) for one in decided])
    keys = customers.known_keys(tx, {key for one in decided for key in one.keys})
    strangers: list[Changes] = []
    for one in decided:
        near = one.assessment.score is not None and is_near(one.assessment.score)
        if not (isinstance(one, Repeats) or near) and _name(one) not in names and not keys & one.keys:
            strangers.append(one)
        names.add(_name(one))
        keys |= one.keys
    return strangers


def _carry_out(world: World, tx: Tx, strangers: Sequence[Changes]) -> dict[tuple[str, str], Arrival]:
    """New cases of those who are unhappy, records of the others, by identity."""
    now = world.now()
    unhappy = [one for one in strangers if isinstance(one, Opens)]
    opened = open_cases(world, tx, unhappy, now)
    numbers = {_name(one): case.number for one, case in zip(unhappy, opened, strict=True)}
    rows = [(one, numbers.get(_name(one))) for one in strangers]
    ids = feedback.record_together(tx, rows, now) if rows else []
    if opened:
        facts = {case.number: opening_facts(case, one) for case, one in zip(opened, unhappy, strict=True)}
        timeline.note_together(tx, facts, now, None, "opened", Via.ARRIVAL)
    return {
        _name(one): arrival_of(one, recorded, numbers.get(_name(one)))
        for one, recorded in zip(strangers, ids, strict=True)
    }


def _alone(world: World, tx: Tx, arriving: Arriving) -> Arrival | Exception:
    try:
        with savepoint(tx):
            return Intake(world, tx, Via.ARRIVAL).take(arriving)
    except AWAY:
        raise
    except Exception as wrong:  # noqa: BLE001  it is told to whoever sent this one, and hurts no other
        return wrong
