"""Feedback that arrives at the same moment becomes what it would have become piece by piece, with fewer statements."""

from __future__ import annotations

import json
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from cases.arrivals.feedback import Arriving
from cases.judgement.heads import OPENS
from cases.judgement.stand_in import stand_in
from cases.judgement.threshold import REACH, Threshold
from cases.messages.kinds import Kind
from cases.model import Customer, Feedback, Rating
from handlers.feedback.batch import arrived_together
from handlers.feedback.intake import Arrival, arrived
from handlers.http.edge import Edge, Posted
from handlers.judging import threshold
from handlers.sources import SOURCES
from handlers.world import World
from store import cases, timeline
from store import tables as t
from tests.store.rows import opened, said, take

GENERIC = SOURCES["generic"].example
# One of these lies below the threshold and within a team's reach, whatever the judge that stands in has learnt last.
IN_DOUBT = (
    "A little dry, I thought",
    "A little dry, but fine",
    "Not the best, but edible",
    "Could be warmer, but fine",
)


def unhappy(number: int, **fields: Any) -> Feedback:
    """One customer's complaint; every number is another customer."""
    customer = Customer(f"Ana {number}", f"ana.{number}@example.org", f"+4930555{number:04}", f"c-{number}")
    return said(f"f-{number}", customer=customer, **fields)


def glad(number: int) -> Feedback:
    return unhappy(number, rating=Rating(5, 5), comment="Wonderful, thank you!")


def all_at_once(world: World, *arriving: Feedback) -> list[Arrival | Exception]:
    return arrived_together(world, [Arriving(each) for each in arriving])


def outcomes(world: World, *arriving: Feedback) -> list[Any]:
    """(status, case) of each, or the name of what went wrong."""
    return [
        (result.status, result.case) if isinstance(result, Arrival) else type(result).__name__
        for result in all_at_once(world, *arriving)
    ]


