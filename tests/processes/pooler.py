"""PgBouncer before the tests' PostgreSQL, in transaction mode: each transaction gets whichever session is free."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from tests.elapsing import until

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
SESSIONS = 4  # fewer than one process of the bot has lines
_PORT = 6432
_NOBODY = "nobody"  # PgBouncer refuses to run as root
_SETTINGS = """
[databases]
* = host={server} user={user}
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = {sessions}
max_client_conn = 200
logfile = {folder}/log
pidfile = {folder}/pid
"""


@contextmanager
def pooled(url: str) -> Iterator[str]:
    """The same database by way of a pooler, which ends with this; PROGRAM has to be there, and the server's socket."""
    address = make_url(url)
    folder = Path(tempfile.mkdtemp(prefix="amends-pooler-"))
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        _SETTINGS.format(
            server=address.query["host"], user=address.username, port=_PORT, folder=folder, sessions=SESSIONS
        )
    )
    as_nobody = os.geteuid() == 0
    if as_nobody:
        shutil.chown(folder, _NOBODY)
    process = subprocess.Popen(
        [str(PROGRAM), "-q", str(settings)],
        user=pwd.getpwnam(_NOBODY).pw_uid if as_nobody else None,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert until(lambda: (folder / f".s.PGSQL.{_PORT}").exists()), (folder / "log").read_text()
        through = address.set(port=_PORT, query={"host": str(folder)})
        yield through.render_as_string(hide_password=False)
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)
