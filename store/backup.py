"""A copy of the whole SQLite database while others work on it, or the command that makes one of a PostgreSQL database."""

from __future__ import annotations

import os
import shlex
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import URL, make_url

# What was owed when the copy was made may be posted by the time it is restored. Its fate is unknown then, and the outbox
# looks for such a message in Slack before it posts it. Every revision of the tables since the first has these columns.
_FATE_UNKNOWN = """
    UPDATE messages SET posting_since = coalesce(posting_since, ?), lease_until = NULL
    WHERE shown < wanted AND dead IS NULL AND ts IS NULL AND kind <> 'home'
"""
_SECRETS = ("password", "sslpassword", "passfile")  # what a PostgreSQL URL may carry besides, and nobody should print


class NotBackedUp(RuntimeError):
    """No backup was made; the message says why and what to do instead."""


def back_up(url: str, file: Path, now: datetime) -> int:
    """Copies the database of DATABASE_URL into a new `file`; returns its size in bytes. Raises NotBackedUp.

    The copy holds one moment: all that was committed before it began, nothing by half. Writers go on meanwhile. It is
    checked before it gets its name, so a file of that name is a whole backup, whatever happens on the way.
    """
    source = _source(make_url(url), file)
    if file.exists():
        raise NotBackedUp(f"{file} exists already. Name another file: a backup never replaces another one.")
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.unfinished")
    try:
        # Customers' names and words are in it: nobody else may read it.
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            _copy(source, unfinished, now)
            _name(unfinished, file)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as wrong:
        raise NotBackedUp(f"{file} cannot be written: {wrong.strerror}.") from None
    except sqlite3.Error as wrong:
        raise NotBackedUp(f"The database could not be copied: {wrong}.") from None
    return file.stat().st_size


def _source(url: URL, file: Path) -> Path:
    if url.get_backend_name() in ("postgresql", "postgres"):
        raise NotBackedUp(
            f"PostgreSQL has a tool of its own for this, which asks for the password:\n{_dump(url, file)}"
        )
    if not url.database or url.database == ":memory:":
        raise NotBackedUp("DATABASE_URL names no file: what is in memory cannot be backed up.")
    source = Path(url.database)
    if not source.is_file():
        raise NotBackedUp(f"There is no database at {source}. Set DATABASE_URL as it is set for the bot.")
    return source


def _dump(url: URL, file: Path) -> str:
    """What to type for a backup with PostgreSQL's own tool (postgresql.org/docs/current/app-pgdump.html)."""
    bare = URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.difference_update_query(_SECRETS).query
    )
    address = bare.render_as_string(hide_password=True)
    return f"pg_dump --format=custom --file={shlex.quote(str(file))} --dbname={shlex.quote(address)}"


def _copy(source: Path, target: Path, now: datetime) -> None:
    # rw, not rwc: a file that has just been moved away must not be made anew, empty.
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as original,
        closing(sqlite3.connect(target)) as copy,
    ):
        # All pages in one step: a copy in several begins anew whenever another process commits in between
        # (sqlite.org/backup.html). With a write-ahead log, readers such as this one hold up no writer.
        original.backup(copy, pages=-1)
        # One file that needs no other beside it; the bot turns its log on again when it opens it.
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute(_FATE_UNKNOWN, [round(now.timestamp() * 1000)])
        copy.commit()
        verdict = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if verdict != "ok":
            raise NotBackedUp(f"The copy is damaged, and so may be the database: {verdict}.")


def _name(unfinished: Path, file: Path) -> None:
    """Gives the copy its name once it is on the disk for certain, and the name too."""
    _flush(unfinished)
    os.rename(unfinished, file)
    _flush(file.parent)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
