"""Whatever file the bot makes is for its owner alone, however free the shell it was started from is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.processes.harness import House


@pytest.fixture
def free_shell() -> Iterator[None]:
    """What most machines come with: files may be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path, *passed_over: str) -> dict[str, str]:
    return {file.name: oct(file.stat().st_mode & 0o777) for file in folder.iterdir() if file.suffix not in passed_over}


@pytest.mark.long
@pytest.mark.usefixtures("free_shell")
def test_every_file_of_a_life_is_for_its_owner_alone(build: Callable[..., House]) -> None:
    """Attacks 17: database, log, lock and refused rows were 0644."""
    house = build(bare=True)
    folder = house.folder
    elsewhere = {"DATABASE_URL": f"sqlite:///{folder / 'new.db'}"}
    house.runs("run", **elsewhere)
    assert house.receives("order-1").status == 201
    house.card()
    rows = folder / "rows.csv"
    rows.write_text("id,rating,comment\n1,9 of ten,\n")
    house.starts("import", str(rows), "--refused", str(folder / "refused.txt"), **elsewhere).ended()
    house.starts("backup", str(folder / "copy.db"), **elsewhere).ended()
    made = modes(folder, ".log", ".toml", ".csv")
    assert set(made) >= {"new.db", "new.db-wal", "new.db-shm", "new.db-worker", "refused.txt", "copy.db"}
    assert {name: mode for name, mode in made.items() if mode != "0o600"} == {}
