"""The way to the bot: signatures, what it may see, retries, and the HTTP road."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from sandbox.demo.cast import BOT_USER, CARE, GENERAL, SIGNING_SECRET
from sandbox.lines.requests import signed
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Message
from tests.elapsing import until
from tests.sandbox.conftest import Payload, ScriptedBot

# Signatures


def test_signature_is_the_one_slack_documents() -> None:
    headers = signed(b"payload=1", 1767607200, "secret")
    verifier = SignatureVerifier("secret")
    assert headers["x-slack-signature"] == verifier.generate_signature(timestamp="1767607200", body=b"payload=1")


def test_requests_verify_by_real_time_whatever_the_clock(practice: PracticeWorkspace) -> None:
    verdicts: list[bool] = []

    def bot(headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        verdicts.append(SignatureVerifier(SIGNING_SECRET).is_valid_request(body, headers))
        return 200, {}, b""

    practice.connect(bot)
    practice.clock.jump(timedelta(days=30))
    ana = practice.person("ana")
    ana.say("care", "hello")
    ana.command("/case", "list")
    assert verdicts == [True, True]


# What the bot gets to see


def test_event_envelope_says_whom_it_is_for(practice: PracticeWorkspace, bot: ScriptedBot) -> None:
    practice.person("ana").say("care", "hello")
    [envelope] = bot.heard_of("message")
    assert envelope["type"] == "event_callback"
    assert envelope["event_time"] == int(practice.clock.now().timestamp())
    assert envelope["authorizations"][0]["user_id"] == BOT_USER


def test_events_come_only_from_its_own_channels(practice: PracticeWorkspace, bot: ScriptedBot) -> None:
    ana = practice.person("ana")
    ana.react(ana.say("general", "psst"), "eyes")
    assert bot.heard == []
    practice.workspace.channels[GENERAL].members.add(BOT_USER)
    ana.say("general", "hello")
    assert len(bot.heard) == 1


@pytest.mark.parametrize("taken", ["scope", "subscription"])
def test_events_need_both_scope_and_subscription(
    practice: PracticeWorkspace, bot: ScriptedBot, card: Message, taken: str
) -> None:
    if taken == "scope":
        practice.workspace.app.scopes.discard("reactions:read")
    else:
        practice.workspace.app.subscriptions.discard("reaction_added")
    practice.person("ana").react(card, "eyes")
    assert bot.heard_of("reaction_added") == []


def test_own_doings_are_told_with_the_next_gesture(
    practice: PracticeWorkspace, bot: ScriptedBot, slack: WebClient
) -> None:
    ts = slack.chat_postMessage(channel=CARE, text="mine")["ts"]
    slack.reactions_add(channel=CARE, timestamp=ts, name="eyes")
    slack.chat_update(channel=CARE, ts=ts, text="better")
    assert bot.heard == []
    practice.delivery.settle()
    told = [payload["event"] for _, payload in bot.heard]
    assert [(event["type"], event.get("subtype")) for event in told] == [
        ("message", None),
        ("reaction_added", None),
        ("message", "message_changed"),
    ]
    assert told[0]["bot_id"]
    assert told[1]["user"] == BOT_USER


# Retries


def retries(bot: ScriptedBot) -> list[tuple[str | None, str | None]]:
    names = ("x-slack-retry-num", "x-slack-retry-reason")
    return [(headers.get(names[0]), headers.get(names[1])) for headers, _ in bot.heard]


def test_event_not_taken_is_told_three_times_more(practice: PracticeWorkspace, bot: ScriptedBot) -> None:
    bot.fails("message")
    practice.person("ana").say("care", "hello")
    for ahead, told in [(0, 2), (0, 2), (60, 3), (299, 3), (1, 4), (3600, 4)]:
        practice.clock.jump(timedelta(seconds=ahead))
        practice.delivery.retry_due()
        assert len(bot.heard) == told
    assert retries(bot) == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]


def test_repeated_event_keeps_its_event_id(practice: PracticeWorkspace, bot: ScriptedBot) -> None:
    bot.fails("message")
    practice.person("ana").say("care", "hello")
    practice.delivery.retry_due()
    first, second = bot.heard_of("message")
    assert first["event_id"] == second["event_id"]


def test_event_taken_at_last_is_not_told_again(practice: PracticeWorkspace, bot: ScriptedBot) -> None:
    bot.fails("message")
    practice.person("ana").say("care", "hello")
    bot.answers("message", lambda _: None)
    assert practice.delivery.retry_due() == 1
    assert practice.delivery.retry_due(at_once=True) == 0


def test_no_retry_header_ends_the_matter(practice: PracticeWorkspace, bot: ScriptedBot) -> None:
    bot.fails("message")
    bot.headers = {"X-Slack-No-Retry": "1"}
    practice.person("ana").say("care", "hello")
    assert practice.delivery.waiting == 0


def test_bot_that_is_gone_hears_when_back(practice: PracticeWorkspace) -> None:
    practice.connect(None)
    practice.person("ana").say("care", "anybody?")
    back = ScriptedBot()
    practice.connect(back)
    practice.delivery.retry_due()
    assert [event["event"]["text"] for event in back.heard_of("message")] == ["anybody?"]
    assert retries(back) == [("1", "connection_failed")]


def test_process_that_dies_while_hearing_is_told_again(practice: PracticeWorkspace, bot: ScriptedBot) -> None:
    def dying(headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        raise ConnectionResetError

    practice.connect(dying)
    practice.person("ana").say("care", "hello")
    practice.connect(bot)
    practice.delivery.retry_due()
    assert retries(bot) == [("1", "connection_failed")]


# The HTTP road


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that did not wait for the answer is what some tests are about."""


