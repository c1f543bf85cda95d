"""How well Amends judges feedback and replies: `make eval`, or `python -m tests.evaluation [learn|dev|blind …]`.

`--misses` prints every feedback and reply that is judged otherwise than a careful reader would; `--write` puts the tables of
`dev` into docs/evaluation.md in place of the old ones, and those of `blind` above all earlier ones. What is in `learn` was
learnt from, so it says little; what is in `blind` is to be judged once.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.evaluation import feedback, replies
from tests.evaluation.sets import USES, Use

PAGE = Path(__file__).parents[2] / "docs" / "evaluation.md"
_PLACES = {
    "dev": re.compile(r"(<!-- dev -->\n).*?(?=<!-- end -->)", re.DOTALL),
    "blind": re.compile(r"(<!-- blind -->\n)"),
}


def tables(use: Use) -> Iterator[str]:
    """Those of feedback, then of replies, in Markdown."""
    yield from feedback.report(use)
    if rows := list(replies.judged(use, lines=replies.wholly)):
        yield f"\n**{use}/: replies**\n\n```"
        yield from replies.report(rows)
        yield "```"


def dated(use: Use) -> str:
    """The tables under the day and the commit that they are of."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=True
    ).stdout
    return f"\n### {use}/, {date.today():%-d %B %Y}, {commit.strip()}\n" + "\n".join(tables(use)) + "\n\n"


def main(words: list[str]) -> None:
    """Prints the tables for the sets named, for all by default."""
    for use in [use for use in USES if use in words] or USES:
        if "--misses" in words:
            print(
                "\n".join(feedback.misjudged(use)), *replies.show(replies.judged(use, lines=replies.wholly)), sep="\n"
            )
        told = dated(use)
        print(told)
        if "--write" in words and use in _PLACES:
            page = PAGE.read_text("utf-8")
            PAGE.write_text(_PLACES[use].sub(lambda found, told=told: found[1] + told, page), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
