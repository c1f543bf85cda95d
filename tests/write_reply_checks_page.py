"""Writes docs/reply-checks.md from the rules themselves: `python -m tests.write_reply_checks_page`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cases.model import Promise
from cases.replies.checks.evaluated import FILE
from cases.replies.checks.finding import Rule, Weight
from cases.replies.checks.rules import RULES
from cases.replies.limits import BOUNDS
from handlers.terminal.explain import mildly

PAGE = Path(__file__).parents[1] / "docs" / "reply-checks.md"
FAMILIES = {
    "A": "Apology and responsibility",
    "E": "Explanation and excuse",
    "P": "One person to another",
    "R": "Repair",
    "T": "Promises and dates",
    "L": "Length and language",
    "S": "What must not go out",
    "M": "The letter as a whole",
}
_WEIGHTS: dict[Weight, str] = {"block": "blocks sending", "warn": "warns", "hint": "hints"}
_HEAD = """# Reply checks

Every draft, and every edit of one, is read by these rules before a person may approve it. They work without a network
and without a model. A rule that **blocks** holds the reply back until it is edited or overridden with a reason; one that
**warns** or **hints** only says so. The customer's own words in a quotation are left alone. In a friendly word after the
matter was settled nothing is missed.

The rules ask one reading of the letter: who does what, to whom, and when. “We billed you twice” owns a failure, “we refunded
you” mends it, “we were told” does neither. That reading is generous: a rule that finds something missing (A1, A5, R1)
gives the benefit of the doubt. Under a public review, in fewer than 60 words, one part may be missing: it warns. A letter is also read as a whole, by what
was learnt from letters. Where it reads like the best ones, one fault of tone (A1, A5, E1, P1, R1, T1) is no reason to hold it back: it warns. What is false
against the case is no tone and blocks all the same. Two faults of tone block any letter. Where it reads like those that leave a customer alone, M2 blocks it whatever
its sentences say, if it is no terse one that has every part. Where nobody can read it so (no engine on this machine, or `learned = false`), M2 is silent and tone blocks.
In strict mode E1 allows no cause at all, and nothing softens a fault of tone.
`python bot.py check-reply --explain RULE` says how often a rule was right when it was last measured.

Unless it says otherwise, an example answers the complaint “Soup cold, an hour late” by Ana Ruiz.

This page is written by `python -m tests.write_reply_checks_page`; a test holds it against the code.
"""

_MEASURED = """## What each rule finds and what it costs

On the sets of `tests/evaluation/sets/dev`, with the engine: how many bad replies a rule holds back (and how many of these nothing else does); how many good ones (likewise).
Those by strangers stand apart; nobody who wrote the rules had read them when they were first judged. `python -m tests.evaluation.replies --write` counts anew.
"""

_BOUNDS = """## What no reply may contain

These hold for every letter in every language, whoever wrote it, and all of them block. Addresses and numbers are told by
their shape, not by a list: any host with a top-level domain that exists, any scheme, any address for letters, messages or
money, and any telephone number but the customer's own and those of policy.toml. What a customer must not be asked for is
read in English, German, Spanish, French, Italian, Portuguese and Dutch. Letters that look like others, invisible signs, dots and digits in words are
read as a customer would read them.
"""


def as_markdown() -> str:
    """The whole page."""
    families = (line for family in FAMILIES for line in _family(family))
    return "\n".join([_HEAD, *_table(), *families, _MEASURED, *_measured(), "", _BOUNDS, *_bounds()]) + "\n"


def _measured() -> Iterator[str]:
    """A row for each rule that held anything back."""
    sets = json.loads(FILE.read_text("utf-8"))["by_set"]
    yield f"| rule | {' | '.join(name.removeprefix('dev/') for name in sets)} |\n|---{'|---' * len(sets)}|"
    for rule in RULES:
        found = [of.get(rule, ()) for of in sets.values()]  # nothing yet of a rule that is new
        if any(map(any, found)):
            yield f"| {rule} | {' | '.join(map(_cost, found))} |"
    yield f"| together | {' | '.join('{1} of {0}; {3} of {2}'.format(*of['all']) for of in sets.values())} |"


def _cost(of: Sequence[int]) -> str:
    return "{} ({}); {} ({})".format(*of) if any(of) else ""


def _bounds() -> Iterator[str]:
    yield "| Bound | | Why | What to do |\n|---|---|---|---|"
    who = {"offers": "*what policy says*", "beyond": "*whoever may give more*", "override": "*whoever may overrule*"}
    for bound in BOUNDS.values():
        yield f"| {bound.id} | {bound.name} | {bound.why} | {bound.fix.format(**who)} |"


def _table() -> Iterator[str]:
    yield "| Rule | | What it does | Why |\n|---|---|---|---|"
    for rule in RULES.values():
        yield f"| [{rule.id}](#{_anchor(rule)}) | {rule.name} | {_WEIGHTS[rule.severity]} | {rule.why} |"
    yield ""


def _family(family: str) -> Iterator[str]:
    yield f"## {FAMILIES[family]}\n"
    for rule in RULES.values():
        if rule.id.startswith(family):
            yield from _entry(rule)


def _entry(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id} {rule.name}\n"
    yield f"{rule.why} {rule.fix}\n"
    yield f"It {_WEIGHTS[rule.severity]}{mildly(rule, _WEIGHTS)}. Source: {rule.source}.\n"
    if rule.given:
        yield f"In the examples: {_given(rule.given)}.\n"
    yield from (f"- Not this: {_quoted(reply)}" for reply in rule.bad)
    yield from (f"- But this: {_quoted(reply)}" for reply in rule.good)
    yield ""


def _given(given: Mapping[str, Any]) -> str:
    return "; ".join(f"{name.replace('_', ' ')}: {_shown(value)}" for name, value in given.items())


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return " / ".join(map(_shown, value))
    if isinstance(value, Promise):
        return f"{_quoted(value.what)} by {value.due_at:%A, %-d %B %Y, %H:%M}"
    return _quoted(value) if isinstance(value, str) else str(value).lower()


def _quoted(reply: str) -> str:
    return "“" + reply.replace("\n", " — ") + "”"


def _anchor(rule: Rule) -> str:
    kept = "".join(char for char in f"{rule.id} {rule.name}".lower() if char.isalnum() or char in " -")
    return kept.replace(" ", "-")


if __name__ == "__main__":
    PAGE.write_text(as_markdown(), encoding="utf-8")
