"""The kinds of message there are: one table of how each is treated and of what it carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from cases.may import What
from cases.messages.notes import NOTES, Acted, note_of
from cases.messages.payload import Payload, from_facts
from cases.nudges.routing import Route
from cases.nudges.steps import Nudge
from cases.text import FREE_TEXT, Words


class Kind(StrEnum):
    """A kind of message, as rows and the metadata of posts name it."""

    ANSWER = "answer"
    CONTACT = "contact"
    ASK_HOW = "ask_how"
    CARD = "card"
    FLOOD = "flood"
    DRAFT = "draft"
    LETTER = "letter"
    NOTE = "note"
    NUDGE = "nudge"
    DIGEST = "digest"
    NOTICE = "notice"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Card(Payload):
    """A case's card."""


@dataclass(frozen=True, slots=True)
class Flood(Payload):
    """The card that many cases share; `number` is that of the first of them."""

    number: int


@dataclass(frozen=True, slots=True)
class Draft(Payload):
    """The draft of a reply, in its case's thread."""


@dataclass(frozen=True, slots=True)
class Letter(Payload):
    """A letter that has gone out, and that another follows: the message of its draft, which is over. `version` is the one that was approved."""

    version: int


@dataclass(frozen=True, slots=True)
class Contact(Payload):
    """How to reach the customer, for the owner's eyes."""


@dataclass(frozen=True, slots=True)
class AskHow(Payload):
    """The question how first contact went."""


@dataclass(frozen=True, slots=True)
class Said(Payload):
    """Words that are ready when they are owed: as text, and in Slack's blocks."""

    text: Words
    blocks: Annotated[tuple[dict[str, Any], ...], FREE_TEXT]


@dataclass(frozen=True, slots=True)
class Answer(Said):
    """A private answer to what somebody did or asked."""


@dataclass(frozen=True, slots=True)
class Notice(Said):
    """Something that one person is to know, told directly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(Nudge):
    """A nudge, and the way it went."""

    route: Route = field(default_factory=Route)

    @classmethod
    def of(cls, nudge: Nudge, route: Route | None = None) -> Reminder:
        """That nudge on that way; without one it is not the ladder's."""
        told = {each.name: getattr(nudge, each.name) for each in fields(Nudge)}
        return cls(**told, route=route or Route())


@dataclass(frozen=True, slots=True)
class Heading:
    """Why reminders come besides the ladder: `say` names the sentence, `person` is who has gone, until when."""

    say: Literal["offered", "left", "passed_on"]
    person: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Nudges(Payload):
    """What one person or place is reminded of."""

    nudges: tuple[Reminder, ...]
    heading: Heading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest(Payload):
    """The digest of a local date: of one channel's cases, or of all `but` some channels'."""

    day: date
    only: str | None = None
    but: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Home(Payload):
    """Somebody's Home tab."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Treated:
    """How messages of a kind are treated: who waits for them (0 first; an urgent one is shown as if one before), and what they may carry.

    `is_view`: published on a person's Home tab, which shows one at a time; all others are posted, and edited or whispered.
    `reacted_to`: emoji on it are acts. `anew_when_gone`: as long as it is needed it is posted again where it
    stands in Slack no more, or an earlier installation of the bot has posted it and this one may not edit it.
    `rather_twice`: whispered again where nobody knows whether Slack showed it. `asks` is what its reader must be allowed
    at the moment it is shown: it is for one person's eyes, who may have left since it was owed. `may_return`: when there is
    no reason to say it there may be one later. `may_go_unread`: nobody misses it where Slack shows it to nobody; it is for
    whoever has just done something, or looks on.
    """

    priority: int
    carries: tuple[type[Payload], ...]
    is_view: bool = False
    reacted_to: bool = False
    anew_when_gone: bool = True
    rather_twice: bool = False
    asks: What | None = None
    may_return: bool = False
    may_go_unread: bool = False


KINDS: Mapping[Kind, Treated] = {
    Kind.ANSWER: Treated(priority=0, carries=(Answer,), may_go_unread=True),
    # An owner who does not know how to reach the customer is worse off than one who is told twice.
    Kind.CONTACT: Treated(priority=0, carries=(Contact,), rather_twice=True, asks=What.DETAILS),
    Kind.ASK_HOW: Treated(priority=0, carries=(AskHow,)),
    # It comes before those of its cases that have a card each: it says what happened.
    Kind.FLOOD: Treated(priority=8, carries=(Flood,), may_return=True),
    Kind.CARD: Treated(priority=10, carries=(Card,), reacted_to=True),
    # A draft is reacted to for many reasons; none of them is an act. What it answers stands above it: it comes in turn with notes.
    Kind.DRAFT: Treated(priority=30, carries=(Draft,)),
    Kind.LETTER: Treated(priority=30, carries=(Letter,)),
    # A note tells of a moment, which the case's history keeps: who takes one away wants it away.
    Kind.NOTE: Treated(
        priority=30, carries=(Acted, *dict.fromkeys(NOTES.values())), reacted_to=True, anew_when_gone=False
    ),
    Kind.NUDGE: Treated(priority=40, carries=(Nudges,), reacted_to=True),
    Kind.DIGEST: Treated(priority=40, carries=(Digest,)),
    Kind.NOTICE: Treated(priority=40, carries=(Notice,)),
    Kind.HOME: Treated(priority=50, carries=(Home,), is_view=True, asks=What.READ, may_go_unread=True),
}
_KIND_OF: Mapping[type[Payload], Kind] = {each: kind for kind, treated in KINDS.items() for each in treated.carries}


def kind_of(payload: Payload) -> Kind:
    """The kind of message that carries this."""
    return _KIND_OF[type(payload)]


def payload_of(kind: Kind, facts: Mapping[str, Any]) -> Payload:
    """What a message of this kind carries, from the facts its row keeps. Raises ValueError where they are none of it."""
    return note_of(facts) if kind is Kind.NOTE else from_facts(KINDS[kind].carries[0], facts)
