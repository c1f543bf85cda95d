"""An IMAP server for tests: pymap with a mailbox in memory, as a process of its own on a loopback port."""

from __future__ import annotations

import imaplib
import socket
import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from types import TracebackType

from tests.elapsing import until

USER, PASSWORD = "care", "secret"
# Of a password that everybody may know a fast hash will do; pymap's own takes longer than all else that a look into a box does.
_PROGRAM = """
import functools, pymap.config
pymap.config.BuiltinHash = functools.partial(pymap.config.BuiltinHash, rounds=1)
from pymap.main import main
main()
"""


class ImapServer:
    """The mailbox stands at `url`; `put` lays letters into its folders."""

    def __enter__(self) -> ImapServer:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        how = ["--host", "127.0.0.1", "--port", str(self.port), "--no-tls", "--no-service", "managesieve"]
        of = ["dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *how, *of],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self._answers)
        return self

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    @property
    def url(self) -> str:
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.port}"

    def put(self, folder: str, letter: EmailMessage, at: datetime) -> None:
        """A letter lies in that folder since `at`; the folder is made where there is none."""
        with imaplib.IMAP4("127.0.0.1", self.port) as box:
            box.login(USER, PASSWORD)
            box.create(folder)
            box.append(folder, "", imaplib.Time2Internaldate(at), letter.as_bytes())  # type: ignore[arg-type]

    def rename(self, folder: str, name: str) -> None:
        """The folder is called so from now on."""
        with imaplib.IMAP4("127.0.0.1", self.port) as box:
            box.login(USER, PASSWORD)
            box.rename(folder, name)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
