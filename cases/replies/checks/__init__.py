"""Judges a reply to an unhappy customer: pure rules over its words and its case, each with why and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cases.model import Feedback, Promise, Severity
from cases.replies.checks.finding import Finding, Rule, Weight
from cases.replies.checks.reading import Given, Reading
from cases.replies.checks.rules import RULES

__all__ = ["RULES", "Finding", "Given", "Rule", "Weight", "check_reply", "faults", "ok"]


def check_reply(
    reply: str,
    feedback: Feedback | None = None,
    *,
    signed_by: str | None = None,
    promise_broken: bool = False,
    earlier_replies: Sequence[str] = (),
    severity: Severity | None = None,
    strict: bool = False,
    lead_approved: bool = False,
    today: date | None = None,
    promises: Sequence[Promise] = (),
    line: float | None = None,
) -> tuple[Finding, ...]:
    """What `faults` finds in the words alone, with the parts of `Given` spelt out."""
    given = Given(
        feedback=feedback,
        signed_by=signed_by,
        promise_broken=promise_broken,
        earlier_replies=tuple(earlier_replies),
        severity=severity,
        strict=strict,
        lead_approved=lead_approved,
        today=today,
        promises=tuple(promises),
        line=line,
    )
    return faults(reply, given)


def faults(reply: str, given: Given) -> tuple[Finding, ...]:
    """Every fault found, in the order of `RULES`, quoting the reply as it is `seen`; never raises, whatever the text."""
    reading = Reading(reply, given)
    found = tuple(finding for rule in RULES.values() for finding in _findings(rule, reading))
    if len({finding.rule for finding in found if _of_tone(finding)}) < TOO_MANY:
        return found
    return tuple(replace(finding, severity="block") if _of_tone(finding) else finding for finding in found)


TOO_MANY = 2
"""So many rules of tone that warn make a letter nobody should send: one slip is forgiven, and of good letters hardly any has two."""


def _of_tone(finding: Finding) -> bool:
    return RULES[finding.rule].tone and finding.severity == "warn"


def ok(findings: Sequence[Finding]) -> bool:
    """False when one of them blocks sending."""
    return all(finding.severity != "block" for finding in findings)


def _findings(rule: Rule, reading: Reading) -> list[Finding]:
    quotes = dict.fromkeys(reading.letter.quote(span) for span in rule.find(reading))
    return [Finding(rule.id, rule.weight(reading), quote, rule.why, rule.fix) for quote in quotes]
