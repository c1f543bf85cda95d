"""What was measured, as rows of a table: figures with their targets, and ratios between contenders of the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """All that was measured of one thing. `at_most` is the target for the share `of` all measurements, where there is one."""

    what: str
    unit: str
    measured: Sequence[float]
    at_most: float | None = None
    of: float = 0.5

    def share(self, share: float) -> float:
        """What so large a share of the measurements stays within."""
        ordered = sorted(self.measured)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]

    def cells(self) -> list[str]:
        """The row: what, median, p95, p99, unit, target."""
        shares = [f"{self.share(share):,.2f}" for share in (0.5, 0.95, 0.99)]
        name = {0.5: "median", 0.95: "p95", 0.99: "p99"}[self.of]
        target = (
            "" if self.at_most is None else f"{name} ≤ {self.at_most:g}: {_met(self.share(self.of) <= self.at_most)}"
        )
        return [self.what, *shares, self.unit, target]


@dataclass(frozen=True)
class Ratio:
    """How many times as fast one contender was as another, round by round of the same run."""

    what: str
    rounds: Sequence[float]
    at_least: float

    def cells(self) -> list[str]:
        """The row: what, median, smallest and largest of the rounds, target."""
        median = statistics.median(self.rounds)
        spread = f"{min(self.rounds):.2f} to {max(self.rounds):.2f}"
        return [self.what, f"{median:.2f}", spread, f"≥ {self.at_least:g}: {_met(median >= self.at_least)}"]


def _met(met: bool) -> str:
    return "met" if met else "missed"


FIGURES = ["", "median", "p95", "p99", "", "target"]
RATIOS = ["", "ratio", "in the rounds", "target"]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Markdown that reads well as plain text too: columns of the same width, figures to the right."""
    widths = [max(len(row[place]) for row in (heads, *rows)) for place in range(len(heads))]
    right = [place for place in range(len(heads)) if all(_is_figure(row[place]) for row in rows)]
    lines = [
        _line(heads, widths, right),
        "|" + "|".join(_rule(place, widths, right) for place in range(len(heads))) + "|",
    ]
    return "\n".join([*lines, *(_line(row, widths, right) for row in rows)])


def _is_figure(cell: str) -> bool:
    return bool(cell) and cell.replace(",", "").replace(".", "").isdecimal()


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = (c.rjust(widths[n]) if n in right else c.ljust(widths[n]) for n, c in enumerate(cells))
    return f"| {' | '.join(padded)} |"


def _rule(place: int, widths: Sequence[int], right: Sequence[int]) -> str:
    return "-" * (widths[place] + 1) + (":" if place in right else "-")


def milliseconds(work: Callable[[], object]) -> float:
    """How long it took."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000
