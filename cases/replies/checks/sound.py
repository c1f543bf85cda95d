"""How a letter reads as a whole (M2), by what was learnt from letters; beside the rules, which read its sentences.

What was learnt is asked elsewhere (handlers/judging/letters.py): a line through the letter's embedding, 0 where one good
letter in twenty lies above it. The bounds were chosen on letters by authors of whom the line had learnt nothing
(`python -m tests.evaluation.letters --measure`).
"""

from __future__ import annotations

from collections.abc import Iterator

from cases.replies.checks.finding import MISSING, Mild, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading

SOUND = 0.0
"""From here on a letter that no rule reads is hinted at."""
LEAVES_ALONE = 1.0
TERSE = 20
"""Fewer words than these are too few to read as a whole; where they say sorry, own it and mend it, they are enough."""


def leaves_alone(reading: Reading) -> Iterator[Span]:
    """M2."""
    terse = reading.words < TERSE and reading.is_whole
    line, few = reading.given.line, terse or reading.in_public or reading.closing_word
    if line is not None and not few and line >= (LEAVES_ALONE if reading.english else SOUND):
        yield MISSING


RULES = (
    Rule(
        id="M2",
        name="Reads like letters that leave a customer alone",
        severity="block",
        mild=Mild("in another language, which no rule can judge", lambda reading: not reading.english, "hint"),
        why="As a whole it reads like letters that leave a customer alone with it.",
        fix="Write it to this one person: what you did wrong, what you have done about it, what comes next and when. Leave out what would fit anybody.",
        source="Learnt from the letters of this repository; what it finds and what it costs stands in docs/evaluation.md",
        bad=(
            "We value your feedback on your recent experience and apologise for any inconvenience with the soup.\nThe team",
        ),
        good=(),  # how a letter reads is in no sentence of it
        given={"line": 1.0},
        find=leaves_alone,
    ),
)
