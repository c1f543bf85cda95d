"""How long people wait for the bot, measured against the practice workspace: `python -m tests.bench.latency`."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot import Bot
from handlers.settings import Settings, read_policy_file
from sandbox import cast
from sandbox.faults import ApiCall
from sandbox.roads import INTERACTION, Parcel, request
from sandbox.server import PracticeWorkspace
from tests.processes.harness import House, about, until

ROUNDS = 60
STARTS = 5


@dataclass(frozen=True)
class Figure:
    """One row of the table: what was measured, in which unit, and all that was measured."""

    what: str
    unit: str
    measured: Sequence[float]

    def __str__(self) -> str:
        ordered = sorted(self.measured)
        p95, p99 = (ordered[min(int(len(ordered) * share), len(ordered) - 1)] for share in (0.95, 0.99))
        return f"{self.what:<52}{statistics.median(ordered):>9.1f}{p95:>9.1f}{p99:>9.1f}  {self.unit}"


@contextmanager
def a_house() -> Iterator[House]:
    """A workspace on the real clock, with a bot's settings and an empty folder."""
    practice = PracticeWorkspace(start=datetime.now(UTC), speed=1.0)
    with practice, tempfile.TemporaryDirectory(prefix="amends-bench-") as folder:
        house = House(practice, Path(folder))
        try:
            yield house
        finally:
            house.close()


def milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def starts() -> Iterator[Figure]:
    """From the command to the line with `ready`, and what the process then occupies."""
    seconds, megabytes = [], []
    with a_house() as house:
        house.runs().kill()  # the first one makes the tables and the bytecode
        for _ in range(STARTS):
            seconds.append(milliseconds(house.runs) / 1000)
            megabytes.append(house.processes[-1].resident_bytes() / 1e6)
            house.processes[-1].kill()
    yield Figure("start to ready, run", "s", seconds)
    yield Figure("resident memory when ready, run", "MB", megabytes)


def card_delays(house: House) -> list[float]:
    """From the intake's answer until the card stands in the workspace; negative when the card was quicker."""
    shown: dict[int, float] = {}

    def heard(call: ApiCall) -> None:
        content = (call.arguments.get("metadata") or {}).get("event_payload", {})
        if call.method == "chat.postMessage" and content.get("kind") == "card":
            shown[content["case"]] = time.perf_counter()

    house.practice.faults.on_call.append(heard)
    delays = []
    for number in range(ROUNDS):
        case = house.receives(f"order-{number}").body["case"]
        answered = time.perf_counter()
        until(lambda case=case: case in shown, what="the card")  # type: ignore[misc]
        delays.append((shown[case] - answered) * 1000)
    house.practice.faults.on_call.remove(heard)
    return delays


def clicks(house: House) -> list[float]:
    """A claim by button, from the press until Slack has the answer; each on a card of its own."""
    ana = house.person("ana")
    return [milliseconds(lambda card=card: ana.click(card, "claim")) for card in house.cards()]  # type: ignore[misc]


def commands(house: House, text: str) -> list[float]:
    ben = house.person("ben")
    return [milliseconds(lambda: ben.command("/case", text)) for _ in range(ROUNDS)]


def over_http(title: str, roles: Sequence[str]) -> Iterator[Figure]:
    with a_house() as house:
        for role in roles:
            house.runs(role)
        yield Figure(f"intake answered → card visible, {title}", "ms", card_delays(house))
        until(lambda: len(house.practice.messages("draft")) == ROUNDS, what="all drafts")
        yield Figure(f"click acknowledged over HTTP, {title}", "ms", clicks(house))
        yield Figure(f"/case show 1 answered over HTTP, {title}", "ms", commands(house, "show 1"))
        yield Figure(f"/case list answered over HTTP, {title}", "ms", commands(house, "list"))


def in_process() -> Iterator[Figure]:
    """The same click handed to the edge of a bot in this process: signature, dispatch, transaction, commit."""
    with a_house() as house:
        bot = Bot(_settings(house))
        house.practice.connect(None, lambda h, b: (bot.edge.intake("generic", h, b).status, {}, b""))
        for number in range(ROUNDS):
            house.receives(f"order-{number}")
        bot.start_workers()
        until(lambda: len(house.practice.messages("draft")) == ROUNDS, what="all drafts")
        yield Figure("click acknowledged in process", "ms", [_click(house, bot, n) for n in range(1, ROUNDS + 1)])
        bot.stop()


def _click(house: House, bot: Bot, number: int) -> float:
    card = next(card for card in house.cards(number) if about(card)["case"] == number)
    person = house.practice.workspace.people[cast.ANA]
    action = {"action_id": "claim", "type": "button", "value": f"v1:{number}", "action_ts": card.ts}
    payload = house.practice.envelopes.message_action(person, card, [action], {})
    headers, body = request(Parcel(INTERACTION, payload), int(time.time()))
    return milliseconds(lambda: bot.edge.slack(headers, body))


def _settings(house: House) -> Settings:
    return Settings(
        policy=read_policy_file(house.environment["POLICY_FILE"], required=True),
        slack_bot_token=cast.BOT_TOKEN,
        slack_signing_secret=cast.SIGNING_SECRET,
        slack_api_url=house.practice.slack_api_url,
        slack_channel=cast.CARE,
        database_url=house.database_url,
        secrets={"generic": cast.INTAKE_SECRET},
    )


def main() -> None:
    """Prints the table; rows appear as they are measured."""
    print(f"{'':<52}{'p50':>9}{'p95':>9}{'p99':>9}")
    for rows in (starts(), over_http("run", ["run"]), over_http("web + worker", ["web", "worker"]), in_process()):
        for row in rows:
            print(row, flush=True)


if __name__ == "__main__":
    main()
