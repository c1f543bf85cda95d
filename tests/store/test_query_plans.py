"""The questions asked every second stay cheap in a large database: none of them reads a whole large table.

Plans are SQLite's; PostgreSQL has the same indexes.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, insert

from cases.model import Severity, Status
from cases.people import Filter
from store import (
    attached,
    cases,
    customers,
    daily,
    drafts,
    feedback,
    figures,
    floods,
    lessons,
    messages,
    nudges,
    open_cases,
    opinions,
    retention,
    teaching,
    timeline,
)
from store import tables as t
from store.engine import Tx, connect
from tests.store.rows import CARE, LEASE, NOW, SECOND, a_case, ago, later, said

FEW, MANY = 2_000, 100_000  # without statistics a plan is the same for both; only the second shows how long it takes
LARGE = frozenset(
    {"cases", "gathered", "feedback", "customer_keys", "timeline", "messages", "nudges", "drafts", "opinions"}
)


def case_rows(count: int) -> Iterator[dict[str, Any]]:
    dice = random.Random(7)
    template = cases.row_of(a_case())
    for number in range(1, count + 1):
        at = ago(minutes=dice.randrange(500_000))
        is_open = number % 200 == 0
        yield template | {
            "number": number,
            "status": dice.choice(list(Status)[:3]) if is_open else Status.CLOSED,
            "severity": Severity.NORMAL,
            "owner": f"U{number % 20}",
            "opened_at": at,
            "waiting_since": at,
            "contacted_at": at,
            "closed_at": None if is_open else at,
            "next_nudge_at": later(minutes=dice.randrange(-10, 500)) if is_open else None,
        }


def message_rows(count: int) -> Iterator[dict[str, Any]]:
    """One card for each case; a few hundred are owed, some put off, some given up."""
    for number in range(1, count + 1):
        owed = number % 250 == 0
        yield {
            "id": number,
            "intent": f"card:{number}",
            "kind": "card",
            "priority": 10,
            "case_number": number,
            "channel": f"C{number % 50:09}",
            "facts": {},
            "created_at": NOW,
            "owed_since": NOW,
            "wanted": 2 if owed else 1,
            "shown": 1,
            "posted_in": CARE,
            "ts": f"{number}.0",
            "attempts": 0,
            "next_attempt_at": later(minutes=number % 3 - 1),
            "fence": 0,
            "settled": False,
            "dead": "moot" if number % 1000 == 1 else None,
        }


def other_rows(count: int) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    numbers = range(1, count + 1)
    yield (
        t.feedback,
        [
            {
                "source": "form",
                "external_id": f"f-{n}",
                "case_number": n,
                "received_at": NOW,
                "content": {"external_id": f"f-{n}", "comment": "Cold"},
                "assessment": {},
            }
            for n in numbers
        ],
    )
    yield t.customer_keys, [{"key": f"id:{n}", "feedback": n} for n in numbers]
    yield (
        t.timeline,
        [{"case_number": n, "at": NOW, "action": "opened", "via": "arrival", "facts": {}} for n in numbers],
    )
    yield (
        t.nudges,
        [
            {
                "case_number": n,
                "seq": 1,
                "rung": 0,
                "occurrence": 1,
                "told": "thread",
                "due_at": NOW,
                "at": NOW,
                "message": n,
            }
            for n in numbers
        ],
    )
    yield (
        t.drafts,
        [
            {"case_number": n, "version": 1, "state": "ready" if n % 500 else "wanted", "origin": "model", "attempts": 0,
             "next_attempt_at": NOW}
            for n in numbers
        ],
    )  # fmt: skip
    yield (
        t.opinions,
        [{"case_number": n, "done": n % 500 != 0, "attempts": 0, "next_attempt_at": NOW} for n in numbers],
    )


@pytest.fixture(scope="module", params=[FEW, pytest.param(MANY, marks=pytest.mark.long)])
def large(request: pytest.FixtureRequest, blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Many cases with all that belongs to them, as after some years."""
    count: int = request.param
    path = tmp_path_factory.mktemp("large") / "large.db"
    path.write_bytes(blank.read_bytes())
    engine = connect(f"sqlite:///{path}")
    with engine.begin() as tx:
        tx.execute(insert(t.cases), list(case_rows(count)))
        tx.execute(insert(t.messages), list(message_rows(count)))
        for table, rows in other_rows(count):
            tx.execute(insert(table), rows)
    yield engine
    engine.dispose()


def page_at_home(tx: Tx) -> list[int]:
    return open_cases.page(tx, "U7", Filter.OVERDUE, 2, MANY, NOW)


