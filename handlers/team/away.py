"""A colleague speaks of themselves: going away, coming back, and wanting an hour of quiet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cases.acts.act import NotAllowed
from cases.acts.commands import Command
from cases.model import Via
from cases.people import Person, away, quiet
from handlers.cards import answers, private
from handlers.cards.message import Message
from handlers.team.leaving import Farewell, given_back
from handlers.world import World
from store import homes, open_cases, people, timeline
from store.engine import Tx


@dataclass(frozen=True, slots=True)
class Spoken:
    """What somebody said of themselves, and where. `until` and `reason` as far as their words named them."""

    command: Command
    person: str
    via: Via
    until: datetime | None = None
    reason: str | None = None
    event_id: str | None = None


def said(world: World, spoken: Spoken) -> Message | None:
    """Does it and returns the answer, for this person alone; None where Slack has delivered the same event before."""
    return world.store.write(lambda tx: _said(world, tx, spoken))


def _said(world: World, tx: Tx, spoken: Spoken) -> Message | None:
    now = world.now()
    if not timeline.first_time(tx, spoken.event_id, now):
        return None
    answer = _VERBS[spoken.command.verb](world, tx, spoken, people.load(tx, spoken.person), now)
    homes.refresh(tx, spoken.person, now)
    return private.refused(answer) if isinstance(answer, NotAllowed) else answer


def _away(world: World, tx: Tx, spoken: Spoken, before: Person, now: datetime) -> Message | NotAllowed:
    gone = away(before, spoken.until, now)
    if isinstance(gone, NotAllowed):
        return gone
    people.keep(tx, gone)
    farewell = Farewell(person=gone.id, until=gone.away_until, reason=spoken.reason, via=spoken.via)
    offered = given_back(world, tx, open_cases.of_owner(tx, gone.id, now), farewell, now)
    return answers.went_away(gone, len(offered))


def _back(world: World, tx: Tx, spoken: Spoken, before: Person, now: datetime) -> Message | NotAllowed:
    people.change(tx, before.id, away_until=None)
    return answers.came_back(was_away=before.is_away(now))


def _quiet(world: World, tx: Tx, spoken: Spoken, before: Person, now: datetime) -> Message | NotAllowed:
    if spoken.command.ends:
        people.change(tx, before.id, quiet_until=None)
        return answers.quiet_ended()
    still = quiet(before, spoken.until, now)
    if isinstance(still, NotAllowed):
        return still
    people.keep(tx, still)
    return answers.went_quiet(still)


_VERBS: dict[str, Callable[[World, Tx, Spoken, Person, datetime], Message | NotAllowed]] = {
    "away": _away,
    "back": _back,
    "quiet": _quiet,
}
