"""Every payload the practice workspace sends has the shape Slack published for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.cast import ANA
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Message
from tests.sandbox.conftest import Payload, ScriptedBot

SCHEMA = Path(__file__).parents[2] / ".." / "shared" / "contract" / "slack-payloads.schema.json"

# What each payload must carry at the least, for where the schema is not at hand.
INTERACTION = {"type", "team", "user", "api_app_id", "token", "trigger_id"}
REQUIRED = {
    "ReactionAdded": {"type", "user", "reaction", "item_user", "item", "event_ts"},
    "Message": {"type", "event_ts", "channel", "ts", "channel_type"},
    "ButtonClick": INTERACTION | {"actions", "response_url", "container"},
    "OverflowClick": INTERACTION | {"actions", "response_url", "container"},
    "ViewSubmit": INTERACTION | {"view"},
    "Slash": {
        "token", "command", "text", "response_url", "trigger_id", "user_id", "user_name", "team_id", "team_domain",
        "channel_id", "channel_name", "api_app_id",
    },
}  # fmt: skip

FIELD = {
    "type": "input",
    "block_id": "b",
    "label": {"type": "plain_text", "text": "Why"},
    "element": {"type": "plain_text_input", "action_id": "why"},
}
VIEW = {"type": "modal", "title": FIELD["label"], "submit": FIELD["label"], "blocks": [FIELD]}


@pytest.fixture
def sent(practice: PracticeWorkspace, bot: ScriptedBot, slack: WebClient, card: Message) -> dict[str, Payload]:
    """One payload of each kind, as the bot heard it."""
    ana = practice.person("ana")
    ana.react(card, "eyes")
    ana.click(card, "claim")
    ana.choose(card, "more", "snooze")
    ana.say(card, "I rang her, @ben")
    ana.command("/case", "list")
    slack.views_open(trigger_id=practice.triggers.issue(ANA), view=VIEW)
    ana.submit({"why": "x"})
    button, overflow = bot.heard_of("block_actions")
    return {
        "ReactionAdded": bot.heard_of("reaction_added")[0]["event"],
        "Message": bot.heard_of("message")[-1]["event"],
        "ButtonClick": button,
        "OverflowClick": overflow,
        "ViewSubmit": bot.heard_of("view_submission")[0],
        "Slash": bot.heard_of("command")[0],
    }


@pytest.mark.parametrize("kind", REQUIRED)
def test_payload_carries_every_key_slack_promises(sent: dict[str, Payload], kind: str) -> None:
    assert set(sent[kind]) >= REQUIRED[kind]


@pytest.mark.skipif(not SCHEMA.exists(), reason="the schema of Slack's payloads is not beside this checkout")
@pytest.mark.parametrize("kind", REQUIRED)
def test_payload_validates_against_slacks_published_types(sent: dict[str, Payload], kind: str) -> None:
    import jsonschema

    schema: dict[str, Any] = json.loads(SCHEMA.read_text())
    jsonschema.Draft7Validator({"$ref": f"#/definitions/{kind}", **schema}).validate(sent[kind])
