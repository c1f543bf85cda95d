"""The clock of a running process is set back an hour: nothing is said again, and work goes on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.torture.house import House, furnished
from tests.torture.setting import SHORT

pytestmark = pytest.mark.long

PLAN = replace(SHORT, contact=3600.0, every=3600.0)
WHILE = 3.0  # seconds in which ticks and loops run several times


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    """By how many seconds the machine's clock is wrong."""
    file = tmp_path / "shift"
    file.write_text("0")
    return file


@pytest.fixture
def house(tmp_path: Path, clock: Path) -> Iterator[House]:
    program = ("-m", "tests.torture.shifted_clock", str(clock))
    with furnished(PLAN, f"sqlite:///{tmp_path / 'amends.db'}", tmp_path, program=program) as house:
        yield house


def kinds(house: House) -> list[str | None]:
    return [message.kind for message in house.practice.messages()]


def test_running_process_stays_calm_and_goes_on(house: House, clock: Path) -> None:
    house.shows("nudge", house.receives("before"))
    house.shows("digest")
    before = kinds(house.rests())
    clock.write_text("-3600")
    time.sleep(WHILE)
    assert kinds(house) == before

    house.shows("nudge", house.receives("after"))
    house.until(lambda: kinds(house).count("draft") == 2, "the other draft")
    assert [kinds(house).count(kind) for kind in ("card", "draft", "nudge", "digest")] == [2, 2, 2, 1]
