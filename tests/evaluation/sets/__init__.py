"""Examples of feedback in JSON Lines, by what they may be used for: `learn` to train on, `dev` to look at, `blind` once, at first sight."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cases.model import Feedback, Rating

HERE = Path(__file__).parent
Use = Literal["learn", "dev", "blind"]
USES: tuple[Use, ...] = ("learn", "dev", "blind")


@dataclass(frozen=True, slots=True)
class Example:
    """An invented feedback and what a careful reader makes of it; None where readers would differ.

    `danger`: somebody's health or safety is at stake; `grave`: law, regulators, the press, private data, discrimination, theft
    or fraud; `severity` only where a reader was asked for it.
    """

    feedback: Feedback
    negative: bool | None
    danger: bool
    asks_no_contact: bool
    grave: bool = False
    severity: str | None = None
    lang: str = "en"
    kind: str = ""

    @property
    def author(self) -> str:
        """Who wrote it, as far as its file tells: files of one name have one author, to learn from and to look at."""
        return (self.feedback.external_id or "").partition(":")[0]


def examples(use: Use, name: str = "*") -> list[Example]:
    """The feedback of that use: of the file `feedback-NAME.jsonl`, or of all, in the order of their names."""
    paths = sorted((HERE / use).glob(f"feedback-{name}.jsonl"))
    return [example for path in paths for example in _read(path)]


def _read(path: Path) -> Iterator[Example]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            yield _example(f"{path.stem}:{number}", json.loads(line))


def _example(name: str, row: dict[str, Any]) -> Example:
    rating = Rating(**row["rating"]) if "rating" in row else None
    return Example(
        feedback=Feedback(
            external_id=name, source="set", rating=rating, comment=row.get("comment"), subject=row.get("subject")
        ),
        negative=row["negative"],
        danger=row.get("danger", False),
        asks_no_contact=row.get("asks_no_contact", False),
        grave=row.get("grave", False),
        severity=row.get("severity"),
        lang=row.get("lang", "en"),
        kind=row.get("kind", ""),
    )
