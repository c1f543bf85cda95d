"""One torture from beginning to end: a fleet, its visitors and its enemies, its letters; then all is mended, and counted."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sandbox.mail.servers import MailServers
from sandbox.server import PracticeWorkspace
from store import facts, schema
from store.engine import Store, connect
from tests.torture.balancer import Balancer
from tests.torture.colleagues import Colleagues
from tests.torture.customers import Customers
from tests.torture.evidence import Evidence, dump, gathered, unfinished
from tests.torture.fleet import Berth, Fleet
from tests.torture.invariants import broken, lost
from tests.torture.saboteur import Saboteur
from tests.torture.setting import Plan, policy, settings
from tests.torture.weather import Weather
from tests.torture.writers import Writers, approved_before

_THINKING = 3  # how many times longer a customer pauses than processes and Slack are left alone
_SOON = 5  # steps of the ladder that are waited for; whether an owner still has a case is asked an hour later
_LOSING = 0.04  # the share of the bot's own answers that get lost
_PATIENCE = 90.0  # seconds that visitors have for what they have begun, once processes are left alone
_LONGEST_WAIT = 300.0  # seconds; what Slack has refused again and again is tried again after so long
_RETRIES = 100_000  # Slack tells of an event three times in six minutes; here until it is taken


@dataclass(frozen=True, slots=True)
class Report:
    """What was done, what came of it, and what should not have: `findings`, empty when all is well."""

    figures: dict[str, dict[str, float]]
    findings: list[str] = field(default_factory=list)


def tortured(plan: Plan, database_url: str, folder: Path) -> Report:
    """Runs the torture on an empty database. The folder gets the logs of all processes, and the tables if anything is found."""
    begun = time.monotonic()
    with PracticeWorkspace(start=datetime.now(UTC), speed=1.0) as practice:
        practice.delivery.delays = (timedelta(seconds=0.3),) * _RETRIES  # type: ignore[assignment]
        practice.delivery.sent = deque()
        store = migrated(database_url)
        try:
            return _Torture(plan, practice, store, database_url, folder).run(begun)
        finally:
            store.close()


def migrated(url: str) -> Store:
    """The database of an installation that has been there since yesterday, so that today's digest is owed."""
    store = Store(connect(url))
    schema.migrate(store.engine)
    since = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    store.write(lambda tx: facts.remember(tx, "installed_at", since))
    return store


