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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: how it is found, what a person is told, and where it comes from.

    `bad` and `good` are example replies to the complaint of `given` (arguments of `check_reply`; the cold soup unless it
    says otherwise); the tests hold the rule to them and the documentation shows them. `source` names the research behind
    the rule. `public_severity` replaces `severity` in a short public answer, `personal_severity` in one of plain sentences that says “I”.
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
    public_severity: Weight | None = None
    personal_severity: Weight | None = None
