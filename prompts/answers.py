"""The shapes a model must answer in, and what becomes of them; pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel

from cases.model import Severity
from cases.replies.drafts import Reply

TITLE_LENGTH = 80  # characters


def _worded(text: str) -> str:
    if not text.strip():
        raise ValueError("no words")
    return text.strip()


# A validator of our own rather than min_length: strict JSON schemas do not take length limits everywhere.
Worded = Annotated[str, AfterValidator(_worded)]


class ReplyAnswer(BaseModel):
    """A reply to the customer and what it asks, promises and offers; in short, for colleagues who do not read its language."""

    subject: Worded
    body: Worded
    questions: list[str]
    promises: list[str]
    remedy: str | None
    translation: str | None = None  # asked for like the rest; a smaller model that leaves it out has still written


class OpinionAnswer(BaseModel):
    """A judgement of one feedback."""

    negative: bool
    severity: Severity | None
    title: Worded
    why: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """A model's view of one feedback. `title` is one line of at most 80 characters; `severity` is None unless negative."""

    negative: bool
    severity: Severity | None
    title: str
    why: str


def reply(answer: ReplyAnswer, restore: Callable[[str], str]) -> Reply:
    """The answer as a reply, private details back in place."""
    return Reply(
        subject=_one_line(restore(answer.subject)),
        body=restore(answer.body),
        questions=tuple(map(restore, answer.questions)),
        promises=tuple(map(restore, answer.promises)),
        remedy=restore(answer.remedy) if answer.remedy else None,
        translation=_one_line(restore(answer.translation or "")) or None,
    )


def opinion(answer: OpinionAnswer, restore: Callable[[str], str]) -> Opinion:
    """The answer as an opinion. Negative without a severity counts as normal: a slip must not hide a customer."""
    return Opinion(
        negative=answer.negative,
        severity=(answer.severity or Severity.NORMAL) if answer.negative else None,
        title=_shortened(_one_line(restore(answer.title))),
        why=_one_line(restore(answer.why)),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shortened(title: str) -> str:
    """Cut at a word, with an ellipsis, where the model wrote more than a card shows."""
    if len(title) <= TITLE_LENGTH:
        return title
    kept = title[: TITLE_LENGTH - 1]
    return (kept.rsplit(" ", 1)[0] or kept).rstrip(" ,;:-") + "…"
