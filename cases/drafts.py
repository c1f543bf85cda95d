"""A proposed reply and where it came from; nothing here is ever sent without a person's approval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
    """The words of a proposed reply. `questions`, `promises` and `remedy` repeat what the body says, for checks and the card."""

    subject: str
    body: str
    questions: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    remedy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The latest version of a case's proposed reply; one per case. `failure` says why a model's words are missing."""

    case: int
    version: int = 0
    state: DraftState = DraftState.WANTED
    origin: Origin = Origin.SCAFFOLD
    reply: Reply | None = None
    author: str | None = None
    failure: str | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    instruction: str | None = None
