"""Feedback that arrives at the same moment: what is new is written with one statement for each table, the rest one by one."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from cases.arrivals.feedback import customer_keys, identity
from cases.judgement import assess
from cases.model import Assessment, Feedback, Via
from handlers.change import opened_together
from handlers.feedback.intake import Arrival, Intake, new_case, opening_facts
from handlers.world import World
from store import cases, feedback, timeline
from store.engine import AWAY, Tx, savepoint

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Judged:
    """Feedback with what needs no database: the judgement, and the keys its customer is known by."""

    feedback: Feedback
    assessment: Assessment
    keys: frozenset[str]

    @property
    def identity(self) -> tuple[str, str]:
        return identity(self.feedback)


def arrived_together(world: World, arriving: Sequence[Feedback]) -> list[Arrival | Exception]:
    """Takes it all in with one commit, as `arrived` would piece by piece: for each what became of it, or why it failed.

    Raises one of AWAY when the database does not answer; then nothing was taken in.
    """
    judged = [_Judged(one, assess(one), customer_keys(one.customer)) for one in arriving]
    return world.store.write(lambda tx: _take(world, tx, judged)) if judged else []


def _take(world: World, tx: Tx, judged: Sequence[_Judged]) -> list[Arrival | Exception]:
    taken: dict[tuple[str, str], Arrival] = {}
    try:
        with savepoint(tx):
            taken = _open(world, tx, _strangers(tx, judged))
    except AWAY:
        raise
    except Exception:  # one that cannot be written, or that another process has just taken in
        log.info("%s pieces of feedback are taken in one by one", len(judged), exc_info=True)
    # The first of an identity is the one that was taken; what follows it is an update, even if it says the same.
    return [taken.pop(one.identity) if one.identity in taken else _alone(world, tx, one.feedback) for one in judged]


def _strangers(tx: Tx, judged: Sequence[_Judged]) -> list[_Judged]:
    """The feedback that has nothing to do with any other: not known, of customers without cases, each customer once."""
    identities = feedback.known_among(tx, [one.identity for one in judged])
    keys = cases.known_keys(tx, {key for one in judged for key in one.keys})
    strangers = []
    for one in judged:
        if one.identity not in identities and not keys & one.keys:
            strangers.append(one)
        identities.add(one.identity)
        keys |= one.keys
    return strangers


def _open(world: World, tx: Tx, strangers: Sequence[_Judged]) -> dict[tuple[str, str], Arrival]:
    """New cases of those who are unhappy, records of the others, by identity."""
    now = world.now()
    unhappy = [one for one in strangers if one.assessment.negative]
    numbered = zip(cases.new_numbers(tx, len(unhappy)), unhappy, strict=True)
    new = [new_case(world, number, one.feedback, one.assessment, (), now) for number, one in numbered]
    opened = opened_together(tx, new, world.policy, now, second_opinion=world.writer is not None) if new else []
    about = {case.number: (case, one) for case, one in zip(opened, unhappy, strict=True)}
    numbers = {one.identity: number for number, (_, one) in about.items()}
    rows = [(one.feedback, one.assessment, numbers.get(one.identity)) for one in strangers]
    ids = feedback.record_together(tx, rows, now) if rows else []
    if about:
        cases.remember_new(tx, {number: one.keys for number, (_, one) in about.items()})
        facts = {number: opening_facts(case, one.feedback) for number, (case, one) in about.items()}
        timeline.note_together(tx, facts, now, None, "opened", Via.ARRIVAL)
    return {
        one.identity: Arrival(201 if number else 202, recorded, number, one.assessment)
        for one, recorded, (_, _, number) in zip(strangers, ids, rows, strict=True)
    }


def _alone(world: World, tx: Tx, arriving: Feedback) -> Arrival | Exception:
    try:
        with savepoint(tx):
            return Intake(world, tx, Via.ARRIVAL, None).take(arriving)
    except AWAY:
        raise
    except Exception as wrong:  # noqa: BLE001  it is told to whoever sent this one, and hurts no other
        return wrong
