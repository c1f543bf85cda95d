"""The condition of a database as `doctor` wants to know it: reachable, at which revision, writable; nothing is changed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from store import schema
from store import tables as t
from store.engine import Unready, connect


class Unusable(RuntimeError):
    """The database cannot be reached, or cannot be written to; the message is the driver's, on one line."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`revision` is None where there are no tables yet; `is_new` says that the first start makes them by itself."""

    revision: str | None
    needed: str
    is_new: bool


def condition(url: str) -> Condition:
    """Looks at the database of DATABASE_URL. Raises Unusable."""
    try:
        if _is_missing_file(url):
            return Condition(None, schema.REVISION, is_new=True)
        engine = connect(url)
        try:
            with engine.connect() as connection:
                revision = schema.current(connection)
                if revision is not None:
                    _write_and_undo(connection)
        finally:
            engine.dispose()
    except (SQLAlchemyError, Unready, ImportError, OSError, ValueError) as wrong:
        raise Unusable(str(wrong).splitlines()[0]) from None
    return Condition(revision, schema.REVISION, is_new=revision is None and engine.dialect.name == "sqlite")


def files_of(url: str) -> list[Path]:
    """The files an SQLite database has, its log and index too, whether they are there or not; PostgreSQL's are its own."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return []
    return [Path(f"{address.database}{ending}") for ending in ("", "-wal", "-shm")]


def is_open_to_others(file: Path) -> bool:
    """Whether other accounts of this machine may read or write a file that is there. Windows has no such marks."""
    try:
        return os.name == "posix" and bool(file.stat().st_mode & 0o066)
    except OSError:
        return False


def remembered(url: str, prefix: str) -> dict[str, Any]:
    """The facts whose names begin so, by the rest of their names; none where the database cannot be read."""
    try:
        if _is_missing_file(url):
            return {}
        engine = connect(url)
        try:
            with engine.connect() as connection:
                f = t.facts.c
                rows = connection.execute(select(f.name, f.content).where(f.name.startswith(prefix)).order_by(f.name))
                return {name.removeprefix(prefix): content for name, content in rows}
        finally:
            engine.dispose()
    except (SQLAlchemyError, Unready, ImportError, OSError, ValueError):
        return {}


def _is_missing_file(url: str) -> bool:
    """True for an SQLite file that is yet to be made; connecting would make it. Raises OSError where it cannot be."""
    if not url.startswith("sqlite"):
        return False
    path = Path(make_url(url).database or "")
    if path.exists():
        return False
    if not os.access(path.parent, os.W_OK):
        raise OSError(f"{path} does not exist, and {path.parent} is no folder in which it can be made")
    return True


def _write_and_undo(connection: Connection) -> None:
    connection.execute(insert(t.facts), {"name": "doctor", "content": True})
    connection.rollback()
