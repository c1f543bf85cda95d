"""Somebody has gone, from Slack or from a case's channel: their open cases are the lead's, or the team's where none leads."""

from __future__ import annotations

import logging
from collections.abc import Callable

from cases.model import Case
from handlers.team.letting_go import Farewell, given_back, inherited
from handlers.world import World
from store import cases, open_cases, people, timeline
from store.engine import Tx

log = logging.getLogger(__name__)


def deactivated(world: World, person: str, event_id: str | None = None) -> None:
    """Their account has been switched off: all their open cases pass on. Nothing for people who hold none."""
    _pass_on(world, person, event_id, lambda channel: True)


def left_channel(world: World, person: str, channel: str, event_id: str | None = None) -> None:
    """They are no longer in a channel: their open cases there pass on. Where it is the bot, somebody must invite it again."""
    myself = world.directory.myself()
    if myself is not None and person == myself.user_id:
        log.error("the bot is no longer in the channel %s: it sees and says nothing there until it is invited", channel)
        return
    _pass_on(world, person, event_id, lambda where: world.directory.place(where) == channel)


def look_for_the_gone(world: World) -> int:
    """Asks Slack about everybody who holds a case: an event may have been missed. Returns how many have gone."""
    gone = [owner for owner in world.store.read(open_cases.owners) if _is_gone(world, owner)]
    for person in gone:
        try:
            deactivated(world, person)
        except Exception:
            log.exception("the cases of %s could not be passed on; it is tried again", person)
    return len(gone)


def _pass_on(world: World, person: str, event_id: str | None, concerns: Callable[[str], bool]) -> None:
    channels = world.store.read(lambda tx: {case.channel for case in _cases_of(tx, person)})
    concerned = {channel for channel in channels if concerns(channel)}
    if concerned:
        lead = _lead(world, person)
        world.store.write(lambda tx: _passed_on(world, tx, person, concerned, lead, event_id))


def _lead(world: World, person: str) -> str | None:
    """Who inherits, looked up before the transaction: Slack may have to be asked. None where the lead has gone as well."""
    lead = world.directory.person(world.policy.lead) if world.policy.lead else None
    return None if lead is None or lead == person or _is_gone(world, lead) else lead


def _is_gone(world: World, person: str) -> bool:
    """As far as Slack says; nobody has gone because Slack does not answer."""
    member = world.directory.member(person)
    return member is not None and member.deleted


def _passed_on(world: World, tx: Tx, person: str, channels: set[str], lead: str | None, event_id: str | None) -> None:
    now = world.now()
    if not timeline.first_time(tx, event_id, now):
        return
    farewell = Farewell(person=person)
    numbers = [case.number for case in _cases_of(tx, person) if case.channel in channels]
    if lead is None or people.load(tx, lead).is_away(now):
        given_back(world, tx, numbers, farewell, now)
    else:
        inherited(world, tx, numbers, farewell, lead, now)


def _cases_of(tx: Tx, person: str) -> list[Case]:
    return cases.load_many(tx, open_cases.of_owner(tx, person))
