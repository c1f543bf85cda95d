"""One served practice workspace for the whole session, put back to its first moment before each test."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk import WebClient

from sandbox.demo.cast import BOT_TOKEN, CARE
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Message

Payload = dict[str, Any]


class ScriptedBot:
    """A stand-in for the bot: hears everything, and answers each kind of payload as it was told to."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], Payload]] = []
        self._answers: dict[str, Callable[[Payload], tuple[int, Any]]] = {}
        self.headers: dict[str, str] = {}

    def answers(self, kind: str, how: Callable[[Payload], Any], status: int = 200) -> None:
        """From now on, `kind` (an event or interaction type, or "command") is answered with what `how` returns."""
        self._answers[kind] = lambda payload: (status, how(payload))

    def fails(self, kind: str, status: int = 500) -> None:
        """From now on, `kind` is answered with an error."""
        self.answers(kind, lambda payload: None, status)

    def __call__(self, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        payload = decoded(body)
        self.heard.append((headers, payload))
        status, said = self._answers.get(kind_of(payload), lambda _: (200, None))(payload)
        if said is None:
            return status, self.headers, b""
        return status, self.headers, said.encode() if isinstance(said, str) else json.dumps(said).encode()

    def heard_of(self, kind: str) -> list[Payload]:
        """The payloads of one kind, oldest first."""
        return [payload for _, payload in self.heard if kind_of(payload) == kind]


def decoded(body: bytes) -> Payload:
    """The payload as an app reads it from an HTTP body."""
    text = body.decode()
    if text.startswith("{"):
        return dict(json.loads(text))
    fields = {name: values[0] for name, values in parse_qs(text, keep_blank_values=True).items()}
    return dict(json.loads(fields["payload"])) if "payload" in fields else fields


def kind_of(payload: Payload) -> str:
    """The event's type, the interaction's type, or "command"."""
    if "command" in payload:
        return "command"
    return str(payload["event"]["type"] if payload["type"] == "event_callback" else payload["type"])


@pytest.fixture(scope="session")
def served() -> Iterator[PracticeWorkspace]:
    with PracticeWorkspace() as practice:
        yield practice


@pytest.fixture
def practice(served: PracticeWorkspace) -> PracticeWorkspace:
    served.reset()
    return served


@pytest.fixture
def slack(practice: PracticeWorkspace) -> WebClient:
    """A real client that tries nothing twice."""
    return WebClient(token=BOT_TOKEN, base_url=practice.slack_api_url, retry_handlers=[])


@pytest.fixture
def bot(practice: PracticeWorkspace) -> ScriptedBot:
    scripted = ScriptedBot()
    practice.connect(scripted)
    return scripted


CARD_BLOCKS: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Soup cold &amp; an hour late"}},
    {
        "type": "actions",
        "block_id": "acts",
        "elements": [
            {"type": "button", "action_id": "claim", "value": "v1:12", "text": {"type": "plain_text", "text": "Claim"}},
            {
                "type": "overflow",
                "action_id": "more",
                "options": [
                    {"text": {"type": "plain_text", "text": "Snooze"}, "value": "snooze"},
                    {"text": {"type": "plain_text", "text": "Not a complaint"}, "value": "dismiss"},
                ],
            },
        ],
    },
]


@pytest.fixture
def card(practice: PracticeWorkspace, slack: WebClient) -> Message:
    """A case card of the bot in #care."""
    slack.chat_postMessage(
        channel=CARE,
        text="A card",
        blocks=CARD_BLOCKS,
        metadata={"event_type": "amends_message", "event_payload": {"kind": "card", "case": 12}},
    )
    return practice.messages("card")[0]
