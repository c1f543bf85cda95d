"""Bodies by their number: what became of many, how to try one of them again, and the command that tries a hundred thousand."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from random import Random, SystemRandom


@dataclass(slots=True)
class Tried:
    """What became of many bodies in one place. `slowest` is the longest that one took, in seconds, and its number."""

    place: str
    seed: int
    became: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    slowest: tuple[float, int] = (0.0, 0)

    def chance(self, number: int) -> Random:
        """What makes the body of that number, the same each time."""
        return Random(f"{self.seed}:{self.place}:{number}")

    def note(self, number: int, became: str, took: float) -> None:
        """What became of a body, and the seconds it took."""
        self.became[became] += 1
        self.seconds += took
        self.slowest = max(self.slowest, (took, number))

    def fault(self, number: int, body: bytes, why: str) -> None:
        """What is wrong with what became of a body, and how to try it again."""
        told = f"--seed {self.seed} --only {self.place}:{number}: {why}"
        self.faults.append(f"{told}\n    {len(body)} bytes: {body[:600]!r}")

    def told(self) -> str:
        """The figures in one line, and the first faults below it."""
        became = ", ".join(f"{name}: {count}" for name, count in self.became.most_common())
        longest = f"the longest {self.slowest[0] * 1000:.0f} ms (number {self.slowest[1]})"
        figures = (
            f"{self.place}: {self.became.total()} bodies, {len(self.faults)} faults, {self.seconds:.0f} s; {longest}"
        )
        return "\n".join([f"{figures}; {became}", *self.faults[:20]])


def command(about: str | None, places: Sequence[str], tries: Callable[[str, int, range], Tried]) -> int:
    """Tries many bodies in each place, as the arguments say, and prints the figures; 1 where anything broke."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--bodies", type=int, default=100_000, help="in each place")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    parser.add_argument("--only", help="PLACE, or PLACE:NUMBER for a single body")
    parser.add_argument("--processes", type=int, default=None)
    given = parser.parse_args()
    only, _, number = (given.only or "").partition(":")
    numbers = range(int(number), int(number) + 1) if number else range(given.bodies)
    names = [only] if only else places
    print(f"seed {given.seed}", flush=True)
    faults = 0
    with ProcessPoolExecutor(given.processes) as pool:
        for found in pool.map(tries, names, [given.seed] * len(names), [numbers] * len(names)):
            faults += len(found.faults)
            print(found.told(), flush=True)
    return 1 if faults else 0
