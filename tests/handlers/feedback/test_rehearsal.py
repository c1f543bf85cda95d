"""A dry run says, line for line, what the import that follows does: whatever the file, and whatever was there before."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cases.arrivals.columns import read_rows
from cases.arrivals.decision import Became
from cases.arrivals.told import Told
from cases.model import Outcome, Status
from cases.policy.page import Policy
from handlers.feedback.import_file import rehearse, take_in
from handlers.slack.clients import Slack
from handlers.slack.directory import Offline
from handlers.world import World
from store import cases
from store.engine import Store, connect
from tests.handlers.feedback.there import open_ones
from tests.scoring import QuickJudge
from tests.store.conftest import sqlite_url, url

__all__ = ["sqlite_url", "url"]

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
HEADER = "external_id,email,phone,customer id,rating,comment"
Line = tuple[str, str, str, str, str, str]
fresh = count(1)

lines = st.tuples(
    st.sampled_from("1234"),
    st.sampled_from(["", "", "a", "b"]),
    st.sampled_from(["", "", "7", "8"]),
    st.sampled_from(["", "", "c"]),
    st.sampled_from(["", "1", "3", "5", "two"]),
    st.sampled_from(["", "Cold soup, an hour late", "Rude staff, I want a refund", "Lovely, thank you!", "Any news?"]),
)
files = st.lists(lines, max_size=7)


@pytest.fixture
def world(url: str) -> Iterator[World]:
    directory = Offline("care", lambda: NOW)
    store, slack = Store(connect(url)), Slack("")
    world = World(store=store, policy=Policy(), now=lambda: NOW, slack=slack, directory=directory, judge=QuickJudge())
    yield world
    world.store.close()


@pytest.fixture
def outcomes(world: World) -> Callable[..., list[str]]:
    """What becomes of each line of a file; `of` tells the customers of one history from those of all others."""

    def outcomes(file: Sequence[Line], of: int, *, dry: bool = False) -> list[str]:
        text = "\n".join([HEADER, *(",".join(_theirs(line, of)) for line in file)])
        rows = list(read_rows(io.StringIO(text), "csv", Told(f"import-{of}")))
        became = (rehearse if dry else take_in)(world, rows)
        return [outcome.value if isinstance(outcome, Became) else f"refused: {outcome.why}" for outcome in became]

    return outcomes


def _theirs(line: Line, of: int) -> list[str]:
    name, email, phone, customer, rating, comment = line
    return [
        name,
        email and f"{email}.{of}@example.org",
        phone and f"+4930{of:06}{phone}",
        customer and f"{customer}-{of}",
        rating,
        f'"{comment}"',
    ]


def moved(world: World, status: Status) -> None:
    """Every case that waits comes to that status."""
    for case in open_ones(world):
        over = {"closed_at": NOW, "outcome": Outcome.SATISFIED} if status is Status.CLOSED else {}
        after = replace(case, status=status, revision=case.revision + 1, **over)  # type: ignore[arg-type]
        assert world.store.write(lambda tx, after=after, case=case: cases.save(tx, after, before=case))  # type: ignore[misc]


COLD, RUDE, KIND = "Cold soup, an hour late", "Rude staff, I want a refund", "Lovely, thank you!"
ADDRESS_BY_A_KIND_WORD = [
    ("1", "a", "7", "", "1", COLD),
    ("2", "", "7", "", "1", "Still no answer"),
    ("3", "b", "7", "", "5", KIND),
    ("4", "b", "", "", "1", RUDE),
]
NUMBER_BY_AN_UPDATE = [("1", "a", "", "", "1", COLD), ("1", "a", "7", "", "1", COLD), ("2", "", "7", "", "1", RUDE)]
CLOSED_AND_WORSE = [("1", "a", "8", "", "1", RUDE), ("2", "a", "", "", "1", COLD), ("3", "", "8", "", "5", KIND)]

NUMBER_BY_THANKS = [
    ("1", "a", "", "", "5", KIND),
    ("2", "a", "", "", "1", COLD),
    ("1", "a", "7", "", "5", KIND),
    ("3", "", "7", "", "1", RUDE),
]
ADDRESS_BY_AN_UPDATE = [("1", "", "", "c", "1", COLD), ("1", "a", "", "", "1", COLD), ("2", "b", "", "c", "1", RUDE)]
CASE_BY_THANKS = [("2", "a", "", "", "1", COLD), ("3", "", "7", "", "1", RUDE)]
ADDRESS_BEFORE_A_SCORE = [
    ("3", "", "8", "c", "1", RUDE),
    ("4", "", "", "", "5", KIND),
    ("2", "", "7", "c", "", KIND),
    ("4", "b", "8", "", "5", COLD),
    ("2", "a", "", "", "1", KIND),
]
ID_FROM_A_SCORE = [
    ("1", "", "", "", "", ""),
    ("1", "", "", "c", "5", ""),
    ("1", "", "", "", "", COLD),
    ("1", "", "", "", "1", ""),
    ("2", "", "", "c", "", COLD),
]
COMPLAINT = ("1", "a", "", "", "1", COLD)
NUMBER_OF_A_STORED_CASE = [("1", "a", "7", "", "1", COLD), ("3", "", "7", "", "1", RUDE)]


@pytest.mark.few(1)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=files, status=st.sampled_from([Status.UNCLAIMED, Status.CONTACTED, Status.CLOSED]), file=files)
@example(before=[], status=Status.UNCLAIMED, file=ADDRESS_BY_A_KIND_WORD)
@example(before=[], status=Status.UNCLAIMED, file=NUMBER_BY_AN_UPDATE)
@example(before=[], status=Status.UNCLAIMED, file=NUMBER_BY_THANKS)
@example(before=[], status=Status.UNCLAIMED, file=ADDRESS_BEFORE_A_SCORE)
@example(before=ADDRESS_BY_AN_UPDATE[:1], status=Status.UNCLAIMED, file=ADDRESS_BY_AN_UPDATE)
@example(before=[NUMBER_BY_THANKS[0], NUMBER_BY_THANKS[2]], status=Status.UNCLAIMED, file=CASE_BY_THANKS)
@example(before=[COMPLAINT], status=Status.CLOSED, file=CLOSED_AND_WORSE)
@example(before=[COMPLAINT], status=Status.CONTACTED, file=NUMBER_OF_A_STORED_CASE)
@example(before=[COMPLAINT], status=Status.CLOSED, file=NUMBER_OF_A_STORED_CASE)
@example(before=[("2", "", "", "", "", COLD)], status=Status.UNCLAIMED, file=ID_FROM_A_SCORE)
def test_dry_run_says_what_the_import_then_does(
    world: World, outcomes: Callable[..., list[str]], before: list[Line], status: Status, file: list[Line]
) -> None:
    of = next(fresh)
    outcomes(before, of)
    moved(world, status)
    foretold = outcomes(file, of, dry=True)
    assert foretold == outcomes(file, of)


def test_another_address_under_the_same_number_is_another_customer(outcomes: Callable[..., list[str]]) -> None:
    assert outcomes(ADDRESS_BY_A_KIND_WORD, next(fresh), dry=True) == ["case", "joined", "recorded", "case"]


def test_complaint_on_closed_case_lets_others_join(world: World, outcomes: Callable[..., list[str]]) -> None:
    of = next(fresh)
    assert outcomes([COMPLAINT], of) == ["case"]
    moved(world, Status.CLOSED)
    assert outcomes(CLOSED_AND_WORSE, of, dry=True) == ["updated", "joined", "joined"]