def left_by(world: World, number: int) -> dict[str, list[dict[str, Any]]]:
    """All rows of one case in every table, without what differs from case to case."""
    apart = {"id", "number", "case_number", "external_id", "content", "intent", "key", "facts", "thread_of"}
    tables = [table for table in t.metadata.tables.values() if "case_number" in table.c or table is t.cases]
    found = {}
    with world.store.engine.connect() as tx:
        for table in tables:
            key = table.c.number if table is t.cases else table.c.case_number
            rows = tx.execute(select(table).where(key == number))
            found[table.name] = [{k: v for k, v in row._mapping.items() if k not in apart} for row in rows]
    return found


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    """What is said to the database meanwhile."""
    heard: list[str] = []

    def listen(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        heard.append(statement)

    event.listen(world.store.engine, "before_cursor_execute", listen)
    yield heard
    event.remove(world.store.engine, "before_cursor_execute", listen)


@pytest.mark.long
def test_each_of_a_crowd_gets_its_case(world: World) -> None:
    assert outcomes(world, unhappy(1), glad(2), unhappy(3)) == [(201, 1), (202, None), (201, 2)]
    case = world.store.read(lambda tx: cases.load(tx, 2))
    assert case is not None
    assert case.feedback == (unhappy(3),)


def test_crowd_leaves_the_rows_that_one_leaves(world: World) -> None:
    alone = arrived(world, Arriving(unhappy(1)))
    all_at_once(world, unhappy(2), unhappy(3))
    assert alone.case == 1
    assert left_by(world, 2) == left_by(world, 3) == left_by(world, 1)
    assert [entry.facts["external_id"] for entry in world.store.read(lambda tx: timeline.history(tx, 3))] == ["f-3"]


def test_held_case_shows_its_draft_in_a_crowd(world: World) -> None:
    wish = unhappy(1, contact_ok=False)
    assert arrived(world, Arriving(wish)).case == 1
    all_at_once(world, replace(unhappy(2), contact_ok=False), unhappy(3))
    assert left_by(world, 2) == left_by(world, 1)
    assert len(left_by(world, 1)["messages"]) == len(left_by(world, 3)["messages"]) + 1


def test_customer_who_writes_twice_has_one_case(world: World) -> None:
    again = replace(unhappy(1), external_id="f-1b")
    assert outcomes(world, unhappy(1), unhappy(2), again) == [(201, 1), (201, 2), (200, 1)]


def test_feedback_sent_twice_in_a_crowd_is_one(world: World) -> None:
    first, second = all_at_once(world, unhappy(1), unhappy(1))
    assert isinstance(first, Arrival)
    assert isinstance(second, Arrival)
    assert (first.status, second.status) == (201, 200)
    assert (first.feedback, first.case) == (second.feedback, second.case)


def test_what_is_known_is_updated_among_strangers(world: World) -> None:
    arrived(world, Arriving(unhappy(1)))
    worse = unhappy(1, comment="And now nobody answers the phone, an outrage")
    assert outcomes(world, unhappy(2), worse, glad(3)) == [(201, 2), (200, 1), (202, None)]
    history = world.store.read(lambda tx: timeline.history(tx, 1))
    assert [entry.action for entry in history] == ["opened", "wrote_again"]


def test_praise_alone_opens_no_case_for_anybody(world: World) -> None:
    assert outcomes(world, glad(1), glad(2)) == [(202, None), (202, None)]
    assert outcomes(world) == []


def test_threshold_that_the_team_taught_counts_in_a_crowd(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    doubted = next(
        each
        for each in (unhappy(1, rating=None, comment=words) for words in IN_DOUBT)
        if (score := stand_in(each)) and OPENS - REACH < score.unhappy < OPENS > score.danger
    )
    near = [unhappy(number, rating=None, comment=doubted.comment) for number in range(1, 5)]
    assert outcomes(world, *near[:2]) == [(202, None)] * 2
    monkeypatch.setattr(threshold.teaching, "threshold_of", lambda *_: Threshold(opens=OPENS - REACH))
    assert arrived(world, Arriving(near[2])).case == 1
    assert outcomes(world, near[3], unhappy(5)) == [(201, 2), (201, 3)]


def test_one_that_cannot_be_kept_hurts_no_other(world: World) -> None:
    no_json = replace(unhappy(2), public_url=b"soup.example")  # type: ignore[arg-type]  # what no row can be made of
    assert outcomes(world, unhappy(1), no_json, unhappy(3)) == [(201, 1), "TypeError", (201, 2)]


def test_larger_crowd_needs_no_more_statements(world: World) -> None:
    with statements(world) as few:
        all_at_once(world, *(unhappy(number) for number in range(1, 3)))
    with statements(world) as many:
        all_at_once(world, *(unhappy(number) for number in range(3, 21)))
    assert len(many) == len(few)


def test_crowd_that_cannot_be_written_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        raise LookupError("a fault of ours")

    monkeypatch.setattr(timeline, "insert_all", breaks)
    assert outcomes(world, unhappy(1), unhappy(2)) == ["LookupError", "LookupError"]
    assert world.store.read(cases.every_open_number) == []
    assert world.store.write(opened).number == 1


def test_card_of_a_critical_case_is_shown_before_those_that_wait_for_slack(world: World) -> None:
    all_at_once(world, *map(unhappy, range(1, 4)))
    all_at_once(world, unhappy(4, comment="There was glass in the soup, my child is in hospital."))
    cards = [owed for owed in world.store.write(take) if owed.kind is Kind.CARD]
    assert [owed.case_number for owed in cards] == [4]  # a channel gets one new message at a time


# At the edge


def posted(number: int, secret: str = GENERIC.secret, source: str = "generic", **fields: Any) -> Posted:
    data = {"external_id": f"f-{number}", "rating": {"value": 1, "scale": 5}, "comment": "Never arrived", **fields}
    body = json.dumps({"type": "feedback.created", "timestamp": "2026-01-05T10:00:00Z", "data": data}).encode()
    return Posted(source, GENERIC.sign(body, secret, datetime.now(UTC)), body)


@pytest.fixture
def edge(world: World) -> Edge:
    return Edge(world, None, {"generic": GENERIC.secret}, None)  # type: ignore[arg-type]  nobody clicks here


def test_every_webhook_of_a_crowd_has_its_answer(edge: Edge) -> None:
    crowd = [
        posted(1),
        posted(2, secret="whsec_YW5vdGhlciBzZWNyZXQ="),
        posted(3, rating={"value": 9, "scale": 5}, comment=None),
        posted(4, source="pigeon"),
        posted(5),
    ]
    answers = edge.intakes(crowd)
    assert [answer.status for answer in answers] == [201, 401, 202, 404, 201]
    assert [json.loads(answers[place].body)["case"] for place in (0, 4)] == [1, 2]


def test_no_statement_of_a_crowd_reads_a_whole_table(edge: Edge, world: World) -> None:
    edge.intakes([posted(number) for number in range(1, 5)])
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _x: Any, many: bool) -> None:
        asked.append((statement, parameters[0] if many else parameters))

    event.listen(world.store.engine, "before_cursor_execute", note)
    edge.intakes([posted(number) for number in range(4, 9)])  # one was here before
    event.remove(world.store.engine, "before_cursor_execute", note)
    with world.store.engine.connect() as tx:
        plans = {
            statement: [row.detail for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            for statement, parameters in asked
            if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))
        }
    tables = tuple(f"SCAN {table}" for table in t.metadata.tables)
    assert len(plans) >= 8
    assert not {statement: plan for statement, plan in plans.items() if any(step.startswith(tables) for step in plan)}


