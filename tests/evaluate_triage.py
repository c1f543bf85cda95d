"""Precision and recall of triage on the invented corpus: `python tests/evaluate_triage.py [held_out] [--misses]`.

"tuning" shaped the first cues, "held_out" checked them, and "second_look" is what a second reader wrote without having
seen either: its misses were mended since, so all three now guard what is known rather than foretell what is not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cases.judgement import assess
from cases.model import Assessment, Feedback, Rating

SETS = Path(__file__).parent / "evaluation" / "sets"


@dataclass(frozen=True, slots=True)
class Example:
    """An invented feedback and what a careful reader makes of it; None where readers would differ."""

    feedback: Feedback
    negative: bool | None
    severity: str | None
    asks_no_contact: bool


def examples(split: str) -> list[Example]:
    """The examples of one split: "tuning", "held_out" or "second_look"."""
    (path,) = SETS.glob(f"*/feedback-{split}.jsonl")
    with path.open(encoding="utf-8") as lines:
        return [_example(number, json.loads(line)) for number, line in enumerate(lines)]


def _example(number: int, row: dict[str, Any]) -> Example:
    rating = Rating(**row["rating"]) if "rating" in row else None
    feedback = Feedback(external_id=str(number), source="corpus", rating=rating, comment=row.get("comment"))
    return Example(feedback, row["negative"], row.get("severity"), row.get("asks_no_contact", False))


def share(part: int, whole: int) -> float:
    """`part` of `whole`; 1 when there is nothing to get wrong."""
    return part / whole if whole else 1.0


def figures(split: str) -> dict[str, float]:
    """Recall and precision of negatives, of critical ones, and of the wish for no contact."""
    judged = [(example, assess(example.feedback)) for example in examples(split)]
    told = [(e.negative, a.negative) for e, a in judged if e.negative is not None]
    grave = [
        (e.severity == "critical", a.severity == "critical") for e, a in judged if e.severity or e.negative is False
    ]
    refused = [(e.asks_no_contact, a.asks_no_contact) for e, a in judged]
    graded = [(e.severity, a.severity) for e, a in judged if e.severity]
    return {
        "negative recall": share(sum(w and g for w, g in told), sum(w is True for w, _ in told)),
        "negative precision": share(sum(bool(w and g) for w, g in told), sum(g for _, g in told)),
        "critical recall": share(sum(w and g for w, g in grave), sum(w for w, _ in grave)),
        "critical precision": share(sum(w and g for w, g in grave), sum(g for _, g in grave)),
        "severity exact": share(sum(w == g for w, g in graded), len(graded)),
        "no contact recall": share(sum(w and g for w, g in refused), sum(w for w, _ in refused)),
        "no contact precision": share(sum(w and g for w, g in refused), sum(g for _, g in refused)),
    }


def misses(split: str) -> Iterator[str]:
    """One line for every example judged otherwise than a careful reader would."""
    for example in examples(split):
        got = assess(example.feedback)
        if wrong := _wrong(example, got):
            codes = ", ".join(f"{reason.code}: {reason.detail}" for reason in got.reasons)
            yield f"{wrong:<28} {example.feedback.comment!r} {example.feedback.rating} [{codes}]"


def _wrong(example: Example, got: Assessment) -> str:
    if example.negative is not None and got.negative is not example.negative:
        return "missed" if example.negative else f"false alarm{' (unsure)' if got.unsure else ''}"
    if example.severity and example.severity != got.severity:
        return f"{example.severity}, judged {got.severity}"
    return "no contact" if example.asks_no_contact is not got.asks_no_contact else ""


def main(arguments: list[str]) -> None:
    """Print the figures of each split, and what was missed when asked."""
    splits = [name for name in arguments if not name.startswith("-")] or ["tuning", "held_out", "second_look"]
    for split in splits:
        start = perf_counter()
        found = figures(split)
        print(
            f"{split}: {len(examples(split))} examples, {len(examples(split)) / (perf_counter() - start):.0f} a second"
        )
        print("".join(f"  {name:<22}{value:7.1%}\n" for name, value in found.items()))
        if "--misses" in arguments:
            print("\n".join(misses(split)))


if __name__ == "__main__":
    main(sys.argv[1:])
