"""Feedback on paper: what was heard so far and which cases it belongs to, where nothing is stored; it looks as the database would.

A rehearsal of an import keeps on it what a file's rows would have left, a replay all there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from cases.arrivals.before import Before
from cases.arrivals.customers import Known, customer_keys
from cases.arrivals.decision import Changes
from cases.arrivals.feedback import identity
from cases.model import Feedback, Status

Name = tuple[str, str]
"""Source and external id."""
MOST = 50  # an id that stands for hundreds of people tells as little by fifty of them


def as_kept(decision: Changes, case: int | None) -> Before:
    """What is left of a decision once it is carried out."""
    return Before(
        decision.feedback,
        case,
        decision.said_at,
        decision.events,
        score=decision.score,
        unscored_since=decision.unscored_since,
        pending=decision.assessment.pending,
        decided=decision.decided,
    )


@dataclass(slots=True)
class OnPaper:
    """`had` is all that was heard, by name. `region` is that of telephone numbers without a country."""

    region: str | None = None
    had: dict[Name, Before] = field(default_factory=dict)
    heard_at: dict[int, datetime | None] = field(default_factory=dict)  # by case, when the last of it came
    _under: dict[str, dict[Name, int]] = field(default_factory=lambda: defaultdict(dict))
    _keys: dict[Name, frozenset[str]] = field(default_factory=dict)
    _of_case: dict[int, dict[Name, None]] = field(default_factory=lambda: defaultdict(dict))
    _numbers: dict[Name, int] = field(default_factory=dict)
    _next: count[int] = field(default_factory=count)

    def keep(self, decision: Changes, case: int | None, heard_at: datetime | None = None) -> None:
        """Carries a decision out, of what was heard then; a key that its customer has no more is nobody's."""
        name = identity(decision.feedback)
        number = self._numbers.setdefault(name, next(self._next))
        self.had[name] = as_kept(decision, case)
        for gone in self._keys.get(name, frozenset()) - decision.keys:
            del self._under[gone][name]
        for key in decision.keys:
            self._under[key][name] = number
        self._keys[name] = decision.keys
        if case is not None:
            self._of_case[case][name] = None
            self.heard_at[case] = heard_at or decision.said_at or decision.feedback.occurred_at

    def of_case(self, number: int) -> list[Feedback]:
        """What its customer said, oldest first."""
        return [self.had[name].feedback for name in self._of_case.get(number, ())]

    def under(self, keys: Iterable[str]) -> list[Name]:
        """The newest that is known by any of these keys."""
        found = {name: number for key in keys for name, number in self._under.get(key, {}).items()}
        return sorted(found, key=found.__getitem__, reverse=True)[:MOST]

    def met(self, keys: Collection[str]) -> tuple[list[Feedback], frozenset[str], set[int]]:
        """Under these keys: thanks that opened no case, the keys that they add, and the numbers of cases under all of them."""
        thanks = [self.had[name].feedback for name in self.under(keys) if self.had[name].case is None]
        more = frozenset(keys).union(*(customer_keys(each, self.region) for each in thanks))
        return thanks, more, self.cases_under(keys) | self.cases_under(more - frozenset(keys))

    def cases_under(self, keys: Iterable[str]) -> set[int]:
        """The numbers of the cases of the newest under these keys."""
        return {number for name in self.under(keys) if (number := self.had[name].case) is not None}

    def known(self, keys: Collection[str], status: Callable[[int], Status]) -> list[Known]:
        """The cases, newest first, and thanks, under these keys or those that thanks add; `status` is that of a case."""
        thanks, _, numbers = self.met(keys)
        cases = [
            Known(each, status(each), tuple(self.of_case(each)), self.heard_at.get(each))
            for each in sorted(numbers, reverse=True)
        ]
        return [*cases, *(Known(None, None, (each,)) for each in thanks)]
