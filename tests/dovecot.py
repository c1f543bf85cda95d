"""Dovecot, from Debian's packages, as a second IMAP server: another folder layout, SPECIAL-USE, and IDLE.

It is unpacked into a temporary folder and laid over /usr for its own process alone, which takes Debian, root, and a mirror that
answers: elsewhere `NotHere` says which of these is missing.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from tests.elapsing import until
from tests.imap_server import PASSWORD, ImapServer

PACKAGES = ("dovecot-core", "dovecot-imapd")
_CONFIGURATION = """\
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = nobody
default_internal_group = nogroup
default_login_user = nobody
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u:LAYOUT=fs
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
}}
service anvil {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = .
  mailbox Gesendet {{
    auto = create
    special_use = \\Sent
  }}
  mailbox Alles {{
    auto = create
    special_use = \\All
  }}
}}
"""


class NotHere(Exception):
    """Why it cannot be had on this machine."""


class Dovecot(ImapServer):
    """Its folders are INBOX, Gesendet (the sent ones) and Alles (all letters), parted by a dot."""

    def __enter__(self) -> Dovecot:
        self._folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        try:
            self._unpack()
            self._start()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        return self

    def _unpack(self) -> None:
        missing = [each for each in ("apt-get", "dpkg", "unshare", "mount") if not shutil.which(each)]
        if missing or os.getuid() != 0:
            raise NotHere(f"it wants {', '.join(missing) or 'to be root'}")
        _run("apt-get", "-qq", "download", *PACKAGES, folder=self._folder)
        for package in self._folder.glob("*.deb"):
            _run("dpkg", "-x", str(package), "root", folder=self._folder)

    def _start(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        page = self._folder / "dovecot.conf"
        page.write_text(_CONFIGURATION.format(folder=self._folder, password=PASSWORD, port=self.port))
        for name in ("run", "mail"):
            (self._folder / name).mkdir()
        self._folder.chmod(0o755)
        shutil.chown(self._folder / "mail", "nobody", "nogroup")
        over = f"mount -t overlay overlay -o lowerdir={self._folder}/root/usr:/usr /usr && exec dovecot -F -c {page}"
        self._process = subprocess.Popen(["unshare", "-m", "sh", "-c", over], stderr=subprocess.PIPE)
        until(lambda: self._answers() or self._process.poll() is not None)
        if not self._answers():
            said = self._process.stderr.read().decode()[:200] if self._process.stderr else ""
            raise NotHere(f"it does not start: {said}")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _run(*command: str, folder: Path) -> None:
    with suppress(subprocess.TimeoutExpired):
        if subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False).returncode == 0:
            return
    raise NotHere(f"{' '.join(command[:3])} fails: no mirror answers")