class RemoteBot(ScriptedBot):
    """The scripted bot behind a real HTTP address. `slow` seconds pass before it answers."""

    def __init__(self) -> None:
        super().__init__()
        self.slow = 0.0
        self.paths: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.paths.append(self.path)
                body = self.rfile.read(int(self.headers["content-length"]))
                time.sleep(outer.slow)
                status, _, answer = outer({name.lower(): value for name, value in self.headers.items()}, body)
                self.send_response(status)
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = QuietServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def remote(practice: PracticeWorkspace) -> Iterator[RemoteBot]:
    bot = RemoteBot()
    practice.connect_http(bot.url)
    yield bot
    practice.connect(None)
    bot.close()


def test_remote_bot_hears_at_its_events_path(practice: PracticeWorkspace, remote: RemoteBot) -> None:
    practice.person("ana").say("care", "hello")
    assert remote.paths == ["/slack/events"]
    assert remote.heard_of("message")[0]["event"]["text"] == "hello"


def test_remote_answer_to_a_command_is_shown(practice: PracticeWorkspace, remote: RemoteBot) -> None:
    remote.answers("command", lambda _: {"text": "Here"})
    answer = practice.person("ana").command("/case", "list")
    assert answer is not None
    assert answer.text == "Here"


def test_remote_bot_hears_of_its_own_doings_unasked(
    practice: PracticeWorkspace, remote: RemoteBot, slack: WebClient
) -> None:
    slack.chat_postMessage(channel=CARE, text="mine")
    assert until(lambda: remote.heard_of("message"))


def test_slow_remote_bot_is_told_again_by_itself(practice: PracticeWorkspace, remote: RemoteBot) -> None:
    practice.delivery.seconds, remote.slow = 0.05, 0.15
    practice.person("ana").say("care", "hello")
    assert until(lambda: len(remote.heard) >= 2)
    assert retries(remote)[1] == ("1", "http_timeout")


def test_request_url_is_checked_by_its_challenge(practice: PracticeWorkspace, remote: RemoteBot) -> None:
    def give_back(payload: Payload) -> Payload:
        return {"challenge": payload["challenge"]}

    assert not practice.delivery.url_answers()
    remote.answers("url_verification", give_back)
    assert practice.delivery.url_answers()


def test_unreachable_remote_bot_is_a_failed_connection(practice: PracticeWorkspace) -> None:
    practice.connect_http("http://127.0.0.1:9")
    answer = practice.person("ana").shortcut("new_case")
    assert answer.problem == "connection_failed"


def test_interaction_over_http_is_a_form_with_json(
    practice: PracticeWorkspace, remote: RemoteBot, card: Message
) -> None:
    practice.person("ana").click(card, "claim")
    headers, payload = next((h, p) for h, p in remote.heard if p["type"] == "block_actions")
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert json.dumps(payload["actions"][0]["value"]) == '"v1:12"'
