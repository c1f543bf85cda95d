"""How fast a file is taken in: read as CSV and as a workbook, and stored in both databases, in rows a second.

python -m tests.bench.importing [ROWS] [--learned]    100,000 unless told otherwise; prints, and writes nothing

The rows are of the last four weeks, so that each of the unhappy ones opens a case: one in ten. Words are scored by the small judge that
stands in, or with --learned by the learned one, which takes some 25 ms for each text.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time

from bot import build_world, wall_clock
from cases.arrivals.columns import Row
from handlers.feedback.import_file import take_in
from handlers.terminal.named_file import rows_of_file
from handlers.terminal.settings import Settings
from handlers.world import World
from store import schema
from store.engine import connect
from tests.bench.intake import a_postgresql
from tests.bench.policy import POLICY
from tests.bench.replay import year
from tests.handlers.feedback.exports import xlsx

MONTH = timedelta(days=28)


@contextmanager
def timed(what: str, rows: int) -> Iterator[None]:
    """Prints how many rows a second of processor time and of the clock on the wall, and what a hundred thousand would take."""
    wall, processor = perf_counter(), process_time()
    yield
    wall, processor = perf_counter() - wall, process_time() - processor
    print(
        f"{what:<28} {rows / processor:>7,.0f} rows/s of a processor, {rows / wall:>7,.0f} by the clock; "
        f"100,000 take {100_000 * processor / rows:5.1f} s and {100_000 * wall / rows:6.1f} s",
        flush=True,
    )


@contextmanager
def emptied(url: str, *, learned: bool) -> Iterator[World]:
    """A bot's world beside a new database."""
    engine = connect(url)
    schema.migrate(engine)
    engine.dispose()
    policy = POLICY.model_copy(update={"triage": POLICY.triage.model_copy(update={"learned": learned})})
    settings = Settings(policy=policy, slack_bot_token="", slack_channel="care", database_url=url)
    world = build_world(settings, offline=True)
    try:
        yield world
    finally:
        world.store.close()


def taken_in(where: str, url: str, rows: list[Row], *, learned: bool) -> None:
    """Once, and once more, which must add nothing."""
    with emptied(url, learned=learned) as world:
        for what in ("taken in", "once more"):
            with timed(f"{what}, {where}", len(rows)):
                became = Counter(str(each) for each in take_in(world, rows))
            print(f"{'':<28} {', '.join(f'{many:,} {name}' for name, many in became.most_common())}")


def main() -> None:
    """Writes the file, reads it both ways and takes it in."""
    learned = "--learned" in sys.argv
    told = [each for each in sys.argv[1:] if not each.startswith("-")]
    many = int(told[0].replace(",", "")) if told else 100_000
    print(f"{many:,} rows, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="amends-importing-") as folder:
        path, book = Path(folder) / "feedback.csv", Path(folder) / "feedback.xlsx"
        year(path, many, first=(wall_clock() - MONTH).replace(hour=6), length=MONTH)
        with path.open(encoding="utf-8") as lines:
            book.write_bytes(xlsx(list(csv.reader(lines))))
        with timed("read, CSV", many):
            rows = rows_of_file(path, POLICY.told_of("import"))
        with timed("read, XLSX", many):
            assert len(rows_of_file(book, POLICY.told_of("import"))) == len(rows)
        taken_in("SQLite", f"sqlite:///{Path(folder) / 'amends.db'}", rows, learned=learned)
        with a_postgresql() as databases:
            if databases is not None:
                taken_in("PostgreSQL", databases[0], rows, learned=learned)


if __name__ == "__main__":
    main()
