"""The bot's processes as a platform runs them: whichever has ended is started again, at once or after a while."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
_GLANCE = 0.02  # seconds
_SAID = 2000  # characters of a log that a finding quotes


class Berth:
    """A place for one process: its command, its settings and its log, whichever process has the place just now."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self.name = name
        self.log = log
        self.back_at = 0.0  # time.monotonic(); not started again before
        self.thawed_at: float | None = None  # stopped until then
        self.meant = True  # the next end is our doing
        self._command = [sys.executable, *command]
        inherited = {known: os.environ[known] for known in ("PATH", "HOME", "LANG") if known in os.environ}
        self._environment = inherited | {"PYTHONUNBUFFERED": "1"} | dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self.starts = 0  # how many processes have been there
        self._said_before = 0  # bytes of the log, by earlier processes
        self._ready = False

    def start(self) -> None:
        """Puts a new process there."""
        with self.log.open("ab") as said:
            self._said_before = said.tell()
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )
        self.meant, self.thawed_at, self._ready = False, None, False
        self.starts += 1

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The number of the process that is there. Raises AssertionError when none has been yet."""
        assert self._process is not None
        return self._process.pid

    @property
    def ready(self) -> bool:
        """Whether the process that is there has said so."""
        if not self._ready and self._process is not None:
            with self.log.open("rb") as said:
                said.seek(self._said_before)
                self._ready = b" ready" in said.read()
        return self._ready and self.alive

    @property
    def code(self) -> int | None:
        """How the last process ended."""
        return None if self._process is None else self._process.poll()

    @property
    def said(self) -> str:
        """All that the processes there said on standard output and error."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def signal(self, number: int) -> None:
        """A signal to the process that is there, if it still lives."""
        if self._process is not None:
            self._process.send_signal(number)

    def wait(self, seconds: float) -> None:
        """Until the process has ended. Raises subprocess.TimeoutExpired."""
        if self._process is not None:
            self._process.wait(seconds)


class Fleet:
    """All processes. A thread starts those again that have ended, and wakes those that were stopped.

    `crashes` are ends that nobody here brought about: each is a finding. `counts` counts what was done to processes.
    """

    def __init__(self, berths: Sequence[Berth]) -> None:
        self.berths = berths
        self.crashes: list[str] = []
        self.counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def __enter__(self) -> Fleet:
        self._keeper.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._keeper.join()
        for berth in self.berths:
            berth.signal(signal.SIGCONT)
            berth.signal(signal.SIGTERM)
        for berth in self.berths:
            try:
                berth.wait(10)
            except subprocess.TimeoutExpired:
                berth.signal(signal.SIGKILL)
                berth.wait(10)

    def kill(self, berth: Berth, back_in: float = 0.0) -> None:
        """kill -9: nothing is tidied."""
        self._end(berth, signal.SIGKILL, "kills", back_in)

    def terminate(self, berth: Berth, back_in: float = 0.0) -> None:
        """Asks it to end, as a platform does for a new version."""
        self._end(berth, signal.SIGTERM, "asked to end", back_in)

    def _end(self, berth: Berth, number: int, what: str, back_in: float) -> None:
        with self._lock:
            if not berth.alive or berth.meant:
                return
            berth.meant = True
            berth.back_at = time.monotonic() + back_in
            self.counts[what] += 1
            berth.signal(number)

    def freeze(self, berth: Berth, seconds: float) -> None:
        """It hangs for so long, wherever it is, as on a machine that swaps or is moved."""
        with self._lock:
            if berth.alive and not berth.meant and berth.thawed_at is None:
                berth.thawed_at = time.monotonic() + seconds
                self.counts["hung"] += 1
                berth.signal(signal.SIGSTOP)

    def mend(self) -> None:
        """Everything runs again, now."""
        with self._lock:
            for berth in self.berths:
                berth.back_at = 0.0
                berth.thawed_at = None
                berth.signal(signal.SIGCONT)

    def logs(self) -> str:
        """What all processes said."""
        return "\n".join(f"--- {berth.log.name}\n{berth.said}" for berth in self.berths)

    def _keep(self) -> None:
        while not self._over.wait(_GLANCE):
            with self._lock:
                for berth in self.berths:
                    self._look_after(berth)

    def _look_after(self, berth: Berth) -> None:
        now = time.monotonic()
        if berth.alive:
            if berth.thawed_at is not None and berth.thawed_at <= now:
                berth.thawed_at = None
                berth.signal(signal.SIGCONT)
            return
        if not berth.meant:
            self.crashes.append(f"{berth.name} ended by itself with {berth.code}:\n{berth.said[-_SAID:]}")
            berth.meant, berth.back_at = True, now + 1.0
        if berth.back_at <= now:
            self.counts["starts"] += 1
            berth.start()
