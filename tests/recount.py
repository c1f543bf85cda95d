"""The team's figures once more, from what `bot.py export` prints alone: for whoever does not take the bot's word for them.

    python bot.py export > cases.csv && python bot.py export --timeline > timeline.jsonl
    python -m tests.recount cases.csv timeline.jsonl 2026-01-01 2026-02-01

Nothing of Amends is imported here, and every definition of docs/figures.md is written out a second time, in the plainest
way: each figure goes through all cases. What happened is taken from the timeline, when and to whom from the table.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

FEWEST = 5
GRADES = ("clicked", "told", "seen", "answered", "confirmed")
SEVERITIES = ("critical", "high", "normal")
UNCONTACTED = ("unclaimed", "claimed")
ENDS = ("close", "dismiss")
DAY = timedelta(days=1)

Row = dict[str, Any]


@dataclass(frozen=True)
class Hours:
    """When the team works: the same hours on each of these weekdays (Monday is 0), no holidays."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Berlin"))
    opens: time = time(9)
    closes: time = time(18)
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)

    def midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), tzinfo=self.zone).astimezone(UTC)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from one instant to another, day by day."""
        worked, day = timedelta(), start.astimezone(self.zone).date()
        while day <= end.astimezone(self.zone).date():
            if day.weekday() in self.weekdays:
                opens, closes = (
                    datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC) for at in (self.opens, self.closes)
                )
                worked += max(min(end, closes) - max(start, opens), timedelta())
            day += DAY
        return worked


def read(table: str, timeline: str) -> list[Row]:
    """The exported cases, instants as such, each with the lines of its timeline."""
    rows = [_parsed(row) for row in csv.DictReader(io.StringIO(table, newline=""))]
    lines: dict[str, list[Row]] = {row["case"]: [] for row in rows}
    for line in map(json.loads, timeline.splitlines()):
        lines[str(line["case"])].append(line | {"at": _instant(line["at"])})
    return [row | {"lines": lines[row["case"]]} for row in rows]


def _parsed(row: dict[str, str]) -> Row:
    return {
        name: _instant(cell) if cell and name.endswith(("_at", "_since")) else cell or None
        for name, cell in row.items()
    }


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def of_time(rows: list[Row], since: datetime, until: datetime, hours: Hours) -> dict[str, Any]:
    """What happened from `since` to before `until`."""
    reached = [row for row in _contacted(rows) if since <= row["contacted_at"] < until]
    new = [row for row in rows if since <= _opened(row) < until]
    ended = [row for row in rows if row["status"] == "closed" and since <= _ended(row) < until]
    claims = [row for row in rows if _claimed_within(row, since, until)]
    by_severity = {each: [row for row in reached if row["severity"] == each] for each in SEVERITIES}
    return {
        "new": len(new),
        "by_source": dict(Counter(row["source"] for row in new)),
        "contacts": _contacts(reached, hours),
        "by_severity": {each: _contacts(some, hours) for each, some in by_severity.items() if some},
        "claims": _lengths(row["claimed_at"] - row["unclaimed_since"] for row in claims),
        "closed": dict(Counter(row["outcome"] for row in ended)),
    }


def now(rows: list[Row]) -> dict[str, Any]:
    """What is so at the moment of the export."""
    still_open = [row for row in rows if row["status"] != "closed"]
    waits = Counter(map(_waits_for, still_open))
    return {
        "waits": {each: waits[each] for each in ("owner", "contact", "promise", "customer")},
        "clicked": sum(row["evidence"] == "clicked" for row in still_open),
        "waiting": sum(row["status"] in UNCONTACTED for row in still_open),
        "in_hand": sorted((row["owner"], int(row["case"])) for row in still_open if row["owner"]),
        "promised": {int(row["case"]): row["promise_due_at"] for row in rows if row["promise_due_at"]},
    }


def course(rows: list[Row], days: Iterable[date], hours: Hours, length: int = 1) -> dict[str, tuple[int, ...]]:
    """For each span of so many local days: new cases, customers contacted, and who waited at its end."""
    bounds = [(hours.midnight(day), hours.midnight(day + length * DAY)) for day in days]
    begun_and_over = [_wait(row) for row in (*rows, *_contacted_before(rows))]

    def within(found: list[datetime]) -> tuple[int, ...]:
        return tuple(sum(start <= at < end for at in found) for start, end in bounds)

    waited = (sum(begun < end and (over is None or over >= end) for begun, over in begun_and_over) for _, end in bounds)
    contacted = [row["contacted_at"] for row in _contacted(rows)]
    return {"new": within(list(map(_opened, rows))), "contacted": within(contacted), "waiting": tuple(waited)}


def _contacted(rows: list[Row]) -> list[Row]:
    """Every first contact: the one that each case has now, and those of the times before its customer waited anew."""
    return [row for row in rows if row["contacted_at"]] + _contacted_before(rows)


def _contacted_before(rows: list[Row]) -> list[Row]:
    told = (line["facts"] for row in rows for line in row["lines"] if line["action"] == "first_contact")
    return [_parsed({name: str(value) for name, value in facts.items()}) for facts in told]


def _wait(row: Row) -> tuple[datetime, datetime | None]:
    begun, contacted = row["waiting_since"], row["contacted_at"]
    if contacted:
        return min(begun, contacted), contacted
    return begun, row["closed_at"] if row["status"] == "closed" else None


def _opened(row: Row) -> datetime:
    (opened,) = (line["at"] for line in row["lines"] if line["action"] == "opened")
    return opened  # type: ignore[no-any-return]


def _ended(row: Row) -> datetime:
    return [line["at"] for line in row["lines"] if line["action"] in ENDS][-1]  # type: ignore[no-any-return]


def _claimed_within(row: Row, since: datetime, until: datetime) -> bool:
    if row["claimed_at"] is None or not since <= row["claimed_at"] < until:
        return False
    still_counts = row["status"] != "closed" or row["closed_at"] >= since
    return still_counts and row["claimed_at"] > row["unclaimed_since"]


def _contacts(reached: list[Row], hours: Hours) -> dict[str, Any]:
    measured = [row for row in reached if row["contacted_at"] > row["waiting_since"]]
    grades = Counter(row["evidence"] for row in reached)
    return {
        "count": len(reached),
        "in_time": sum(row["contacted_at"] <= row["contact_due_at"] for row in reached),
        "felt": _lengths(row["contacted_at"] - row["waiting_since"] for row in measured),
        "working": _lengths(hours.between(row["heard_at"], row["contacted_at"]) for row in measured),
        "by_grade": {grade: grades[grade] for grade in GRADES if grades[grade]},
    }


def _waits_for(row: Row) -> str:
    if row["status"] in UNCONTACTED:
        return "owner" if row["status"] == "unclaimed" else "contact"
    return "promise" if row["promise_due_at"] else "customer"


def _lengths(lengths: Iterable[timedelta]) -> list[timedelta]:
    """Each by itself, or of FEWEST and more the middle and the least that nine in ten do not exceed."""
    known = sorted(lengths)
    if len(known) < FEWEST:
        return known
    half = len(known) // 2
    middle = known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2
    nine_in_ten = next(each for at, each in enumerate(known, start=1) if 10 * at >= 9 * len(known))
    return [middle, nine_in_ten]


def main(table: str, timeline: str, since: str, until: str) -> None:
    """Prints the figures of these local days, `until` left out, for a team with the usual hours in Berlin."""
    hours = Hours()
    with open(table, newline="") as cases, open(timeline) as lines:
        rows = read(cases.read(), lines.read())
    start, end = (hours.midnight(date.fromisoformat(day)) for day in (since, until))
    print(json.dumps(of_time(rows, start, end, hours) | {"now": now(rows)}, indent=1, default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
