"""Whether these rules can read the reply at all (L3)."""

from __future__ import annotations

from collections.abc import Iterator

from cases.replies.checks.finding import MISSING, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading


def unread(reading: Reading) -> Iterator[Span]:
    """L3: said aloud, so that silence is not taken for approval."""
    if not reading.english:
        yield MISSING


RULES = (
    Rule(
        id="L3",
        name="Not in English",
        severity="warn",
        why="These checks read English only, so most of this reply has not been checked.",
        fix="Have somebody who speaks the language read it before it goes out.",
        source="Ours",
        bad=(
            "Liebe Ana, es tut mir leid, dass die Suppe kalt und eine Stunde zu spät kam. Ich habe sie vergessen.\nTom",
        ),
        good=("I'm sorry. I sent your soup out cold and an hour late. I have refunded it.\nTom",),
        find=unread,
    ),
)
