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
_BY_CUSTOMER = frozenset(Says) - {Says.WORDS_CAME}  # which only tell what the rating was about
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


def go_before(shares: Sequence[Case]) -> list[Case]:
    """Those that are to share a card, and are graver than some that came before them and had their own: the longest wait first."""
    return sorted(
        (case for case in shares if case.severity is not Severity.NORMAL),
        key=lambda case: urgency(case, case.opened_at),
    )


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
    def waits(self) -> bool:
        """Whether nobody has shown any interest in it yet."""
        return self.here and self.status is not Status.CLOSED

    @property
    def cause(self) -> str | None:
        """What happened, by the first reason that says so."""
        return next((code for code in self.reasons if code in _WHAT_HAPPENED), None)


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that have one thing in common: which, how many, and the number of the first of them."""

    name: str
    count: int
    first: int


_KEYS: dict[By, Callable[[Member], str | None]] = {
    By.ORDER: lambda member: member.order,
    By.CAUSE: lambda member: member.cause,
    By.SOURCE: lambda member: member.source,
}


def in_common(members: Sequence[Member]) -> By:
    """What tells most of these: an order or a cause that half of them share, else whatever groups more of them than all else."""
    covered = {by: sum(group.count for group in grouped(members, by)) for by in By}
    return next((by for by in By if 2 * covered[by] >= len(members)), max(By, key=lambda by: covered[by]))


def grouped(members: Sequence[Member], by: By) -> tuple[Group, ...]:
    """The largest groups of these, the largest first; what one case alone has is no group."""
    names = [(_KEYS[by](member), member.number) for member in members]
    firsts = {name: number for name, number in reversed(names) if name}
    counted = Counter(name for name, _ in names if name)
    in_order = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return tuple(Group(name, count, firsts[name]) for name, count in in_order[:GROUPS_SHOWN] if count > 1)


def alike(members: Sequence[Member], number: int) -> frozenset[int]:
    """Which of all that came together share with one of them what they have in common: they can be answered one after another."""
    key = _KEYS[in_common(members)]
    wanted = next((key(member) for member in members if member.number == number), None)
    return frozenset(member.number for member in members if wanted is not None and key(member) == wanted)


def most_from(members: Iterable[Member]) -> str | None:
    """The source that more than half of these came from."""
    sources = Counter(member.source for member in members)
    (source, count), *_ = sources.most_common(1) or [("", 0)]
    return source if 2 * count > sources.total() else None
