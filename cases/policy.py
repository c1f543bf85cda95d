"""The team's own page, policy.toml, as a checked value: names, hours, clocks, ladder, digest, delivery and who may act."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

import holidays as holiday_calendars
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from cases.actions import ACTIONS
from cases.addresses import read_email, read_link, read_phone
from cases.durations import parse_duration
from cases.model import Severity
from cases.money import Money
from cases.policy_faults import setting_faults, toml_fault
from cases.policy_values import END_OF_DAY as END_OF_DAY
from cases.policy_values import (
    Allowance,
    Colleague,
    DayHours,
    Duration,
    Group,
    OwnHours,
    Pause,
    Person,
    Somebody,
    Span,
    TimeOfDay,
    spans,
)
from cases.policy_values import Ceiling as Ceiling

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OFFICE_HOURS = "09:00-18:00"


class PolicyError(ValueError):
    """policy.toml cannot be used; the message lists every fault with the line to change."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Hours(_Strict):
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


class Clock(_Strict):
    """Working time allowed to find an owner, to first contact, and to hold a case without contact before being asked."""

    claim: Allowance
    contact: Allowance
    hold: Allowance = timedelta(hours=2)


class ClockOfSource(_Strict):
    """What one source does otherwise than the rest; None: as the rest."""

    claim: Allowance | None = None
    contact: Allowance | None = None
    hold: Allowance | None = None


class Clocks(_Strict):
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


class Rung(_Strict):
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


class Ownership(_Strict):
    """Holding a case is a lease: who is silent for the clock's `hold` is asked, and has `answer_within` to answer."""

    ask: bool = True
    answer_within: Allowance = timedelta(minutes=30)


class Snooze(_Strict):
    """How long a case may be put off at once, in wall time, and how often before the customer is contacted."""

    longest: Allowance = timedelta(days=7)
    at_most: int = Field(default=3, ge=0)


class Reminders(_Strict):
    """What keeps reminders bearable: bundling, the most there may be in a day, and each person's own daytime.

    `own_hours` are read on each person's own clock; outside of them nothing is sent to them directly. Empty: at any hour.
    """

    together: Pause = timedelta(minutes=15)
    per_case: int = Field(default=10, ge=1)
    per_person: int = Field(default=20, ge=1)
    own_hours: OwnHours = "08:00-20:00"
    do_not_disturb: bool = True


class Rota(_Strict):
    """Who is suggested for a new case on which weekday, people in order; or a user group whose members they are."""

    mon: tuple[Colleague, ...] = ()
    tue: tuple[Colleague, ...] = ()
    wed: tuple[Colleague, ...] = ()
    thu: tuple[Colleague, ...] = ()
    fri: tuple[Colleague, ...] = ()
    sat: tuple[Colleague, ...] = ()
    sun: tuple[Colleague, ...] = ()
    group: Group = ""

    def on(self, weekday: int) -> tuple[str, ...]:
        """Who is named for a weekday (Monday is 0)."""
        named: tuple[str, ...] = getattr(self, WEEKDAYS[weekday])
        return named


class Digest(_Strict):
    """When the digests are posted, local time of the policy's time zone: daily, and a weekly one on one weekday."""

    at: TimeOfDay = time(9)
    enabled: bool = True
    skip_days_off: bool = False
    weekly: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", ""] = "mon"
    chart: bool = True


class Delivery(_Strict):
    """How fast we speak, and how long a message of unknown fate is left alone."""

    per_channel: Pause = timedelta(seconds=1)
    lease: Allowance = timedelta(seconds=60)


class Slack(_Strict):
    """Who may act, and which emoji means what (emoji name → action name; these replace the defaults of those actions)."""

    everyone_may: bool = True
    members: tuple[str, ...] = ()
    contact_details: Literal["owner", "channel"] = "owner"
    emoji: Mapping[str, str] = Field(default_factory=dict)

    @field_validator("emoji")
    @classmethod
    def _does_something(cls, emoji: Mapping[str, str]) -> Mapping[str, str]:
        unknown = sorted(set(emoji.values()) - set(ACTIONS))
        if unknown:
            raise ValueError(f"no such action: {', '.join(unknown)}; there are {', '.join(ACTIONS)}")
        return {name.strip(":"): action for name, action in emoji.items()}


class Remedies(_Strict):
    """What an owner may offer without asking, and which addresses and numbers a reply may contain.

    Vouchers' ceiling holds for discounts and gifts too; a ceiling without a currency holds in every one. `without_sum`
    lets an owner offer what names no sum: their order's money back, 20% off, something small on the house. `beyond` may approve more; empty: the lead. `links` are
    prefixes whose host must match exactly; `emails` may be "@host" for all of a host's addresses.
    """

    refund_up_to: Ceiling = Money(Decimal(100), None)
    voucher_up_to: Ceiling = Money(Decimal(100), None)
    without_sum: bool = True
    replacement: bool = True
    call: bool = True
    beyond: Person = ""
    links: tuple[Annotated[str, AfterValidator(read_link)], ...] = ()
    emails: tuple[Annotated[str, AfterValidator(read_email)], ...] = ()
    phones: tuple[Annotated[str, AfterValidator(read_phone)], ...] = ()


class Drafts(_Strict):
    """How drafts sound, how strictly they are checked, what a model may be told, and who may overrule a check."""

    voice: str = "warm, plain and direct"
    signature: str = ""
    strict: bool = False
    may_override: Person = ""
    model_off_for: tuple[str, ...] = ()
    tokens_per_day: int = Field(default=0, ge=0)


class Policy(_Strict):
    """All of policy.toml. `Policy()` is what an empty file means."""

    team: str = "Amends"
    language: str = "en"
    timezone: str = "Europe/Berlin"
    lead: str = ""
    manager: str = ""
    hours: Hours = Hours()
    clocks: Clocks = Clocks()
    nudges: tuple[Rung, ...] = DEFAULT_LADDER
    ownership: Ownership = Ownership()
    snooze: Snooze = Snooze()
    reminders: Reminders = Reminders()
    rota: Rota = Rota()
    digest: Digest = Digest()
    delivery: Delivery = Delivery()
    slack: Slack = Slack()
    remedies: Remedies = Remedies()
    drafts: Drafts = Drafts()

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError(f'"{name}" is not a time zone; write for instance "Europe/Berlin" or "America/New_York"')
        return name

    @property
    def zone(self) -> ZoneInfo:
        """The time zone working hours and digests are counted in."""
        return ZoneInfo(self.timezone)


def read_policy(text: str, name: str = "policy.toml") -> Policy:
    """The text of policy.toml → Policy. Raises PolicyError naming every fault with its line in `name`, and the fix."""
    try:
        return Policy.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as broken:
        raise PolicyError(toml_fault(text, name, broken)) from broken
    except ValidationError as wrong:
        raise PolicyError("\n".join(setting_faults(text, name, Policy, wrong))) from wrong
