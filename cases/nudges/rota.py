"""The rota: which colleague is suggested for a case that nobody has claimed; it assigns nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from cases.policy.page import Policy
from cases.policy.working_time import NeverOpen, calendar_of


def on_rota(policy: Policy, now: datetime, members: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
    """Who is on the rota when the team is next at work, now or at the next opening: as policy.toml names them.

    The list of that weekday, in the policy's time zone, counts; without one the members of the rota's group, for which
    `members` is asked: their ids by the group's name. Empty where policy knows no rota for that day.
    """
    calendar = calendar_of(policy)
    try:
        day = calendar.local_date(calendar.next_open(now))
    except NeverOpen:
        return ()
    named = policy.rota.on(day.weekday())
    if named or not policy.rota.group:
        return named
    return tuple(sorted(members(policy.rota.group)))  # Slack promises no order


def suggested(people: Sequence[str], number: int, unavailable: Collection[str] = ()) -> str | None:
    """Whose turn case `number` is: the cases go round, and a case keeps its colleague for as long as the rota is the same.

    Of those who are `unavailable` the turn passes to the next. None where nobody is left.
    """
    first = number % len(people) if people else 0
    in_turn = (*people[first:], *people[:first])
    return next((person for person in in_turn if person not in unavailable), None)
