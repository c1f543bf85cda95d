"""The socket to Slack is watched: one that is closed or deaf is said to be so, and is opened anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from handlers.slack import socket_mode
from handlers.slack.clients import Slack
from handlers.slack.socket_mode import SocketLine
from sandbox.demo import cast
from sandbox.server import PracticeWorkspace
from tests.elapsing import Monotonic, until
from tests.sandbox.hanging_up import hang_up


@pytest.fixture
def line(
    practice: PracticeWorkspace, slack: Slack, seconds: Monotonic, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SocketLine]:
    """A line that is open, and whose first ping has been answered."""
    monkeypatch.setattr(socket_mode, "_LOOK", 0.02)
    app = App(
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id=None, bot_token=cast.BOT_TOKEN),
        request_verification_enabled=False,
    )
    seconds.seconds = -1
    line = SocketLine(app, cast.APP_TOKEN, slack, seconds)
    seconds.seconds = 0
    line.start()
    assert until(lambda: line.well_at == 0)
    yield line
    looks_no_more(line)
    hang_up(line._handler.client, practice)


def looks_no_more(line: SocketLine) -> None:
    line._stopping.set()
    line._thread.join()


def test_open_socket_that_answers_is_no_trouble(line: SocketLine, seconds: Monotonic) -> None:
    assert line.connected
    seconds.seconds = 40  # pings go out every ten
    assert list(line.troubles()) == []


def test_deaf_socket_is_said_to_be_so(line: SocketLine, seconds: Monotonic) -> None:
    looks_no_more(line)
    seconds.seconds = 60
    assert list(line.troubles()) == ["Slack has not been heard on the socket for 60 s; it is being opened anew"]


def test_slack_being_away_is_said_once_a_minute(
    line: SocketLine, seconds: Monotonic, caplog: pytest.LogCaptureFixture
) -> None:
    looks_no_more(line)
    for second in (*range(0, 60, 3), 61, 90, 119):
        seconds.seconds = second
        line._say_away(OSError("no way there"))
    assert [record.getMessage() for record in caplog.records] == [
        "Slack cannot be reached over Socket Mode (no way there). I keep trying; what is to be said waits."
    ] * 2


@pytest.mark.long
def test_deaf_socket_is_replaced_by_another(line: SocketLine, seconds: Monotonic, practice: PracticeWorkspace) -> None:
    (first,) = practice.sockets._links
    seconds.seconds = 60
    assert until(lambda: line.well_at == 60)
    assert list(line.troubles()) == []
    assert until(lambda: len(practice.sockets) == 1)
    assert practice.sockets._links != [first]


@pytest.mark.long
def test_line_that_slack_cuts_is_opened_again(
    line: SocketLine, seconds: Monotonic, practice: PracticeWorkspace
) -> None:
    practice.sockets.close()
    seconds.seconds = 30
    assert until(lambda: line.well_at == 30)
    assert line.connected
