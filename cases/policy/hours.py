"""Working hours as policy.toml gives them: the spans of each weekday, the holidays and the days off."""

from __future__ import annotations

from datetime import date
from typing import Any

import holidays as holiday_calendars
from pydantic import field_validator, model_validator

from cases.policy.values import DayHours, Section, Span, spans

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OFFICE_HOURS = "09:00-18:00"


class Hours(Section):
    """Working hours per weekday; `always` means round the clock. A weekday that is not named is closed."""

    always: bool = False
    mon: DayHours = ""
    tue: DayHours = ""
    wed: DayHours = ""
    thu: DayHours = ""
    fri: DayHours = ""
    sat: DayHours = ""
    sun: DayHours = ""
    holidays: str = ""
    days_off: tuple[date, ...] = ()
    critical_any_time: bool = False

    @model_validator(mode="before")
    @classmethod
    def _keep_default_days(cls, written: Any) -> Any:
        """Somebody who names only the holidays does not mean to abolish the working week."""
        if isinstance(written, dict) and not written.get("always") and not set(written) & set(WEEKDAYS):
            return dict.fromkeys(WEEKDAYS[:5], _OFFICE_HOURS) | written
        return written

    @field_validator("holidays")
    @classmethod
    def _known_calendar(cls, code: str) -> str:
        country, _, region = code.partition("-")
        if code:
            try:
                holiday_calendars.country_holidays(country, subdiv=region or None)
            except NotImplementedError:
                raise ValueError(
                    f'no holiday calendar is known for "{code}"; write a country such as "DE" or "DE-BY"'
                ) from None
        return code

    @model_validator(mode="after")
    def _open_at_some_time(self) -> Hours:
        if not self.always and not any(spans(getattr(self, day)) for day in WEEKDAYS):
            raise ValueError(
                'no working hours at all; name at least one day, for instance mon = "09:00-18:00", or always = true'
            )
        return self

    def spans(self, weekday: int) -> tuple[Span, ...]:
        """The spans of a weekday (Monday is 0), in order."""
        return spans(getattr(self, WEEKDAYS[weekday]))
