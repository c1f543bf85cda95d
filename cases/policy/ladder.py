"""The ladder of nudges as policy.toml writes it: its rungs, with the ladder of a team that writes none."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from cases.policy.values import Allowance, Duration, Section, Somebody
from cases.spoken.durations import parse_duration


class Rung(Section):
    """One step of the nudge ladder: `after` the named clock has run out (negative: before), perhaps `every` so often."""

    when: Literal["unclaimed", "not_contacted", "promised"]
    after: Duration
    every: Allowance | None = None
    at_most: int | None = Field(default=None, ge=1)
    tell: Somebody

    @model_validator(mode="after")
    def _repeats(self) -> Rung:
        if self.at_most is not None and self.every is None:
            raise ValueError("at_most without every says nothing; add how often, or take at_most out")
        return self


def _rung(
    when: Literal["unclaimed", "not_contacted", "promised"],
    after: str,
    tell: str,
    every: str = "",
    at_most: int | None = None,
) -> Rung:
    return Rung(
        when=when,
        after=parse_duration(after),
        tell=tell,
        every=parse_duration(every) if every else None,
        at_most=at_most,
    )


DEFAULT_LADDER = (
    _rung("unclaimed", "0m", "thread", every="1h", at_most=3),
    _rung("unclaimed", "30m", "lead"),
    _rung("not_contacted", "-15m", "owner"),
    _rung("not_contacted", "0m", "owner", every="1h", at_most=3),
    _rung("not_contacted", "30m", "thread"),
    _rung("not_contacted", "1h", "lead", every="4h", at_most=6),
    _rung("promised", "-2h", "owner"),
    _rung("promised", "0m", "owner"),
    _rung("promised", "30m", "lead"),
)
