"""Cases as a table for a spreadsheet, and what happened to them line by line; no customer's name, contact details or words."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TextIO

from cases.acts.act import ActionName
from cases.acts.contact import First
from cases.figures.stats import working_wait
from cases.model import Case, Grade, Outcome, Remedy, Severity, Sign, Status, Via, Way
from cases.nudges.next_step import NextStep, next_step
from cases.policy.page import Policy
from cases.policy.working_time import Calendar, calendar_of
from handlers.reminders.plan import as_it_will_be
from store import cases, contacts, timeline
from store.engine import Store, Tx

_BATCH = 500
_MINUTE = timedelta(minutes=1)
_OURS = frozenset(
    str(value) for kind in (Status, Severity, Outcome, Sign, Remedy, Way, Grade, Via, ActionName) for value in kind
)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:[+-]\d\d:\d\d|Z)")
_PERSON = re.compile(r"[UW][A-Z0-9]{6,20}")
_WHO = frozenset({"owner", "before", "by", "to"})
# What a spreadsheet takes for a formula, https://owasp.org/www-community/attacks/CSV_Injection; the minus of typographers
# too. One that is told another separator than ours, as Excel is in much of Europe, begins a cell after that.
_FORMULA = frozenset("=+-@\u2212")
_SEPARATORS = re.compile("([;|\t\r\n])")

# Times are ISO 8601 in UTC. Waits are minutes as the customer felt them; `working_minutes_…` count working hours only, from
# when we heard. What took no time at all was told of after the fact, and has no minutes: docs/figures.md.
COLUMNS: dict[str, Callable[[Case, Calendar], Any]] = {
    "case": lambda case, calendar: case.number,
    "status": lambda case, calendar: case.status,
    "severity": lambda case, calendar: case.severity,
    "unsure": lambda case, calendar: case.unsure,
    "source": lambda case, calendar: case.feedback[0].source,
    "rating": lambda case, calendar: case.feedback[0].rating and f"{case.feedback[0].rating.value:g}",
    "scale": lambda case, calendar: _scale_of(case),
    "feedback": lambda case, calendar: len(case.feedback),
    "opened_at": lambda case, calendar: case.opened_at,
    "waiting_since": lambda case, calendar: case.waiting_since,
    "heard_at": lambda case, calendar: case.heard_at,
    "unclaimed_since": lambda case, calendar: case.unclaimed_since,
    "owner": lambda case, calendar: case.owner,
    "claimed_at": lambda case, calendar: case.claimed_at,
    "held_since": lambda case, calendar: case.held_since,
    "snoozes": lambda case, calendar: case.snoozes,
    "minutes_to_claim": lambda case, calendar: _minutes(case.unclaimed_since, case.claimed_at),
    "contact_due_at": lambda case, calendar: case.contact_due_at,
    "contacted_at": lambda case, calendar: case.contacted_at,
    "contacted_by": lambda case, calendar: case.contacted_by,
    "contacted_how": lambda case, calendar: case.contacted_how,
    "evidence": lambda case, calendar: case.proof,
    "minutes_to_contact": lambda case, calendar: _minutes(case.waiting_since, case.contacted_at),
    "working_minutes_to_contact": lambda case, calendar: _working(case, calendar),
    "promise_due_at": lambda case, calendar: case.promise_due_at,
    "in_time": lambda case, calendar: case.contacted_at and case.contacted_at <= case.contact_due_at,
    "closed_at": lambda case, calendar: case.closed_at,
    "closed_by": lambda case, calendar: case.closed_by,
    "minutes_to_close": lambda case, calendar: _minutes(case.opened_at, case.closed_at),
    "outcome": lambda case, calendar: case.outcome,
    "sign": lambda case, calendar: case.sign,
    "remedy": lambda case, calendar: case.remedy,
    "remedy_asked_at": lambda case, calendar: case.remedy_asked_at,
    "remedy_granted": lambda case, calendar: case.remedy_granted,
    "remedy_by": lambda case, calendar: case.remedy_by,
    "remedy_cost": lambda case, calendar: case.remedy_cost,
    "cause": lambda case, calendar: case.cause,
    "expected": lambda case, calendar: case.expected,
    "happened": lambda case, calendar: case.happened,
    "went_wrong": lambda case, calendar: case.went_wrong,
    "learned": lambda case, calendar: case.learned,
    "lesson_at": lambda case, calendar: case.lesson_at,
    "change_by": lambda case, calendar: case.change_by,
    "change_due_at": lambda case, calendar: case.change_due_at,
}


_NEXT_STEP = "next_step_at"  # beside the columns of the case itself: it hangs on what the time is


def export(store: Store, policy: Policy, out: TextIO, now: datetime, since: datetime | None = None) -> int:
    """Writes cases opened at or after `since` (all: None) as CSV; returns how many. Reads some at a time."""
    calendar = calendar_of(policy)
    numbers = store.read(lambda tx: cases.numbers_since(tx, since))
    table = csv.writer(out, lineterminator="\n")
    table.writerow([*COLUMNS, _NEXT_STEP])
    for start in range(0, len(numbers), _BATCH):
        some = numbers[start : start + _BATCH]
        for case, step in store.read(lambda tx, some=some: _with_next_steps(tx, some, policy, now)):  # type: ignore[misc]
            told = [column(case, calendar) for column in COLUMNS.values()]
            table.writerow(map(_cell, [*told, step and step.at]))
    return len(numbers)


def _with_next_steps(
    tx: Tx, numbers: Sequence[int], policy: Policy, now: datetime
) -> list[tuple[Case, NextStep | None]]:
    found = cases.load_many(tx, numbers)
    return [(case, next_step(as_it_will_be(tx, case, policy, now), policy, now)) for case in found]


def export_timeline(store: Store, out: TextIO, since: datetime | None = None) -> int:
    """Writes what happened to the same cases as JSON Lines, case by case, oldest first; returns how many lines.

    Where a customer waits anew, the first contact of the time before is no column of its case any more: it has a line of its own.
    """
    numbers = store.read(lambda tx: cases.numbers_since(tx, since))
    written = 0
    for number in numbers:
        for line in store.read(lambda tx, number=number: _lines(tx, number)):  # type: ignore[misc]
            out.write(json.dumps({"case": number, **line}) + "\n")
            written += 1
    return written


def _lines(tx: Tx, number: int) -> list[dict[str, Any]]:
    happened = [
        (entry.at, {"action": entry.action, "actor": entry.actor, "via": entry.via, "facts": _wordless(entry.facts)})
        for entry in timeline.history(tx, number)
    ]
    contacted = [
        (first.contacted_at, {"action": FIRST_CONTACT, "actor": first.contacted_by, "via": None, "facts": _told(first)})
        for first in contacts.before_the_latest(tx, number)
    ]
    return [{"at": _cell(at), **told} for at, told in sorted((*happened, *contacted), key=lambda each: each[0])]


FIRST_CONTACT = "first_contact"


def _told(first: First) -> dict[str, Any]:
    facts = first._asdict() | {"in_time": first.contacted_at <= first.contact_due_at}
    return {
        name: value if isinstance(value, bool) else _cell(value) for name, value in facts.items() if value is not None
    }


def _wordless(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What no person wrote: numbers, instants, ids of Slack's, and what stands in one of our own lists."""
    return {name: value for name, value in facts.items() if _is_wordless(name, value)}


