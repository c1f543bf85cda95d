"""The benchmarks run, and their tables say what was measured. No figure is judged here: machines differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import history, intake, latency
from tests.bench.__main__ import BEGIN, END, written
from tests.bench.figures import FIGURES, RATIOS, Figure, Ratio, table


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
