"""What judging costs whoever sends words without a star, and whoever sends beside them: `python -m tests.bench.judging`."""

from __future__ import annotations

import json
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sandbox.server import PracticeWorkspace
from store import feedback
from tests.bench.figures import table
from tests.bench.load import answered_per_second, requests
from tests.processes.harness import House, migrate, until

A_SECOND, SECONDS, CROWD = 10, 30, 1000
SHORT_SECONDS, SHORT_CROWD = 2, 40
LONGEST = 300.0  # seconds


@contextmanager
def house(*, learned: bool = True) -> Iterator[House]:
    """One process that does everything, as most have it."""
    with (
        tempfile.TemporaryDirectory(prefix="amends-judging-") as folder,
        PracticeWorkspace(start=datetime.now(UTC), speed=1.0) as practice,
    ):
        built = House(practice, Path(folder), learned=learned)
        migrate(built.database_url)
        try:
            built.runs()
            yield built
        finally:
            built.close()


def seconds_for(port: int, request: bytes) -> float:
    """How long one sender waits for the whole answer, on a connection of their own."""
    begun = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(request)
        head, _, body = line.recv(65536).partition(b"\r\n\r\n")
        length = next(int(h.split(b":")[1]) for h in head.split(b"\r\n") if h.lower().startswith(b"content-length:"))
        while len(body) < length:
            body += line.recv(65536)
    assert head.startswith(b"HTTP/1.1 2"), head
    assert "pending" not in json.loads(body)["assessment"] or time.perf_counter() - begun > 1
    return time.perf_counter() - begun


def paced(port: int, todo: list[bytes], a_second: int) -> list[float]:
    """The waits of senders who come so many a second, whatever happens to those before them."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(64) as senders:
        waits = []
        for number, request in enumerate(todo):
            time.sleep(max(0.0, begun + number / a_second - time.perf_counter()))
            waits.append(senders.submit(seconds_for, port, request))
        return [wait.result() for wait in waits]


def until_judged(house: House) -> tuple[float, float]:
    """Seconds from now until nothing is pending, and until every word is read."""
    begun = time.perf_counter()
    last = partial(feedback.pending_since, late=datetime.now(UTC))
    until(lambda: house.asks(last) is None, LONGEST, "the last verdict")
    judged = time.perf_counter() - begun
    until(lambda: house.asks(feedback.how_many_unscored) == 0, LONGEST, "the last reading")
    return judged, time.perf_counter() - begun


def percentile(waits: list[float], part: int) -> str:
    """In milliseconds."""
    return f"{1000 * statistics.quantiles(waits, n=100)[part - 1]:.0f} ms"


def figures(short: bool) -> Iterator[list[str]]:
    """(what, figure), as they are measured."""
    seconds, crowd = (SHORT_SECONDS, SHORT_CROWD) if short else (SECONDS, CROWD)
    with house() as built:
        seconds_for(built.port, requests(1, first=9_000_000, starred=False)[0])  # it reads the model
        waits = paced(built.port, requests(A_SECOND * seconds, starred=False), A_SECOND)
        yield [f"answer to words without a star, {A_SECOND} a second: half within", percentile(waits, 50)]
        yield ["19 of 20 within", percentile(waits, 95)]
        until_judged(built)
        rate = answered_per_second(built.port, requests(crowd, first=100_000, starred=False))
        taken, (judged, read) = crowd / rate, until_judged(built)
        yield [f"a crowd of {crowd:,} without a star: taken in within", f"{taken:.1f} s"]
        yield ["and judged within", f"{taken + judged:.1f} s"]
        yield ["and read to the last clause within", f"{taken + read:.1f} s"]
        rate = answered_per_second(built.port, requests(crowd, first=200_000))
        yield [f"a crowd of {crowd:,} with one or two stars: a second", f"{rate:,.0f}"]
        memory = built.processes[-1].resident_bytes() / 1e6
        until_judged(built)
        yield ["memory of `run` after that", f"{max(memory, built.processes[-1].resident_bytes() / 1e6):.0f} MB"]
    with house(learned=False) as built:
        rate = answered_per_second(built.port, requests(crowd, first=300_000))
        yield ["the same crowd where nothing is scored: a second", f"{rate:,.0f}"]
        yield ["memory of `run` there", f"{built.processes[-1].resident_bytes() / 1e6:.0f} MB"]


def main() -> None:
    """Prints the table; `--short` takes seconds."""
    print(table(["", ""], list(figures("--short" in sys.argv))))


if __name__ == "__main__":
    main()
