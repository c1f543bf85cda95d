"""The ladder of nudges as policy.toml writes it: its rungs, with the ladder of a team that writes none."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, PlainValidator, model_validator

from cases.occasions import When, in_ladder
from cases.policy.values import Allowance, Duration, Section, Somebody
from cases.spoken.durations import parse_duration, write_duration


def _written(when: Any) -> When:
    found = next((known for known in in_ladder() if known == when), None)
    if found is None:
        *others, last = (f"'{known}'" for known in in_ladder())
        raise ValueError(f"there is no {when!r} here; write {', '.join(others)} or {last}")
    return found


class Rung(Section):
    """One step of the nudge ladder: `after` the named clock has run out (negative: before), perhaps `every` so often."""

    when: Annotated[When, PlainValidator(_written)]
    after: Duration
    every: Allowance | None = None
    at_most: int | None = Field(default=None, ge=1)
    tell: Somebody

    @model_validator(mode="after")
    def _repeats(self) -> Rung:
        if self.at_most is not None and self.every is None:
            raise ValueError("at_most without every says nothing; add how often, or take at_most out")
        return self

    def written(self) -> str:
        """As the policy writes it, in one line."""
        often = f', every = "{write_duration(self.every)}"' if self.every else ""
        most = f", at_most = {self.at_most}" if self.at_most else ""
        return f'when = "{self.when}", after = "{write_duration(self.after)}"{often}{most}, tell = "{self.tell}"'


def _rung(when: When, after: str, tell: str, every: str = "", at_most: int | None = None) -> Rung:
    return Rung(
        when=when,
        after=parse_duration(after),
        tell=tell,
        every=parse_duration(every) if every else None,
        at_most=at_most,
    )


DEFAULT_LADDER = (
    _rung(When.UNCLAIMED, "0m", "thread", every="1h", at_most=3),
    _rung(When.UNCLAIMED, "30m", "lead"),
    _rung(When.NOT_CONTACTED, "-15m", "owner"),
    _rung(When.NOT_CONTACTED, "0m", "owner", every="1h", at_most=3),
    _rung(When.NOT_CONTACTED, "30m", "thread"),
    _rung(When.NOT_CONTACTED, "1h", "lead", every="4h", at_most=6),
    _rung(When.PROMISED, "-2h", "owner"),
    _rung(When.PROMISED, "0m", "owner"),
    _rung(When.PROMISED, "30m", "lead"),
)
