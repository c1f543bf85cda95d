"""A flood is so many new cases of a channel at once that most share one card: which do, and how they are told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cases.arrivals.decision import Says
from cases.model import OPEN, Case, Severity, Status
from cases.nudges.aloud import rings
from cases.spoken.matters import MATTERS
from cases.urgency import urgency

GROUPS_SHOWN = 5
_BY_CUSTOMER = frozenset(Says)
_WHAT_HAPPENED = frozenset(matter.code for matter in MATTERS)


def together(new: Sequence[Case], before: int, cards: int) -> list[Case]:
    """Those of a channel's new cases that share a card, where it had `before` new ones lately and more than `cards` are too many.

    The gravest stand alone as long as there is room, a critical one always, and practice. No room at all means that nothing is
    ever gathered.
    """
    if not cards:
        return []
    in_order = sorted(new, key=lambda case: urgency(case, case.opened_at))
    alone = {case.number for case in new if case.severity is Severity.CRITICAL or case.is_practice}
    gathered = {case.number for case in in_order[max(0, cards - before) :]} - alone
    return [case for case in new if case.number in gathered]


def comes_out(before: Case, after: Case, action: str, *, by_colleague: bool) -> bool:
    """Whether a gathered case gets a card of its own by a change: somebody works on it, it is critical, or its customer said worse.

    What is only seen closer and found a step graver stands further up among the others: a flood of those were a flood again.
    """
    if after.status not in OPEN:
        return False
    said_worse = action in _BY_CUSTOMER and rings(before, after)
    return by_colleague or said_worse or after.severity is Severity.CRITICAL


class By(StrEnum):
    """What cases have in common that are told of as a group."""

    ORDER = "order"
    CAUSE = "cause"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Member:
    """A gathered case, as far as a summary needs it. `here`: it has no card of its own; `reasons` are codes of triage."""

    number: int
    status: Status
    here: bool
    source: str
    order: str | None = None
    reasons: tuple[str, ...] = ()

    @property
    def cause(self) -> str | None:
        """What happened, by the first reason that says so."""
        return next((code for code in self.reasons if code in _WHAT_HAPPENED), None)


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that have one thing in common: which, and how many."""

    name: str
    count: int


_KEYS: dict[By, Callable[[Member], str | None]] = {
    By.ORDER: lambda member: member.order,
    By.CAUSE: lambda member: member.cause,
    By.SOURCE: lambda member: member.source,
}


def grouped(members: Iterable[Member]) -> tuple[By, tuple[Group, ...]]:
    """By what these fall into the fewest large groups, and those, the largest first; what one case alone has is no group."""
    members = list(members)
    found = {by: _largest(filter(None, map(key, members))) for by, key in _KEYS.items()}
    best = max(found, key=lambda by: sum(group.count for group in found[by]))  # of equals the first
    return best, found[best]


def _largest(names: Iterable[str]) -> tuple[Group, ...]:
    counted = sorted(Counter(names).items(), key=lambda each: (-each[1], each[0]))
    return tuple(Group(name, count) for name, count in counted[:GROUPS_SHOWN] if count > 1)


def most_from(members: Iterable[Member]) -> str | None:
    """The source that more than half of these came from."""
    sources = Counter(member.source for member in members)
    (source, count), *_ = sources.most_common(1) or [("", 0)]
    return source if 2 * count > sources.total() else None
