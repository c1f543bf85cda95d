"""A backup taken from a bot at work is a database that a bot starts on."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from store import cases
from tests.processes.harness import House, about, until


@pytest.mark.long
def test_bot_goes_on_from_a_restored_backup(house: House) -> None:
    """The steps of docs/backup.md, with cards of unknown fate and a case that came too late for the copy."""
    web = house.runs("web")  # nobody posts yet: the cards are owed when the copy is made
    house.receives("order-1")
    saved = house.folder / "saved.db"
    arriving = threading.Thread(target=lambda: [house.receives(f"order-{n}") for n in range(2, 40)])
    arriving.start()
    until(lambda: len(house.asks(cases.every_open_number)) > 5, what="some cases")
    backup = house.starts("backup", str(saved))
    assert backup.ended() == 0, backup.said
    arriving.join()
    worker = house.runs("worker")
    house.card(1)
    web.kill()
    worker.kill()
    kept = restored(saved, house)
    assert 5 < len(kept) <= 39
    house.runs("run")
    until(lambda: {about(m)["case"] for m in house.cards()} >= set(kept), what="a card for every case of the copy")
    # Some stood in Slack already and were found there, the others were posted.
    assert {number: len(house.cards(number)) for number in kept} == dict.fromkeys(kept, 1)
    assert house.receives("order-1").status == 200
    assert house.asks(lambda tx: cases.load(tx, 1)) is not None


def restored(saved: Path, house: House) -> list[int]:
    """Puts the copy in the database's place; the numbers of its cases."""
    database = house.folder / "amends.db"
    for name in ("amends.db", "amends.db-wal", "amends.db-shm"):
        (house.folder / name).unlink(missing_ok=True)
    shutil.copy(saved, database)
    assert house.starts("migrate").ended() == 0
    return house.asks(cases.every_open_number)
