"""The whole bot as a process that opens a WebSocket to Slack, through the socket's usual mishaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.demo import cast
from sandbox.people.reading import plain
from sandbox.server import PracticeWorkspace
from tests.processes.harness import BotProcess, House, free_port, until
from tests.processes.short_story import gestures, settled, walk


def on_socket(house: House) -> BotProcess:
    """Starts the bot in Socket Mode, and waits until its socket is open."""
    house.practice.connect_http("http://127.0.0.1:9")  # Slack has no other way in
    bot = house.runs(SLACK_APP_TOKEN=cast.APP_TOKEN, SLACK_SIGNING_SECRET=None)
    house.practice.intake.connect_http(house.url)
    until(lambda: len(house.practice.sockets) == 1, what="the socket")
    return bot


def test_short_story_is_told_over_socket(build: Callable[..., House]) -> None:
    house = build(contact="1s")
    on_socket(house)
    assert "Closed" in plain(walk(house))
    assert "Rang twice" in plain(gestures(house, 2))


@pytest.mark.long  # tests/handlers/slack/test_socket_line.py says the same of the line alone
def test_refreshed_connection_loses_no_gesture(house: House) -> None:
    on_socket(house)
    house.receives("order-1")
    card = settled(house, 1)
    ana = house.person("ana")
    for emoji_round in range(3):
        house.practice.sockets.disconnect()
        ana.react(card, "eyes")
        assert house.card_says(f"<@{ana.id}> has it").ts == card.ts
        ana.unreact(card, "eyes")
        assert house.card_says("Claim").ts == card.ts
        until(lambda: len(house.practice.sockets) == 1, what=f"new socket {emoji_round}")


@pytest.mark.long  # the same
def test_cut_socket_is_opened_again_by_itself(house: House) -> None:
    on_socket(house)
    house.receives("order-1")
    card = house.card()
    house.practice.sockets.close()
    assert len(house.practice.sockets) == 0
    ben = house.person("ben")
    ben.react(card, "eyes")  # told again by Slack once there is a socket
    assert house.card_says(f"<@{ben.id}> has it").ts == card.ts


@pytest.fixture
def late_practice() -> Iterator[PracticeWorkspace]:
    practice = PracticeWorkspace(start=datetime.now(UTC), speed=1.0)
    yield practice
    practice.stop()


@pytest.mark.long
def test_slack_that_comes_later_finds_everything(late_practice: PracticeWorkspace, tmp_path: Path) -> None:
    port = free_port()
    house = House(late_practice, tmp_path)
    house.environment["SLACK_API_URL"] = f"http://127.0.0.1:{port}/api/"
    try:
        house.runs(SLACK_APP_TOKEN=cast.APP_TOKEN, SLACK_SIGNING_SECRET=None)
        late_practice.intake.connect_http(house.url)
        assert house.receives("order-1").status == 201

        late_practice.start(port=port)
        until(lambda: late_practice.sockets, what="the socket")
        card = house.card()
        assert house.person("ana").click(card, "claim").ok
        house.card_says("has it")
    finally:
        house.close()
        print(house.logs())


@pytest.mark.long
def test_socket_bot_ends_cleanly_when_asked(house: House) -> None:
    assert on_socket(house).terminate() == 0
