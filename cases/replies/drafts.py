"""A proposed reply and where it came from; nothing here is ever sent without a person's approval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from cases.text import clean

LONGEST_BODY = 3000
"""Characters of a reply, whoever wrote it: what a form can hold and a card shows whole [Slack: plain_text_input]."""
LONGEST_SUBJECT = 150


class Origin(StrEnum):
    """Who wrote a version: rules with blanks to fill, a model, or a person."""

    SCAFFOLD = "scaffold"
    MODEL = "model"
    PERSON = "person"


class DraftState(StrEnum):
    """`wanted`: owed, not yet written; `held`: the customer asked for no contact; `ready`: shown; `dropped`: not needed."""

    WANTED = "wanted"
    HELD = "held"
    READY = "ready"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The words of a proposed reply. `questions`, `promises` and `remedy` repeat what the body says, for checks and the card.

    `translation` is the gist in the team's language, where the reply is in another.
    """

    subject: str
    body: str
    questions: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    remedy: str | None = None
    translation: str | None = None


def as_shown(reply: Reply) -> Reply:
    """The reply with nothing in it that a card would not show: what is approved is exactly what was seen."""
    return replace(reply, subject=" ".join(clean(reply.subject).split()), body=clean(reply.body))


def digest_of(reply: Reply) -> str:
    """What names the words of a reply: the same for the same words, whoever wrote them."""
    shown = as_shown(reply)
    return sha256(f"{shown.subject}\n{shown.body.strip()}".encode()).hexdigest()[:24]


def is_too_long(reply: Reply) -> bool:
    """Whether a card or a form would have to leave something of it out."""
    return len(reply.body) > LONGEST_BODY or len(reply.subject) > LONGEST_SUBJECT


class Use(StrEnum):
    """How much of a proposal is in the reply that was approved; `ignored`: the customer was contacted without it."""

    USED = "used"
    EDITED = "edited"
    REWRITTEN = "rewritten"
    WRITTEN = "written"  # there was only a scaffold to start from
    IGNORED = "ignored"


_SAME, _MUCH_OF_IT = 0.97, 0.5  # shares of matching words; guesses, to be tuned


def use_of(proposed: str, approved: str) -> Use:
    """How much of a model's proposal survived, by the share of words that both have in the same order."""
    before, after = proposed.split(), approved.split()
    share = 2 * _in_common(before, after) / (len(before) + len(after)) if before or after else 1.0
    return Use.USED if share >= _SAME else Use.EDITED if share >= _MUCH_OF_IT else Use.REWRITTEN


def _in_common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both have in the same order, at most: their longest common subsequence.

    With a bit for each word of `one`, one addition for each of `other` (Hyyrö 2004, "Bit-parallel LCS-length computation
    revisited"): a millisecond whatever the words, where difflib takes seconds for few words that come again and again.
    """
    places: dict[str, int] = {}
    for at, word in enumerate(one):
        places[word] = places.get(word, 0) | 1 << at
    every = (1 << len(one)) - 1
    row = every
    for word in other:
        met = row & places.get(word, 0)
        row = (row + met | row - met) & every
    return len(one) - row.bit_count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The latest version of a case's proposed reply; one per case. `failure` says why a model's words are missing.

    `override` is the reason for which `overruled_by` approved it although a finding blocks. `prompt_hash` names the
    wording of the prompt that the model's latest proposal came from. `attempts` is how often it was taken up so far.
    """

    case: int
    version: int = 0
    state: DraftState = DraftState.WANTED
    origin: Origin = Origin.SCAFFOLD
    reply: Reply | None = None
    author: str | None = None
    failure: str | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    override: str | None = None
    overruled_by: str | None = None
    prompt_hash: str | None = None
    instruction: str | None = None
    attempts: int = 0

    @property
    def is_a_persons(self) -> bool:
        """Whether a person wrote these words, or approved them: then nothing takes their place but a person's act."""
        return self.reply is not None and (self.origin is Origin.PERSON or self.approved_by is not None)

    @property
    def stands(self) -> bool:
        """Whether its words are there to be read and worked on; a person's are while another version is being written."""
        return self.reply is not None and (
            self.state is DraftState.READY or (self.state is DraftState.WANTED and self.is_a_persons)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of the versions that a case's reply has had; all of them are kept, and any can be brought back."""

    version: int
    at: datetime
    origin: Origin
    reply: Reply
    author: str | None = None
    prompt_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Versions:
    """What there is besides the words that stand: the rest of the versions, newest first.

    `beside` was written while a person's words stood, and is offered next to them; `before` are somebody else's words that
    stand no more.
    """

    others: tuple[Version, ...] = ()
    beside: Version | None = None
    before: Version | None = None


def versions_of(draft: Draft, kept: Iterable[Version]) -> Versions:
    """What of the versions `kept`, newest first, is worth showing beside the draft; the same words are shown once."""
    seen = {_words(draft.reply)}
    others = []
    for version in kept:
        if _words(version.reply) not in seen:
            seen.add(_words(version.reply))
            others.append(version)
    by = draft.author if draft.origin is Origin.PERSON else None
    return Versions(
        others=tuple(others),
        beside=next((each for each in others if each.version > draft.version), None),
        before=next((each for each in others if each.origin is Origin.PERSON and each.author != by), None),
    )


def _words(reply: Reply | None) -> tuple[str, str] | None:
    return (reply.subject, reply.body) if reply else None
