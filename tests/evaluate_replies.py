"""Prints how well the reply checks judge the corpus: precision and recall per rule, bad ones found, good ones blocked.

Run with `make eval-replies` or `python -m tests.evaluate_replies [split …]`; add `--show` to see every misjudged reply.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cases.model import Customer, Feedback
from cases.replies.checks import RULES, Finding, check_reply, ok

CORPUS = Path(__file__).parent / "cases" / "replies" / "checks" / "corpus"
# A "look" was written before the rules saw it, and shaped them afterwards. Blocked at first sight, good and bad: second
# 16 of 70 and 41 of 51, third 10 of 35 and 16 of 25, fourth 2 of 15 and 11 of 20. They were made to be hard.
SPLITS = ("tuning", "held_out", "second_look", "third_look", "fourth_look")


@dataclass(frozen=True)
class Judged:
    """A reply of the corpus beside what the checks say. `rules` are those a bad one must trip (any of them)."""

    split: str
    good: bool
    rules: frozenset[str]
    reply: str
    findings: tuple[Finding, ...]

    @property
    def right(self) -> bool:
        return ok(self.findings) == self.good

    @property
    def tripped(self) -> frozenset[str]:
        return frozenset(finding.rule for finding in self.findings)


def judged(splits: tuple[str, ...] = SPLITS) -> Iterator[Judged]:
    """The corpus, judged now."""
    complaints = {row["id"]: row for row in _rows("complaints.jsonl")}
    for row in _rows("replies.jsonl"):
        if row["split"] in splits:
            findings = check_reply(row["reply"], _feedback(complaints[row["complaint"]]), **_known(row))
            yield Judged(row["split"], row["good"], frozenset(row["rules"]), row["reply"], findings)


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / name).read_text().splitlines()]


def _feedback(row: dict[str, Any]) -> Feedback:
    customer = Customer(name=row["customer"], email="customer@example.org")
    return Feedback(
        external_id=row["id"],
        source="corpus",
        customer=customer,
        comment=row["comment"],
        order_ref=row.get("order_ref"),
    )


def _known(row: dict[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in ("signed_by", "promise_broken", "earlier_replies") if key in row}


def table(rows: list[Judged]) -> str:
    """Per rule: replies marked with it, how many of them trip it, and of all that trip it how many are bad ones."""
    lines = ["rule  marked  found  recall  tripped  on good  precision"]
    for rule in RULES:
        marked = [row for row in rows if rule in row.rules]
        found = sum(rule in row.tripped for row in marked)
        tripped = Counter(row.good for row in rows if rule in row.tripped)
        recall = f"{found / len(marked):.2f}" if marked else "-"
        precision = f"{tripped[False] / tripped.total():.2f}" if tripped else "-"
        lines.append(
            f"{rule:4} {len(marked):7} {found:6} {recall:>7} {tripped.total():8} {tripped[True]:8} {precision:>10}"
        )
    return "\n".join(lines)


def summary(rows: list[Judged], name: str) -> str:
    """One line: bad ones found, good ones blocked."""
    good, bad = [row for row in rows if row.good], [row for row in rows if not row.good]
    found, blocked = sum(row.right for row in bad), sum(not row.right for row in good)
    return (
        f"{name:11} bad found {found}/{len(bad)} = {found / max(1, len(bad)):.3f}   "
        f"good blocked {blocked}/{len(good)} = {blocked / max(1, len(good)):.3f}"
    )


def show(rows: list[Judged]) -> Iterator[str]:
    """The misjudged ones, with what was found and what should have been."""
    for row in rows:
        blocks = [(finding.rule, finding.quote) for finding in row.findings if finding.severity == "block"]
        if not row.right or not (row.good or row.rules & row.tripped):
            yield f"--- {'GOOD' if row.good else 'BAD'} {sorted(row.rules)} -> {blocks}\n{row.reply}"


def main(words: list[str]) -> None:
    """Print the tables for the splits named, all of them by default."""
    splits = tuple(word for word in words if word in SPLITS) or SPLITS
    rows = list(judged(splits))
    if "--show" in words:
        print("\n".join(show(rows)))
    print(table(rows))
    for split in splits:
        print(summary([row for row in rows if row.split == split], split))
    print(summary(rows, "all"))


if __name__ == "__main__":
    main(sys.argv[1:])
