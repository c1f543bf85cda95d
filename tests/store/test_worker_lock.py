"""One worker at a time on an SQLite file, any number on PostgreSQL; a lock ends with its process, however that ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from store.worker_lock import AnotherWorker, only_worker

HOLDER = """
import sys
from store.worker_lock import only_worker
lock = only_worker(sys.argv[1])
print("taken", flush=True)
sys.stdin.read()
"""


def holder(url: str) -> subprocess.Popen[str]:
    """A process that has the lock, until it is ended."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, url],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "taken\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def free(url: str) -> bool:
    """Whether a worker could start now."""
    try:
        only_worker(url, patience=0).release()
    except AnotherWorker:
        return False
    return True


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/amends.db"


def test_second_worker_is_refused_with_a_way_out(url: str, tmp_path: Path) -> None:
    lock = only_worker(url)
    with pytest.raises(AnotherWorker) as refused:
        only_worker(url, patience=0)
    lock.release()
    said = str(refused.value)
    assert f"pid {os.getpid()}" in said
    assert str(tmp_path / "amends.db") in said
    assert "PostgreSQL" in said


def test_lock_that_was_given_back_can_be_taken(url: str) -> None:
    for _ in range(3):
        lock = only_worker(url, patience=0)
        assert not free(url)
        lock.release()
    assert free(url)


@pytest.mark.long
def test_lock_is_held_against_other_processes_too(url: str) -> None:
    process = holder(url)
    with pytest.raises(AnotherWorker, match=f"pid {process.pid}"):
        only_worker(url, patience=0)
    end(process)


@pytest.mark.long
def test_killed_process_leaves_no_lock_behind(url: str) -> None:
    for _ in range(3):
        end(holder(url))
        assert free(url)


def test_worker_that_is_about_to_end_is_waited_for(url: str) -> None:
    process = holder(url)
    assert process.stdin is not None
    process.stdin.close()
    lock = only_worker(url, patience=10)
    assert not free(url)
    lock.release()
    process.wait()
    process.stdout.close()  # type: ignore[union-attr]


def test_same_file_by_another_path_is_one_database(url: str, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    lock = only_worker(url)
    with pytest.raises(AnotherWorker):
        only_worker(f"sqlite:///{tmp_path}/link/amends.db", patience=0)
    lock.release()


@pytest.mark.parametrize("shared", ["sqlite://", "sqlite:///:memory:", "postgresql://localhost/amends"])
def test_any_number_may_work_elsewhere(shared: str) -> None:
    lock = only_worker(shared, patience=0)
    assert free(shared)
    lock.release()
