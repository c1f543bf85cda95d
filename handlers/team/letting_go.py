"""A colleague's open cases leave their hands all at once: back to the team, or on to the lead; none is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.acts.act import Act, Change
from cases.acts.actions import decide
from cases.acts.effects import unowned
from cases.messages.notes import Given, Say
from cases.model import OPEN, Case, Via
from handlers.change import changed, note, show_draft
from handlers.reminders.owe import offer, pass_on
from handlers.world import World
from store import cases, drafts
from store.engine import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Farewell:
    """Who lets go of their cases, and why: away `until` then, for a `reason` of their own, or gone for good (None)."""

    person: str
    until: datetime | None = None
    reason: str | None = None
    via: Via = Via.CLOCK

    @property
    def action(self) -> str:
        """What the timeline calls it."""
        return "offered" if self.until else "left_behind"

    @property
    def actor(self) -> str | None:
        """Whoever has gone has done nothing; whoever goes away has said so."""
        return self.person if self.until else None


def given_back(world: World, tx: Tx, numbers: Collection[int], farewell: Farewell, now: datetime) -> list[Case]:
    """Those of these cases that the person still holds, free again, and offered to the team in one message a channel.

    A contacted one stays contacted: the customer waits for an answer or for a promise all the same.
    """
    facts = {"owner": farewell.person, "until": farewell.until, "text": farewell.reason}
    released: dict[str, list[Case]] = defaultdict(list)
    for before in _held(tx, numbers, farewell.person):
        free = _moved(world, tx, before, unowned(before, since=now), farewell, facts, now)
        released[free.channel].append(free)
    for together in released.values():
        offer(tx, together, person=farewell.person, until=farewell.until, now=now)
    return [case for together in released.values() for case in together]


def inherited(
    world: World, tx: Tx, numbers: Collection[int], farewell: Farewell, lead: str, now: datetime
) -> list[Case]:
    """Those of these cases that the person still holds: the lead's from now on, who is told in one message."""
    passed = []
    for before in _held(tx, numbers, farewell.person):
        given = decide(before, Act("give", farewell.person, farewell.via, to=lead), now)
        assert isinstance(given, Change), f"an open case can be given: {given}"
        passed.append(_moved(world, tx, before, given.case, farewell, given.facts, now))
        note(tx, passed[-1], Given(say=Say.GIVE, before=farewell.person, owner=lead), now)
    pass_on(tx, passed, person=farewell.person, lead=lead, now=now)
    return passed


def _held(tx: Tx, numbers: Collection[int], person: str) -> list[Case]:
    """In the order of their numbers, so that two transactions at the same cases never wait for each other."""
    found = [cases.hold(tx, number) for number in sorted(numbers)]
    return [case for case in found if case and case.owner == person and case.status in OPEN]


def _moved(
    world: World, tx: Tx, before: Case, after: Case, farewell: Farewell, facts: Mapping[str, Any], now: datetime
) -> Case:
    moved = changed(
        tx,
        before,
        after,
        world.policy,
        now,
        actor=farewell.actor,
        action=farewell.action,
        via=farewell.via,
        facts=facts,
    )
    draft = drafts.load(tx, moved.number)
    if draft is not None and draft.reply is not None:  # whoever owns a case signs its reply
        show_draft(tx, moved, now)
    return moved
