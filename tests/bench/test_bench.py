"""The benchmarks run, and their tables say what was measured. No figure is judged here: machines differ."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from cases.policy.page import read_policy
from handlers.feedback.batch import arrived_together
from handlers.slack.clients import Slack
from handlers.slack.directory import Offline
from handlers.sources import SOURCES
from handlers.world import World
from store import tables as t
from store.engine import Store, connect
from tests.bench import bare, history, intake, latency
from tests.bench.__main__ import BEGIN, END, written
from tests.bench.figures import FIGURES, RATIOS, Figure, Ratio, table
from tests.bench.load import feedback
from tests.processes.harness import POLICY, migrate


def test_table_sets_figures_to_the_right() -> None:
    drawn = table(["", "a second"], [["bare loop", "1,704"], ["ours", "900"]])
    assert drawn.splitlines() == [
        "|           | a second |",
        "|-----------|---------:|",
        "| bare loop |    1,704 |",
        "| ours      |      900 |",
    ]


@pytest.mark.parametrize(("at_most", "verdict"), [(98, "p95 ≤ 98: met"), (95, "p95 ≤ 95: missed"), (None, "")])
def test_figure_says_whether_its_share_met_the_target(at_most: float | None, verdict: str) -> None:
    figure = Figure("clicks", "ms", [float(n) for n in range(1, 101)], at_most, 0.95)
    assert figure.cells() == ["clicks", "51.00", "96.00", "100.00", "ms", verdict]
    assert len(figure.cells()) == len(FIGURES)


@pytest.mark.parametrize(("rounds", "verdict"), [([0.4, 0.6, 0.5], "≥ 0.5: met"), ([0.4, 0.49, 9.0], "≥ 0.5: missed")])
def test_ratio_counts_by_its_middle_round(rounds: list[float], verdict: str) -> None:
    cells = Ratio("ours : theirs", rounds, at_least=0.5).cells()
    assert (cells[0], cells[-1], len(cells)) == ("ours : theirs", verdict, len(RATIOS))


def test_page_keeps_its_words_around_new_figures(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before.\n{BEGIN}\nold\n{END}\nAfter.\n")
    written(page, "new")
    written(page, "newer")
    assert page.read_text() == f"Before.\n{BEGIN}\n\nnewer\n\n{END}\nAfter.\n"


def test_every_curve_has_a_point_at_every_size() -> None:
    curves = list(history.curves(history.SHORT_SIZES[:1], 1))
    assert [curve.what for curve in curves] == [what for what, _, _ in history.WORK]
    assert all(set(curve.figures) == {history.SHORT_SIZES[0]} for curve in curves)


@pytest.mark.long
def test_all_contenders_take_feedback_in_every_round() -> None:
    rates = intake.measured(intake.SHORT_ROUNDS, intake.SHORT_SECONDS)
    assert set(rates) >= {intake.OURS, intake.BARE, *intake.TITLES.values()}
    assert all(len(rounds) == intake.SHORT_ROUNDS and min(rounds) > 0 for rounds in rates.values())
    assert intake.OURS in intake.report(rates)


@pytest.mark.long
def test_every_wait_is_measured_with_its_unit() -> None:
    figures = list(latency.figures(short=True))
    assert {figure.unit for figure in figures} == {"s", "MB", "ms"}
    assert all(figure.measured for figure in figures)


def test_bare_loop_writes_the_rows_that_taking_feedback_in_writes(tmp_path: Path) -> None:
    """Otherwise the two are no measure of each other."""
    ours, theirs = tmp_path / "ours.db", tmp_path / "bare.db"
    for file in (ours, theirs):
        migrate(f"sqlite:///{file}")
    bare.sqlite_per_second(theirs, 1, 4711)
    _taken_in(ours, 4711)
    assert _filled(ours) == _filled(theirs)


def _taken_in(database: Path, number: int) -> None:
    """As over HTTP, with the policy of the measured processes."""
    store, now = Store(connect(f"sqlite:///{database}")), datetime(2026, 1, 5, 10, tzinfo=UTC)
    policy = read_policy(POLICY.format(claim="1h", contact="2h", learned="false"))
    world = World(store=store, policy=policy, now=lambda: now, slack=Slack(""), directory=Offline("C1", lambda: now))
    body = json.dumps(
        {"type": "feedback.created", "timestamp": now.isoformat(), "data": feedback(number, Random(4711))}
    )
    assert arrived_together(world, SOURCES["generic"].read(body.encode(), {}))
    store.close()


def _filled(database: Path) -> dict[str, list[set[str]]]:
    """Which columns each row of each table fills."""
    engine = connect(f"sqlite:///{database}")
    with engine.connect() as tx:
        rows = {table.name: tx.execute(select(table)).mappings().all() for table in t.metadata.sorted_tables}
    engine.dispose()
    return {
        name: [{column for column, value in row.items() if value is not None} for row in found]
        for name, found in rows.items()
    }
