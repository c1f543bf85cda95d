"""The values every other module speaks of: feedback, customer, case and the small enumerations they use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any


class Status(StrEnum):
    """Named for what the case waits for: an owner, first contact, the customer (or a promise), nothing."""

    UNCLAIMED = "unclaimed"
    CLAIMED = "claimed"
    CONTACTED = "contacted"
    CLOSED = "closed"


PRACTICE = "practice"
"""The source of an invented case, by which somebody sees how it all goes. Nobody is reminded of it, and nothing counts it.

Nobody who sends feedback can name it: see `outside` in cases/arrivals/feedback.py.
"""

OPEN = frozenset({Status.UNCLAIMED, Status.CLAIMED, Status.CONTACTED})
UNCONTACTED = frozenset({Status.UNCLAIMED, Status.CLAIMED})


class Awaited(StrEnum):
    """What the clock to contact waits for: a first word from us, our answer to their letter, a decision whether to write at all."""

    CONTACT = "contact"
    ANSWER = "answer"
    DECISION = "decision"


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


class Sign(StrEnum):
    """By what a good end is known: the customer said so, they ordered again, or it is a colleague's word."""

    SAID_SO = "said_so"
    ORDERED = "ordered"
    OUR_WORD = "our_word"


class Remedy(StrEnum):
    """How far we are with what would make it right: the customer was asked, has answered, has been granted it."""

    ASKED = "asked"
    ANSWERED = "answered"
    GRANTED = "granted"


GOOD_ENDS = frozenset({Outcome.WON_BACK, Outcome.SATISFIED})
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


