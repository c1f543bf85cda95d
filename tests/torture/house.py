"""Several processes on one database beside a served practice workspace, left in peace: for what they must do together."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import func, select

from sandbox.api.faults import ApiCall
from sandbox.demo.cast import CARE
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Message
from store import tables as t
from store.engine import Store
from tests import elapsing
from tests.torture.balancer import Balancer
from tests.torture.evidence import about, unfinished
from tests.torture.fleet import Fleet
from tests.torture.setting import Plan, policy
from tests.torture.torture import berths, free_ports, migrated

T = TypeVar("T")


class House:
    """What tests ask of the fleet and see in Slack."""

    def __init__(self, practice: PracticeWorkspace, fleet: Fleet, store: Store) -> None:
        self.practice = practice
        self.fleet = fleet
        self._store = store

    def rests(self) -> House:
        """Waits until all is said that is owed by now, and the bot knows so: then every call is in the log."""
        self.until(lambda: not self._store.read(lambda tx: unfinished(tx, datetime.now(UTC))), "quiet")
        return self

    def owes(self, kind: str) -> int:
        """How many messages of a kind the bot still has to bring to Slack."""
        owed = select(func.count()).where(t.is_owed, t.messages.c.kind == kind)
        return int(self._store.read(lambda tx: tx.scalar(owed)) or 0)

    @contextmanager
    def pauses(self, method: str, seconds: int) -> Iterator[None]:
        """Slack refuses these calls in the channel, and asks for that many seconds each time, until the block ends."""
        faults = self.practice.faults
        pause = faults.rate_limit(method, retry_after=seconds, count=1_000_000, channel=CARE)
        try:
            yield
        finally:
            pause.count = 0

    def receives(self, external_id: str) -> int:
        """An unhappy customer's webhook, sent until it is taken; the number of the case."""
        data = {"external_id": external_id, "comment": "My order never arrived. I want my money back."}
        payload = {"type": "feedback.created", "timestamp": datetime.now(UTC).isoformat(), "data": data}
        answer = self.until(lambda: self._taken(payload, f"msg_{external_id}"), f"an answer to {external_id}")
        return int(answer["case"])

    def _taken(self, payload: dict[str, Any], message_id: str) -> dict[str, Any]:
        answer = self.practice.intake.send(payload, message_id)
        return answer.content() if answer.status in (200, 201) else {}

    def shows(self, kind: str, number: int | None = None) -> Message:
        """Waits for the first message of a kind, about that case where one is named."""

        def found() -> Message | None:
            return next((m for m in self.practice.messages(kind) if number in (None, about(m)["case"])), None)

        return self.until(found, f"the {kind} of case {number}")

    def until(self, look: Callable[[], T | None], what: str) -> T:
        """Waits until `look` answers something true. Raises AssertionError with all logs when it takes too long."""
        seen = elapsing.until(look, pause=0.02)
        assert seen, f"{what} did not come\n{self.fleet.logs()}"
        return seen

    def calls(self, method: str, channel: str | None = None) -> list[ApiCall]:
        """The calls so far, oldest first."""
        return [call for call in self.practice.faults.made(method) if channel in (None, call.arguments["channel"])]


def kind_of(call: ApiCall) -> str:
    """What a call shows: "card", "draft" …"""
    return str(call.arguments["metadata"]["event_payload"]["kind"])


@contextmanager
def furnished(
    plan: Plan, database_url: str, folder: Path, *, pace: str = "0s", program: Sequence[str] = ("bot.py",)
) -> Iterator[House]:
    """A house whose processes have all begun."""
    store = migrated(database_url)
    (folder / "policy.toml").write_text(policy(plan, pace))
    with PracticeWorkspace(start=datetime.now(UTC), speed=1.0) as practice:
        practice.delivery.seconds = elapsing.PATIENCE  # Slack's three are too few for a busy machine
        ports = free_ports(plan, database_url)
        fleet = Fleet(berths(plan, database_url, practice.slack_api_url, folder, ports, program))
        with fleet, Balancer(ports, random.Random(plan.seed), losing=0.0) as balancer:
            practice.connect_http(balancer.url)
            house = House(practice, fleet, store)
            house.until(lambda: all(berth.ready for berth in fleet.berths), "the word ready")
            yield house
    store.close()
    assert not fleet.crashes, fleet.crashes
