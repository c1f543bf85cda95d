"""What the bot's own work costs beside a history of any length: it grows with the work due alone. `python -m tests.bench.history`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot import build_world
from cases.acts.commands import Command
from cases.model import Via
from handlers.listeners.questions import asked
from handlers.outbox.render import todays_digest
from handlers.reminders.sweep import sweep
from handlers.terminal.settings import Settings
from handlers.world import World
from sandbox.demo import cast
from store import messages
from tests.bench import years
from tests.bench.figures import Figure, milliseconds, table
from tests.bench.policy import POLICY
from tests.bench.years import NOW

SIZES, SHORT_SIZES = (1_000, 10_000, 100_000, 1_000_000), (1_000, 10_000)
ROUNDS, SHORT_ROUNDS = 30, 3
DUE = 10


@dataclass(frozen=True)
class Curve:
    """One piece of work at each size of history; `at_most` milliseconds (median) is the target at the largest."""

    what: str
    at_most: float | None
    figures: dict[int, Figure]


def _world(count: int) -> World:
    settings = Settings(
        policy=POLICY,
        slack_bot_token=cast.BOT_TOKEN,
        slack_channel=cast.CARE,
        database_url=years.database(count),
    )
    return build_world(settings, lambda: NOW, offline=True)


class _Undone(Exception):
    """Ends a transaction of which nothing is to stay."""


def _idle_sweep(world: World, count: int) -> float:
    return milliseconds(lambda: sweep(world))


def _busy_sweep(world: World, count: int) -> float:
    world.store.write(lambda tx: years.make_due(tx, DUE))
    return milliseconds(lambda: sweep(world))


def _mine(world: World, count: int) -> float:
    person = years.colleague(years.colleagues(count) // 2)
    return milliseconds(lambda: asked(world, Command("mine"), person, Via.SLASH))


def _digest(world: World, count: int) -> float:
    return milliseconds(lambda: world.store.read(lambda tx: todays_digest(world, tx)))


def _nothing_owed(world: World, count: int) -> float:
    return milliseconds(lambda: world.store.read(lambda tx: messages.any_due(tx, NOW)))


def _some_owed(world: World, count: int) -> float:
    """Leasing ten messages, which are then as if they had never been owed."""
    took = []
    pace, lease = timedelta(), timedelta(seconds=60)
    with world.store.engine.connect() as tx, tx.begin() as transaction:
        years.make_owed(tx, DUE)
        took.append(milliseconds(lambda: messages.take_due(tx, NOW, lease, pace, DUE)))
        transaction.rollback()
    return took[0]


WORK: tuple[tuple[str, float | None, Callable[[World, int], float]], ...] = (
    ("sweep with nothing due", 1, _idle_sweep),
    (f"sweep with {DUE} due", None, _busy_sweep),
    ("/case mine", 20, _mine),
    ("digest", 300, _digest),
    ("outbox with nothing owed", None, _nothing_owed),
    (f"outbox, {DUE} messages leased", None, _some_owed),
)


def curves(sizes: tuple[int, ...], rounds: int) -> Iterator[Curve]:
    """Every piece of work measured at every size, the sizes taking turns."""
    worlds = {count: _world(count) for count in sizes}
    try:
        for what, at_most, work in WORK:
            took: dict[int, list[float]] = {count: [] for count in sizes}
            for number in range(rounds + 1):
                for count, world in worlds.items():
                    milliseconds_taken = work(world, count)
                    if number:  # the first one fills caches
                        took[count].append(milliseconds_taken)
            yield Curve(what, at_most, {count: Figure(what, "ms", all_of) for count, all_of in took.items()})
    finally:
        for world in worlds.values():
            world.store.close()


def report(found: list[Curve]) -> str:
    """One row for each piece of work, one column for each size: medians in milliseconds."""
    sizes = list(found[0].figures)
    rows = [
        [
            curve.what,
            *(f"{curve.figures[count].share(0.5):,.2f}" for count in sizes),
            _growth(curve, sizes),
            _target(curve),
        ]
        for curve in found
    ]
    return table(
        [
            "ms (median)",
            *(f"{count:,} cases" for count in sizes),
            f"{sizes[-1]:,} : {sizes[min(1, len(sizes) - 1)]:,}",
            "target",
        ],
        rows,
    )


def _growth(curve: Curve, sizes: list[int]) -> str:
    """How many times as long it took at the largest size as at the one the issue compares it with, 10,000."""
    return f"{curve.figures[sizes[-1]].share(0.5) / curve.figures[sizes[min(1, len(sizes) - 1)]].share(0.5):.1f}"


def _target(curve: Curve) -> str:
    if curve.at_most is None:
        return ""
    largest = curve.figures[max(curve.figures)].share(0.5)
    return f"≤ {curve.at_most:g} ms: {'met' if largest <= curve.at_most else 'missed'}"


def plot(found: list[Curve], file: Path) -> None:
    """The curves, both axes logarithmic."""
    from tests.bench.pictures import lines

    lines(
        {curve.what: {count: figure.share(0.5) for count, figure in curve.figures.items()} for curve in found},
        file,
        x="cases in the database, one in a hundred open",
        y="milliseconds (median)",
    )


def main() -> None:
    """Prints the table; `--short` takes seconds."""
    short = "--short" in sys.argv
    print(report(list(curves(SHORT_SIZES, SHORT_ROUNDS) if short else curves(SIZES, ROUNDS))))


if __name__ == "__main__":
    main()
