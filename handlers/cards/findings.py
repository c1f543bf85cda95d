"""What the checks found in a reply, in plain words: the gravest first, with the words that triggered it and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from cases.reply_checks import Finding
from cases.text import one_line
from handlers.cards import words
from handlers.cards.mrkdwn import Mrkdwn, fill, join

_GRAVEST_FIRST = ("block", "warn", "hint")
_QUOTE_LIMIT = 80
SHOWN = 5


def found(findings: Sequence[Finding], heading: str, most: int = SHOWN) -> Mrkdwn:
    """A heading and a line for each finding, at most `most`; the rest is counted."""
    ordered = sorted(findings, key=lambda finding: _GRAVEST_FIRST.index(finding.severity))
    more = len(ordered) - most
    return join(
        "\n",
        [
            Mrkdwn(heading),
            *(_line(finding) for finding in ordered[:most]),
            fill(words.CHECKS_MORE, count=more) if more > 0 else None,
        ],
    )


def _line(finding: Finding) -> Mrkdwn:
    mark, quote = Mrkdwn(words.CHECK_MARKS[finding.severity]), one_line(finding.quote, _QUOTE_LIMIT)
    sentence = words.CHECK_QUOTED if quote else words.CHECK
    return fill(sentence, mark=mark, quote=quote, why=finding.why, fix=finding.fix)
