"""Who may work on an SQLite database: one process at a time, known by a lock that ends with it, however it ends."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import IO

from sqlalchemy.engine import make_url

try:
    import fcntl
except ImportError:  # not on Windows: there two workers are not kept apart
    fcntl = None  # type: ignore[assignment]

_PATIENCE = 2.0  # seconds: a process that was told to end may still be about it
_LOOK = 0.05


class AnotherWorker(RuntimeError):
    """Another process works on this database already; the message says which, and what to do."""


class WorkerLock:
    """The right to work on a database, from `only_worker` to `release`."""

    def __init__(self, file: IO[str] | None) -> None:
        self._file = file

    def release(self) -> None:
        """Others may work on it. The file stays: removing it would let two hold locks on two files of one name."""
        if self._file is not None:
            self._file.close()


def only_worker(url: str, patience: float = _PATIENCE) -> WorkerLock:
    """Takes the lock beside the database of DATABASE_URL. Raises AnotherWorker, after some seconds of patience.

    PostgreSQL takes any number of workers, and what is in memory is nobody else's: no lock.
    """
    address = make_url(url)
    is_file = address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:")
    if not is_file or fcntl is None:
        return WorkerLock(None)
    database = Path(address.database or "").resolve()
    file = database.with_name(f"{database.name}-worker").open("a+")
    try:
        _take(file, patience)
    except BlockingIOError:
        with file:
            raise AnotherWorker(_sentence(database, file)) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return WorkerLock(file)


def _take(file: IO[str], patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise
            time.sleep(_LOOK)
        else:
            return


def _sentence(database: Path, file: IO[str]) -> str:
    file.seek(0)
    pid = file.read().strip()
    who = f"Another process (pid {pid})" if pid else "Another process"
    return (
        f"{who} already works on {database}, and an SQLite file takes one worker. "
        "End that one first, or set DATABASE_URL to a PostgreSQL database, where several may work side by side."
    )
