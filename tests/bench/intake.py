"""Signed intake against the bare durable loop and plain webhooks, in interleaved rounds: `python -m tests.bench.intake`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import make_url

from sandbox.server import PracticeWorkspace
from store import schema
from store.engine import connect
from tests import postgres
from tests.bench import bare
from tests.bench.figures import RATIOS, Ratio, table
from tests.bench.load import CONNECTIONS, answered_per_second, requests
from tests.bench.rivals import RIVALS
from tests.processes.harness import ROOT, House, free_port, migrate, until

ROUNDS, SECONDS = 9, 2.0  # of each contender in each round, about
SHORT_ROUNDS, SHORT_SECONDS = 2, 0.3
OURS, BARE = "Amends on SQLite", "bare sqlite3 loop"
OURS_THERE, BARE_THERE = "Amends on PostgreSQL", "bare psycopg loop"
TITLES = {"flask": "Flask and an ORM insert", "fastapi": "FastAPI and an ORM insert"}
Contender = Callable[[int], float]  # how many feedbacks → how many a second


@contextmanager
def contenders(folder: Path) -> Iterator[dict[str, Contender]]:
    """All of them ready: servers in processes of their own, each with a database of its own."""
    fresh = count(1, 1_000_000)  # nobody's feedback is anybody else's
    migrate(f"sqlite:///{folder / 'bare.db'}")
    practice = PracticeWorkspace(start=datetime.now(UTC), speed=1.0)
    served: list[subprocess.Popen[bytes]] = []

    def over_http(port: int) -> Contender:
        return lambda many: answered_per_second(port, requests(many, next(fresh)))

    with practice:
        house = House(practice, folder)
        try:
            house.runs("web")
            ready: dict[str, Contender] = {OURS: over_http(house.port)}
            ready[BARE] = lambda many: bare.sqlite_per_second(folder / "bare.db", many, next(fresh))
            for name in RIVALS:
                port = free_port()
                served.append(_rival(name, port, folder / f"{name}.db"))
                ready[TITLES[name]] = over_http(port)
                until(lambda port=port: _answers(port), what=name)  # type: ignore[misc]
            with a_postgresql() as databases:
                if databases is not None:
                    ours, loop = databases
                    port = free_port()
                    house.runs("web", DATABASE_URL=ours, PORT=str(port))
                    ready[OURS_THERE] = over_http(port)
                    plain = make_url(loop).set(drivername="postgresql").render_as_string(hide_password=False)
                    ready[BARE_THERE] = lambda many: bare.postgresql_per_second(plain, many, next(fresh))
                yield ready
                house.close()
        finally:
            for process in served:
                process.kill()
                process.wait()
            house.close()


@contextmanager
def a_postgresql() -> Iterator[tuple[str, str] | None]:
    """Two migrated databases on a server as durable as PostgreSQL is by default; None where there is no server."""
    alive = postgres.begin_run()
    postgres._SETTINGS.update(dict.fromkeys(("fsync", "full_page_writes", "synchronous_commit", "autovacuum"), "on"))
    try:
        yield _migrated(), _migrated()
    except postgres.NoPostgres as none:
        print(f"PostgreSQL is left out: {none}", file=sys.stderr)
        yield None
    finally:
        postgres.end_run(alive)


def _migrated() -> str:
    url = postgres.new_database()
    engine = connect(url)
    schema.migrate(engine)
    engine.dispose()
    return url


def _rival(name: str, port: int, file: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.bench.rivals", name, str(port), str(file)]
    return subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stderr=subprocess.DEVNULL)


def _answers(port: int) -> bool:
    import socket

    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def measured(rounds: int, seconds: float) -> dict[str, list[float]]:
    """Feedbacks a second of each contender, round by round. Each is asked for about as many as it answers in `seconds`."""
    with tempfile.TemporaryDirectory(prefix="amends-bench-") as folder, contenders(Path(folder)) as ready:
        many = {name: max(CONNECTIONS, int(work(CONNECTIONS * 4) * seconds)) for name, work in ready.items()}
        rates: dict[str, list[float]] = {name: [] for name in ready}
        for _ in range(rounds):
            for name, work in ready.items():
                rates[name].append(work(many[name]))
                time.sleep(0.1)
    return rates


def ratios(rates: dict[str, list[float]]) -> list[Ratio]:
    """Ours against each of the others."""
    pairs = [(OURS, BARE, 0.5), *((OURS, title, 3.0) for title in TITLES.values()), (OURS_THERE, BARE_THERE, 0.5)]
    return [
        Ratio(f"{ours} : {other}", [a / b for a, b in zip(rates[ours], rates[other], strict=True)], least)
        for ours, other, least in pairs
        if ours in rates
    ]


def report(rates: dict[str, list[float]]) -> str:
    """Two tables: the rates as they were here, and what to compare."""
    here = [[name, f"{statistics.median(all_of):,.0f}"] for name, all_of in rates.items()]
    return "\n\n".join([table(["", "a second"], here), table(RATIOS, [ratio.cells() for ratio in ratios(rates)])])


def main() -> None:
    """Prints the tables; `--short` takes seconds."""
    short = "--short" in sys.argv
    print(report(measured(*((SHORT_ROUNDS, SHORT_SECONDS) if short else (ROUNDS, SECONDS)))))


if __name__ == "__main__":
    main()
