"""From which score on words open a case in this team: the built-in edge, moved a little by what the team made of cases near it.

Only where "unsure" begins is moved: what is sure by the built-in edges, by a star or by grave words stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum

from cases.judgement.heads import OPENS

REACH = 0.15  # on either side of the built-in edge: how far it moves, and from how far away a score has a say in it
LASTS = timedelta(days=90)  # a lesson counts less from day to day, and nothing after so many
FEW = 4  # so many may be chance
STEP = 0.02  # for each beyond them


class Taught(StrEnum):
    """What a team says of a score: by dismissing an unsure case, by seeing one through, by opening one that triage let pass."""

    DISMISSED = "dismissed"
    SEEN_THROUGH = "seen_through"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One case: what its words scored, and what the team made of it and when."""

    score: float
    at: datetime
    taught: Taught


@dataclass(frozen=True, slots=True)
class Threshold:
    """From `opens` on words open a case; the counts are of the lessons that had a say in it, `learns` whether they may."""

    opens: float = OPENS
    dismissed: int = 0
    seen_through: int = 0
    by_hand: int = 0
    learns: bool = True

    @property
    def is_moved(self) -> bool:
        """Whether it is another than the built-in one."""
        return self.opens != OPENS

    @property
    def lessons(self) -> int:
        """How many had a say in it."""
        return self.dismissed + self.seen_through + self.by_hand


def is_near(score: float) -> bool:
    """Whether a team's threshold has a say in what becomes of words with this score."""
    return abs(score - OPENS) <= REACH


class _Says(Enum):
    """What a lesson says of the built-in edge."""

    HARMLESS, FOUND, MISSED = range(3)


def _says(lesson: Lesson) -> _Says:
    if lesson.taught is Taught.DISMISSED:
        return _Says.HARMLESS
    return _Says.MISSED if lesson.taught is Taught.BY_HAND and lesson.score < OPENS else _Says.FOUND


def threshold(lessons: Iterable[Lesson], now: datetime) -> Threshold:
    """The team's threshold: within REACH of the built-in one, and there for as long as few lessons say otherwise.

    Each complaint above the edge outweighs one case that was dismissed, and none asks for a lower threshold: it was found, or
    would have been. One below it that was opened by hand does.
    """
    near = [lesson for lesson in lessons if is_near(lesson.score) and now - lesson.at < LASTS]
    weight = {
        says: sum(min(1.0, 1 - (now - lesson.at) / LASTS) for lesson in near if _says(lesson) is says) for says in _Says
    }
    upwards = max(0.0, weight[_Says.HARMLESS] - weight[_Says.FOUND]) - weight[_Says.MISSED]
    moved = min(REACH, STEP * max(0.0, abs(upwards) - FEW))
    count = Counter(lesson.taught for lesson in near)
    return Threshold(
        round(OPENS + (moved if upwards > 0 else -moved), 2),
        dismissed=count[Taught.DISMISSED],
        seen_through=count[Taught.SEEN_THROUGH],
        by_hand=count[Taught.BY_HAND],
    )
