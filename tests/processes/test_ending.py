"""How a process ends when it is asked to: soon, with exit code 0, and with nothing half done."""

from __future__ import annotations

import signal
import threading

import pytest

from tests.processes.harness import House, about, until


@pytest.mark.long
@pytest.mark.parametrize("role", ["run", "web", "worker"])
def test_asked_to_end_it_ends_with_zero(house: House, role: str) -> None:
    bot = house.runs(role)
    assert bot.terminate() == 0
    assert "ended before all was done" not in bot.said


@pytest.mark.long
def test_interrupted_from_keyboard_it_ends_quietly(house: House) -> None:
    bot = house.runs()
    assert bot.terminate(signal.SIGINT) == 0
    assert "Traceback" not in bot.said


@pytest.mark.long
def test_asked_before_it_was_ready_it_ends(house: House) -> None:
    bot = house.starts("run")
    until(lambda: "SigCgt" in _status(bot.process.pid) and _catches_term(bot.process.pid), what="its signal handler")
    assert bot.terminate() == 0


def _status(pid: int) -> str:
    with open(f"/proc/{pid}/status") as status:
        return status.read()


def _catches_term(pid: int) -> bool:
    caught = next(line.split()[1] for line in _status(pid).splitlines() if line.startswith("SigCgt"))
    return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)


def test_what_was_accepted_survives_the_end(house: House) -> None:
    bot = house.runs()
    accepted: list[int] = []

    def customers() -> None:
        for number in range(200):
            answer = house.receives(f"order-{number}")
            if answer.status == 0:
                return
            accepted.append(answer.content()["case"])

    arriving = threading.Thread(target=customers)
    arriving.start()
    until(lambda: len(accepted) > 5, what="a stream of feedback")
    assert bot.terminate() == 0
    assert "ended before all was done" not in bot.said
    arriving.join()

    house.runs()
    until(lambda: len(house.cards()) >= len(accepted), what="all cards")
    house.shows("draft", len(house.cards()))
    assert sorted(about(card)["case"] for card in house.cards()) == sorted(accepted)


@pytest.mark.long
def test_slack_that_hangs_does_not_hold_it_back(house: House) -> None:
    bot = house.runs()
    house.practice.faults.delay("chat.postMessage", seconds=600)
    house.receives("order-1")
    until(house.cards, what="the card that landed")
    assert bot.terminate() == 0
    assert "ended before all was done" in bot.said
    assert "fate of message" not in bot.said  # it has gone before Slack's answer was given up

    house.runs()
    until(lambda: house.practice.messages("draft"), what="the draft, once the card was found again")
    assert len(house.cards()) == 1
