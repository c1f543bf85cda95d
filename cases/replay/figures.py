"""What a play comes to: cases and why, reminders and to whom, how long customers waited, and messages by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from cases.model import Severity
from cases.occasions import When
from cases.policy.working_time import DAY, calendar_of
from cases.replay.play import CHANNEL, THREADS, Play

LONG = timedelta(days=1)


class Role(StrEnum):
    """As whom somebody is reminded."""

    OWNER = "owner"
    LEAD = "lead"
    MANAGER = "manager"
    OTHER = "other"
    THREAD = "thread"


@dataclass(frozen=True, slots=True)
class Share:
    """Counts, one for each day or the like: their median, what nine and a half in ten stay within, and the most."""

    counts: tuple[int, ...]

    @property
    def median(self) -> int:
        return self._within(0.5)

    @property
    def p95(self) -> int:
        return self._within(0.95)

    @property
    def most(self) -> int:
        return max(self.counts, default=0)

    def _within(self, share: float) -> int:
        ordered = sorted(self.counts)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of one play. `became` is of feedback; `reasons` of cases, which may have several; `months` are "2025-11".

    `reminders` count each case that a message names. `messages` are posted ones: direct ones by person, and by the channel,
    for each working day between the first feedback and the last message. `waits` are how long customers waited, longest
    last; `long_waits` how many of the customers waited longer than a day.
    """

    became: Mapping[str, int]
    cases: int
    unsure: int
    severities: Mapping[Severity, int]
    reasons: Mapping[str, int]
    sources: Mapping[str, int]
    months: Mapping[str, int]
    reminders: Mapping[tuple[When, Role], int]
    by_person: Mapping[str, int]
    hours: Mapping[int, int]
    messages: Mapping[str, Share]
    working_days: int
    waits: Sequence[timedelta]
    long_waits: int

    @property
    def reminded(self) -> int:
        """All reminders."""
        return sum(self.reminders.values())


def figures_of(play: Play, since: datetime) -> Figures:
    """What has been played, from the instant of the first feedback on."""
    cases = play.cases.values()
    roles = _roles(play)
    zone = play.policy.zone
    days = _working_days(play, since)
    return Figures(
        became=play.became,
        cases=len(cases),
        unsure=sum(case.unsure for case in cases),
        severities=Counter(case.severity for case in cases),
        reasons=Counter(code for case in cases for code in {reason.code for reason in case.reasons}),
        sources=Counter(case.feedback[0].source for case in cases),
        months=Counter(f"{case.opened_at.astimezone(zone):%Y-%m}" for case in cases),
        reminders=Counter((told.when, _role(told.address, roles)) for told in play.told),
        by_person=Counter(told.address for told in play.told if _is_person(told.address)),
        hours=Counter(told.at.astimezone(zone).hour for told in play.told),
        messages=_messages(play, days),
        working_days=len(days),
        waits=sorted(until - waited for _, waited, until in play.waits),
        long_waits=len({number for number, waited, until in play.waits if until - waited > LONG}),
    )


def _roles(play: Play) -> dict[str, Role]:
    named = [(title, person) for team in play.teams.values() for title, person in team.people.items() if person]
    others = {person: Role.OTHER for _, person in named}
    leads = {person: role for role in (Role.MANAGER, Role.LEAD) for title, person in named if title == role}
    return others | leads | dict.fromkeys(play.names, Role.OWNER)


def _role(address: str, roles: Mapping[str, Role]) -> Role:
    return roles.get(address, Role.OTHER) if _is_person(address) else Role.THREAD


def _is_person(address: str) -> bool:
    return not address.startswith((*THREADS, "channel "))


def _working_days(play: Play, since: datetime) -> list[date]:
    calendar = calendar_of(play.policy)
    last = max([since, *(told.at for told in play.told[-1:]), *(did.at for did in play.did[-1:])])
    first, length = calendar.local_date(since), calendar.local_date(last) - calendar.local_date(since)
    days = (first + n * DAY for n in range(length.days + 1))
    return [day for day in days if calendar.is_working_day(day)]


def _messages(play: Play, days: Sequence[date]) -> dict[str, Share]:
    """For each person, the team's and whoever else was told, and for the channel: what came on each day."""
    calendar = calendar_of(play.policy)
    posted = {told.in_message: told for told in play.told if _is_person(told.address)}.values()
    direct = Counter((told.address, calendar.local_date(told.at)) for told in posted)
    seen = Counter(calendar.local_date(at) for at in play.posts)
    people = dict.fromkeys([*play.names, *_roles(play), *(told.address for told in posted)])
    by_day = {
        person: _each_day({day: n for (whom, day), n in direct.items() if whom == person}, days) for person in people
    }
    return by_day | {CHANNEL: _each_day(seen, days)}


def _each_day(counted: Mapping[date, int], days: Iterable[date]) -> Share:
    """Quiet working days count, and so do days off on which something came all the same."""
    return Share(tuple(counted.get(day, 0) for day in sorted({*days, *counted})))
