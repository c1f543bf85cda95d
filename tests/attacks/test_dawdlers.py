"""Connections that never finish leave the bot its work (attacks 9 and 10), in small; `make siege` is the large form."""

from __future__ import annotations

import resource
from collections.abc import Callable

import pytest

from tests.attacks.besieged import arrives, besieged, crowd
from tests.processes.conftest import blank, build, practice
from tests.processes.harness import House, until

__all__ = ["blank", "build", "practice"]

_FEW = 256  # descriptors


@pytest.mark.long
def test_customers_and_cards_come_through_a_crowd(build: Callable[..., House]) -> None:
    """attacks 9 and 10: webhooks and Slack's calls timed out as long as the crowd liked."""
    assert besieged(build(claim="1s"), half_open=60, trickling=60, seconds=2).faults() == []


@pytest.mark.long
@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="the limits of another process can be set on Linux only")
def test_crowd_larger_than_all_descriptors_stops_no_worker(build: Callable[..., House]) -> None:
    """attacks 9: 300 half-open sockets at a limit of 256; no card, no nudge, and 44 MB of log in half a minute."""
    house = build(claim="1s")
    bot = house.starts("run")
    resource.prlimit(bot.process.pid, resource.RLIMIT_NOFILE, (_FEW, _FEW))
    bot.ready()
    with crowd(house.port, 200, 200) as comes_again:
        for number in range(10):
            assert arrives(house, f"f-{number}", 1) == 201
        until(lambda: len(house.cards()) == 10, what="the cards")
        until(lambda: house.practice.messages("nudge"), what="a nudge")
        assert house.get("/healthz") == 200
        comes_again()
        assert arrives(house, "last", 1) == 201
        assert bot.alive
    assert len(bot.said.splitlines()) < 30, bot.said