LATELY = (ago(days=1), NOW)
KEPT = retention.Since(words=ago(days=100), harmless=ago(days=30), answers=ago(days=7))
QUESTIONS: dict[str, Callable[[Tx], Any]] = {
    "any_due": lambda tx: messages.any_due(tx, NOW),
    "take_due": lambda tx: messages.take_due(tx, NOW, LEASE, SECOND),
    "oldest_owed": lambda tx: messages.oldest_owed(tx, NOW),
    "message counts": messages.counts,
    "standing_at": lambda tx: messages.standing_at(tx, CARE, "77.0"),
    "any_unknown": messages.any_unknown,
    "places": lambda tx: messages.places(tx, range(50)),
    "by_intent": lambda tx: messages.by_intent(tx, "card:9"),
    "want_again": lambda tx: messages.want_again(tx, "card:9", NOW),
    "want_of_case": lambda tx: messages.want_of_case(tx, 9, ["card:9", "home:U7"], NOW),
    "opened lately in a channel": lambda tx: floods.opened_since(tx, "C1", NOW, 20),
    "flood that goes on": lambda tx: floods.going_on(tx, "C1", NOW),
    "waiting in a flood": lambda tx: floods.waiting(tx, 9, NOW, 100),
    "members of a flood": lambda tx: floods.members(tx, 9),
    "extent of a flood": lambda tx: floods.extent(tx, 9),
    "beside a flood": lambda tx: floods.beside(tx, "C1", floods.Extent(NOW, NOW), LEASE),
    "sharing a card since": lambda tx: floods.standing_since(tx, [8, 9], NOW),
    "sharing a card": lambda tx: floods.standing(tx, [8, 9]),
    "cards that give way": lambda tx: floods.give_way(tx, "C1", NOW, 5),
    "flood of a case": lambda tx: floods.of_case(tx, 9),
    "left in a flood": lambda tx: floods.left(tx, 9),
    "come out": lambda tx: floods.come_out(tx, 9, NOW),
    "replied_to": lambda tx: messages.replied_to(tx, "card:9", NOW),
    "thread_follows": lambda tx: messages.thread_follows(tx, 9, "99.0", NOW),
    "lost": lambda tx: messages.lost(tx, 9, "9.0", NOW, missed=True),
    "given_up": lambda tx: messages.given_up(tx, NOW),
    "outdate_nudges": lambda tx: messages.outdate_nudges(tx, 9, NOW),
    "given": lambda tx: nudges.given(tx, 9),
    "replaced": lambda tx: nudges.replaced(tx, 9, [9, 10]),
    "earlier_about": lambda tx: nudges.earlier_about(tx, "thread", [9, 10], 11),
    "load": lambda tx: cases.load(tx, 7),
    "due_for_nudge": lambda tx: cases.due_for_nudge(tx, NOW),
    "overdue_nudges": lambda tx: cases.overdue_nudges(tx, NOW),
    "open cases of the team": lambda tx: open_cases.of_team(tx, NOW, 50),
    "every_open_number": cases.every_open_number,
    "count_by_status": cases.count_by_status,
    "own cases at Home": lambda tx: open_cases.of_owner(tx, "U7", NOW, 12),
    "number of own cases": lambda tx: open_cases.owned(tx, "U7"),
    "owners of open cases": open_cases.owners,
    "counts at Home": lambda tx: open_cases.counts(tx, "U7", NOW),
    "page at Home": lambda tx: page_at_home(tx),
    "known_by": lambda tx: customers.known_by(tx, ["id:7", "id:8", "email:none"]),
    "correct keys": lambda tx: customers.correct(tx, 7, ["id:7", "id:new"]),
    "known feedback": lambda tx: feedback.known(tx, said("f-none", source="form")),
    "known feedback of a crowd": lambda tx: feedback.known_each(tx, [said(f"f-{n}", source="form") for n in range(64)]),
    "known of a crowd's customers": lambda tx: customers.known_by_each(
        tx, [["id:7", "word:x"], ["id:8"], ["email:none"]]
    ),
    "owing a score": lambda tx: feedback.owing_score(tx, NOW, 8, [7]),
    "pending_since": lambda tx: feedback.pending_since(tx, NOW),
    "how_many_unscored": feedback.how_many_unscored,
    "history": lambda tx: timeline.history(tx, 7),
    "acted_lately": lambda tx: timeline.acted_lately(tx, "UNOBODY01"),
    "channel": lambda tx: cases.channel(tx, 7),
    "drafts wanted": lambda tx: drafts.any_wanted(tx, NOW),
    "take drafts": lambda tx: drafts.take_wanted(tx, NOW, LEASE),
    "wanted_since": lambda tx: drafts.wanted_since(tx, NOW),
    "opinions wanted": lambda tx: opinions.any_wanted(tx, NOW),
    "readings": lambda tx: opinions.readings(tx, 1),
    "take opinions": lambda tx: opinions.take_wanted(tx, NOW, LEASE),
    "channels_with_open_cases": figures.channels_with_open_cases,
    "channels told of": lambda tx: figures.channels_told_of(tx, NOW),
    "waiting_count": figures.waiting_count,
    "worst waiting": lambda tx: figures.worst_waiting(tx, 5, NOW),
    "held": figures.held,
    "promised_before": lambda tx: figures.promised_before(tx, NOW),
    "owing_though_closed": lambda tx: open_cases.owing_though_closed(tx, NOW, 15),
    "has_open": figures.has_open,
    "opened": lambda tx: figures.opened(tx, *LATELY),
    "contacted": lambda tx: figures.contacted(tx, *LATELY),
    "contacts": lambda tx: figures.contacts(tx, *LATELY),
    "claims": lambda tx: figures.claims(tx, *LATELY),
    "ended": lambda tx: figures.ended(tx, *LATELY),
    "contacted_by": lambda tx: figures.contacted_by(tx, *LATELY),
    "sources": lambda tx: figures.sources(tx, *LATELY),
    "reasons": lambda tx: figures.reasons(tx, *LATELY),
    "lessons of the week": lambda tx: lessons.latest(tx, 2, start=LATELY[0], end=LATELY[-1]),
    "latest lessons": lambda tx: lessons.latest(tx, 500),
    "lessons of cases": lambda tx: lessons.of_cases(tx, [7, 9]),
    "causes": lambda tx: lessons.causes(tx, LATELY[0], LATELY[-1]),
    "comes_again": lambda tx: lessons.comes_again(tx, "Delivery", LATELY[0], 7),
    "changes_before": lambda tx: lessons.changes_before(tx, NOW, 3),
    "best_recovery": lambda tx: figures.best_recovery(tx, *LATELY),
    "opened a day": lambda tx: daily.opened(tx, LATELY),
    "contacted a day": lambda tx: daily.contacted(tx, LATELY),
    "waiting a day": lambda tx: daily.waiting(tx, LATELY),
    "what the team taught": lambda tx: teaching.lessons(tx, ago(days=90)),
    "picture of a digest": lambda tx: attached.drawn(tx, 7),
    "closed cases that are over": lambda tx: retention.closed_cases(tx, KEPT, 5),
    "harmless feedback that is over": lambda tx: retention.harmless(tx, KEPT, 100),
    "pruned by night": lambda tx: retention.prune(tx, KEPT, NOW, 500),
    "edits of the night": retention.still_showing,
}


