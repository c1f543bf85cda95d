"""Socket Mode, with the client that ships with slack_sdk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from sandbox.demo.cast import ANA, APP_TOKEN, BOT_TOKEN
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Message
from tests.elapsing import until
from tests.sandbox.hanging_up import hang_up


class SocketBot:
    """A bot on a socket: keeps what it hears and acks with what `says` gives, unless it is told to stay silent."""

    def __init__(self, practice: PracticeWorkspace) -> None:
        self.heard: list[SocketModeRequest] = []
        self.says: Callable[[SocketModeRequest], dict[str, Any] | None] = lambda request: None
        self.silent = False
        self.greeted = False
        web = WebClient(token=BOT_TOKEN, base_url=practice.slack_api_url, retry_handlers=[])
        self.client = SocketModeClient(app_token=APP_TOKEN, web_client=web, ping_interval=5, concurrency=2)
        self.client.socket_mode_request_listeners.append(self._hear)
        self.client.on_message_listeners.append(self._greet)

    def _greet(self, message: str) -> None:
        self.greeted = self.greeted or '"hello"' in message

    def _hear(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        self.heard.append(request)
        if not self.silent:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, self.says(request)))


@pytest.fixture
def line(practice: PracticeWorkspace) -> Iterator[Callable[[], SocketBot]]:
    """Connects bots, and hangs up at the end."""
    bots: list[SocketBot] = []

    def connected() -> SocketBot:
        bot = SocketBot(practice)
        bots.append(bot)
        bot.client.connect()
        assert until(lambda: bot.greeted)
        return bot

    yield connected
    for bot in bots:
        hang_up(bot.client, practice)
    assert until(lambda: len(practice.sockets) == 0)


def test_opening_a_connection_needs_the_app_token(practice: PracticeWorkspace, slack: WebClient) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        slack.apps_connections_open(app_token=BOT_TOKEN)
    url = slack.apps_connections_open(app_token=APP_TOKEN)["url"]
    assert url.startswith(practice.base_url.replace("http", "ws") + "/link?ticket=")


def test_event_arrives_and_is_acked(practice: PracticeWorkspace, line: Callable[[], SocketBot]) -> None:
    bot = line()
    practice.person("ana").say("care", "hello")
    [request] = bot.heard
    assert (request.type, request.payload["event"]["text"]) == ("events_api", "hello")
    assert (request.retry_attempt, request.accepts_response_payload) == (0, False)
    assert practice.delivery.waiting == 0


def test_slash_command_is_answered_in_the_ack(practice: PracticeWorkspace, line: Callable[[], SocketBot]) -> None:
    line().says = lambda request: {"text": f"Heard {request.payload['text']}"}
    answer = practice.person("ana").command("/case", "list")
    assert answer is not None
    assert (answer.text, answer.ephemeral_to) == ("Heard list", ANA)


def test_modal_is_answered_in_the_ack(
    practice: PracticeWorkspace, slack: WebClient, line: Callable[[], SocketBot]
) -> None:
    bot = line()
    why = {"type": "plain_text_input", "action_id": "why"}
    field = {"type": "input", "block_id": "b", "label": {"type": "plain_text", "text": "Why"}, "element": why}
    view = {"type": "modal", "title": field["label"], "submit": field["label"], "blocks": [field]}
    slack.views_open(trigger_id=practice.triggers.issue(ANA), view=view)
    bot.says = lambda request: {"response_action": "errors", "errors": {"b": "Say more"}}
    assert practice.person("ana").submit({"why": "x"}) == {"b": "Say more"}


def test_click_travels_over_the_socket(
    practice: PracticeWorkspace, line: Callable[[], SocketBot], card: Message
) -> None:
    bot = line()
    assert practice.person("ana").click(card, "claim").ok
    [click] = [request for request in bot.heard if request.type == "interactive"]
    assert click.payload["actions"][0]["value"] == "v1:12"


def test_event_without_ack_is_told_again(practice: PracticeWorkspace, line: Callable[[], SocketBot]) -> None:
    bot = line()
    bot.silent, practice.delivery.seconds = True, 0.05
    practice.person("ana").say("care", "hello")
    assert until(lambda: len(bot.heard) >= 2)
    first, second = bot.heard[:2]
    assert (second.retry_attempt, second.retry_reason) == (1, "timeout")
    assert first.payload["event_id"] == second.payload["event_id"]


def test_click_without_ack_is_told_to_the_person(
    practice: PracticeWorkspace, line: Callable[[], SocketBot], card: Message
) -> None:
    line().silent, practice.delivery.seconds = True, 0.05
    assert practice.person("ana").click(card, "claim").problem == "timeout"
    assert "did not respond" in practice.person("ana").private_messages()[0].text


def test_each_payload_goes_to_one_socket_only(practice: PracticeWorkspace, line: Callable[[], SocketBot]) -> None:
    one, other = line(), line()
    for number in range(4):
        practice.person("ana").say("care", str(number))
    assert sorted(request.payload["event"]["text"] for request in one.heard + other.heard) == ["0", "1", "2", "3"]


def test_bot_asked_to_reconnect_comes_back(practice: PracticeWorkspace, line: Callable[[], SocketBot]) -> None:
    bot = line()
    first = bot.client.current_session
    practice.sockets.disconnect("refresh_requested")
    assert until(lambda: bot.client.current_session is not first and len(practice.sockets) == 1)
    practice.person("ana").say("care", "still there?")
    assert [request.payload["event"]["text"] for request in bot.heard if request.type == "events_api"] == [
        "still there?"
    ]


def test_ticket_is_good_for_one_connection(practice: PracticeWorkspace) -> None:
    from websockets.exceptions import InvalidStatus
    from websockets.sync.client import connect

    url = practice.sockets.ticket(practice.base_url)
    with connect(url, proxy=None) as socket:
        hello = json.loads(socket.recv())
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    with pytest.raises(InvalidStatus):
        connect(url, proxy=None)
    assert until(lambda: len(practice.sockets) == 0)


def test_event_after_the_last_socket_closed_waits(practice: PracticeWorkspace, line: Callable[[], SocketBot]) -> None:
    bot = line()
    hang_up(bot.client, practice)
    assert until(lambda: len(practice.sockets) == 0)
    practice.person("ana").say("care", "hello")
    assert practice.delivery.waiting == 1
