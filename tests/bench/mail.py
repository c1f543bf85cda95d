"""What an idle look into the mailbox costs, and finding a letter among 100,000: `python -m tests.bench.mail`."""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_connection, create_server, socket

from sqlalchemy import insert

from bot import build_world
from cases.arrivals.feedback import Arriving
from cases.letters.compose import Mailbox as From
from cases.letters.seen import seen
from cases.model import Customer, Feedback
from cases.policy.page import Policy
from handlers.feedback.intake import arrived
from handlers.letters.imap import Imap
from handlers.letters.look import NEVER, Mailbox, look_through
from handlers.terminal.settings import Settings
from handlers.world import World
from store import letters
from store import tables as t
from tests.imap_server import PASSWORD, USER, ImapServer
from tests.stories.mailbox import composed
from tests.stories.stage import empty_database

MANY, ROUNDS = 100_000, 200
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


class Counting:
    """A line to a server on this machine: what went over it, both ways."""

    def __init__(self, to: int) -> None:
        self._to, self.lines, self.bytes_out, self.bytes_in = to, 0, 0, 0
        self._door = create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            ours, _ = self._door.accept()
            theirs = create_connection(("127.0.0.1", self._to))
            for way in ((ours, theirs, True), (theirs, ours, False)):
                threading.Thread(target=self._carry, args=way, daemon=True).start()

    def _carry(self, here: socket, there: socket, is_out: bool) -> None:
        while data := here.recv(65536):
            self.lines += data.count(b"\n") if is_out else 0
            self.bytes_out += len(data) if is_out else 0
            self.bytes_in += 0 if is_out else len(data)
            there.sendall(data)


def _world(folder: str, imap: str) -> World:
    database = empty_database(Path(folder) / "mail.db")
    settings = Settings(
        policy=Policy(triage={"learned": False}, mail={"authserv_id": "mx.shop.example"}),  # type: ignore[arg-type]
        database_url=f"sqlite:///{database}",
        imap_url=imap,
        mailbox=From("Hearth & Ribbon", "care@shop.example"),
        slack_bot_token="",
        slack_signing_secret=None,
        slack_channel="C_CARE",
    )
    return build_world(settings, lambda: NOON, offline=True)


def _waits(world: World, count: int) -> None:
    for number in range(count):
        customer = Customer(f"Customer {number}", f"c{number}@example.org")
        said = Feedback(external_id=str(number), source="survey", customer=customer, comment="It never arrived, awful.")
        arrived(world, Arriving(said))


def idle_looks() -> Iterator[str]:
    """What goes over the line at a look that finds nothing, by how many customers wait."""
    for waiting in (0, 1, 10, 100):
        with ImapServer() as server, tempfile.TemporaryDirectory() as folder:
            server.put("Sent", composed(NOON - timedelta(days=2)), NOON - timedelta(days=2))
            line = Counting(server.port)
            url = f"imap://{USER}:{PASSWORD}@127.0.0.1:{line.port}"
            world, mailbox = _world(folder, url), Mailbox(Imap(url))
            _waits(world, waiting)
            look_through(world, mailbox)
            line.lines = line.bytes_out = line.bytes_in = 0
            mailbox.looked_at = NEVER
            look_through(world, mailbox)
            time.sleep(0.1)  # the last words of the line
            yield f"| {waiting} | {line.lines} | {line.bytes_out:,} | {line.bytes_in:,} |"


def _median(work: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    took = []
    for _ in range(ROUNDS):
        begins = time.process_time()
        work()
        took.append((time.process_time() - begins) * 1000)
    return statistics.median(took)


@contextmanager
def _many() -> Iterator[World]:
    with tempfile.TemporaryDirectory() as folder:
        world = _world(folder, "imap://nobody.example")
        _waits(world, 1)
        named = {"sent_by": "U_ANA", "state": "sent", "asked_at": NOON, "attempts": 1, "next_attempt_at": NOON}
        rows = [
            named
            | {"case_number": 1, "version": each, "address": "c0@example.org", "ended_at": NOON}
            | {"message_id": f"<{each:020x}@shop.example>", "token": f"{each:020x}"}
            for each in range(1, MANY + 1)
        ]
        world.store.write(lambda tx: tx.execute(insert(t.letters), rows))
        yield world
        world.store.close()


def matching() -> Iterator[str]:
    """How long it takes to find which of very many letters another one answers."""
    with _many() as world:
        token, names = f"{MANY // 2:020x}", [f"<{each}@elsewhere.example>" for each in range(40)]
        ways: dict[str, Callable[[letters.Tx], object]] = {
            "by token": lambda tx: letters.answered(tx, [token], names),
            "by References, ours the last of 41": lambda tx: letters.answered(
                tx, [], [*names, f"<{token}@shop.example>"]
            ),
            "a stranger's, of none": lambda tx: letters.answered(tx, ["8812"], names),
            "whether it is our own": lambda tx: letters.is_ours(tx, f"<{token}@shop.example>"),
        }
        for name, way in ways.items():
            yield f"| {name} | {_median(lambda way=way: world.store.read(way)):.2f} ms |"  # type: ignore[misc]
    waiting = {f"c{number}@example.org": NOON - timedelta(hours=1) for number in range(1000)}
    headers = {"from": "Ana <ana@shop.example>", "to": "Priya <c7@example.org>", "message-id": "<1@x>"}
    headers["date"] = "Mon, 05 Jan 2026 11:30:00 +0000"
    yield f"| head of a sent letter, 1,000 waiting | {_median(lambda: seen(headers, waiting, NOON)):.2f} ms |"


def main() -> None:
    """Prints both tables."""
    print("| customers who wait | commands | bytes sent | bytes received |\n|---:|---:|---:|---:|")
    for row in idle_looks():
        print(row, flush=True)
    print(f"\n| which of {MANY:,} letters | processor time |\n|---|---:|")
    for row in matching():
        print(row, flush=True)


if __name__ == "__main__":
    main()