def plans(tx: Connection, question: Callable[[Tx], Any]) -> list[str]:
    """What SQLite does for each statement that a question executes: its EXPLAIN QUERY PLAN lines."""
    asked: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        asked.append((statement, parameters[0] if many and parameters else parameters))

    event.listen(tx.engine, "before_cursor_execute", note)
    try:
        question(tx)
    finally:
        event.remove(tx.engine, "before_cursor_execute", note)
    return [
        str(row.detail)
        for statement, parameters in asked
        if statement.split()[0] in ("SELECT", "UPDATE", "DELETE", "INSERT")
        for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]


def reads_whole_table(step: str) -> bool:
    """A scan by way of an index of few rows is none of the whole table; a scan of the key's own order is."""
    words = step.split()
    is_partial = any(word in step for word in PARTIAL)
    return words[0] == "SCAN" and words[1] in LARGE and not is_partial


PARTIAL = [
    str(index.name)
    for table in t.metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
]


@pytest.mark.few(3)
@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_a_whole_large_table(large: Engine, name: str) -> None:
    with large.connect() as tx:
        steps = plans(tx, QUESTIONS[name])
        tx.rollback()
    assert steps
    assert not [step for step in steps if reads_whole_table(step)], json.dumps(steps, indent=1)


def test_whole_scan_would_be_noticed_here(large: Engine) -> None:
    with large.connect() as tx:
        steps = plans(tx, lambda tx: tx.execute(t.messages.select().where(t.messages.c.thread_ts == "1")).all())
        tx.rollback()
    assert any(reads_whole_table(step) for step in steps)


def test_pages_at_home_read_open_cases_alone(large: Engine) -> None:
    """They are sorted by what is late just now, which no index knows."""
    with large.connect() as tx:
        steps = plans(tx, page_at_home)
    assert "ix_cases_open" in steps[0], steps


def test_cards_that_give_way_are_sought_among_what_is_owed(large: Engine) -> None:
    """Not among the cases of a channel: in a flood these are as many as have come, and each crowd asks."""
    with large.connect() as tx:
        steps = plans(tx, QUESTIONS["cards that give way"])
        tx.rollback()
    assert "ix_messages_owed" in steps[0], steps


def test_next_messages_are_found_without_sorting(large: Engine) -> None:
    """A backlog of ten thousand is not sorted anew for each batch of twenty."""
    with large.connect() as tx:
        steps = plans(tx, QUESTIONS["take_due"])
        tx.rollback()
    assert not [step for step in steps if "TEMP B-TREE FOR ORDER" in step]


@pytest.mark.parametrize("name", ["opened", "contacted", "opened a day", "contacted a day"])
def test_counts_of_a_time_are_read_from_indexes_alone(large: Engine, name: str) -> None:
    with large.connect() as tx:
        steps = plans(tx, QUESTIONS[name])
        tx.rollback()
    assert "COVERING INDEX" in steps[0]
