"""Time passes: the clock looks at cases that are due, says what is to be said, and frees those whose owner is silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from cases.messages import intents
from cases.messages.notes import Broken, LetGo, Note
from cases.model import Case, Via
from cases.nudges.broken import latest_broken
from cases.nudges.ladder import Round, put_off, round_at
from cases.nudges.routing import Colleague, Route, route
from cases.nudges.steps import HELD, Nudge
from cases.occasions import When
from cases.policy.page import Policy
from cases.policy.working_time import calendar_for, calendar_of
from handlers.aloud import tell
from handlers.change import changed
from handlers.guard import POISONED, unit_of_work
from handlers.reminders.owe import Due, owe
from handlers.reminders.plan import room_today
from handlers.rights import holder, pin_titles
from handlers.world import World
from store import cases, messages, nudges, people, timeline
from store.engine import Tx

_BATCH = 100
_MANY = 3  # threads at once; more that are late, as after days of downtime, are one message in the channel
DIGEST = "digest"  # who takes over when enough has been said about a case today


def sweep(world: World) -> int:
    """Looks at what is due, in one transaction; returns how many cases were looked at."""
    owners = world.store.read(lambda tx: cases.owners_due(tx, world.now(), _BATCH))
    if not owners:
        return 0
    team = _team(world, {owner for owner in owners if owner})
    return world.store.write(lambda tx: _Sweep(world, tx, team).run())


@dataclass(frozen=True, slots=True)
class _Team:
    """Who is who, looked up before the transaction, since Slack may have to be asked.

    `people` and `groups` are what the policy's `tell` means; `then` are those to whom nudges pass on, in order;
    `known` is what Slack says of everybody concerned.
    """

    people: Mapping[str, str | None]
    groups: Mapping[str, str]
    then: tuple[str, ...]
    known: Mapping[str, Colleague]


def _team(world: World, owners: set[str]) -> _Team:
    policy, directory = world.policy, world.directory
    pin_titles(world)
    lead = holder(world, "lead")
    leads = {"lead": lead, "manager": holder(world, "manager") if policy.manager else lead}
    tells = sorted({rung.tell for rung in policy.nudges} - {"thread", "owner", *leads})
    found = leads | {tell: directory.person(tell) for tell in tells}
    groups = {tell: group for tell in tells if found[tell] is None and (group := directory.group(tell))}
    then = tuple(dict.fromkeys(person for person in leads.values() if person))
    everybody = owners | {person for person in found.values() if person}
    return _Team(found, groups, then, {person: directory.colleague(person) for person in sorted(everybody)})


class _Sweep:
    """One sweep within its transaction: looks at each case, then owes each address one message."""

    def __init__(self, world: World, tx: Tx, team: _Team) -> None:
        self.world = world
        self.policy: Policy = world.policy
        self.tx = tx
        self.team = team
        self.now: datetime = world.now()
        calendar = calendar_of(world.policy)
        self.today = calendar.start_of_day(calendar.local_date(self.now))
        self.known = self._colleagues()

    def _colleagues(self) -> dict[str, Colleague]:
        wishes = people.load_many(self.tx, self.team.known)
        told = nudges.messages_since(self.tx, list(self.team.known), self.today)
        return {
            person: replace(colleague, wishes=wishes[person], told_today=told.get(person, 0))
            for person, colleague in self.team.known.items()
        }

    def run(self) -> int:
        found = cases.due_for_nudge(self.tx, self.now, _BATCH)
        for_whom: dict[str, list[Due]] = defaultdict(list)
        for case in found:
            with unit_of_work(f"case {case.number}", partial(self._rests, case, case), inside=self.tx):
                for due in self._look(case):
                    for_whom[_address(due)].append(due)
        for address, together in self._late_ones_together(for_whom).items():
            with unit_of_work(f"a nudge for {address}", partial(self._unsaid, together), inside=self.tx):
                owe(self.tx, address, together, self.policy, self.now)
        return len(found)

    def _rests(self, stored: Case, again: Case) -> None:
        """What broke is as if it had not been due, and is looked at again in an hour."""
        cases.save(self.tx, replace(again, next_nudge_at=self.now + POISONED), before=stored)

    def _unsaid(self, together: Sequence[Due]) -> None:
        """The round is still to come for these cases; what it owes to others already is not owed to them again, by its key."""
        for due in together:
            was = due.before
            again = replace(due.case, nudged_until=was.nudged_until, nudge_seq=was.nudge_seq)
            self._rests(due.case, again if due.nudge.rung != HELD else replace(again, asked_at=was.asked_at))

    def _look(self, case: Case) -> list[Due]:
        """What is to be said now and to whom, and the case planned on; the rule looks anew, whatever woke us."""
        looked = round_at(case, self.policy, self.now)
        room = room_today(self.tx, case, self.policy, self.now)
        if looked.lost_by is not None or looked.broke:
            looked = replace(looked, case=self._happened(case, looked))
        elif looked.said and room <= 0:
            cases.save(self.tx, put_off(case, self.policy, self.now), before=case)
            messages.want_again(self.tx, intents.card(case.number), self.now)
            return []
        else:
            cases.save(self.tx, looked.case, before=case)
        if looked.said:  # the card says what comes next
            messages.want_again(self.tx, intents.card(case.number), self.now)
        said = [(nudge, self._route(looked.case, nudge)) for nudge in looked.said]
        due = [
            Due(looked.case, case, nudge, way)
            for nudge, way in said
            if way is not None and not _is_asked_already(nudge, way, case)
        ]
        return due if len(due) < room else [replace(one, route=_nothing_more_today(one.route)) for one in due]

    def _happened(self, case: Case, looked: Round) -> Case:
        """What nobody did: a promise was broken, an owner did not answer and the case is the team's again. The channel hears of it."""
        told: list[tuple[Note, dict[str, Any]]] = []
        if looked.broke and (promise := latest_broken(looked.case)) is not None:
            broken = Broken(what=promise.what, due=promise.due_at)
            told.append((broken, {"text": promise.what, "until": promise.due_at}))
        if looked.lost_by is not None:
            told.append((LetGo(before=looked.lost_by), {"owner": looked.lost_by}))
        (first, facts), *more = told
        after = changed(
            self.tx, case, looked.case, self.policy, self.now, actor=None, action=first.say, via=Via.CLOCK, facts=facts
        )
        for also, facts in more:
            timeline.note_down(self.tx, case.number, self.now, None, also.say, Via.CLOCK, facts)
        for each, _ in told:
            tell(self.world, self.tx, case, after, each)
        return after

    def _route(self, case: Case, nudge: Nudge) -> Route | None:
        if nudge.tell in self.team.groups:
            return Route(call=self.team.groups[nudge.tell])
        meant_for = case.owner if nudge.tell == "owner" else self.team.people.get(nudge.tell)
        return route(nudge, case.severity, meant_for, self.team.then, self.known, self.policy, self.now)

    def _late_ones_together(self, for_whom: dict[str, list[Due]]) -> dict[str, list[Due]]:
        """After days of downtime a channel is not filled with a reminder for each of its threads."""
        late = {address: due for address, due in for_whom.items() if _in_thread(due[0]) and self._is_late(due[0])}
        if len(late) <= _MANY:
            return for_whom
        rest = {address: due for address, due in for_whom.items() if address not in late}
        for due in late.values():
            rest.setdefault(f"channel {due[0].case.channel}", []).extend(due)
        return rest

    def _is_late(self, due: Due) -> bool:
        waited = calendar_for(due.case.severity, self.policy).between(due.nudge.due_at, self.now)
        return waited > max(self.policy.reminders.together, timedelta(minutes=1))


def _is_asked_already(nudge: Nudge, way: Route, case: Case) -> bool:
    """While the question to an owner waits for its answer, it says all that a reminder of first contact could."""
    return nudge.when is When.NOT_CONTACTED and case.asked_at is not None and case.owner in (way.person, way.call)


def _nothing_more_today(way: Route) -> Route:
    return replace(way, heir=way.heir or DIGEST)


def _address(due: Due) -> str:
    """A person's id, or "thread NUMBER": who cannot be found or told is told of where all can read it."""
    return due.route.person or f"thread {due.case.number}"


def _in_thread(due: Due) -> bool:
    return due.route.person is None and due.route.call is None
