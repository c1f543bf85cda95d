"""What is wrong is said: by the process itself, of its workers' clock, and of the database under it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from handlers import clock
from handlers.clock import Tick, Workers
from handlers.overdue import overdue, report, sign_of_life
from handlers.world import World
from sandbox.server import PracticeWorkspace
from tests.elapsing import PATIENCE, Monotonic, until

MINUTE = timedelta(minutes=1)


@pytest.fixture
def workers(world: World, seconds: Monotonic) -> Iterator[Callable[..., Workers]]:
    """Starts workers whose ticks are those given."""
    started: list[Workers] = []
    ticks = pytest.MonkeyPatch()

    def start(*own: Tick) -> Workers:
        ticks.setattr(clock, "TICKS", own)
        started.append(Workers(world, seconds))
        started[-1].start()
        return started[-1]

    yield start
    for one in started:
        assert one.stop()
    ticks.undo()


# The process


def test_troubles_of_the_process_come_first(world: World) -> None:
    world.troubles.append(lambda: ["Slack has not been heard"])
    assert overdue(world) == ["Slack has not been heard"]


def test_tick_that_hangs_is_named_after_a_minute(
    world: World, workers: Callable[..., Workers], seconds: Monotonic
) -> None:
    go_on = threading.Event()
    workers(Tick("nudges", 1, lambda _: go_on.wait(PATIENCE)))
    seconds.seconds = 60
    assert overdue(world) == []
    seconds.seconds = 90
    assert overdue(world) == ["the nudges tick is 89 s late"]
    go_on.set()
    assert until(lambda: overdue(world) == [])


def test_tick_that_fails_every_time_counts_as_missed(
    world: World, workers: Callable[..., Workers], seconds: Monotonic
) -> None:
    workers(Tick("nudges", 0.05, lambda _: 1 // 0))
    seconds.seconds = 90
    assert overdue(world) == ["the nudges tick is 90 s late"]


# The workers, as other processes see them


def test_worker_that_is_gone_is_missed(world: World, practice: PracticeWorkspace) -> None:
    assert overdue(world) == []  # an installation that never had one is not called ill
    sign_of_life(world)
    practice.clock.jump(MINUTE)
    assert overdue(world) == []
    practice.clock.jump(2 * MINUTE)
    assert "no worker has given a sign of life since 2026-01-05T09:00:00" in overdue(world)[0]
    sign_of_life(world)
    assert overdue(world) == []


def test_worker_gives_a_sign_as_it_starts(
    world: World, practice: PracticeWorkspace, workers: Callable[..., Workers]
) -> None:
    sign_of_life(world)
    practice.clock.jump(timedelta(days=2))
    assert overdue(world) != []
    workers()
    assert overdue(world) == []


# The database


@pytest.mark.parametrize(("revision", "fix"), [("0000", "python bot.py migrate"), ("9999", "Install the newer Amends")])
def test_release_under_a_running_bot_is_noticed(world: World, revision: str, fix: str) -> None:
    world.store.write(lambda tx: tx.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'"))
    (problem,) = overdue(world)
    assert revision in problem
    assert fix in problem


def test_every_problem_is_said_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.troubles.append(lambda: ["one thing", "another"])
    report(world)
    assert [record.getMessage() for record in caplog.records] == ["overdue: one thing", "overdue: another"]
