"""A lesson: what there is to learn from a case, and of nobody by name; and which of several are about a topic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cases.lessons.near import words_in


@dataclass(frozen=True, slots=True)
class Lesson:
    """What somebody told of a case at `told_at`: its cause, and what was expected, what happened, what let it happen, and
    one thing learned. That is a change to be made while `change_due_at` says by when, and `change_by` who makes it (Slack id).
    """

    case: int
    cause: str | None = None
    expected: str | None = None
    happened: str | None = None
    went_wrong: str | None = None
    learned: str | None = None
    told_at: datetime | None = None
    change_by: str | None = None
    change_due_at: datetime | None = None

    @property
    def gist(self) -> str:
        """The line that tells most to whoever meets the like: what was learned, else what went wrong."""
        lines = (self.learned, self.went_wrong, self.happened, self.expected)
        return next((line for line in lines if line and line.strip()), "")

    @property
    def text(self) -> str:
        """All of it, for whoever looks for words."""
        return "\n".join(filter(None, (self.cause, self.expected, self.happened, self.went_wrong, self.learned)))


def about(lessons: Iterable[Lesson], topic: str) -> list[Lesson]:
    """Those that have every word of the topic, or one that begins with it, in their order. Without a word, all of them."""
    wanted = words_in(topic)
    return [lesson for lesson in lessons if _has_all(wanted, words_in(lesson.text))]


def _has_all(wanted: list[str], there: list[str]) -> bool:
    return all(any(word.startswith(want) for word in there) for want in wanted)
