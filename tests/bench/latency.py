"""How long people wait for the bot, measured against the practice workspace: `python -m tests.bench.latency`."""

from __future__ import annotations

import gc
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot import Bot
from cases.arrivals.feedback import read_arriving
from cases.messages import intents
from cases.model import Via
from handlers.feedback.intake import Intake
from handlers.terminal.settings import Settings, read_policy_file
from sandbox.api.faults import ApiCall
from sandbox.demo import cast
from sandbox.lines.requests import INTERACTION, Parcel, request
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Message
from store import messages
from store.engine import Tx
from tests.bench.figures import FIGURES, Figure, milliseconds, table
from tests.bench.load import feedback
from tests.processes.harness import House, until

ROUNDS, SHORT_ROUNDS = 60, 5
STARTS, SHORT_STARTS = 5, 1
CLICKS, SHORT_CLICKS = 1_000, 50
PER_SECOND = 100  # clicks
NORMAL_LOAD = 0.2  # seconds from one feedback to the next


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


def starts(times: int) -> Iterator[Figure]:
    """From the command to the line with `ready`, and what the process then occupies."""
    seconds, megabytes = [], []
    with a_house() as house:
        house.runs().kill()  # the first one makes the tables and the bytecode
        for _ in range(times):
            seconds.append(milliseconds(house.runs) / 1000)
            megabytes.append(house.processes[-1].resident_bytes() / 1e6)
            house.processes[-1].kill()
    yield Figure("start to ready, run", "s", seconds, at_most=2)
    yield Figure("resident memory when ready, run", "MB", megabytes, at_most=150)


def card_delays(house: House, rounds: int) -> list[float]:
    """From the intake's answer until the card stands in the workspace; negative when the card was quicker."""
    shown: dict[int, float] = {}

    def heard(call: ApiCall) -> None:
        content = (call.arguments.get("metadata") or {}).get("event_payload", {})
        if call.method == "chat.postMessage" and content.get("kind") == "card":
            shown[content["case"]] = time.perf_counter()

    house.practice.faults.on_call.append(heard)
    delays = []
    for number in range(rounds):
        time.sleep(NORMAL_LOAD)
        case = house.receives(f"order-{number}").content()["case"]
        answered = time.perf_counter()
        until(lambda case=case: case in shown, what="the card")  # type: ignore[misc]
        delays.append((shown[case] - answered) * 1000)
    house.practice.faults.on_call.remove(heard)
    return delays


def clicks(house: House) -> list[float]:
    """A claim by button, from the press until Slack has the answer; each on a card of its own."""
    ana = house.person("ana")
    return [milliseconds(lambda card=card: ana.click(card, "claim")) for card in house.cards()]  # type: ignore[misc]


def commands(house: House, text: str, rounds: int) -> list[float]:
    ben = house.person("ben")
    return [milliseconds(lambda: ben.command("/case", text)) for _ in range(rounds)]


def over_http(title: str, roles: Sequence[str], rounds: int) -> Iterator[Figure]:
    with a_house() as house:
        for role in roles:
            house.runs(role)
        yield Figure(f"intake answered → card visible, {title}", "ms", card_delays(house, rounds), 1000, 0.95)
        until(lambda: len(house.practice.messages("draft")) == rounds, what="all drafts")
        yield Figure(f"click acknowledged over HTTP, {title}", "ms", clicks(house))
        yield Figure(f"/case show 1 answered over HTTP, {title}", "ms", commands(house, "show 1", rounds))
        yield Figure(f"/case list answered over HTTP, {title}", "ms", commands(house, "list", rounds))


def in_process(clicks_made: int) -> Iterator[Figure]:
    """Clicks handed to the edge of a bot in this process, a hundred a second: signature, dispatch, transaction, commit.

    Whether one is late counts too: a click's time begins when it was due, not when somebody was free to take it.
    """
    gc.collect()
    gc.freeze()  # what was measured before in this process is not the bot's to look through
    with a_house() as house:
        bot = Bot(_settings(house))
        for number in range(clicks_made):
            assert bot.world.store.write(lambda tx, n=number: _case(bot, tx, n)) == number + 1  # type: ignore[misc]
        requests = [_click(house, number) for number in range(1, clicks_made + 1)]
        due = time.perf_counter() + 0.1
        with ThreadPoolExecutor(8) as crowd:
            taken = [crowd.submit(_acknowledged, bot, due + n / PER_SECOND, *r) for n, r in enumerate(requests)]
            yield Figure(
                f"click acknowledged in process, {PER_SECOND} a second", "ms", [t.result() for t in taken], 50, 0.99
            )
        bot.stop()


def _case(bot: Bot, tx: Tx, number: int) -> int:
    content = feedback(number, random.Random(number))
    arrival = Intake(bot.world, tx, Via.ARRIVAL, None).take(read_arriving(content, route="bench"))
    assert arrival.case is not None
    lost = messages.lost_sight_of(tx, intents.card(arrival.case))
    assert lost is not None
    messages.found_at(tx, lost.id, cast.CARE, _ts(arrival.case), bot.world.now())
    return arrival.case


def _ts(number: int) -> str:
    """Where the card of a case stands."""
    return f"17676{number:05}.000100"


def _acknowledged(bot: Bot, due: float, headers: dict[str, str], body: bytes) -> float:
    time.sleep(max(0.0, due - time.perf_counter()))
    assert bot.edge.slack(headers, body).status == 200
    return (time.perf_counter() - due) * 1000


def _click(house: House, number: int) -> tuple[dict[str, str], bytes]:
    """Ana presses the claim button of a card."""
    person = house.practice.workspace.people[cast.ANA]
    action = {"action_id": "claim", "type": "button", "value": f"v1:{number}", "action_ts": f"{number}.0"}
    card = Message(channel=cast.CARE, ts=_ts(number), user=cast.BOT_USER, text="card")
    payload = house.practice.payloads.message_action(person, card, [action], {})
    return request(Parcel(INTERACTION, payload), int(time.time()), cast.SIGNING_SECRET)


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


def figures(short: bool = False) -> Iterator[Figure]:
    """All of them, as they are measured."""
    rounds = SHORT_ROUNDS if short else ROUNDS
    yield from starts(SHORT_STARTS if short else STARTS)
    yield from over_http("run", ["run"], rounds)
    yield from over_http("web + worker", ["web", "worker"], rounds)
    yield from in_process(SHORT_CLICKS if short else CLICKS)


def main() -> None:
    """Prints the table; `--short` takes seconds."""
    print(table(FIGURES, [figure.cells() for figure in figures("--short" in sys.argv)]))


if __name__ == "__main__":
    main()
