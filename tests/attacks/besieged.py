"""A bot that is besieged by connections which never finish (attacks 9): what its customers and colleagues notice of it.

`python -m tests.attacks.besieged` is the long form: 1,000 half-open and 1,000 trickling connections for a minute; a
quiet machine gives steadier figures. The short form is a test.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from handlers.sources import SOURCES
from sandbox.demo import cast
from sandbox.server import PracticeWorkspace
from tests.elapsing import PATIENCE, until
from tests.processes.harness import House, migrate

_EVERY = 0.05  # seconds between webhooks
_UNHAPPY = 40  # one in so many webhooks is a complaint
P99_MS, GROWTH_MB, LINES = 100.0, 64.0, 100  # what must hold


@dataclass(frozen=True, slots=True)
class Siege:
    """What was seen. Latencies are of signed webhooks, each on a connection of its own; `cards` are those expected and seen."""

    latencies_ms: list[float]
    refused: int
    cards: tuple[int, int]
    nudges: int
    growth_mb: float
    lines: int

    def percentile(self, share: float) -> float:
        """Of the latencies, in milliseconds."""
        ordered = sorted(self.latencies_ms)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def faults(self) -> list[str]:
        """What did not hold, whatever the machine's speed."""
        wanted, seen = self.cards
        found = {
            "webhooks were refused": self.refused,
            "cards are missing": wanted - seen,
            "no nudge went out": not self.nudges,
            "memory grew too much": self.growth_mb >= GROWTH_MB,
            "too much was logged": self.lines >= LINES,
        }
        return [f"{fault}: {self}" for fault, is_so in found.items() if is_so]


@contextmanager
def crowd(port: int, half_open: int, trickling: int) -> Iterator[Callable[[], None]]:
    """So many dawdlers at the door, all of them there when this begins; to call it waits until all have come again."""
    command = [sys.executable, "-m", "tests.attacks.crowd", *map(str, (port, half_open, trickling))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:
        try:
            assert process.stdout is not None
            said = process.stdout
            assert said.readline() == b"ready\n"

            def again() -> None:
                for _ in range(2):  # one round was under way
                    assert said.readline() == b"again\n"

            yield again
        finally:
            process.kill()


def besieged(house: House, half_open: int, trickling: int, seconds: float) -> Siege:
    """Runs the bot of that house under siege for so long."""
    bot = house.runs()
    arrives(house, "warm-up", 5)  # imports and caches are no growth
    before = bot.resident_bytes()
    latencies, answers, number = [], [], 0
    with crowd(house.port, half_open, trickling):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            number += 1
            begun = time.perf_counter()
            answers.append(arrives(house, f"f-{number}", 1 if number % _UNHAPPY == 1 else 5))
            latencies.append((time.perf_counter() - begun) * 1000)
            time.sleep(_EVERY)
        growth = (bot.resident_bytes() - before) / 1e6
        wanted = answers.count(201)
        until(lambda: len(house.cards()) >= wanted and house.practice.messages("nudge"), PATIENCE)
    return Siege(
        latencies_ms=latencies,
        refused=len(answers) - wanted - answers.count(202),
        cards=(wanted, len(house.cards())),
        nudges=len(house.practice.messages("nudge")),
        growth_mb=growth,
        lines=len(bot.said.splitlines()),
    )


def arrives(house: House, external_id: str, rating: int) -> int:
    """A signed webhook on a connection of its own; the status, 0 where nobody answered."""
    told = {"external_id": external_id, "rating": {"value": rating, "scale": 5}}
    body = json.dumps({"type": "feedback.created", "timestamp": datetime.now(UTC).isoformat(), "data": told}).encode()
    headers = SOURCES["generic"].example.sign(body, cast.INTAKE_SECRET, datetime.now(UTC))
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=PATIENCE)
    try:
        line.request("POST", "/intake/generic", body, headers)
        return line.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        line.close()


def main(half_open: int = 1000, trickling: int = 1000, seconds: float = 60.0) -> int:
    """Prints the figures; 1 when something did not hold."""
    practice = PracticeWorkspace(start=datetime.now(UTC), speed=1.0)
    with practice, tempfile.TemporaryDirectory(prefix="amends-siege-") as folder:
        house = House(practice, Path(folder), claim="1s", contact="2h")
        migrate(house.database_url)
        try:
            seen = besieged(house, half_open, trickling, seconds)
        finally:
            house.close()
    print(
        f"{half_open} half-open and {trickling} trickling connections for {seconds:g} s: {len(seen.latencies_ms)} signed "
        f"webhooks, p50 {seen.percentile(0.5):.1f} ms, p99 {seen.percentile(0.99):.1f} ms, longest "
        f"{max(seen.latencies_ms):.1f} ms, {seen.refused} refused; cards {seen.cards[1]} of {seen.cards[0]}, "
        f"{seen.nudges} nudges; memory + {seen.growth_mb:.1f} MB; {seen.lines} lines of log"
    )
    faults = seen.faults() + (["webhooks were slow"] if seen.percentile(0.99) >= P99_MS else [])
    print("\n".join(faults) or "All holds.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
