"""One sweep of the clock over cases that are due: what is said of each, whom it reaches, and what stands in one message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cases.model import Case, Severity
from cases.nudges.ladder import Round, put_off, round_at
from cases.nudges.routing import Colleague, Route, route
from cases.nudges.steps import Nudge
from cases.occasions import When
from cases.policy.page import Policy
from cases.policy.working_time import calendar_for

AT_ONCE = 100  # cases in one sweep
DIGEST = "digest"  # who takes over when enough has been said about a case today
_MANY = 3  # threads at once; more that are late, as after days of downtime, are one message in the channel


@dataclass(frozen=True, slots=True)
class Team:
    """`people` and `groups` are what the policy's `tell` means; `then` are those to whom nudges pass on, in order."""

    people: Mapping[str, str | None]
    groups: Mapping[str, str]
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """One nudge about one case on its way to somebody; `seq` names the case's round for ever.

    `case` is as the round left it, `before` as it was before anything was said.
    """

    case: Case
    before: Case
    nudge: Nudge
    route: Route

    @property
    def seq(self) -> int:
        return self.before.nudge_seq + 1

    @property
    def address(self) -> str:
        """A person's id; who cannot be found or told is told of where all can read it: "thread NUMBER", or "flood NUMBER"."""
        shared = self.case.flood
        return self.route.person or (f"thread {self.case.number}" if shared is None else f"flood {shared}")

    @property
    def rings(self) -> bool:
        """What is critical, and a question, is a message of its own."""
        return self.case.severity is Severity.CRITICAL or self.nudge.when is When.HELD


def looked_at(case: Case, policy: Policy, now: datetime, room: int) -> Round:
    """What the clock makes of a case of which so much may still be said today: the rest keeps until the next working day.

    A promise that is broken, and a case that is lost, are told all the same.
    """
    looked = round_at(case, policy, now)
    if looked.said and room <= 0 and looked.lost_by is None and not looked.broke:
        return Round(case=put_off(case, policy, now), enough=True)
    return looked


def on_its_way(
    looked: Round, before: Case, room: int, team: Team, known: Mapping[str, Colleague], policy: Policy, now: datetime
) -> list[Due]:
    """What was said of a case in this round, each on its way; the last of a day says so. `known` are the people concerned."""
    ways = [(nudge, _way(nudge, looked.case, team, known, policy, now)) for nudge in looked.said]
    due = [
        Due(looked.case, before, nudge, way)
        for nudge, way in ways
        if way is not None and not _is_asked_already(nudge, way, before)
    ]
    return due if len(due) < room else [replace(one, route=_nothing_more_today(one.route)) for one in due]


def _way(
    nudge: Nudge, case: Case, team: Team, known: Mapping[str, Colleague], policy: Policy, now: datetime
) -> Route | None:
    if nudge.tell in team.groups:
        return Route(call=team.groups[nudge.tell])
    meant_for = nudge.owner if nudge.tell == "owner" else team.people.get(nudge.tell)
    return route(nudge, case.severity, meant_for, team.then, known, policy, now)


def _is_asked_already(nudge: Nudge, way: Route, case: Case) -> bool:
    """While the question to an owner waits for its answer, it says all that a reminder of first contact could."""
    return nudge.when is When.NOT_CONTACTED and case.asked_at is not None and case.owner in (way.person, way.call)


def _nothing_more_today(way: Route) -> Route:
    return replace(way, heir=way.heir or DIGEST)


def by_address(all_due: Iterable[Due], policy: Policy, now: datetime) -> dict[str, list[Due]]:
    """What is due in one sweep by the address that is told of it: one message for each.

    After days of downtime a channel ("channel ID") is not filled with a reminder for each of its threads.
    """
    for_whom: dict[str, list[Due]] = defaultdict(list)
    for one in all_due:
        for_whom[one.address].append(one)
    late = {address: due for address, due in for_whom.items() if _in_thread(due[0]) and _is_late(due[0], policy, now)}
    if len(late) <= _MANY:
        return for_whom
    rest = {address: due for address, due in for_whom.items() if address not in late}
    for due in late.values():
        rest.setdefault(f"channel {due[0].case.channel}", []).extend(due)
    return rest


def _in_thread(due: Due) -> bool:
    return due.route.person is None and due.route.call is None


def _is_late(due: Due, policy: Policy, now: datetime) -> bool:
    waited = calendar_for(due.case.severity, policy).between(due.nudge.due_at, now)
    return waited > max(policy.reminders.together, timedelta(minutes=1))


def once_for_each_case(due: Sequence[Due]) -> list[Due]:
    """Who is owner and lead at once hears of a case once, and a thread too.

    Of two rungs the later says it all, save for the question to an owner: it must be asked.
    """
    in_order = sorted(due, key=lambda one: one.nudge.when is When.HELD)
    return list({one.case.number: one for one in in_order}.values())


def may_join(address: str, due: Sequence[Due]) -> bool:
    """Whether this may be taken in by what the address was told a moment ago.

    An edit rings no bell: of a case that it speaks of already nothing more is needed so soon.
    """
    return not address.startswith("thread ") and not any(one.rings for one in due)
