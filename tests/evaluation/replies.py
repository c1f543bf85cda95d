"""How well the reply checks judge replies: `make eval`, or `python -m tests.evaluation.replies [learn|dev|blind …]`.

`--alone`: as the rules judge without the engine; `--show` prints every misjudged reply, `--write` keeps what `check-reply --explain` says of each rule, and what each costs
and finds alone, which docs/reply-checks.md shows. A line of a set is
what `check-reply` reads, with "good", "lang" where it is not English, and "rules": those a bad one shows, any of them.
What a team's policy forbids (B1 to B7) is not counted, and a lead is taken to have approved what needs one.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, TypeAlias

import numpy as np

from cases.replies.checks import RULES, Finding, faults, ok
from cases.replies.checks.evaluated import FILE
from cases.replies.checks.language import UNREAD
from handlers.judging.letters import learnt
from handlers.terminal.verdicts import given_with
from tests.evaluation.embedded import embed
from tests.evaluation.sets import HERE, USES
from tests.evaluation.shares import interval


@dataclass(frozen=True, slots=True)
class Judged:
    """A reply of the sets beside what the checks say of it."""

    name: str
    good: bool
    rules: frozenset[str]
    reply: str
    findings: tuple[Finding, ...]
    lang: str = "en"

    @property
    def right(self) -> bool:
        return ok(self.findings) == self.good

    @property
    def tripped(self) -> frozenset[str]:
        return frozenset(finding.rule for finding in self.findings)

    @property
    def blocking(self) -> frozenset[str]:
        """The rules that hold it back."""
        return frozenset(finding.rule for finding in self.findings if finding.severity == "block")


Row: TypeAlias = dict[str, Any]
Lines: TypeAlias = Callable[[Sequence[Row]], Sequence[float | None]]
"""How each of these replies reads as a whole."""


def alone(rows: Sequence[Row]) -> Sequence[float | None]:
    """As where there is no engine: the rules judge by themselves."""
    return [None] * len(rows)


def wholly(rows: Sequence[Row]) -> Sequence[float | None]:
    """As a bot with the engine judges; takes a tenth of a second for each whose embedding is not kept."""
    bias, weights = learnt()["bias"], np.array(learnt()["weights"])
    return list(bias + embed([row["reply"] for row in rows]) @ weights)


def judged(*uses: str, lines: Lines = alone) -> Iterator[Judged]:
    """The replies of these sets, of all by default, judged now."""
    found = [
        (use, path, json.loads(line))
        for use in uses or USES
        for path in sorted((HERE / use).glob("replies-*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    rows = [row | {"author": path.stem} for _, path, row in found]
    for (use, path, _), row, line in zip(found, rows, lines(rows), strict=True):
        yield _judged(f"{use}/{path.stem.removeprefix('replies-')}", row, line)


def _judged(name: str, row: dict[str, Any], line: float | None) -> Judged:
    found = faults(row["reply"], replace(given_with(row), lead_approved=True, line=line))
    return Judged(name, row["good"], frozenset(row.get("rules", ())), row["reply"], found, row.get("lang", "en"))


def table(rows: Sequence[Judged]) -> str:
    """Per rule: what share of the bad and of the good replies it fires on, and how often a reply it fires on is bad."""
    good = sum(row.good for row in rows)
    lines = ["rule  severity   bad  good  share of bad  share of good  right"]
    for rule in RULES.values():
        fires = _fires(rows, rule.id)
        right = f"{fires[False] / fires.total():.2f}" if fires else "-"
        shares = f"{fires[False] / max(1, len(rows) - good):13.3f}  {fires[True] / max(1, good):13.3f}"
        lines.append(f"{rule.id:4}  {rule.severity:8} {fires[False]:5} {fires[True]:5} {shares}  {right:>5}")
    return "\n".join(lines)


def _fires(rows: Iterable[Judged], rule: str) -> Counter[bool]:
    """On how many good replies a rule fires, by True, and on how many bad ones, by False."""
    return Counter(row.good for row in rows if rule in row.tripped)


def kept(rows: Sequence[Judged]) -> dict[str, Any]:
    """What `check-reply --explain` tells of each rule, as evaluated.json has it: by what was not tuned on, in the language that they read."""
    rows = [row for row in rows if row.lang == "en"]
    fires = {rule: _fires(rows, rule) for rule in RULES}
    good = sum(row.good for row in rows)
    return {
        "bad": len(rows) - good,
        "good": good,
        "rules": {rule: [found[False], found[True]] for rule, found in fires.items()},
        "by_set": {name: _blocking(list(some)) for name, some in groupby(sorted(rows, key=_kind), key=_kind)},
    }


def _kind(row: Judged) -> str:
    """The sets by strangers apart, each for itself; the rest of those to look at together."""
    return row.name if "first_sight" in row.name else row.name.split("/")[0]


def _blocking(rows: Sequence[Judged]) -> dict[str, list[int]]:
    """For each rule, and for all: bad replies that it blocks, those that it alone blocks, and good ones likewise; of all: how many there are."""
    good = Counter(row.good for row in rows)
    total = {
        "all": [
            good[False],
            sum(row.right for row in rows if not row.good),
            good[True],
            sum(not row.right for row in rows if row.good),
        ]
    }
    return total | {rule: _of_rule(rows, rule) for rule in RULES}


def _of_rule(rows: Sequence[Judged], rule: str) -> list[int]:
    blocked = [[row for row in rows if row.good is good and rule in row.blocking] for good in (False, True)]
    return [count for some in blocked for count in (len(some), sum(row.blocking == {rule} for row in some))]


def summary(rows: Sequence[Judged], name: str) -> str:
    """One line: bad ones found and good ones blocked, with 95 % intervals, and hints and warnings on a good one."""
    good, bad = [row for row in rows if row.good], [row for row in rows if not row.good]
    softer = sum(finding.severity != "block" for row in good for finding in row.findings) / max(1, len(good))
    return (
        f"{name:20} bad found {_share(sum(row.right for row in bad), len(bad))}   "
        f"good blocked {_share(sum(not row.right for row in good), len(good))}   softer on a good one {softer:.2f}"
    )


def _share(part: int, whole: int) -> str:
    if not whole:
        return "-".ljust(28)
    low, high = interval(part, whole)
    return f"{part:3}/{whole:<3} = {part / whole:.2f} ({low:.2f}-{high:.2f})"


def show(rows: Iterable[Judged]) -> Iterator[str]:
    """The misjudged ones, with what was found and what should have been."""
    for row in rows:
        if not row.right:
            blocks = [(finding.rule, finding.quote) for finding in row.findings if finding.severity == "block"]
            yield f"--- {row.name} {'GOOD' if row.good else 'BAD'} {sorted(row.rules)} -> {blocks}\n{row.reply}"


def report(rows: Sequence[Judged]) -> Iterator[str]:
    """The table, and a line for each set: of English letters, which the rules read, and of others, which they only mark."""
    english = [row for row in rows if row.lang == "en"]
    yield table(english)
    for name, some in groupby(sorted(english, key=_set), key=_set):
        yield summary(list(some), name)
    yield summary(english, "all")
    if abroad := [row for row in rows if row.lang != "en"]:
        marked = sum(UNREAD in row.tripped for row in abroad)
        yield f"other languages: {marked} of {len(abroad)} say that they could not be judged"


def _set(row: Judged) -> str:
    return row.name


def main(words: list[str]) -> None:
    """Prints the report for the sets named, for all by default."""
    rows = list(judged(*(word for word in words if word in USES), lines=alone if "--alone" in words else wholly))
    if "--show" in words:
        print("\n".join(show(rows)))
    if "--write" in words:
        FILE.write_text(json.dumps(kept(list(judged("dev", lines=wholly)))) + "\n", "utf-8")
    print("\n".join(report(rows)))


if __name__ == "__main__":
    main(sys.argv[1:])
