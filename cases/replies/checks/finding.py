"""What a check reports, and what a rule is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from cases.replies.checks.letter import Span

if TYPE_CHECKING:
    from cases.replies.checks.reading import Reading

Weight: TypeAlias = Literal["block", "warn", "hint"]
MISSING: Span = (0, 0)
"""The span of something that is not there; its quote is empty."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a reply. `quote` is the reply's own words, empty when something is missing from it."""

    rule: str
    severity: Weight
    quote: str
    why: str
    fix: str


@dataclass(frozen=True, slots=True)
class Mild:
    """Where a rule does less: in words to go on with, and as a question to the letter; and what it does there."""

    where: str
    holds: Callable[[Reading], bool]
    severity: Weight = "warn"


IN_PUBLIC = Mild("in a short public answer", lambda reading: reading.in_public)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: how it is found, what a person is told, and where it comes from.

    `bad` and `good` are example replies to the complaint of `given` (arguments of `check_reply`; the cold soup unless it
    says otherwise); the tests hold the rule to them and the documentation shows them. `source` names the research behind
    the rule. `mild`: where it does less than `severity`, and what. `tone`: it judges how the letter speaks, so that it
    never holds back by itself a letter that reads well; what a letter gets wrong about its case is no tone.
    """

    id: str
    name: str
    severity: Weight
    why: str
    fix: str
    source: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    find: Callable[[Reading], Iterable[Span]]
    given: Mapping[str, Any] = field(default_factory=dict)
    mild: Mild | None = None
    tone: bool = False

    def weight(self, reading: Reading) -> Weight:
        """What it does to this letter."""
        if self.tone and self.severity == "block" and reading.reads_well:
            return "warn"
        return self.mild.severity if self.mild and self.mild.holds(reading) else self.severity
