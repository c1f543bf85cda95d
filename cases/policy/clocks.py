"""The clocks of a case as policy.toml sets them: how long each step may take, by severity and by source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pydantic import Field, model_validator

from cases.model import Severity
from cases.policy.values import Allowance, Section


class Clock(Section):
    """Working time allowed to find an owner, to first contact, and to hold a case without contact before being asked."""

    claim: Allowance
    contact: Allowance
    hold: Allowance = timedelta(hours=2)


class ClockOfSource(Section):
    """What one source does otherwise than the rest; None: as the rest."""

    claim: Allowance | None = None
    contact: Allowance | None = None
    hold: Allowance | None = None


class Clocks(Section):
    """The clocks of each severity, and what some sources do otherwise; a clock that is not named keeps its default."""

    normal: Clock = Clock(claim=timedelta(minutes=15), contact=timedelta(hours=1), hold=timedelta(hours=2))
    high: Clock = Clock(claim=timedelta(minutes=10), contact=timedelta(minutes=45), hold=timedelta(minutes=90))
    critical: Clock = Clock(claim=timedelta(minutes=5), contact=timedelta(minutes=30), hold=timedelta(hours=1))
    source: Mapping[str, Mapping[Severity, ClockOfSource]] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _keep_defaults(cls, written: Any) -> Any:
        if not isinstance(written, dict):
            return written
        defaults = {severity.value: cls.model_fields[severity.value].default for severity in Severity}
        return {
            name: defaults[name].model_dump() | clock if name in defaults and isinstance(clock, dict) else clock
            for name, clock in written.items()
        }

    def of(self, severity: Severity, source: str | None = None) -> Clock:
        """The clocks for one severity and, where the policy names it, one source."""
        clock: Clock = getattr(self, severity.value)
        otherwise = self.source.get(source or "", {}).get(severity)
        return clock.model_copy(update=otherwise.model_dump(exclude_none=True)) if otherwise else clock
