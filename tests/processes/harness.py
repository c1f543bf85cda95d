"""The bot as a real process: started, watched, ended or killed, beside a served practice workspace on the real clock."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sandbox.demo import cast
from sandbox.lines.requests import Answer
from sandbox.people.colleague import Colleague
from sandbox.people.reading import plain
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Message
from store import facts, schema
from store.engine import Store, Tx, connect
from tests import elapsing
from tests.elapsing import PATIENCE

ROOT = Path(__file__).parents[2]
T = TypeVar("T")

POLICY = """
team = "Hearth & Ribbon"
timezone = "UTC"
lead = "@lea"
[flood]
cards = 0
[hours]
always = true
[clocks.normal]
claim = "{claim}"
contact = "{contact}"
[clocks.high]
claim = "{claim}"
contact = "{contact}"
[clocks.critical]
claim = "{claim}"
contact = "{contact}"
[[nudges]]
when = "unclaimed"
after = "0s"
tell = "thread"
[[nudges]]
when = "not_contacted"
after = "0s"
tell = "owner"
[digest]
at = "00:00"
[delivery]
per_channel = "0s"
lease = "1s"
[triage]
learned = {learned}
"""


def until(look: Callable[[], T | None], seconds: float = PATIENCE, what: str = "") -> T:
    """Waits until `look` answers something true, and returns it. Raises AssertionError when that takes too long."""
    seen = elapsing.until(look, seconds, pause=0.01)
    if not seen:
        raise AssertionError(f"{what or 'what was waited for'} did not come within {seconds:g} s")
    return seen


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def migrate(url: str, *, installed: timedelta | None = None) -> None:
    """Gives a database its tables; those of an installation that has been running for so long, where that is given."""
    store = Store(connect(url))
    schema.migrate(store.engine)
    if installed is not None:
        since = (datetime.now(UTC) - installed).isoformat()
        store.write(lambda tx: facts.remember(tx, "installed_at", since))
    store.close()


class BotProcess:
    """One `python bot.py …`. What it says on standard output and error goes to a file, and into every failure."""

    def __init__(self, command: list[str], environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        with log.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "bot.py", *command],
                cwd=ROOT,
                env=inherited | {"PYTHONUNBUFFERED": "1"} | dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    @property
    def said(self) -> str:
        """All of standard output and error so far."""
        return self.log.read_text(errors="replace")

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def ready(self) -> BotProcess:
        """Waits for the one line with the word `ready`."""
        self.says("ready")
        return self

    def says(self, words: str) -> None:
        """Waits until the words stand in the log. Raises AssertionError with the log when the process ends without them."""
        until(lambda: words in self.said or not self.alive, what=f"the word {words!r}\n{self.said}")
        assert words in self.said, f"the bot ended with {self.process.returncode}:\n{self.said}"

    def kill(self) -> None:
        """kill -9: nothing is tidied."""
        self.process.kill()
        self.process.wait()

    def terminate(self, number: int = signal.SIGTERM) -> int:
        """Asks it to end; the exit code."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        """Waits for the end; the exit code."""
        try:
            return self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the bot does not end:\n{self.said}") from None

    def cpu_seconds(self) -> float:
        """Processor time used so far, user and system, from /proc."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_bytes(self) -> int:
        """Memory in use now, from /proc."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


class House:
    """A practice workspace, a database and settings; starts processes on them and knows what there is to see in Slack."""

    def __init__(
        self,
        practice: PracticeWorkspace,
        folder: Path,
        *,
        claim: str = "1h",
        contact: str = "2h",
        database_url: str | None = None,
        learned: bool = False,
    ) -> None:
        self.practice = practice
        self.folder = folder
        self.port = free_port()
        self.database_url = database_url or f"sqlite:///{folder / 'amends.db'}"
        policy = folder / "policy.toml"
        policy.write_text(POLICY.format(claim=claim, contact=contact, learned=str(learned).lower()))
        self.processes: list[BotProcess] = []
        self.environment = {
            "SLACK_BOT_TOKEN": cast.BOT_TOKEN,
            "SLACK_SIGNING_SECRET": cast.SIGNING_SECRET,
            "SLACK_API_URL": practice.slack_api_url,
            "SLACK_CHANNEL": cast.CARE,
            "INTAKE_SECRET": cast.INTAKE_SECRET,
            "DATABASE_URL": self.database_url,
            "POLICY_FILE": str(policy),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
        }
        practice.connect_http(self.url)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def starts(self, *command: str, **settings: str | None) -> BotProcess:
        """Starts `python bot.py command`, without waiting; settings change the environment, None takes one away."""
        environment = {name: value for name, value in (self.environment | settings).items() if value is not None}
        process = BotProcess(list(command), environment, self.folder / f"process-{len(self.processes)}.log")
        self.processes.append(process)
        return process

    def runs(self, command: str = "run", **settings: str | None) -> BotProcess:
        """Starts a role and waits until it says that it is ready."""
        return self.starts(command, **settings).ready()

    def close(self) -> None:
        """Whatever still runs is killed."""
        for process in self.processes:
            if process.alive:
                process.kill()

    def logs(self) -> str:
        """What all processes said."""
        return "\n".join(f"--- {process.log.name}\n{process.said}" for process in self.processes)

    # What comes in

    def get(self, path: str) -> int:
        """The status of a GET; 0 while nobody answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=PATIENCE) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code
        except OSError:
            return 0

    def receives(self, external_id: str, **content: Any) -> Answer:
        """Feedback arrives by signed webhook; status 0 when nobody answered."""
        told = {"external_id": external_id, "comment": "My order never arrived. I want my money back.", **content}
        payload = {"type": "feedback.created", "timestamp": datetime.now(UTC).isoformat(), "data": told}
        return self.practice.intake.send(payload, f"msg_{external_id}")

    def person(self, name: str) -> Colleague:
        return self.practice.person(name)

    # What there is to see

    def cards(self, number: int | None = None) -> list[Message]:
        return [m for m in self.practice.messages("card") if number in (None, about(m)["case"])]

    def card(self, number: int = 1) -> Message:
        """Waits for the card of a case."""
        return until(lambda: self.cards(number), what=f"the card of case {number}")[0]

    def card_says(self, words: str, number: int = 1) -> Message:
        """Waits until the card of a case reads so."""
        card = self.card(number)
        until(lambda: words in plain(card), what=f"{words!r} on the card\n{plain(card)}")
        return card

    def shows(self, kind: str, count: int = 1) -> list[Message]:
        """Waits until there are so many messages of a kind."""
        return until(
            lambda: found if len(found := self.practice.messages(kind)) >= count else None, what=f"{count} of {kind}"
        )

    def asks(self, question: Callable[[Tx], T]) -> T:
        """What the database says, looked at from outside."""
        store = Store(connect(self.database_url))
        try:
            return store.read(question)
        finally:
            store.close()


def about(message: Message) -> dict[str, Any]:
    """What the bot's metadata says of a message."""
    return dict((message.metadata or {}).get("event_payload") or {})
