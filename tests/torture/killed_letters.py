"""Processes that are killed while they hand a letter over: `python -m tests.torture.killed_letters [--kills 200] [--seed 1]`.

Each letter is handed to a mail server by a process of its own, which is ended by SIGKILL at a step that the seed chooses: at one of
the server's, around the end of DATA within milliseconds, or before or after a row is written. A second process finds what the first
one left. What counts is what the server took: each letter once, or a person is asked; never twice.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from bot import build_world
from cases.arrivals.feedback import Arriving
from cases.letters.compose import Mailbox
from cases.letters.letter import Letter, LetterState
from cases.model import Customer, Feedback
from cases.policy.page import Policy
from handlers.feedback.intake import arrived
from handlers.letters import carry
from handlers.terminal.settings import Settings
from handlers.world import World
from store import letters
from store import tables as t
from tests.mail_server import MailServer
from tests.stories.stage import empty_database

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
AT_SERVER = ("EHLO", "MAIL", "RCPT", "DATA", "END")
SOON_AFTER = (0.0, 0.001, 0.002, 0.005, 0.01)  # seconds after the last of the words
AT_ROWS = ("take_due", "begin", "save")


@dataclass
class Report:
    """What became of the letters. `findings` is what must not be."""

    kills: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    received: int = 0
    findings: list[str] = field(default_factory=list)


def tortured(kills: int, seed: int, folder: Path) -> Report:
    """So many letters, each with a kill."""
    chance, report = random.Random(seed), Report()
    database = empty_database(folder / "letters.db")
    _approve(_world(database, NOON, ""), kills)
    with MailServer() as server:
        for number in range(1, kills + 1):
            step = chance.choice((*AT_SERVER, *(f"after {wait}" for wait in SOON_AFTER), *_row_steps()))
            at = NOON + timedelta(hours=number)
            first = _process(database, at, server.url, step if step in _row_steps() else "")
            server.at_step = _killing(first, step, server)
            report.kills[step] += _ended(first) == -signal.SIGKILL
            server.at_step = lambda _: None
            _ended(_process(database, at + timedelta(minutes=20), server.url, ""))
    return _judged(report, database, server, kills)


def _row_steps() -> tuple[str, ...]:
    return tuple(f"{when} {step}" for step in AT_ROWS for when in ("before", "behind"))


def _killing(process: Any, step: str, server: MailServer) -> Callable[[str], None]:
    """What the server does when it comes to a step; its own work goes on, as it would."""

    def kill() -> None:
        if process.is_alive():
            os.kill(process.pid, signal.SIGKILL)

    def at_step(reached: str) -> None:
        if reached == step:
            kill()
        elif reached == "END" and step.startswith("after "):
            server.loop.call_later(float(step.removeprefix("after ")), kill)

    return at_step


def _process(database: Path, now: datetime, url: str, kill_at: str) -> Any:
    """A worker that hands over what is due, and perhaps ends itself at a row."""
    process = multiprocessing.get_context("fork").Process(target=_carries, args=(database, now, url, kill_at))
    process.start()
    return process


def _ended(process: Any) -> int:
    process.join(60)
    return int(process.exitcode)


def _carries(database: Path, now: datetime, url: str, kill_at: str) -> None:
    when, _, step = kill_at.partition(" ")
    if step:
        setattr(carry.letters, step, _deadly(getattr(carry.letters, step), when))
    carry.carry_letters(_world(database, now, url))
    os._exit(0)


def _deadly(step: Callable[..., Any], when: str) -> Callable[..., Any]:
    """`before` the rows are written, or `behind`: then the transaction has not ended yet."""

    def killed(*arguments: Any) -> Any:
        if when == "behind":
            step(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    return killed


def _world(database: Path, now: datetime, url: str) -> World:
    settings = Settings(
        policy=Policy(triage={"learned": False}),  # type: ignore[arg-type]
        database_url=f"sqlite:///{database}",
        smtp_url=url or "smtp://nobody.example",
        mailbox=Mailbox("Hearth & Ribbon", "care@shop.example"),
        slack_bot_token="",
        slack_signing_secret=None,
        slack_channel="C_CARE",
    )
    return build_world(settings, lambda: now, offline=True)


def _approve(world: World, count: int) -> None:
    """As many cases, each with an approved letter that is to go in the hour of its number."""
    for number in range(1, count + 1):
        customer = Customer(f"Customer {number}", f"c{number}@example.org")
        said = Feedback(external_id=str(number), source="survey", customer=customer, comment="It never arrived, awful.")
        assert arrived(world, Arriving(said)).case == number
        at = NOON + timedelta(hours=number)
        world.store.write(lambda tx, number=number, at=at: _approved(tx, number, at))  # type: ignore[misc]
    world.store.close()


def _approved(tx: letters.Tx, number: int, at: datetime) -> None:
    row = {"case_number": number, "version": 1, "at": NOON, "approved_by": "U_ANA", "use": "own"}
    tx.execute(insert(t.replies), row | {"subject": "Sorry", "body": f"Letter {number}.", "promises": []})
    named = {"message_id": f"<{number}@shop.example>", "token": f"{number:020x}", "sent_by": "U_ANA"}
    letters.send(
        tx, Letter(case=number, version=1, address=f"c{number}@example.org", asked_at=at, next_attempt_at=at, **named)
    )


def _judged(report: Report, database: Path, server: MailServer, count: int) -> Report:
    world = _world(database, NOON, "")
    states = {row.message_id: row.state for row in world.store.read(lambda tx: tx.execute(select(t.letters)).all())}
    world.store.close()
    received = Counter(str(letter["Message-ID"]) for letter in server.letters)
    report.received, report.states = sum(received.values()), Counter(states.values())
    for name, state in states.items():
        if received[name] > 1:
            report.findings.append(f"{name} was received {received[name]} times")
        if state == LetterState.SENT and not received[name]:
            report.findings.append(f"{name} is lost, and nobody is asked")
        if state not in (LetterState.SENT, LetterState.UNKNOWN):
            report.findings.append(f"{name} is {state}")
    return report


def main() -> int:
    """The long torture, and its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = tortured(asked.kills, asked.seed, Path(folder))
    steps = ", ".join(f"{step} {often}" for step, often in sorted(report.kills.items()) if often)
    print(f"{asked.kills} letters approved, {report.kills.total()} processes killed: {steps}")
    print(f"{report.received} received; {dict(report.states)}; {len(report.findings)} lost or twice")
    for finding in report.findings:
        print(f"  {finding}")
    return 1 if report.findings else 0


if __name__ == "__main__":
    sys.exit(main())