def _is_wordless(name: str, value: Any) -> bool:
    if not isinstance(value, str):
        return not isinstance(value, list | dict)
    return value in _OURS or bool(_INSTANT.fullmatch(value)) or (name in _WHO and bool(_PERSON.fullmatch(value)))


def _scale_of(case: Case) -> str | None:
    rating = case.feedback[0].rating
    return f"{rating.scale:g}" if rating and rating.scale else None


def _minutes(start: datetime, end: datetime | None) -> int | None:
    """Whole minutes; none where nothing has ended, or had before it began."""
    return None if end is None or end <= start else (end - start) // _MINUTE


def _working(case: Case, calendar: Calendar) -> int | None:
    if case.contacted_at is None or case.contacted_at <= case.waiting_since:
        return None
    return working_wait(case.heard_at, case.contacted_at, calendar) // _MINUTE


def _cell(value: Any) -> str:
    """A cell's text; what a spreadsheet would run as a formula begins with an apostrophe instead."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    inert = "".join(f"'{part}" if _is_formula(part) else part for part in _SEPARATORS.split(text))
    return f"'{inert}" if text.startswith(("\t", "\r")) else inert


def _is_formula(text: str) -> bool:
    """By its first sign that can be seen, in whichever width it is written: what comes before it some leave aside."""
    seen = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char)[0] not in "CZM")
    return next(seen, None) in _FORMULA
