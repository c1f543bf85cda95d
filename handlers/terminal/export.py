"""Cases as a table for a spreadsheet: one row each, without the customer's name, contact details or words."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TextIO

from cases.model import Case
from cases.policy.page import Policy
from cases.policy.working_time import NOTHING, Calendar, calendar_of
from store import cases
from store.engine import Store

_BATCH = 500
# What a spreadsheet takes for a formula, https://owasp.org/www-community/attacks/CSV_Injection; the minus of typographers
# too. One that is told another separator than ours, as Excel is in much of Europe, begins a cell after that.
_FORMULA = frozenset("=+-@\u2212")
_SEPARATORS = re.compile("([;|\t\r\n])")

# Times are ISO 8601 in UTC. Waits are minutes as the customer felt them; `working_minutes_…` count working hours only.
COLUMNS: dict[str, Callable[[Case, Calendar], Any]] = {
    "case": lambda case, calendar: case.number,
    "status": lambda case, calendar: case.status,
    "severity": lambda case, calendar: case.severity,
    "unsure": lambda case, calendar: case.unsure,
    "source": lambda case, calendar: case.feedback[0].source,
    "rating": lambda case, calendar: case.feedback[0].rating and f"{case.feedback[0].rating.value:g}",
    "scale": lambda case, calendar: case.feedback[0].rating and f"{case.feedback[0].rating.scale:g}",
    "feedback": lambda case, calendar: len(case.feedback),
    "opened_at": lambda case, calendar: case.opened_at,
    "waiting_since": lambda case, calendar: case.waiting_since,
    "owner": lambda case, calendar: case.owner,
    "claimed_at": lambda case, calendar: case.claimed_at,
    "held_since": lambda case, calendar: case.held_since,
    "snoozes": lambda case, calendar: case.snoozes,
    "minutes_to_claim": lambda case, calendar: _minutes(case.unclaimed_since, case.claimed_at),
    "contact_due_at": lambda case, calendar: case.contact_due_at,
    "contacted_at": lambda case, calendar: case.contacted_at,
    "contacted_by": lambda case, calendar: case.contacted_by,
    "contacted_how": lambda case, calendar: case.contacted_how,
    "minutes_to_contact": lambda case, calendar: _minutes(case.waiting_since, case.contacted_at),
    "working_minutes_to_contact": lambda case, calendar: _working(case.waiting_since, case.contacted_at, calendar),
    "in_time": lambda case, calendar: case.contacted_at and case.contacted_at <= case.contact_due_at,
    "closed_at": lambda case, calendar: case.closed_at,
    "closed_by": lambda case, calendar: case.closed_by,
    "minutes_to_close": lambda case, calendar: _minutes(case.opened_at, case.closed_at),
    "outcome": lambda case, calendar: case.outcome,
    "went_wrong": lambda case, calendar: case.went_wrong,
    "learned": lambda case, calendar: case.learned,
}


def export(store: Store, policy: Policy, out: TextIO, since: datetime | None = None) -> int:
    """Writes cases opened at or after `since` (all: None) as CSV; returns how many. Reads some at a time."""
    calendar = calendar_of(policy)
    numbers = store.read(lambda tx: cases.numbers_since(tx, since))
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for start in range(0, len(numbers), _BATCH):
        some = numbers[start : start + _BATCH]
        for case in store.read(lambda tx, some=some: cases.load_many(tx, some)):  # type: ignore[misc]
            table.writerow(_cell(column(case, calendar)) for column in COLUMNS.values())
    return len(numbers)


def _minutes(start: datetime, end: datetime | None) -> int | None:
    return None if end is None else _whole(end - start)


def _working(start: datetime, end: datetime | None, calendar: Calendar) -> int | None:
    return None if end is None else _whole(calendar.between(start, end))


def _whole(length: timedelta) -> int:
    """Whole minutes; what happened before its clock started took no time."""
    return max(length, NOTHING) // timedelta(minutes=1)


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
