"""`python -m tests.torture`: the long torture, its figures, and where to look when something is found."""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests import postgres
from tests.torture.setting import LONG
from tests.torture.torture import Report, tortured

_LONG_ENOUGH = 50  # kills, for a minute to be over


def main() -> int:
    asked = _asked()
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # that lines are cut is the very thing
    seed = asked.seed if asked.seed is not None else int(time.time()) % 100_000
    plan = replace(LONG, kills=asked.kills, longest=asked.minutes * 60, seed=seed)
    if asked.kills >= _LONG_ENOUGH:  # the digest falls due in the middle of it
        plan = replace(plan, digest_at=(datetime.now(UTC) + timedelta(minutes=1)).strftime("%H:%M"))
    folder = Path(tempfile.mkdtemp(prefix="amends-torture-"))
    with _database(asked.database, folder) as url:
        report = tortured(plan, url, folder)
    _tell(report, f"{asked.database}, --seed {seed}")
    if report.findings:
        print(f"\nThe database and the logs are in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=LONG.kills, help="how many processes are killed")
    parser.add_argument("--minutes", type=float, default=LONG.longest / 60, help="the longest it may take")
    parser.add_argument("--seed", type=int, help="repeats the plan of an earlier run, though not its moments")
    parser.add_argument(
        "--database", default="postgresql", help="sqlite, postgresql (started for this), or the address of an empty one"
    )
    return parser.parse_args()


@contextmanager
def _database(asked: str, folder: Path) -> Iterator[str]:
    if asked == "sqlite":
        yield f"sqlite:///{folder / 'amends.db'}"
    elif asked != "postgresql":
        yield asked
    else:
        alive = postgres.begin_run()
        try:
            url = postgres.new_database()
            yield url
            postgres.drop(url)  # it may be on a server that stays
        finally:
            postgres.end_run(alive)


def _tell(report: Report, how: str) -> None:
    print(f"Tortured on {how}")
    for name, figures in report.figures.items():
        print(f"  {name:11} {', '.join(f'{what} {count:g}' for what, count in sorted(figures.items()))}")
    print(f"\n{len(report.findings)} findings" if report.findings else "\nNothing lost, nothing twice")
    for finding in report.findings:
        print(f"- {finding}")


if __name__ == "__main__":
    sys.exit(main())
