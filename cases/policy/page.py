"""The team's own page, policy.toml, as a checked value: names, hours, clocks, ladder, digest, delivery and who may act."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import time, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from cases.acts.actions import ACTIONS
from cases.arrivals.told import Told
from cases.model import Grade
from cases.policy.clocks import Clocks
from cases.policy.faults import setting_faults, toml_fault, unfit_page
from cases.policy.hours import WEEKDAYS, Hours
from cases.policy.ladder import DEFAULT_LADDER, Rung
from cases.policy.own_pages import Template
from cases.policy.sources import Source
from cases.policy.values import (
    Allowance,
    Cause,
    Ceiling,
    Channel,
    Circle,
    Colleague,
    Group,
    Kept,
    KeptLonger,
    Language,
    OwnHours,
    Pause,
    Person,
    Section,
    TimeOfDay,
    Zone,
)
from cases.spoken.addresses import read_email, read_link, read_phone, read_region
from cases.spoken.money import Money

MOST_CAUSES = 20


class PolicyError(ValueError):
    """policy.toml cannot be used; the message lists every fault with the line to change."""


def _a_short_list(causes: tuple[str, ...]) -> tuple[str, ...]:
    """What nobody reads to its end is no choice."""
    if len(causes) > MOST_CAUSES:
        raise ValueError(f"at most {MOST_CAUSES} causes; nobody reads more while closing a case")
    known = [cause.casefold() for cause in causes]
    if twice := next((cause for cause in causes if known.count(cause.casefold()) > 1), None):
        raise ValueError(f'"{twice}" stands there twice')
    return causes


class Ownership(Section):
    """Holding a case is a lease: who is silent for the clock's `hold` is asked, and has `answer_within` to answer."""

    ask: bool = True
    answer_within: Allowance = timedelta(minutes=30)


class Snooze(Section):
    """How long a case may be put off at once, in wall time, and how often before the customer is contacted."""

    longest: Allowance = timedelta(days=7)
    at_most: int = Field(default=3, ge=0)


class Reminders(Section):
    """What keeps reminders bearable: bundling, the most there may be in a day, and each person's own daytime.

    `own_hours` are read on each person's own clock; outside of them nothing is sent to them directly. Empty: at any hour.
    `lead_rounds` are the times, on the team's clock, at which the lead hears of what is not critical; without
    any, and by a team that works round the clock, at once.
    """

    together: Pause = timedelta(minutes=15)
    lead_rounds: tuple[TimeOfDay, ...] = (time(10, 30), time(13, 30), time(16, 30))
    per_case: int = Field(default=10, ge=1)
    per_person: int = Field(default=20, ge=1)
    own_hours: OwnHours = "08:00-20:00"
    do_not_disturb: bool = True


class Rota(Section):
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


class Digest(Section):
    """When the digests are posted, local time of the policy's time zone: daily, and a weekly one on one weekday."""

    at: TimeOfDay = time(9)
    enabled: bool = True
    skip_days_off: bool = True
    weekly: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", ""] = "mon"
    chart: bool = True


class OfChannel(Section):
    """What a channel has of its own. `lead`: who leads there; empty: the team's lead does."""

    lead: Person = ""


class Delivery(Section):
    """How fast we speak, and how long a message of unknown fate is left alone."""

    per_channel: Pause = timedelta(seconds=1)
    lease: Allowance = timedelta(seconds=60)


