"""The export is a table that a spreadsheet opens safely, and in which no customer can be recognised."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta

import pytest

from handlers.terminal.export import COLUMNS, export, export_timeline
from sandbox.demo import cast
from tests.stories.stage import Stage

EMPTY = dict.fromkeys([*COLUMNS, "next_step_at"], "")


def exported(stage: Stage, since: datetime | None = None) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    export(stage.world.store, stage.world.policy, out, stage.now, since)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def closed(stage: Stage, **lesson: str) -> None:
    """A case from arrival to end: claimed after 10 minutes, contacted after 40, closed after 100."""
    stage.receives(rating={"value": 2, "scale": 5}, customer={"name": "Quirina Zabel", "email": "q@example.org"})
    ana = stage.person("ana")
    stage.jump(timedelta(minutes=10))
    ana.click(stage.card(), "claim")
    stage.jump(timedelta(minutes=30))
    ana.command("/case", "contacted 1 by phone")
    stage.jump(timedelta(minutes=60))
    ana.click(stage.card(), "close")
    ana.submit({"outcome": "won_back", **lesson})


def test_nothing_yet_is_a_table_of_headers_alone(stage: Stage) -> None:
    out = io.StringIO()
    assert export(stage.world.store, stage.world.policy, out, stage.now) == 0
    assert out.getvalue() == ",".join([*COLUMNS, "next_step_at"]) + "\n"


def test_new_case_has_no_waits_yet(stage: Stage) -> None:
    stage.receives(comment="My order never arrived, and nobody answers.")
    (row,) = exported(stage)
    assert row == EMPTY | {
        "case": "1",
        "status": "unclaimed",
        "severity": "normal",
        "unsure": "false",
        "source": "generic",
        "feedback": "1",
        "opened_at": "2026-01-05T09:00:00Z",
        "waiting_since": "2026-01-05T09:00:00Z",
        "heard_at": "2026-01-05T09:00:00Z",
        "unclaimed_since": "2026-01-05T09:00:00Z",
        "snoozes": "0",
        "contact_due_at": "2026-01-05T10:00:00Z",
        "next_step_at": "2026-01-05T09:15:00Z",
    }


def test_whole_life_of_a_case_is_one_row(stage: Stage) -> None:
    closed(stage, went_wrong="No slot was booked", learned="Book the slot at once")
    (row,) = exported(stage)
    assert row == EMPTY | {
        "case": "1",
        "status": "closed",
        "severity": "normal",
        "unsure": "false",
        "source": "generic",
        "rating": "2",
        "scale": "5",
        "feedback": "1",
        "opened_at": "2026-01-05T09:00:00Z",
        "waiting_since": "2026-01-05T09:00:00Z",
        "heard_at": "2026-01-05T09:00:00Z",
        "unclaimed_since": "2026-01-05T09:00:00Z",
        "owner": cast.ANA,
        "claimed_at": "2026-01-05T09:10:00Z",
        "held_since": "2026-01-05T09:10:00Z",
        "snoozes": "0",
        "minutes_to_claim": "10",
        "contact_due_at": "2026-01-05T10:00:00Z",
        "contacted_at": "2026-01-05T09:40:00Z",
        "contacted_by": cast.ANA,
        "contacted_how": "phone",
        "evidence": "told",
        "minutes_to_contact": "40",
        "working_minutes_to_contact": "40",
        "in_time": "true",
        "closed_at": "2026-01-05T10:40:00Z",
        "closed_by": cast.ANA,
        "minutes_to_close": "100",
        "outcome": "won_back",
        "sign": "our_word",
        "went_wrong": "No slot was booked",
        "learned": "Book the slot at once",
        "lesson_at": "2026-01-05T10:40:00Z",
    }


def test_night_counts_for_the_customer_not_the_team(stage: Stage) -> None:
    stage.jump(timedelta(hours=7, minutes=30))  # half past five in Berlin, and work ends at six
    stage.receives()
    stage.jump(timedelta(hours=16))
    stage.person("ana").click(stage.card(), "claim")
    stage.person("ana").command("/case", "contacted 1 by phone")
    (row,) = exported(stage)
    assert (row["minutes_to_contact"], row["working_minutes_to_contact"]) == ("960", "60")
    assert row["in_time"] == "true"  # its clock runs in working hours


def test_no_customer_can_be_recognised_in_it(stage: Stage) -> None:
    closed(stage)
    stage.person("ana").command("/case", "note 1 Quirina ordered C1234567")
    out = io.StringIO()
    export(stage.world.store, stage.world.policy, out, stage.now)
    export_timeline(stage.world.store, out)
    told = ("Quirina", "Zabel", "example.org", "never arrived", "C1234567")
    assert not [word for word in told if word in out.getvalue()]


def test_timeline_tells_what_happened_and_not_in_whose_words(stage: Stage) -> None:
    closed(stage, learned="Book the slot at once")
    out = io.StringIO()
    count = export_timeline(stage.world.store, out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["action"] for line in lines] == stage.history()
    assert count == len(lines)
    told = next(line for line in lines if line["action"] == "contacted")
    at = "2026-01-05T09:40:00"
    facts = {"way": "phone", "at": f"{at}+00:00"}
    assert told["facts"].items() >= facts.items()
    assert {name: told[name] for name in ("case", "at", "actor")} == {"case": 1, "at": f"{at}Z", "actor": cast.ANA}
    assert "Book" not in out.getvalue()


def test_contact_told_of_after_the_fact_took_no_minutes(stage: Stage) -> None:
    """contact P1: 0 s is no contact time."""
    stage.receives()
    stage.person("ana").command("/case", "contacted 1 phone")
    (row,) = exported(stage)
    assert (row["minutes_to_contact"], row["working_minutes_to_contact"], row["in_time"]) == ("", "", "true")


@pytest.mark.few(1)
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_cell_that_a_spreadsheet_would_run_is_text(stage: Stage, start: str) -> None:
    stage.receives(source=f"{start}HYPERLINK()" if start.isprintable() else "shop")
    closed_with = f"{start}cmd|' /C calc'!A0"
    stage.person("ana").click(stage.card(), "claim")
    stage.person("ana").command("/case", "contacted 1 by phone")
    stage.person("ana").click(stage.card(), "close")
    stage.person("ana").submit({"outcome": "lost", "learned": closed_with})
    (row,) = exported(stage)
    assert not [name for name, cell in row.items() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert row["learned"].endswith(closed_with.strip())


def test_commas_quotes_and_lines_stay_in_their_cell(stage: Stage) -> None:
    closed(stage, learned='Ask first, then "book";\nnever guess')
    (row,) = exported(stage)
    assert row["learned"] == 'Ask first, then "book";\nnever guess'


@pytest.mark.long
def test_only_cases_opened_since_then_are_listed(stage: Stage) -> None:
    stage.receives(external_id="f-1")
    stage.jump(timedelta(days=1))
    since = stage.now
    stage.receives(external_id="f-2", comment="The driver was rude.")
    stage.jump(timedelta(days=1))
    stage.receives(external_id="f-3", comment="I want my money back.")
    assert [row["case"] for row in exported(stage, since)] == ["2", "3"]


def test_many_cases_are_read_some_at_a_time(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.terminal.export._BATCH", 2)
    for number in range(1, 6):
        stage.receives(external_id=f"f-{number}")
    assert [row["case"] for row in exported(stage)] == ["1", "2", "3", "4", "5"]
