"""Everything measured in one run, printed, and written to docs/benchmarks.md with its plots: `python -m tests.bench`."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import history, intake, judging, latency
from tests.bench.figures import FIGURES, Figure, table

DOCS = Path(__file__).parents[2] / "docs"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def machine() -> str:
    """Where it was measured, without naming the machine."""
    return (
        f"{datetime.now(UTC):%-d %B %Y}, {os.cpu_count()} processors, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}. Load when it began: {os.getloadavg()[0]:.1f}."
    )


def sections(short: bool, images: Path) -> Iterator[str]:
    """The measured part of the page, as it is measured."""
    from tests.bench.pictures import bars  # matplotlib takes a second

    yield machine()
    rates = intake.measured(
        *((intake.SHORT_ROUNDS, intake.SHORT_SECONDS) if short else (intake.ROUNDS, intake.SECONDS))
    )
    medians = {name: statistics.median(all_of) for name, all_of in rates.items()}
    bars(medians, images / "bench-intake.png", x="feedbacks a second, 32 connections")
    yield f"## Signed intake\n\n![Feedbacks a second](images/bench-intake.png)\n\n{intake.report(rates)}"
    found: list[Figure] = []
    for figure in latency.figures(short):
        print(" ".join(figure.cells()), flush=True)
        found.append(figure)
    yield f"## What people wait for\n\n{table(FIGURES, [figure.cells() for figure in found])}"
    if not short:
        yield f"## Words that are judged\n\n{table(['', ''], list(judging.figures(short)))}"
    sizes, rounds = (history.SHORT_SIZES, history.SHORT_ROUNDS) if short else (history.SIZES, history.ROUNDS)
    curves = list(history.curves(sizes, rounds))
    history.plot(curves, images / "bench-history.png")
    yield f"## Beside a long history\n\n![Milliseconds by cases](images/bench-history.png)\n\n{history.report(curves)}"


def written(page: Path, measured: str) -> None:
    """Puts what was measured between the marks of the page."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{measured}\n\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Measures for some minutes; `--short` takes seconds, and writes nothing into docs."""
    short = "--short" in sys.argv
    images = Path(sys.argv[-1]) if short and len(sys.argv) > 2 else DOCS / "images"
    parts = []
    for part in sections(short, images):
        print(part, end="\n\n", flush=True)
        parts.append(part)
    if not short:
        written(DOCS / "benchmarks.md", "\n\n".join(parts))


if __name__ == "__main__":
    main()
