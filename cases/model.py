"""The values every other module speaks of: feedback, customer, case and the small enumerations they use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    """Named for what the case waits for: an owner, first contact, the customer (or a promise), nothing."""

    UNCLAIMED = "unclaimed"
    CLAIMED = "claimed"
    CONTACTED = "contacted"
    CLOSED = "closed"


OPEN = frozenset({Status.UNCLAIMED, Status.CLAIMED, Status.CONTACTED})
UNCONTACTED = frozenset({Status.UNCLAIMED, Status.CLAIMED})


class Severity(StrEnum):
    """How much is at stake, in rising order."""

    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"

    def raised(self) -> Severity:
        """One step up; critical stays critical."""
        steps = list(Severity)
        return steps[min(steps.index(self) + 1, len(steps) - 1)]

    def at_least(self, other: Severity) -> Severity:
        """The graver of the two."""
        steps = list(Severity)
        return max(self, other, key=steps.index)


class Outcome(StrEnum):
    """How a case ended."""

    WON_BACK = "won_back"
    SATISFIED = "satisfied"
    NO_REPLY = "no_reply"
    LOST = "lost"
    UNREACHABLE = "unreachable"
    DECLINED = "declined"
    NOT_A_COMPLAINT = "not_a_complaint"


ENDS_WITHOUT_CONTACT = frozenset({Outcome.UNREACHABLE, Outcome.DECLINED, Outcome.NOT_A_COMPLAINT})


class Way(StrEnum):
    """How the customer was contacted."""

    PHONE = "phone"
    EMAIL = "email"
    CHAT = "chat"
    IN_PERSON = "in_person"
    PUBLIC_REPLY = "public_reply"
    LETTER = "letter"
    OTHER = "other"


class Via(StrEnum):
    """The surface a colleague used; all lead to the same function."""

    REACTION = "reaction"
    BUTTON = "button"
    MODAL = "modal"
    SLASH = "slash"
    MENTION = "mention"
    THREAD = "thread"
    ARRIVAL = "arrival"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Customer:
    """Who is unhappy. `id` is the customer's id in the team's own systems."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """`value` out of `scale`, as given by the customer: 2 of 5, 6 of 10."""

    value: float
    scale: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One piece of feedback. `source` and `external_id` together name it for ever; everything else may be missing."""

    external_id: str
    source: str
    customer: Customer = field(default_factory=Customer)
    rating: Rating | None = None
    comment: str | None = None
    subject: str | None = None
    order_ref: str | None = None
    occasion: str | None = None
    occasion_at: date | None = None
    locale: str | None = None
    contact_ok: bool | None = None
    public_url: str | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why triage judged as it did: a code the word catalogue turns into a phrase, and what triggered it."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What triage says of one feedback. `severity` is None when it is not negative."""

    negative: bool
    unsure: bool = False
    severity: Severity | None = None
    reasons: tuple[Reason, ...] = ()
    asks_no_contact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One unhappy customer's case, whole.

    All instants are aware UTC. `revision` rises by one with every change. `feedback` is oldest first and never empty.
    `earlier` are the customer's cases before it, `perhaps` those of somebody who may be the same. `joined_into` is the case
    that goes on with it: a person found that both are one customer's.
    `unclaimed_since` starts the clock to an owner, `waiting_since` the clock to first contact; the `*_due_at` fields
    are those clocks' ends in working time. `by_reaction` is "ACTION PERSON", perhaps "and took it", while the last change was made by an emoji
    and can be taken back. `nudged_until` is the instant up to which due nudges have been dealt with. `held_since` is when the
    owner last said that the case is theirs, `asked_at` when they were asked whether it still is; `snoozes` counts how
    often the case was put off since the customer began to wait.
    """

    number: int
    revision: int = 1
    channel: str = ""
    status: Status = Status.UNCLAIMED
    severity: Severity = Severity.NORMAL
    unsure: bool = False
    title: str = ""
    reasons: tuple[Reason, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    earlier: tuple[int, ...] = ()
    perhaps: tuple[int, ...] = ()
    owner: str | None = None
    opened_at: datetime
    unclaimed_since: datetime
    waiting_since: datetime
    claim_due_at: datetime
    contact_due_at: datetime
    claimed_at: datetime | None = None
    held_since: datetime | None = None
    asked_at: datetime | None = None
    contacted_at: datetime | None = None
    contacted_by: str | None = None
    contacted_how: Way | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    outcome: Outcome | None = None
    went_wrong: str | None = None
    learned: str | None = None
    snoozed_until: datetime | None = None
    snooze_reason: str | None = None
    snoozes: int = 0
    promise: str | None = None
    promise_due_at: datetime | None = None
    promised_at: datetime | None = None
    asks_no_contact: bool = False
    contact_decision: str | None = None
    by_reaction: str | None = None
    nudge_seq: int = 0
    nudged_until: datetime | None = None
    next_nudge_at: datetime | None = None
    joined_into: int | None = None

    @property
    def customer(self) -> Customer:
        """Who it is about, each field from the first feedback that told it.

        Whoever knows somebody's address can write in their name: what comes later is shown beside it, and proves nothing.
        """

        def first(name: str) -> str | None:
            return next((value for f in self.feedback if (value := getattr(f.customer, name))), None)

        return Customer(first("name"), first("email"), first("phone"), first("id"))

    @property
    def held(self) -> bool:
        """True while the customer asked not to be contacted and nobody has decided otherwise."""
        return self.asks_no_contact and self.contact_decision is None
