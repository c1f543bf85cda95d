"""The first start: an empty channel is told what will come, and a first feedback can be sent by hand."""

from __future__ import annotations

import io
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.error import HTTPError, URLError

import pytest

from handlers.team.welcome import owe_welcome
from handlers.terminal.doctor import tried
from sandbox.demo import cast
from sandbox.people.reading import plain
from tests.stories.stage import Stage


def greetings(stage: Stage) -> list[str]:
    return [text for message in stage.practice.messages("notice") if "/case help" in (text := plain(message))]


def test_an_empty_channel_is_greeted_once(stage: Stage) -> None:
    assert owe_welcome(stage.world)
    stage.settle()
    (said,) = greetings(stage)
    assert ":eyes:" in said
    assert stage.practice.messages("notice")[0].channel == cast.CARE
    stage.restart()
    assert not owe_welcome(stage.world)
    stage.settle()
    assert len(greetings(stage)) == 1


def test_a_team_that_has_had_cases_needs_no_greeting(stage: Stage) -> None:
    stage.receives(comment="Soup cold, an hour late", rating={"value": 1, "scale": 5})
    stage.person("ana").command("/case", "dismiss 1")
    assert not owe_welcome(stage.world)


def test_the_greeting_waits_until_slack_knows_the_channel(stage: Stage) -> None:
    stage.practice.faults.away()
    stage.restart(slack_channel="#care")
    assert not owe_welcome(stage.world)


@pytest.fixture
def doctor(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs `doctor --send-test`; what it posts goes to the bot on stage. Answers the last line and its fix."""
    asked: list[str] = []

    def posts(request: urllib.request.Request, timeout: float) -> io.BytesIO:
        asked.append(request.full_url)
        answer = stage.bot.edge.intake("generic", dict(request.header_items()), bytes(request.data or b""))  # type: ignore[arg-type]
        if answer.status >= 400:
            raise HTTPError(request.full_url, answer.status, "", {}, io.BytesIO(answer.body))  # type: ignore[arg-type]
        return io.BytesIO(answer.body)

    monkeypatch.setattr(urllib.request, "urlopen", posts)
    environment = {
        "SLACK_BOT_TOKEN": cast.BOT_TOKEN,
        "SLACK_APP_TOKEN": cast.APP_TOKEN,
        "SLACK_CHANNEL": "care",
        "INTAKE_SECRET": cast.INTAKE_SECRET,
        "PORT": "3004",
    }

    def run(**other: str) -> tuple[str, str, list[str]]:
        last = list(tried(environment | other, lambda: datetime.fromtimestamp(time.time(), UTC)))[
            -1
        ]  # as signatures want it
        stage.settle()
        return last.found, last.fix, asked

    return run


def test_first_feedback_by_the_doctor_brings_a_card(stage: Stage, doctor: Any) -> None:
    found, fix, asked = doctor()
    assert (found, fix) == ("test: case #1 is open, and its card comes to the channel", "then: /case dismiss 1")
    assert asked == ["http://127.0.0.1:3004/intake/generic"]
    assert "Nobody (a test)" in plain(stage.card())
    stage.practice.clock.jump(timedelta(seconds=1))
    assert "case #2" in doctor()[0]  # somebody who tries twice sees two cards, and not one that another joined


def test_first_feedback_is_sent_with_the_token_alone(stage: Stage, doctor: Any) -> None:
    stage.restart(secrets={"INTAKE_TOKEN": "a-long-random-token"})
    assert "case #1 is open" in doctor(INTAKE_SECRET="", INTAKE_TOKEN="a-long-random-token")[0]


def test_a_secret_the_bot_does_not_run_with_is_said(doctor: Any) -> None:
    found, fix, _ = doctor(INTAKE_SECRET="whsec_" + "QUJD" * 8)
    assert "answered 401" in found
    assert fix.startswith("start the bot anew: it runs with another INTAKE_SECRET")


def test_without_a_secret_nothing_is_sent(doctor: Any) -> None:
    found, fix, asked = doctor(INTAKE_SECRET="")
    assert (found.startswith("test: nothing was sent"), fix[:26], asked) == (True, "write INTAKE_SECRET=whsec_", [])


def test_a_bot_that_does_not_run_is_to_be_started(doctor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise URLError(ConnectionRefusedError(111, "Connection refused"))

    monkeypatch.setattr(urllib.request, "urlopen", away)
    found, fix, _ = doctor()
    assert "does not answer" in found
    assert fix.startswith("start the bot in another terminal (make run)")