# What is called for one webhook more, functions of Python and of C alike, in the thread that reads and decides and in the
# one that writes; it was 1,620 when this was written, and 2,310 before. Each call more costs every sender.
MOST_CALLS = 1_750


def test_one_webhook_more_costs_only_so_many_calls(edge: Edge) -> None:
    calls = 0

    def count(_frame: Any, happened: str, _argument: Any) -> None:
        nonlocal calls
        calls += happened in ("call", "c_call")

    def calls_for(crowd: list[Posted]) -> int:
        before = calls
        sys.setprofile(count)
        try:
            edge.intakes(crowd)
        finally:
            sys.setprofile(None)
        return calls - before

    threading.setprofile(count)  # of the thread that writes, which begins with the first crowd
    try:
        for span in (
            range(1, 33),
            range(40, 48),
        ):  # what is remembered from then on, a crowd's first statements among it
            edge.intakes([complaint(number) for number in span])
    finally:
        threading.setprofile(None)
    few, many = (calls_for([complaint(number) for number in span]) for span in (range(100, 108), range(200, 232)))
    assert (many - few) / 24 < MOST_CALLS


def complaint(number: int) -> Posted:
    """One as a shop's own program sends it, of a customer of their own."""
    customer = {
        "name": f"Ana {number}",
        "email": f"ana.{number}@example.org",
        "phone": f"+493055{number:05}",
        "id": f"c-{number}",
    }
    words = f"Order {number} came an hour late and cold. Nobody called me back, and the driver was rude."
    return posted(number, customer=customer, comment=words, order_ref=f"{number}", occurred_at="2026-01-05T09:40:00Z")


def test_whole_crowd_waits_while_the_database_is_away(edge: Edge, world: World, database: Path) -> None:
    event.listen(world.store.engine, "checkout", lambda connection, *_: connection.execute("PRAGMA busy_timeout=1"))
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answers = edge.intakes([posted(1), posted(2, secret="whsec_YW5vdGhlciBzZWNyZXQ="), posted(3)])
    other.close()
    assert [(answer.status, "retry-after" in answer.headers) for answer in answers] == [
        (503, True),
        (401, False),
        (503, True),
    ]
    assert [answer.status for answer in edge.intakes([posted(1), posted(3)])] == [201, 201]
