"""Time passes: the clock looks at cases that are due, says what is to be said, and frees those whose owner is silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from cases.messages import intents
from cases.messages.notes import Broken, LetGo, Note
from cases.model import Case, Via
from cases.nudges import practice
from cases.nudges.broken import latest_broken
from cases.nudges.ladder import Round
from cases.nudges.routing import Colleague
from cases.nudges.steps import HELD
from cases.nudges.sweep import AT_ONCE, Due, Team, by_address, looked_at, on_its_way
from cases.policy.page import Policy
from cases.policy.values import ROLES
from cases.policy.working_time import calendar_of
from cases.replies.drafts import DraftState
from handlers.aloud import tell
from handlers.change import changed, show_draft
from handlers.guard import POISONED, unit_of_work
from handlers.reminders.owe import owe
from handlers.reminders.plan import room_today
from handlers.rights import holder, pin_titles
from handlers.world import World
from store import cases, drafts, messages, nudges, people, timeline
from store.engine import Tx

_ELSEWHERE = ""


def sweep(world: World) -> int:
    """Looks at what is due, in one transaction; returns how many cases were looked at."""
    due = world.store.read(lambda tx: cases.people_due(tx, world.now(), AT_ONCE))
    if not due:
        return 0
    team = _everybody(world, {each for _, people in due for each in people}, {channel for channel, _ in due})
    return world.store.write(lambda tx: _Sweep(world, tx, team).run())


@dataclass(frozen=True, slots=True)
class _Everybody:
    """Who is who, looked up before the transaction, since Slack may have to be asked.

    `teams` are whom the policy means, by channel (`_ELSEWHERE`: in any other); `known` is what Slack says of everybody concerned.
    """

    teams: Mapping[str, Team]
    known: Mapping[str, Colleague]

    def team_of(self, case: Case) -> Team:
        """Whom the policy means where a case stands."""
        return self.teams.get(case.channel, self.teams[_ELSEWHERE])


def _everybody(world: World, owners: set[str], channels: set[str]) -> _Everybody:
    policy, directory = world.policy, world.directory
    pin_titles(world)
    tells = sorted({rung.tell for rung in policy.nudges} - set(ROLES))
    found = {tell: directory.person(tell) for tell in tells}
    groups = {tell: group for tell in tells if found[tell] is None and (group := directory.group(tell))}
    leads = {channel: _leads(world, channel) for channel in (*channels, _ELSEWHERE)}
    teams = {channel: Team(found | led, groups, _in_order(led)) for channel, led in leads.items()}
    told = {person for team in teams.values() for person in team.people.values() if person}
    return _Everybody(teams, {person: directory.colleague(person) for person in sorted(owners | told)})


def _leads(world: World, channel: str) -> dict[str, str | None]:
    """Who lead and manager are for the cases of a channel."""
    lead = holder(world, "lead", channel)
    return {"lead": lead, "manager": holder(world, "manager") if world.policy.manager else lead}


def _in_order(led: Mapping[str, str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person for person in led.values() if person))


class _Sweep:
    """One sweep within its transaction: looks at each case, then owes each address one message."""

    def __init__(self, world: World, tx: Tx, team: _Everybody) -> None:
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
        found = cases.due_for_nudge(self.tx, self.now, AT_ONCE)
        all_due: list[Due] = []
        for case in found:
            with unit_of_work(f"case {case.number}", partial(self._rests, case, case), inside=self.tx):
                all_due.extend(self._look(case))
        for address, together in by_address(all_due, self.policy, self.now).items():
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
            again = replace(again, lesson_asked_at=was.lesson_asked_at)
            self._rests(due.case, again if due.nudge.rung != HELD else replace(again, asked_at=was.asked_at))

    def _look(self, case: Case) -> list[Due]:
        """What is to be said now and to whom, and the case planned on; the rule looks anew, whatever woke us."""
        if case.is_practice:
            self._over(case)
            return []
        room = room_today(self.tx, case, self.policy, self.now)
        looked = looked_at(case, self.policy, self.now, room)
        if looked.lost_by is not None or looked.broke:
            looked = replace(looked, case=self._happened(case, looked))
        else:
            cases.save(self.tx, looked.case, before=case)
        if looked.said or looked.enough:  # the card says what comes next
            messages.want_again(self.tx, intents.card(case.number), self.now)
        return on_its_way(looked, case, room, self.team.team_of(looked.case), self.known, self.policy, self.now)

    def _over(self, case: Case) -> None:
        """What was invented for practice has had its day."""
        ended, now = practice.over(case, self.now), self.now
        after = changed(self.tx, case, ended, self.policy, now, actor=None, action="practice_over", via=Via.CLOCK)
        draft = drafts.load(self.tx, case.number)
        if draft is not None and draft.state is DraftState.WANTED:
            drafts.want_none(self.tx, draft)
        elif draft is not None and draft.reply is not None:
            show_draft(self.tx, after, now)

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
