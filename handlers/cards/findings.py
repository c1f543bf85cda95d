"""What the checks found in a reply, in plain words: the gravest first, with the words that triggered it and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from cases.replies.checks import Finding
from cases.replies.verdict import BY_MODEL
from cases.text import one_line
from handlers.cards import words
from handlers.cards.mrkdwn import Mrkdwn, fill, join

_GRAVEST_FIRST = ("block", "warn", "hint")
_QUOTE_LIMIT = 80
_QUOTES = 3  # of one fault; the rest is found when these are mended
SHOWN = 3


def found(findings: Sequence[Finding], heading: str, *, mending: bool = True) -> Mrkdwn:
    """A heading and a line for each fault, at most SHOWN, each with all the words it is about; the rest is counted.

    `mending`: each line also says how to mend it, which helps who is about to do so and tires everybody else.
    """
    faults = _together(sorted(findings, key=lambda finding: _GRAVEST_FIRST.index(finding.severity)))
    more = len(faults) - SHOWN
    return join(
        "\n",
        [
            Mrkdwn(heading),
            *(_line(fault, mending) for fault in faults[:SHOWN]),
            fill(words.plural(more, words.CHECKS_MORE_ONE, words.CHECKS_MORE), count=more) if more > 0 else None,
        ],
    )


def counted(findings: Sequence[Finding]) -> Mrkdwn:
    """How much there is to mend, for who can look it up where they mend it."""
    blocking = [finding for finding in findings if finding.severity == "block"]
    heading = words.CHECKS_BLOCK if blocking else words.CHECKS_WARN
    count = len(_together(findings))  # as many as the form has, where they are read
    said = words.plural(count, words.CHECKS_COUNT_ONE, words.CHECKS_COUNT)
    return join(" ", [Mrkdwn(heading), fill(said, count=count, edit=words.button("edit"))])


def by_rules(findings: Sequence[Finding]) -> list[Finding]:
    """What the checks found themselves."""
    return [finding for finding in findings if finding.rule != BY_MODEL]


def by_model(findings: Sequence[Finding]) -> Mrkdwn:
    """What a model remarks on, apart from what the checks found and under its own name; empty where it said nothing."""
    remarks = [finding for finding in findings if finding.rule == BY_MODEL]
    return found(remarks, words.READER_FOUND) if remarks else Mrkdwn()


def _together(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings that say the same about different words, in the order of the first of each."""
    faults: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        faults.setdefault((finding.rule, finding.why), []).append(finding)
    return list(faults.values())


def _line(fault: Sequence[Finding], mending: bool) -> Mrkdwn:
    first = fault[0]
    quotes = [words.quote(one_line(each.quote, _QUOTE_LIMIT)) for each in fault if each.quote.strip()]
    sentence = words.CHECK_QUOTED if quotes else words.CHECK
    mark = Mrkdwn(words.CHECK_MARKS[first.severity])
    said = fill(sentence, mark=mark, quotes=join(", ", quotes[:_QUOTES]), why=first.why)
    return join(" ", [said, fill(words.CHECK_FIX, fix=first.fix) if mending and first.fix else None])
