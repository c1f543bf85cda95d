"""The short notes in a case's thread: what each of them is about, by the name under which its words stand in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, TypeAlias, get_args, get_type_hints

from cases.acts.act import ActionName
from cases.acts.actions import named
from cases.messages.payload import Payload, from_facts
from cases.model import Grade, Rating, Remedy, Severity, Way
from cases.text import Words


class Say(StrEnum):
    """What a note says that tells of no action; one that does has the action's name."""

    JOINED = "joined"
    REPORTED = "reported"
    WROTE_AGAIN = "wrote_again"
    KIND_WORD = "kind_word"
    RATING_CHANGED = "rating_changed"
    LET_GO = "let_go"
    PROMISE_BROKEN = "promise_broken"
    SECOND_OPINION = "second_opinion"
    JOINED_CASE = "joined_case"
    GONE_INTO = "gone_into"
    MOVED_AWAY = "moved_away"
    REROUTED = "rerouted"
    SEEN = "seen"
    SEEN_TRYING = "seen_trying"
    SEEN_DOUBTED = "seen_doubted"
    BOUNCED = "bounced"
    ORDERED = "ordered"
    LETTER_REFUSED = "letter_refused"
    LETTER_LOST = "letter_lost"
    LETTER_UNKNOWN = "letter_unknown"
    LETTER_STOPPED = "letter_stopped"
    NEAR_LESSONS = "near_lessons"
    ATTACHMENTS = "attachments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Payload):
    """A note; `broadcast` shows it in the channel too. `call` is mentioned by it, while `holder` has the case (Slack ids)."""

    say: Say | ActionName
    broadcast: bool = False
    call: str | None = None
    holder: str | None = None


HeardSay: TypeAlias = Literal[Say.JOINED, Say.REPORTED, Say.WROTE_AGAIN, Say.KIND_WORD]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Note):
    """The customer said something: in which feedback."""

    say: HeardSay
    source: str
    external_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingChanged(Note):
    """The customer thought again about the stars; each pair is a value and its scale, None where nobody knows it."""

    say: Literal[Say.RATING_CHANGED] = Say.RATING_CHANGED
    before: tuple[float, float | None] | None = None
    after: tuple[float, float | None]

    @classmethod
    def of(cls, before: Rating | None, after: Rating) -> RatingChanged:
        """The note of these two ratings."""
        return cls(before=(before.value, before.scale) if before else None, after=(after.value, after.scale))


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGo(Note):
    """Who had it did not answer: the case is free again, and the channel hears of it."""

    say: Literal[Say.LET_GO] = Say.LET_GO
    before: str
    broadcast: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken(Note):
    """What was promised by `due` has not been kept: the channel hears of it, and the lead."""

    say: Literal[Say.PROMISE_BROKEN] = Say.PROMISE_BROKEN
    what: Words
    due: datetime
    broadcast: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted(Note):
    """What a colleague did to the case, with the facts it left behind; all else the case itself knows.

    `actor` is None where nobody acted: the owner has gone. `before` is who had the case until then,
    `moved_from` when a promise was due before; `found`: it was read in what they wrote to the customer.
    """

    say: ActionName
    actor: str | None = None
    before: str | None = None
    owner: str | None = None
    until: datetime | None = None
    way: Way | tuple[Way, ...] | None = None
    grade: Grade | None = None
    remedy: Remedy | None = None
    text: Words | None = None
    granted: Words | None = None
    cost: Words | None = None
    moved_from: datetime | None = None
    found: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondOpinion(Note):
    """The model judged otherwise than the rules; `severity` is None where it saw no complaint."""

    say: Literal[Say.SECOND_OPINION] = Say.SECOND_OPINION
    before: Severity
    severity: Severity | None = None
    why: Words


RegroupedSay: TypeAlias = Literal[Say.JOINED_CASE, Say.GONE_INTO, Say.MOVED_AWAY]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouped(Note):
    """A colleague joined or parted what two cases hold; `other` is the number of the other one, `owner` who loses this one.

    `elsewhere` is the other one's channel, where that is not this one's.
    """

    say: RegroupedSay
    actor: str
    other: int
    owner: str | None = None
    elsewhere: str | None = None


Unusable: TypeAlias = Literal["unknown", "archived", "left", "restricted"]
"""Why nothing can be said in a channel: none such can be seen, it is archived, the bot is not in it, or only some may post there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerouted(Note):
    """The case belongs in another `channel` (its id, or its name in policy), in which nothing can be said, and stands here."""

    say: Literal[Say.REROUTED] = Say.REROUTED
    channel: str
    why: Unusable


ReportedSay: TypeAlias = Literal[Say.SEEN, Say.SEEN_TRYING, Say.SEEN_DOUBTED, Say.BOUNCED, Say.ORDERED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported(Note):
    """Another program told of a contact, an attempt, a bounce or an order: of when, and whom and what it named."""

    say: ReportedSay
    at: datetime
    way: Way | None = None
    program: Words | None = None
    reference: Words | None = None
    text: Words | None = None


LetteredSay: TypeAlias = Literal[Say.LETTER_REFUSED, Say.LETTER_LOST, Say.LETTER_UNKNOWN, Say.LETTER_STOPPED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettered(Note):
    """An approved reply did not go out, or nobody knows whether it did; `why` is what the mail server, or the line, had to say."""

    say: LetteredSay
    why: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NearLessons(Note):
    """What was learned from the cases of these numbers may help with this one, the nearest first."""

    say: Literal[Say.NEAR_LESSONS] = Say.NEAR_LESSONS
    cases: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachments(Note):
    """A colleague had the thread shown what came with a letter; `feedback` is the id of what that letter said."""

    say: Literal[Say.ATTACHMENTS] = Say.ATTACHMENTS
    actor: str
    feedback: int


_TYPES: tuple[type[Note], ...] = (
    Reported,
    Heard,
    RatingChanged,
    LetGo,
    Broken,
    SecondOpinion,
    Regrouped,
    Rerouted,
    Lettered,
    NearLessons,
    Attachments,
)
NOTES: Mapping[Say, type[Note]] = {say: note for note in _TYPES for say in get_args(get_type_hints(note)["say"])}


def note_of(facts: Mapping[str, Any]) -> Note:
    """The note that these facts tell of. Raises ValueError where they tell of none."""
    say = str(facts.get("say"))
    return from_facts(Acted if named(say) else NOTES[Say(say)], facts)
