"""A backup is one whole moment of the database, is never written over another, and never half there."""

from __future__ import annotations

import shlex
import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from cases.messages import intents
from cases.messages.kinds import Card
from store import cases, messages, schema
from store.backup import NotBackedUp, back_up
from store.engine import Store, connect
from tests.store.rows import CARE, LEASE, NO_PACE, NOW, later, opened, with_feedback


@pytest.fixture
def url(sqlite_url: str) -> str:
    """Only SQLite is copied by us."""
    return sqlite_url


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "monday.db"


@pytest.fixture(autouse=True)
def folder(target: Path) -> Path:
    target.parent.mkdir()
    return target.parent


def numbers(file: Path) -> list[int]:
    with closing(sqlite3.connect(file)) as copy:
        return [number for (number,) in copy.execute("SELECT number FROM cases ORDER BY number")]


@pytest.mark.long
def test_backup_holds_what_was_committed_before(store: Store, sqlite_url: str, target: Path) -> None:
    case = store.write(with_feedback)
    assert back_up(sqlite_url, target, NOW) == target.stat().st_size > 0
    copy = Store(connect(f"sqlite:///{target}"))
    schema.check(copy.engine)
    assert copy.read(lambda tx: cases.load(tx, case.number)) == store.read(lambda tx: cases.load(tx, case.number))
    copy.close()


def test_writers_go_on_while_a_copy_is_made(store: Store, sqlite_url: str, target: Path) -> None:
    going_on, written = threading.Event(), []

    def write() -> None:
        while not going_on.is_set() or len(written) < 50:
            written.append(store.write(opened).number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for copies in range(5):
            before = len(written)
            back_up(sqlite_url, file := target.with_name(f"{copies}.db"), NOW)
            found = numbers(file)
            # A prefix of what was written: nothing that was committed is missing, and no number is left out.
            assert found == list(range(1, len(found) + 1))
            assert len(found) >= before
    finally:
        going_on.set()
        writer.join()
    assert len(store.read(cases.every_open_number)) == len(written)


def test_work_under_way_is_not_in_the_copy(store: Store, sqlite_url: str, target: Path) -> None:
    store.write(opened)
    with store.engine.begin() as tx:
        opened(tx)
        back_up(sqlite_url, target, NOW)
    assert (numbers(target), store.read(cases.every_open_number)) == ([1], [1, 2])


def test_restored_outbox_looks_before_it_posts(store: Store, sqlite_url: str, target: Path) -> None:
    store.write(lambda tx: messages.owe(tx, Card(), intent=intents.card(1), channel=CARE, now=NOW))
    back_up(sqlite_url, target, later(minutes=3))
    copy = Store(connect(f"sqlite:///{target}"))
    (owed,) = copy.write(lambda tx: messages.take_due(tx, later(days=1), LEASE, NO_PACE))
    copy.close()
    assert owed.unknown_since == later(minutes=3)
    (here,) = store.write(lambda tx: messages.take_due(tx, later(days=1), LEASE, NO_PACE))
    assert here.unknown_since is None


def test_copy_is_one_file_for_its_owner_alone(sqlite_url: str, target: Path) -> None:
    back_up(sqlite_url, target, NOW)
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_file_that_is_there_is_never_replaced(sqlite_url: str, target: Path) -> None:
    target.write_text("last week's")
    with pytest.raises(NotBackedUp, match="exists already"):
        back_up(sqlite_url, target, NOW)
    assert target.read_text() == "last week's"


def test_database_that_is_not_there_is_not_made(tmp_path: Path, target: Path) -> None:
    with pytest.raises(NotBackedUp, match="There is no database at"):
        back_up(f"sqlite:///{tmp_path / 'elsewhere.db'}", target, NOW)
    assert list(tmp_path.iterdir()) == [target.parent]


def test_database_in_memory_has_nothing_to_copy(target: Path) -> None:
    with pytest.raises(NotBackedUp, match="in memory"):
        back_up("sqlite:///:memory:", target, NOW)


def test_folder_that_is_missing_is_said_plainly(sqlite_url: str, target: Path) -> None:
    with pytest.raises(NotBackedUp, match="No such file or directory"):
        back_up(sqlite_url, target.parent / "none" / "monday.db", NOW)


@pytest.mark.parametrize("content", ["not a database at all, only a long line of text" * 100, None])
def test_damaged_database_leaves_no_file_behind(content: str | None, blank: Path, tmp_path: Path, target: Path) -> None:
    broken = tmp_path / "broken.db"
    if content is None:
        shutil.copy(blank, broken)
        with broken.open("r+b") as file:  # page 3 and those behind it: tables and indexes, not the header
            file.seek(2 * 4096)
            file.write(b"\xa5" * 4096 * 4)
    else:
        broken.write_text(content)
    with pytest.raises(NotBackedUp):
        back_up(f"sqlite:///{broken}", target, NOW)
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("postgresql://ana:s3cret@db.example.org:5433/amends", "postgresql://ana@db.example.org:5433/amends"),
        ("postgres://ana:s3cret@db/amends?sslmode=require", "postgresql://ana@db/amends?sslmode=require"),
        ("postgresql+psycopg:///amends?host=/run/pg&password=s3cret", "postgresql:///amends?host=%2Frun%2Fpg"),
    ],
)
def test_postgres_is_left_to_its_own_tool(url: str, address: str, folder: Path) -> None:
    with pytest.raises(NotBackedUp) as refused:
        back_up(url, folder / "on monday.dump", NOW)
    sentence, command = str(refused.value).splitlines()
    assert "PostgreSQL" in sentence
    assert shlex.split(command) == [
        "pg_dump",
        "--format=custom",
        f"--file={folder / 'on monday.dump'}",
        f"--dbname={address}",
    ]
    assert "s3cret" not in str(refused.value)
