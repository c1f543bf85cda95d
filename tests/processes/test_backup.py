"""A backup taken from a bot at work is a database that a bot starts on."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from store import cases
from tests.processes.harness import House, about, until

REFUSED = 2


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


def test_backup_command_refuses_with_one_sentence(house: House) -> None:
    existing = house.folder / "old.db"
    existing.write_text("last week's")
    for command, said in [
        (house.starts("backup", str(existing)), "exists already"),
        (house.starts("backup", "x.dump", DATABASE_URL="postgresql://ana:s3cret@db/amends"), "pg_dump --format=custom"),
    ]:
        assert command.ended() == REFUSED
        assert said in command.said
        assert "Traceback" not in command.said
        assert "s3cret" not in command.said
