"""How fast a replay is: a made-up year of feedback, read and played, in rows a second.

python -m tests.bench.replay [ROWS]    100,000 unless told otherwise; prints, and writes nothing
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

from cases.policy.page import Policy
from cases.replay.people import People
from cases.replay.rows import in_order
from handlers.terminal.named_file import rows_of_file
from handlers.terminal.replay import played

FIRST, YEAR = datetime(2025, 1, 1, 6, tzinfo=UTC), timedelta(days=365)
POLICY = Policy(lead="@lea", hours={"holidays": "DE"})  # type: ignore[arg-type]
KIND = ("Great, thank you!", "All fine, quick delivery.", "Lovely flowers, my mother was so happy.", "", "")
UNKIND = (
    "My order never arrived.",
    "The soup was cold and the lid was broken.",
    "I am really angry: this is the second time I ask, and nobody has answered me.",
    "Twice charged, and no reply for a week. I want my money back and will never order again.",
    "There was glass in the soup and my child is in hospital.",
)
UNHAPPY = 0.1


def year(path: Path, rows: int, seed: int = 1, first: datetime = FIRST, length: timedelta = YEAR) -> None:
    """So many rows over a year or another time, one in ten of somebody unhappy, each with words of its own."""
    dice = random.Random(seed)
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["Submitted at", "Order", "Name", "E-mail", "Rating", "What would you like to tell us?"])
        for place in range(rows):
            at = first + length * place / rows
            unhappy = dice.random() < UNHAPPY
            words = dice.choice(UNKIND if unhappy else KIND)
            stars = dice.choice([1, 2]) if unhappy else dice.choice([4, 5])
            told = f"{words} It was number {dice.randrange(rows)}." if words else ""
            who = dice.randrange(rows)
            at = at.replace(hour=int(dice.triangular(5, 23, 14)))
            table.writerow([at.isoformat(), f"o-{place}", f"Customer {who}", f"c{who}@example.org", stars, told])


def main() -> None:
    """Writes the year, reads and plays it, and prints how fast."""
    rows = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "year.csv"
        year(path, rows)
        marks = [(perf_counter(), process_time())]
        read = rows_of_file(path, POLICY.told_of("import"))
        marks.append((perf_counter(), process_time()))
        said = in_order(read, POLICY.zone, FIRST + 2 * YEAR)
        figures = played(said, {"policy.toml": POLICY}, People(), None, lambda things, label: iter(things))
        marks.append((perf_counter(), process_time()))
    for what, (begun, ended) in {"read": (0, 1), "played": (1, 2), "together": (0, 2)}.items():
        wall, processor = (after - before for before, after in zip(marks[begun], marks[ended], strict=True))
        print(f"{what:<10} {rows / wall:>8,.0f} rows/s  {wall:6.1f} s, {processor:.1f} s of a processor")
    (made,) = figures.values()
    print(f"{made.cases:,} cases, {made.reminded:,} reminders")


if __name__ == "__main__":
    main()
