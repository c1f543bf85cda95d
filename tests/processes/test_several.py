"""Several processes on one database: any number on PostgreSQL, one worker on an SQLite file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox.people.reading import plain
from store.schema import REVISION
from tests.processes.harness import House, free_port, migrate
from tests.processes.short_story import gestures, walk
from tests.processes.test_starting import REFUSED


@pytest.fixture
def shared(build: Callable[..., House], bare_postgres_url: str) -> House:
    """A house on PostgreSQL, released: its database has tables."""
    migrate(bare_postgres_url)
    return build(contact="1s", database_url=bare_postgres_url)


# On SQLite


@pytest.mark.long
def test_second_worker_on_a_file_is_refused(house: House) -> None:
    first = house.runs("worker")
    for second in (house.starts("run"), house.starts("worker")):
        assert second.ended() == REFUSED
        assert f"(pid {first.process.pid})" in second.said
        assert "PostgreSQL" in second.said
        assert len(second.said.strip().splitlines()) == 1
    house.runs("web")
    assert house.receives("order-1").status == 201
    house.card()


def test_killed_worker_is_replaced_at_once(house: House) -> None:
    house.runs("worker").kill()
    assert house.runs("worker").alive


# On PostgreSQL


@pytest.mark.long
def test_two_webs_and_two_workers_tell_the_story(shared: House) -> None:
    second = free_port()
    processes = [shared.starts("web"), shared.starts("web", PORT=str(second))]
    processes += [shared.starts("worker") for _ in range(2)]
    for process in processes:
        process.ready()
    shared.practice.intake.connect_http(
        f"http://127.0.0.1:{second}"
    )  # customers' words and clicks come in by different doors
    assert "Closed" in plain(walk(shared))
    assert "Rang twice" in plain(gestures(shared, 2))
    assert shared.get("/readyz") == 200


@pytest.mark.long
def test_releases_side_by_side_migrate_only_once(build: Callable[..., House], bare_postgres_url: str) -> None:
    house = build(database_url=bare_postgres_url)
    releases = [house.starts("migrate") for _ in range(3)]
    assert [release.ended() for release in releases] == [0, 0, 0]
    said = sorted(release.said.strip() for release in releases)
    already, first = (
        f"The database is at revision {REVISION} already.",
        f"The database is at revision {REVISION}, from empty.",
    )
    assert said == sorted([already, already, first])


@pytest.mark.long
@pytest.mark.parametrize(
    "role", [pytest.param("run", marks=pytest.mark.long), pytest.param("web", marks=pytest.mark.long), "worker"]
)
def test_database_without_tables_waits_for_its_release(
    build: Callable[..., House], bare_postgres_url: str, role: str
) -> None:
    bot = build(database_url=bare_postgres_url).starts(role)
    assert bot.ended() == REFUSED
    assert "python bot.py migrate" in bot.said
    assert "Traceback" not in bot.said