class _Torture:
    """Everybody who takes part."""

    def __init__(self, plan: Plan, practice: PracticeWorkspace, store: Store, url: str, folder: Path) -> None:
        self.plan, self.practice, self.store, self.folder = plan, practice, store, folder
        (folder / "policy.toml").write_text(policy(plan))
        ports = free_ports(plan, url)
        approved_before(url, plan.letters, plan.calm)
        self.saboteur = Saboteur(practice, plan)  # before the mail server, which it listens to
        mail = practice.start_mail()
        program = ("-m", "tests.torture.hurried")
        self.fleet = Fleet(berths(plan, url, practice.slack_api_url, folder, ports, program, mail))
        self.balancer = Balancer(ports, random.Random(plan.seed + 4), _LOSING)
        self.weather = Weather(practice, plan)
        self.customers = Customers(practice, plan.seed)
        self.colleagues = Colleagues(practice, plan)
        self.writers = Writers(practice, plan, self.store)

    def run(self, begun: float) -> Report:
        findings: list[str] = []
        with self.fleet, self.balancer:
            self.practice.connect_http(self.balancer.url)
            with self._visitors() as over:
                over.wait(2)  # they start first
                self.saboteur.work(self.fleet, over)
                self.balancer.losing = 0.0
                self.fleet.mend()
            findings += self._calm()
        evidence = gathered(
            self.store, self.practice, self.customers.accepted, self.colleagues.noted, self.writers.answered
        )
        findings += [*self.fleet.crashes, *self.customers.refused, *self.colleagues.stumbled, *broken(evidence)]
        if findings:
            dump(self.store, self.folder)
            (self.folder / "findings.txt").write_text("\n".join(findings))
        return Report(self._figures(evidence, time.monotonic() - begun), findings)

    @contextmanager
    def _visitors(self) -> Iterator[threading.Event]:
        """Customers, colleagues and bad weather, until the block ends or the longest time is over."""
        over = threading.Event()
        calm = _THINKING * self.plan.calm
        works: list[Callable[[], None]] = [lambda: self.colleagues.work(over), lambda: self.weather.blow(over)]
        works += [lambda: self.writers.work(over)]
        works += [lambda: self.customers.write(over, calm)] * self.plan.customers
        threads = [threading.Thread(target=work) for work in works]
        timer = threading.Timer(self.plan.longest, over.set)
        for thread in (*threads, timer):
            thread.start()
        try:
            yield over
        finally:
            over.set()
            timer.cancel()
            deadline = time.monotonic() + _PATIENCE
            for thread in threads:
                thread.join(max(0.0, deadline - time.monotonic()))
            self.customers.giving_up.set()

    def _calm(self) -> list[str]:
        """Waits until nothing is left to be done. What is left after all is a finding each."""
        patience = time.monotonic() + _PATIENCE + _LONGEST_WAIT + 6 * self.plan.away + 4 * self.plan.contact
        while time.monotonic() < patience:
            soon = datetime.now(UTC) + timedelta(seconds=_SOON * self.plan.every)
            telling = (
                self.practice.delivery.waiting
            )  # asked first: what is told while the database is read may make new work
            left = self.store.read(lambda tx, soon=soon: unfinished(tx, soon, self.writers.answered))
            if not left and not telling:
                return []
            time.sleep(0.2)
        return [f"never done: {what}" for what in left] + ["Slack still has events to tell"] * bool(telling)

    def _figures(self, evidence: Evidence, seconds: float) -> dict[str, dict[str, float]]:
        answers = [answer for parcel, answer in evidence.parcels]
        standing = [found for messages in evidence.standing.values() for found in messages]
        return {
            "processes": dict(self.fleet.counts),
            "feedback": dict(self.customers.counts)
            | {"accepted": len(evidence.accepted), "cases": len(evidence.cases)},
            "colleagues": dict(self.colleagues.counts),
            "letters": {
                "approved": len(evidence.letters),
                "received": sum(evidence.received.values()),
                "answers": len(evidence.answered),
            }
            | dict(Counter(row.state for row in evidence.letters.values())),
            "Slack told": {
                "parcels": len(answers),
                "again": sum(parcel.retry > 0 for parcel, _ in evidence.parcels),
                "answers lost": self.balancer.lost,
            },
            "faults": dict(self.weather.faults),
            "calls": dict(self.weather.calls),
            "messages": dict(Counter(message.kind or "" for message in standing)),
            "outcome": {
                "lost": len(lost(evidence)),
                "doubled": len(standing) - len(evidence.standing),
                "seconds": round(seconds),
            },
        }


def free_ports(plan: Plan, database_url: str) -> list[int]:
    """One for each process that answers: on SQLite there is but one."""
    count = plan.webs if database_url.startswith("postgres") else 1
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def berths(
    plan: Plan,
    database_url: str,
    slack_api_url: str,
    folder: Path,
    ports: Sequence[int],
    program: Sequence[str] = ("bot.py",),
    mail: MailServers | None = None,
) -> list[Berth]:
    """`web`s and `worker`s on PostgreSQL, one `run` on SQLite; the policy is in the folder, and logs go there."""
    several = database_url.startswith("postgres")
    roles = [("web" if several else "run", port) for port in ports]
    roles += [("worker", 0)] * (plan.workers if several else 0)
    environment = settings(database_url, slack_api_url, folder / "policy.toml", mail)
    return [
        Berth(f"{role}-{i}", [*program, role], environment | {"PORT": str(port)}, folder / f"{role}-{i}.log")
        for i, (role, port) in enumerate(roles)
    ]
