"""An act of a colleague on a case, with the three answers there are to it: a change, nothing to do, or a refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from typing import Any

from cases.acts.refusals import RefusalName
from cases.model import Case, Grade, Outcome, Sign, Via, Way
from cases.text import Words


@dataclass(frozen=True, slots=True)
class Limits:
    """What the policy says of acts: how long a case may be snoozed at once, and how often (None: without end).

    `counts` is the least grade of contact that stops the clock, `ask_within` how long reminders rest below it, `tries`
    how many attempts it takes before a customer may be given up as unreachable.
    `check_back` after contact its owner is asked how it ended, at an `opening`: when the team is at work, from then on.
    `ask_lesson` after it was closed, what there is to learn; None: never.
    """

    longest_snooze: timedelta = timedelta(days=14)
    snoozes: int | None = None
    counts: Grade = Grade.TOLD
    ask_within: timedelta = timedelta(minutes=15)
    tries: int = 3
    check_back: timedelta = timedelta(days=3)
    ask_lesson: timedelta | None = timedelta(days=1)
    opening: Callable[[datetime], datetime] = lambda at: at


class ActionName(StrEnum):
    """What a colleague can do, by name; what each means stands in the table of actions."""

    CLAIM = "claim"
    RELEASE = "release"
    GIVE = "give"
    TAKEOVER = "takeover"
    STILL = "still"
    SNOOZE = "snooze"
    CONTACTED = "contacted"
    TRIED = "tried"
    PROMISE = "promise"
    KEPT = "kept"
    CLOSE = "close"
    REOPEN = "reopen"
    DISMISS = "dismiss"
    REMEDY = "remedy"
    LESSON = "lesson"
    NOTE = "note"
    DRAFT = "draft"


class Fate(StrEnum):
    """What becomes of what was promised when its case is closed."""

    KEPT = "kept"
    TO_DO = "to_do"
    TAKEN_BACK = "taken_back"


class Wants(Enum):
    """What an action is told besides who does it: from this follow its form and how the rest of a command is read."""

    NOTHING = "nothing"
    A_WORD = "a word to whoever reads it, or none"
    TEXT = "words without which it would be nothing"
    REASON = "why it is done all the same"
    PERSON = "a colleague, perhaps with a word"
    TIME = "an instant, perhaps with a reason"
    WAY = "how, when, and what was said"
    WAYS = "how, perhaps in several ways, when, and what came of it"
    PROMISE = "what, and by when"
    REMEDY = "what they said, what we give, and at what cost"
    OUTCOME = "how it ended, what went wrong, and what was learned"
    LESSON = "what was expected and happened, what let it happen, and one change"


@dataclass(frozen=True, slots=True)
class Act:
    """What a colleague wants: an action by name, by whom (Slack id), on which surface, and the action's own words."""

    action: ActionName
    actor: str
    via: Via
    to: str | None = None  # give: the new owner; lesson: who makes the change
    text: Words | None = None  # note, promise, reason, what was said; remedy: what they said would make it right
    until: datetime | None = None  # snooze, promise, lesson: by when the change is made
    way: Way | None = None  # contacted, tried
    ways: tuple[Way, ...] = ()  # tried: all of them, where there is more than one
    at: datetime | None = None  # contacted, tried: when, if not now
    asks: bool = False  # contacted: what went out asks what would make it right
    denied: bool = False  # tried: "contacted" was said, in words that deny it
    granted: Words | None = None  # remedy
    cost: Words | None = None  # remedy
    outcome: Outcome | None = None  # close
    sign: Sign | None = None  # close
    fate: Fate | None = None  # close: of what is promised still, where nothing else is said of one
    fates: tuple[tuple[str, Fate], ...] = ()  # close: of single promises, by their key
    cause: str | None = None  # here and below: close, lesson
    expected: Words | None = None
    happened: Words | None = None
    went_wrong: Words | None = None
    learned: Words | None = None
    is_repeated: bool = False  # the cause: other cases had it lately
    said_in: str | None = None  # note: "CHANNEL TS" of the message that holds the text, where there is one
    is_lead: bool = False
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Change:
    """The case as it becomes, and the facts the timeline keeps of the act."""

    case: Case
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The same person did the same thing twice; nothing to do and nothing to complain of."""


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """A refusal: the reason and its facts. The word catalogue turns it into one sentence."""

    reason: RefusalName
    facts: Mapping[str, Any] = field(default_factory=dict)


TOOK_IT = " and took it"  # after the gesture of an emoji that made somebody the owner: taking it back undoes that, too
Decision = Change | Unchanged | NotAllowed
Effect = Callable[[Case, Act, datetime], Decision]
"""What an action, or taking it back, does to a case that it is allowed in."""
