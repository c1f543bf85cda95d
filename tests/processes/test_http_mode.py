"""The whole bot as a process that Slack reaches by HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from sandbox.people.reading import buttons, plain
from tests.processes.harness import BotProcess, House, until
from tests.processes.short_story import gestures, walk


@pytest.mark.long
def test_short_story_is_told_over_http(build: Callable[..., House]) -> None:
    house = build(contact="1s")
    house.runs()
    assert house.practice.delivery.url_answers()
    assert "Closed" in plain(walk(house))
    assert "Rang twice" in plain(gestures(house, 2))


@pytest.mark.long
def test_web_and_worker_share_one_database(build: Callable[..., House]) -> None:
    house = build(contact="1s")
    house.runs("worker")
    house.runs("web")
    assert "Closed" in plain(walk(house))


@pytest.mark.long
def test_card_appears_when_worker_comes_later(house: House) -> None:
    house.runs("web")
    assert house.receives("early").status == 201
    assert house.cards() == []
    house.runs("worker")
    assert "claim" in buttons(house.card())


@pytest.mark.long
def test_idle_process_uses_next_to_no_processor(house: House) -> None:
    bot = house.runs()
    house.receives("only")
    house.shows("draft")
    assert until(lambda: _processor_share(bot, seconds=1) < 0.1)  # once it has done all it had to


@pytest.mark.long
def test_waiting_for_slack_uses_next_to_no_processor(house: House) -> None:
    bot = house.runs()
    house.practice.faults.rate_limit("chat.postMessage", retry_after=60, count=1000)
    house.receives("only")
    until(lambda: house.practice.faults.count("chat.postMessage"), what="the attempt that is refused")
    assert until(lambda: _processor_share(bot, seconds=1) < 0.1)  # once it has done all it had to


def _processor_share(bot: BotProcess, seconds: float) -> float:
    before = bot.cpu_seconds()
    time.sleep(seconds)
    return (bot.cpu_seconds() - before) / seconds
