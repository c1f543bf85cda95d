"""Feedback that arrives at the same moment: what is new is written with one statement for each table, the rest one by one."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from cases.arrivals.before import Before, Forgotten
from cases.arrivals.customers import Known
from cases.arrivals.decision import Changes, Decision, Opens, Records, Repeats, what_becomes
from cases.arrivals.feedback import Arriving, identity
from cases.arrivals.on_paper import Name
from cases.judgement.heads import OPENS
from cases.judgement.threshold import is_near
from cases.model import Via
from handlers.feedback.intake import Arrival, Intake, arrival_of, opening_facts, queued
from handlers.feedback.opening import open_cases
from handlers.judging.threshold import team_threshold
from handlers.world import World
from store import customers, feedback, timeline
from store.engine import AWAY, Tx, savepoint

log = logging.getLogger(__name__)


def arrived_together(world: World, arriving: Sequence[Arriving]) -> list[Arrival | Exception]:
    """Takes it all in with one commit, as `arrived` would piece by piece: for each what became of it, or why it failed.

    Raises one of AWAY when the database does not answer; then nothing was taken in.
    """
    return [one for one in _together(world, arriving, patient=False) if one is not None]


def arrived_or_put_off(world: World, arriving: Sequence[Arriving]) -> list[Arrival | Exception | None]:
    """As `arrived_together`; None for what was not taken in yet, since it has to do with one before it that waits for its score."""
    return _together(world, arriving, patient=world.judge is not None)


def _together(world: World, arriving: Sequence[Arriving], *, patient: bool) -> list[Arrival | Exception | None]:
    now = world.now()
    heard = [replace(one, heard_at=now) for one in arriving]
    decided = [_decided(world, one) for one in heard]  # as of strangers, for which no database is needed
    taken = world.store.write(lambda tx: _take(world, tx, heard, decided, patient=patient)) if decided else []
    return [queued(world, one) if isinstance(one, Arrival) else one for one in taken]


def _decided(
    world: World,
    arriving: Arriving,
    before: Before | Forgotten | None = None,
    known: Sequence[Known] = (),
    opens: float = OPENS,
) -> Decision:
    region, later = world.policy.customers.region, world.judge is not None
    return what_becomes(arriving, before, known, region=region, scored_later=later, opens=opens)


def _take(
    world: World, tx: Tx, arriving: Sequence[Arriving], decided: Sequence[Decision], *, patient: bool
) -> list[Arrival | Exception | None]:
    looked_up = _LookedUp(world, tx, arriving, decided, patient=patient)
    taken = looked_up.repeated
    try:
        with savepoint(tx):
            taken |= _carry_out(world, tx, looked_up.settled)
    except AWAY:
        raise
    except Exception:  # one that cannot be written, or that another process has just taken in
        log.info("%s pieces of feedback are taken in one by one", len(decided), exc_info=True)

    def result(place: int, one: Arriving) -> Arrival | Exception | None:
        """The first of an identity is the one that was taken; what follows it is an update, even if it says the same."""
        name = identity(one.feedback)
        if place in looked_up.put_off:
            return None
        return taken.pop(name) if name in taken else _alone(world, tx, one, looked_up.met.pop(name, None))

    return [result(place, one) for place, one in enumerate(arriving)]


class _LookedUp:
    """What is decided of each by what the database holds, looked up for all at once, and by nothing else that came with it.

    `repeated` is what it holds already, `settled` what opens a case or is recorded. `met` is who is known of the customers whose
    new feedback touches a case that is there. All else was here before in other words, or has to do with one before it. Who is
    `patient` has the places `put_off` of those that have to do with one before them of which it is not known yet what becomes.
    """

    def __init__(
        self, world: World, tx: Tx, arriving: Sequence[Arriving], decided: Sequence[Decision], *, patient: bool
    ) -> None:
        self.repeated: dict[Name, Arrival] = {}
        self.settled: list[Changes] = []
        self.met: dict[Name, Sequence[Known]] = {}
        self.put_off: set[int] = set()
        self._world = world
        self._team = cache(lambda: team_threshold(tx, world.policy, world.now()).opens)
        had = feedback.known_each(tx, [one.feedback for one in arriving])
        first = [
            _decided(world, came, had[_name(one)][1]) if _name(one) in had else one
            for came, one in zip(arriving, decided, strict=True)
        ]
        met = customers.known_by_each(tx, [() if isinstance(one, Repeats) else one.keys for one in first])
        seen: set[_Touched] = set()
        unsettled: set[_Touched] = set()
        connected = _Connected()
        for place, (came, one, known) in enumerate(zip(arriving, first, met, strict=True)):
            known_as, before = had.get(_name(one), (0, None))
            touched = _touched(one, before, known)
            if patient:
                touched = connected.with_all(touched)
            if waits := not unsettled.isdisjoint(touched):
                self.put_off.add(place)
            decision = self._sorted(came, one, known_as, before, known) if seen.isdisjoint(touched) else None
            if not isinstance(decision, Repeats):
                seen |= touched
                if patient and (waits or decision is None or decision.assessment.pending):
                    unsettled |= touched

    def _sorted(
        self, came: Arriving, one: Decision, known_as: int, before: Before | Forgotten | None, known: Sequence[Known]
    ) -> Decision | None:
        """What is decided of it; None where it is to be taken in by itself."""
        decision = _decided(self._world, came, before, known) if known else one
        if decision.assessment.score is not None and is_near(decision.assessment.score):
            decision = _decided(self._world, came, before, known, self._team())
        if isinstance(decision, Repeats):
            self.repeated[_name(one)] = arrival_of(decision, known_as, decision.case)
        elif before is None and isinstance(decision, Opens | Records) and not came.pictures:
            self.settled.append(decision)
        else:
            self.met |= {} if before else {_name(one): known}
            return None
        return decision


_Touched: TypeAlias = Name | str | int
"""A feedback by its name, a key or a case: two that touch the same have to do with each other."""


class _Connected:
    """What has to do with each other, however many steps apart: by a key, a case or a name that something in between has."""

    def __init__(self) -> None:
        self._groups: dict[_Touched, set[_Touched]] = {}

    def with_all(self, touched: set[_Touched]) -> set[_Touched]:
        """These, and all that those before them had to do with."""
        together = touched.union(*(self._groups.get(each, ()) for each in touched))
        self._groups |= dict.fromkeys(together, together)
        return together


def _touched(one: Decision, before: Before | Forgotten | None, known: Sequence[Known]) -> set[_Touched]:
    own = {before.case} if before and before.case is not None else set()
    return {_name(one), *one.keys, *map(_whose, known), *own}


def _whose(known: Known) -> Name | int:
    """A case, or thanks without one."""
    return identity(known.feedback[0]) if known.number is None else known.number


def _name(one: Decision) -> Name:
    return identity(one.feedback)


def _carry_out(world: World, tx: Tx, settled: Sequence[Changes]) -> dict[Name, Arrival]:
    """New cases of those who are unhappy, records of the others, by identity."""
    now = world.now()
    unhappy = [one for one in settled if isinstance(one, Opens)]
    opened = open_cases(world, tx, unhappy, now)
    numbers = {_name(one): case.number for one, case in zip(unhappy, opened, strict=True)}
    rows = [(one, numbers.get(_name(one))) for one in settled]
    ids = feedback.record_together(tx, rows, now) if rows else []
    if opened:
        facts = {case.number: opening_facts(case, one) for case, one in zip(opened, unhappy, strict=True)}
        timeline.note_together(tx, facts, now, None, "opened", Via.ARRIVAL)
    return {
        _name(one): arrival_of(one, recorded, numbers.get(_name(one)))
        for one, recorded in zip(settled, ids, strict=True)
    }


def _alone(world: World, tx: Tx, arriving: Arriving, known: Sequence[Known] | None) -> Arrival | Exception:
    try:
        with savepoint(tx):
            return Intake(world, tx, Via.ARRIVAL).take(arriving, known)
    except AWAY:
        raise
    except Exception as wrong:  # noqa: BLE001  it is told to whoever sent this one, and hurts no other
        return wrong
