"""The conversation with a customer: what they said and what we said to them, oldest first, and what of it is unanswered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from cases.model import Feedback, Promise, Way
from cases.spoken.sentences import sentences

_WORD = re.compile(r"\w+")
_MEANS_LITTLE = 3  # letters of a word that is hardly ever the thing itself
_ASKED = ("?", "\uff1f", "\u061f")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One word in it. `feedback` is what the customer said; None: it was ours.

    Of ours `words` are exactly those of the letter of that `version`; of a contact without one, by `way`, there are none. `by` is
    a colleague's id.
    """

    at: datetime
    feedback: Feedback | None = None
    words: str = ""
    version: int | None = None
    way: Way | None = None
    by: str | None = None

    @property
    def is_ours(self) -> bool:
        """Whether we said it."""
        return self.feedback is None

    @property
    def spoke_at(self) -> datetime:
        """When it was said, which may be earlier than when we heard of it; a clock that runs ahead tells nothing."""
        told = self.feedback.occurred_at if self.feedback else None
        return min(told or self.at, self.at)


Conversation: TypeAlias = tuple[Said, ...]
"""Oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What the next letter has to know: the conversation, what is still owed, and which promises were kept since our last word."""

    said: Conversation = ()
    owed: tuple[Promise, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def has_begun(self) -> bool:
        """Whether the customer has heard from us."""
        return any(each.is_ours for each in self.said)

    def has_told(self, what: str) -> bool:
        """Whether a letter of ours has told them that already, by the words of it that mean something."""
        meant = _meaning(what)
        return bool(meant) and any(meant <= _meaning(each.words) for each in self.said if each.is_ours)

    @property
    def unanswered(self) -> tuple[Feedback, ...]:
        """What they said since our last word."""
        since = max((at for at, each in enumerate(self.said, 1) if each.is_ours), default=0)
        return tuple(each.feedback for each in self.said[since:] if each.feedback)


def _meaning(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if len(word) > _MEANS_LITTLE)


def spoke_last(said: Conversation) -> Said | None:
    """The last word there is; None where nobody has said anything."""
    return max(reversed(said), key=lambda each: each.spoke_at, default=None)


def questions(heard: Iterable[Feedback]) -> tuple[str, ...]:
    """What they ask, sentence by sentence, in their own words; each once."""
    asked = (each for feedback in heard for each in sentences(feedback.comment or "") if each.endswith(_ASKED))
    return tuple(dict.fromkeys(asked))