class Grade(StrEnum):
    """How well it is known that the customer was contacted, from the weakest: an attempt is none of these.

    Clicked, and nothing said. Told: who, and how or in what words. Seen: a telephone system, a help desk or a mail server
    reported it. Answered: the customer wrote back. Confirmed: they say that it is right now.
    """

    CLICKED = "clicked"
    TOLD = "told"
    SEEN = "seen"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"

    def counts_as(self, least: Grade) -> bool:
        """Whether this is `least` or better."""
        grades = list(Grade)
        return grades.index(self) >= grades.index(least)


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
    """`value` out of `scale`, as given by the customer: 2 of 5, 6 of 10. None: nobody told us how many steps there are."""

    value: float
    scale: float | None

    @property
    def share(self) -> float | None:
        """How much of the best answer it is, where that is known."""
        return self.value / self.scale if self.scale else None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or a PDF that came with a letter, as it may be shown; its name ends in what it really is."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One piece of feedback. `source` and `external_id` together name it for ever; everything else may be missing.

    `handed_over`: an assistant gave the conversation to a person. `doubted`: nobody vouches that it is the customer's. `also_answered` are the questions, each with its answer, that
    none of the other fields could take.
    """

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
    handed_over: bool | None = None
    doubted: bool | None = None
    also_answered: tuple[tuple[str, str], ...] = ()

    @property
    def unread(self) -> tuple[str, ...]:
        """The questions whose answers no field could take."""
        return tuple(question for question, _ in self.also_answered)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why triage judged as it did: a code the word catalogue turns into a phrase, and what triggered it."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """What a learned judge makes of a customer's words, each from 0 to 1.

    How likely it is that they are unhappy, that somebody is in danger, and that they ask for no contact; `clause` is the one
    that sounds unhappiest, in their own words, and `like` the nearest example that the judge has learnt from.
    """

    unhappy: float
    danger: float = 0.0
    no_contact: float = 0.0
    clause: str = ""
    like: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What triage says of one feedback. `severity` is None when it is not negative, `score` how likely unhappy, if it was scored.

    While it is `pending`, its words await their score, and nothing is decided yet.
    """

    negative: bool
    unsure: bool = False
    severity: Severity | None = None
    reasons: tuple[Reason, ...] = ()
    asks_no_contact: bool = False
    score: float | None = None
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that the customer was promised and that is not kept yet: what, by when, and since when and by whom."""

    what: str
    due_at: datetime
    made_at: datetime
    by: str | None = None

    @property
    def key(self) -> str:
        """Names it among those of its case: what is made at one instant has different dates."""
        return f"{self.made_at.timestamp():.3f}-{self.due_at.timestamp():.3f}"


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody tried to contact the customer and did not reach them; the way is None where nobody said it."""

    at: datetime
    by: str
    way: Way | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One unhappy customer's case, whole.

    All instants are aware UTC. `revision` rises by one with every change. `feedback` is oldest first and never empty.
    `earlier` are the customer's cases before it, `perhaps` those of somebody who may be the same. `joined_into` is the case
    that goes on with it: a person found that both are one customer's.
    `unclaimed_since` starts the clock to an owner, `heard_at` the clock to first contact; the `*_due_at` fields
    are those clocks' ends in working time. The customer has waited since `waiting_since`, when they spoke. `contacted_*` tell of the first
    contact that policy lets count, `evidence*` of the best there is since the customer began to wait, whether it counts or not:
    `evidence_by` is a colleague's id or the name another program gave, `evidence_from` that program's reference. `wrote_back`
    stays once the customer has answered a contact, however often they wait again. `tries` are the attempts since the
    customer began to wait, oldest first; until `rests_until` reminders wait for what a colleague says of a contact.
    `promises` are those not kept yet, `promise_broken_at` is when the last was broken that nobody has made good;
    at `look_back_at` the owner of a contacted case is asked how it ended. `remedy_*` tell of what would make it right: since when
    the customer has been asked, what they said, what we give, who granted it and at what cost. `ordered_at` is when they first
    ordered again since they began to wait, `sign` by what the good end of a closed case is known. `cause`, `expected`, `happened`,
    `went_wrong` and `learned` are its lesson, without names, as somebody told it at `lesson_at`; at `lesson_due_at` whoever closed
    it is asked for the whole of it, once (`lesson_asked_at`). What was learned may be a change: `change_by` makes it, by
    `change_due_at`. `by_reaction` is "ACTION PERSON", perhaps "and took it", while the last change was made by an emoji
    and can be taken back. `nudged_until` is the instant up to which due nudges have been dealt with. `held_since` is when the
    owner last said that the case is theirs, `asked_at` when they were asked whether it still is, or how it ended; `snoozes` counts how
    often the case was put off since the customer began to wait. `flood` is the one whose card it shares, as long as it has
    none of its own; that is kept beside it.
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
    heard_at: datetime
    claim_due_at: datetime
    contact_due_at: datetime
    claimed_at: datetime | None = None
    held_since: datetime | None = None
    asked_at: datetime | None = None
    contacted_at: datetime | None = None
    contacted_by: str | None = None
    contacted_how: Way | None = None
    evidence: Grade | None = None
    evidence_at: datetime | None = None
    evidence_by: str | None = None
    evidence_how: Way | None = None
    evidence_from: str | None = None
    wrote_back: bool = False
    tries: tuple[Attempt, ...] = ()
    rests_until: datetime | None = None
    look_back_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    outcome: Outcome | None = None
    cause: str | None = None
    expected: str | None = None
    happened: str | None = None
    went_wrong: str | None = None
    learned: str | None = None
    lesson_at: datetime | None = None
    lesson_due_at: datetime | None = None
    lesson_asked_at: datetime | None = None
    change_by: str | None = None
    change_due_at: datetime | None = None
    snoozed_until: datetime | None = None
    snooze_reason: str | None = None
    snoozes: int = 0
    promises: tuple[Promise, ...] = ()
    promise_broken_at: datetime | None = None
    remedy_asked_at: datetime | None = None
    remedy_wanted: str | None = None
    remedy_granted: str | None = None
    remedy_by: str | None = None
    remedy_cost: str | None = None
    ordered_at: datetime | None = None
    sign: Sign | None = None
    asks_no_contact: bool = False
    contact_decision: str | None = None
    by_reaction: str | None = None
    nudge_seq: int = 0
    nudged_until: datetime | None = None
    next_nudge_at: datetime | None = None
    joined_into: int | None = None
    flood: int | None = None

    @property
    def is_practice(self) -> bool:
        """Whether it was invented, by us, for somebody to see how it goes."""
        return bool(self.feedback) and self.feedback[0].source == PRACTICE

    @property
    def customer(self) -> Customer:
        """Who it is about, each field from the first feedback that told it.

        Whoever knows somebody's address can write in their name: what comes later is shown beside it, and proves nothing.
        """

        def first(name: str) -> str | None:
            return next((value for f in self.feedback if (value := getattr(f.customer, name))), None)

        return Customer(first("name"), first("email"), first("phone"), first("id"))

    @property
    def owed(self) -> tuple[Promise, ...]:
        """What is to be kept, the nearest first; nothing where the case goes on in another, which owes it."""
        return () if self.joined_into is not None else tuple(sorted(self.promises, key=lambda each: each.due_at))

    @property
    def changes(self) -> tuple[Promise, ...]:
        """What we promised ourselves to do otherwise: reminded of and kept as what is `owed`, and told to no customer."""
        if self.change_due_at is None or self.joined_into is not None:
            return ()
        return (Promise(self.learned or "", self.change_due_at, self.lesson_at or self.opened_at, self.change_by),)

    @property
    def promised(self) -> Promise | None:
        """What is to be kept next."""
        return next(iter(self.owed), None)

    @property
    def broken(self) -> tuple[Promise, ...]:
        """Of what is still to be kept, what is known to be late."""
        known = self.promise_broken_at
        return () if known is None else tuple(each for each in self.owed if each.due_at <= known)

    @property
    def promise_due_at(self) -> datetime | None:
        """By when."""
        return self.promised.due_at if self.promised else None

    @property
    def put_off_until(self) -> datetime | None:
        """Until when reminders wait: for the end of a snooze, or for a colleague's word on a contact."""
        return max((at for at in (self.snoozed_until, self.rests_until) if at), default=None)

    @property
    def proof(self) -> Grade | None:
        """The best that has ever been known of a contact with this customer: who answered once, has been reached."""
        if self.wrote_back and (self.evidence is None or not self.evidence.counts_as(Grade.ANSWERED)):
            return Grade.ANSWERED
        return self.evidence

    @property
    def answered_at(self) -> datetime | None:
        """When the customer of a contacted case wrote back; None: they have not, as far as we know."""
        wrote = self.status is Status.CONTACTED and self.evidence in (Grade.ANSWERED, Grade.CONFIRMED)
        return self.evidence_at if wrote else None

    @property
    def came_back_at(self) -> datetime | None:
        """When the customer of a contacted case ordered again, after that contact; None: they have not, as far as we know."""
        since = self.ordered_at is not None and self.contacted_at is not None and self.ordered_at >= self.contacted_at
        return self.ordered_at if since and self.status is Status.CONTACTED else None

    @property
    def remedy(self) -> Remedy | None:
        """How far we are with what would make it right; None: nobody has asked."""
        if self.remedy_granted:
            return Remedy.GRANTED
        if self.remedy_wanted:
            return Remedy.ANSWERED
        return Remedy.ASKED if self.remedy_asked_at else None

    @property
    def awaited(self) -> Awaited:
        """What the customer waits for from us, until they are contacted."""
        if self.held:
            return Awaited.DECISION
        return Awaited.ANSWER if self.wrote_back else Awaited.CONTACT

    @property
    def held(self) -> bool:
        """True while the customer asked not to be contacted and nobody has decided otherwise."""
        return self.asks_no_contact and self.contact_decision is None


_FIELDS: dict[str, Callable[[Case, Any], None]] = {each.name: getattr(Case, each.name).__set__ for each in fields(Case)}
_values_of = attrgetter(*_FIELDS)


def replaced(case: Case, **changes: Any) -> Case:
    """As `dataclasses.replace` in a third of its time, for cases that begin by the hundred. Raises KeyError for what is no field."""
    same = object.__new__(Case)
    for written, value in zip(_FIELDS.values(), _values_of(case), strict=True):
        written(same, value)
    for name, value in changes.items():
        _FIELDS[name](same, value)
    return same
