"""A colleague leaves: all their open cases pass at once to the lead, or back to the team where none leads or they are only away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.acts.act import Act, ActionName, Change
from cases.acts.actions import decide
from cases.acts.hands import unowned
from cases.may import Standing
from cases.messages.notes import Acted
from cases.model import OPEN, Case, Via
from handlers import channels
from handlers.change import changed, note, show_draft
from handlers.guard import unit_of_work
from handlers.reminders.owe import offer, pass_on
from handlers.rights import holder
from handlers.world import World
from store import cases, drafts, open_cases, people, timeline
from store.engine import Tx


def deactivated(world: World, person: str, event_id: str | None = None) -> None:
    """They are no full member any more, their account was switched off for instance: all their open cases pass on."""
    _pass_on(world, person, event_id, lambda channel: True)


def left_channel(world: World, person: str, channel: str, event_id: str | None = None) -> None:
    """They are no longer in a channel: their open cases there pass on. Where it is the bot, somebody must invite it again."""
    myself = world.directory.myself()
    if myself is not None and person == myself.user_id:
        channels.left(world, channel)
        return
    _pass_on(world, person, event_id, lambda where: world.directory.known(where) == channel)


def look_for_the_gone(world: World) -> int:
    """Asks Slack about everybody who holds a case: an event may have been missed. Returns how many have gone."""
    gone = [owner for owner in world.store.read(open_cases.owners) if _is_gone(world, owner)]
    for person in gone:
        with unit_of_work(f"passing on the cases of {person}"):
            deactivated(world, person)
    return len(gone)


def _pass_on(world: World, person: str, event_id: str | None, concerns: Callable[[str], bool]) -> None:
    channels = world.store.read(lambda tx: {case.channel for case in _cases_of(world, tx, person)})
    concerned = {channel for channel in channels if concerns(channel)}
    if concerned:
        heirs: dict[str | None, set[str]] = defaultdict(set)
        for channel in sorted(concerned):
            heirs[_lead(world, person, channel)].add(channel)
        world.store.write(lambda tx: _passed_on(world, tx, person, heirs, event_id))


def _lead(world: World, person: str, channel: str) -> str | None:
    """Who inherits, looked up before the transaction: Slack may have to be asked. None where the lead has gone as well."""
    lead = holder(world, "lead", channel)
    return None if lead is None or lead == person or _is_gone(world, lead) else lead


def _is_gone(world: World, person: str) -> bool:
    """As far as Slack says; nobody has gone because Slack does not answer."""
    member = world.directory.member(person)
    return member is not None and member.standing is not Standing.MEMBER


def _passed_on(
    world: World, tx: Tx, person: str, heirs: Mapping[str | None, Collection[str]], event_id: str | None
) -> None:
    """`heirs`: who inherits what stood in which channels."""
    now = world.now()
    if not timeline.first_time(tx, event_id, now):
        return
    farewell, held = Farewell(person=person), _cases_of(world, tx, person)
    for lead, there in heirs.items():
        numbers = [case.number for case in held if case.channel in there]
        if lead is None or people.load(tx, lead).is_away(now):
            given_back(world, tx, numbers, farewell, now)
        else:
            inherited(world, tx, numbers, farewell, lead, now)


def _cases_of(world: World, tx: Tx, person: str) -> list[Case]:
    return cases.load_many(tx, open_cases.of_owner(tx, person, world.now()))


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
        given = decide(before, Act(ActionName.GIVE, farewell.person, farewell.via, to=lead), now)
        assert isinstance(given, Change), f"an open case can be given: {given}"
        passed.append(_moved(world, tx, before, given.case, farewell, given.facts, now))
        note(tx, passed[-1], Acted(say=ActionName.GIVE, before=farewell.person, owner=lead), now)
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