class Slack(Section):
    """Who may, and which emoji means what (emoji name → action name; these replace the defaults of those actions)."""

    who: Circle = "channel"
    members: tuple[str, ...] = ()
    contact_details: Literal["owner", "channel"] = "owner"
    emoji: Mapping[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _as_older_pages_say(cls, written: Any) -> Any:
        """`everyone_may` said what `who` says now; a page that has both means the newer."""
        if not isinstance(written, Mapping) or not isinstance(written.get("everyone_may"), bool):
            return written
        rest = {name: value for name, value in written.items() if name != "everyone_may"}
        return {"who": "workspace" if written["everyone_may"] else "members"} | rest

    @field_validator("emoji")
    @classmethod
    def _does_something(cls, emoji: Mapping[str, str]) -> Mapping[str, str]:
        unknown = sorted(set(emoji.values()) - set(ACTIONS))
        if unknown:
            raise ValueError(f"no such action: {', '.join(unknown)}; there are {', '.join(ACTIONS)}")
        return {name.strip(":"): action for name, action in emoji.items()}


class Remedies(Section):
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


class Drafts(Section):
    """How drafts sound, how strictly they are checked, what a model may be told, and who may overrule a check.

    `model_within` is how long a model may take for one draft, all tries together. `second_reader`: it also reads replies.
    `examples`: how many approved letters go along with a draft, without their facts; 0: none.
    """

    voice: str = "warm, plain and direct"
    signature: str = ""
    strict: bool = False
    may_override: Person = ""
    model_off_for: tuple[str, ...] = ()
    tokens_per_day: int = Field(default=0, ge=0)
    model_within: Allowance = timedelta(seconds=12)
    second_reader: bool = True
    examples: int = Field(default=3, ge=0, le=5)


class Contact(Section):
    """What counts as contact, and what becomes of a customer who was contacted, or could not be.

    `counts` is the least evidence that stops the clock. `ask_within` is how long a bare click rests the reminders; after
    `tries` attempts by two ways a case may be closed as unreachable; `check_back` after contact the owner is asked how it ended.
    """

    counts: Literal["clicked", "told", "seen"] = "told"
    ask_within: Allowance = timedelta(minutes=15)
    tries: int = Field(default=3, ge=1, le=20)
    check_back: Allowance = timedelta(days=3)

    @property
    def least(self) -> Grade:
        """The grade that stops the clock."""
        return Grade(self.counts)


class Lessons(Section):
    """What is learned from cases: the `causes` that closing offers, and whether the whole is asked for, `ask_after` the end."""

    causes: Annotated[tuple[Cause, ...], AfterValidator(_a_short_list)] = (
        "Delivery",
        "The product or its quality",
        "Wrong or missing information",
        "A bill or a payment",
        "Nobody answered in time",
        "A promise we could not keep",
        "The way we spoke",
        "Something else",
    )
    ask: bool = True
    ask_after: Allowance = timedelta(days=1)


class Mail(Section):
    """How letters go out and come in. An approved letter waits `take_back` before it goes; `retry` after it was tried in vain, doubling.

    `send`: false stops every letter. A customer gets no more than `a_day` of them from us. `inbox`, `sent` and `poll` are for letters that come in.
    `colleagues` are the addresses that the team writes from ("@shop.example": all there); none: those at MAIL_FROM's domain. `authserv_id`
    is the mail server whose word counts on who wrote a letter (RFC 8601); empty, it is learnt from what lies in the mailbox.
    """

    send: bool = True
    take_back: Pause = timedelta(seconds=60)
    retry: Allowance = timedelta(seconds=30)
    a_day: int = Field(default=3, ge=1, le=100)
    inbox: tuple[str, ...] = ("INBOX",)
    sent: tuple[str, ...] = ("Sent",)
    poll: Allowance = timedelta(seconds=15)
    colleagues: tuple[str, ...] = ()
    authserv_id: str = ""


class Triage(Section):
    """How words are judged: `learned`, by the scores of a learned judge, where its engine is installed; else by plain words alone.

    `learns`: what the team dismisses, and opens by hand, moves the score from which on words open a case, within bounds.
    """

    learned: bool = True
    learns: bool = True


class Flood(Section):
    """More new cases of a channel than `cards`, `within` such a time, share one card, the gravest excepted; 0: never."""

    cards: int = Field(default=20, ge=0)
    within: Allowance = timedelta(minutes=10)


class Import(Section):
    """Rows of a file that were said longer ago than `alarm_within` are recorded and open no case."""

    alarm_within: Allowance = timedelta(days=30)


class Privacy(Section):
    """How long customers' words are kept: of closed cases, of feedback that opened none, and in the bot's private answers."""

    keep_words: KeptLonger = timedelta(days=730)
    keep_harmless: Kept = timedelta(days=30)
    keep_answers: Kept = timedelta(days=7)


class Customers(Section):
    """How customers are known: `region` ("DE") is that of telephone numbers written without a country.

    `order_url` and `customer_url` lead to the team's own pages of an order and a customer; empty: none are linked.
    """

    region: Annotated[str | None, AfterValidator(read_region)] = None
    order_url: Template = ""
    customer_url: Template = ""


def _address(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise ValueError(f'"{name}" is part of an address: write it in small letters, digits and dashes')
    return name


def _each_once(channels: Any) -> Any:
    """A name with and without its sign is one channel, and may not have two sections."""
    written = [str(name).strip().lstrip("#") for name in channels] if isinstance(channels, Mapping) else []
    if twice := next((name for name in written if written.count(name) > 1), None):
        raise ValueError(f'the channel "{twice}" has two sections; write one, as [channels."#{twice}"]')
    return channels


class Policy(Section):
    """All of policy.toml. `Policy()` is what an empty file means."""

    model_config = ConfigDict(serialize_by_alias=True)

    team: str = "Amends"
    language: Language = "en"
    timezone: Zone = "Europe/Berlin"
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
    privacy: Privacy = Privacy()
    customers: Customers = Customers()
    contact: Contact = Contact()
    lessons: Lessons = Lessons()
    mail: Mail = Mail()
    triage: Triage = Triage()
    flood: Flood = Flood()
    imports: Import = Field(default=Import(), alias="import")
    sources: Mapping[Annotated[str, AfterValidator(_address)], Source] = Field(default_factory=dict)
    channels: Annotated[Mapping[Channel, OfChannel], BeforeValidator(_each_once)] = Field(default_factory=dict)

    def __hash__(self) -> int:
        """Of parts that tell most pages apart: what is a table in TOML has no hash."""
        return hash((self.team, self.lead, self.remedies, self.drafts))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone working hours and digests are counted in."""
        return ZoneInfo(self.timezone)

    @property
    def somebody_leads(self) -> bool:
        """Whether the page names a lead, of the team or of a channel."""
        return bool(self.lead) or any(channel.lead for channel in self.channels.values())

    @property
    def named_channels(self) -> tuple[str, ...]:
        """The channels that the page names, by name or id, each once."""
        of_sources = (source.channel for source in self.sources.values() if source.channel)
        return tuple(dict.fromkeys([*of_sources, *self.channels]))

    def in_channel(self, named: str) -> Policy:
        """The page as it holds in a channel, which is named as the page names it."""
        own = self.channels.get(named)
        return self.model_copy(update={"lead": own.lead}) if own and own.lead else self

    def channel_of(self, source: str) -> str:
        """Where the cases of a source of that name stand; empty where the page does not say."""
        return self.sources[source].channel if source in self.sources else ""

    def hold_of(self, source: str) -> timedelta:
        """How long a rating from a source of that name waits for its words."""
        return self.sources[source].hold if source in self.sources else timedelta()

    def told_of(self, source: str) -> Told:
        """What is known of the source of that name; of one that stands nowhere here, the time zone alone."""
        return self.sources.get(source, _UNNAMED).told(source, self.zone)


_UNNAMED = Source()


def read_policy(text: str, name: str = "policy.toml") -> Policy:
    """The text of policy.toml → Policy. Raises PolicyError naming every fault with its line in `name`, and the fix."""
    if unfit := unfit_page(text, name):
        raise PolicyError(unfit)
    try:
        return Policy.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as broken:
        raise PolicyError(toml_fault(text, name, broken)) from broken
    except RecursionError:
        raise PolicyError(f"{name}: lists or tables are nested too deeply") from None
    except ValidationError as wrong:
        raise PolicyError("\n".join(setting_faults(text, name, Policy, wrong))) from wrong
