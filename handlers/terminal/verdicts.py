"""Verdicts for other programs: feedback or replies as JSON in, one JSON line out for each; nothing is stored or asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from cases.arrivals.dates import read_instant
from cases.arrivals.feedback import BadFeedback, read_feedback
from cases.judgement import assess
from cases.judgement.stand_in import stand_in
from cases.model import Assessment, Feedback, Promise, Severity
from cases.policy.page import Policy
from cases.replies.checks import Given, ok
from cases.replies.drafts import Reply
from cases.replies.verdict import verdict as judge
from handlers.feedback.judge import scores
from handlers.judging.letters import Lines
from handlers.judging.unscored import Judge
from prompts.brief import prompt_texts

Verdict = Callable[[Mapping[str, Any], int], dict[str, Any]]
"""What is answered to one object, and to the line it begins on."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An object that could not be judged; `line` is the line it begins on."""

    line: int
    why: str


def verdicts(text: str, verdict: Verdict) -> Iterator[dict[str, Any] | Unreadable]:
    """One verdict for each object in `text`: JSON Lines, or a single object over several lines."""
    for number, content in _objects(text):
        try:
            given = json.loads(content)
            if not isinstance(given, dict):
                raise ValueError("must be an object")
            yield verdict(given, number)
        except (ValueError, BadFeedback) as unreadable:
            yield Unreadable(number, str(unreadable))


def _objects(text: str) -> list[tuple[int, str]]:
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > 1 and text.lstrip().startswith("{") and not _is_json(lines[0][1]) and _is_json(text):
        return [(lines[0][0], text)]
    return lines


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def triaged(judge: Judge | None) -> Verdict:
    """What `triage` answers to a data object of the generic intake."""

    def verdict(given: Mapping[str, Any], line: int) -> dict[str, Any]:
        feedback = read_feedback(given, route="triage", path="")
        found = _assessed(feedback, judge)
        return {
            "external_id": feedback.external_id,
            "negative": found.negative,
            "unsure": found.unsure,
            "score": found.score,
            "asks_no_contact": found.asks_no_contact,
            "severity": found.severity,
            "reasons": [{"code": reason.code, "detail": reason.detail} for reason in found.reasons],
        }

    return verdict


def checked(
    policy: Policy, severity_by: Judge | None = None, today: date | None = None, lines: Lines | None = None
) -> Verdict:
    """What `check-reply` answers to a reply with its feedback, by a team's policy: what the bot would find in it."""

    def verdict(given: Mapping[str, Any], line: int) -> dict[str, Any]:
        reply = given.get("reply")
        if not isinstance(reply, str):
            raise ValueError("reply: must be text, the reply to be checked")
        known = given_with(given, severity_by)
        owed = tuple(replace(each, due_at=each.due_at.astimezone(policy.zone)) for each in known.promises)
        sound = lines.ask(reply, None) if lines else None
        known = replace(known, today=today, promises=owed, line=sound)
        findings = judge(Reply(subject=_text(given, "subject") or "", body=reply), known, policy)
        return {"line": line, "ok": ok(findings), "findings": [asdict(finding) for finding in findings]}

    return verdict


def given_with(given: Mapping[str, Any], severity_by: Judge | None = None) -> Given:
    """What came with a reply, all of it optional; how grave the case is follows from the feedback, as it does in the bot."""
    feedback = _feedback(given.get("feedback"))
    return Given(
        feedback=feedback,
        signed_by=_text(given, "signed_by"),
        promise_broken=bool(given.get("promise_broken")),
        earlier_replies=_texts(given, "earlier_replies"),
        promises=_promises(given),
        severity=(_assessed(feedback, severity_by).severity or Severity.NORMAL) if feedback else None,
        prompts=prompt_texts(),
        notes=_texts(given, "notes"),
        colleagues=_texts(given, "colleagues"),
    )


def _assessed(feedback: Feedback, judge: Judge | None) -> Assessment:
    (score,) = scores(judge, [feedback])
    return assess(feedback, score or stand_in(feedback))


def _feedback(given: Any) -> Feedback | None:
    """The feedback replied to, None where there is none; an id is not needed here."""
    if given is None or given == {}:
        return None
    if not isinstance(given, dict):
        raise ValueError("feedback: must be an object, the data of the generic intake")
    said_nothing = given.get("rating") is None and not given.get("comment")
    return read_feedback(
        {"external_id": "-", **given} | ({"comment": "-"} if said_nothing else {}), route="check-reply", path="feedback"
    )


def _text(given: Mapping[str, Any], name: str) -> str | None:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name}: must be text or null")
    return value or None


def _promises(given: Mapping[str, Any]) -> tuple[Promise, ...]:
    """What is still owed to the customer, each with what and by when."""
    promised = given.get("promises") or []
    if not isinstance(promised, list) or not all(isinstance(each, dict) for each in promised):
        raise ValueError("promises: must be a list of objects with what and due_at")
    return tuple(_promise(each) for each in promised)


def _promise(given: Mapping[str, Any]) -> Promise:
    what, due = _text(given, "what"), _text(given, "due_at")
    if not what or not due:
        raise ValueError("promises: each needs what was promised, and due_at")
    try:
        due_at = read_instant(due)
    except ValueError as wrong:
        raise ValueError(f"promises: due_at {wrong}") from None
    assert due_at is not None, "there are words"
    return Promise(what, due_at, due_at)


def _texts(given: Mapping[str, Any], name: str) -> tuple[str, ...]:
    texts = given.get(name) or []
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"{name}: must be a list of texts, oldest first")
    return tuple(texts)
