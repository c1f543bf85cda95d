"""Every payload the practice workspace sends has the shape Slack published for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.demo.cast import ANA, CARE
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
    "ImageBlock": {"type", "alt_text", "slack_file"},
    "UploadedFile": {
        "id", "created", "name", "title", "mimetype", "filetype", "pretty_type", "user", "size", "mode", "is_external",
        "is_public", "url_private", "permalink", "channels", "alt_txt", "thumb_360",
    },
    "MemberLeftChannel": {"type", "user", "channel", "channel_type", "team", "event_ts"},
    "UserChange": {"type", "user", "cache_ts", "event_ts"},
}  # fmt: skip
PUBLISHED = [kind for kind in REQUIRED if kind not in ("MemberLeftChannel", "UserChange")]  # those in the schema

FIELD = {
    "type": "input",
    "block_id": "b",
    "label": {"type": "plain_text", "text": "Why"},
    "element": {"type": "plain_text_input", "action_id": "why"},
}
PNG = b"\x89PNG\r\n"
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
    file, picture = picture_shown(slack)
    ana.leaves_channel("care")
    practice.person("ben").deactivated()
    said = next(message["event"] for message in bot.heard_of("message") if message["event"]["user"] == ANA)
    button, overflow = bot.heard_of("block_actions")
    return {
        "ReactionAdded": bot.heard_of("reaction_added")[0]["event"],
        "Message": said,
        "ButtonClick": button,
        "OverflowClick": overflow,
        "ViewSubmit": bot.heard_of("view_submission")[0],
        "Slash": bot.heard_of("command")[0],
        "ImageBlock": picture,
        "UploadedFile": file,
        "MemberLeftChannel": bot.heard_of("member_left_channel")[0]["event"],
        "UserChange": bot.heard_of("user_change")[0]["event"],
    }


def picture_shown(slack: WebClient) -> tuple[Payload, Payload]:
    """A processed picture as files.info gives it, and the block that shows it as the history gives it."""
    id_ = slack.files_upload_v2(content=PNG, filename="chart.png", title="Chart")["file"]["id"]
    slack.files_info(file=id_)
    block = {"type": "image", "slack_file": {"id": id_}, "alt_text": "Waiting per day"}
    slack.chat_postMessage(channel=CARE, text="Digest", blocks=[block])
    shown = slack.conversations_history(channel=CARE, limit=1)["messages"][0]["blocks"][0]
    return slack.files_info(file=id_)["file"], shown


@pytest.mark.parametrize("kind", REQUIRED)
def test_payload_carries_every_key_slack_promises(sent: dict[str, Payload], kind: str) -> None:
    assert set(sent[kind]) >= REQUIRED[kind]


@pytest.mark.skipif(not SCHEMA.exists(), reason="the schema of Slack's payloads is not beside this checkout")
@pytest.mark.parametrize("kind", PUBLISHED)
def test_payload_validates_against_slacks_published_types(sent: dict[str, Payload], kind: str) -> None:
    import jsonschema

    schema: dict[str, Any] = json.loads(SCHEMA.read_text())
    del schema["definitions"]["UploadedFile"]["required"]  # thumbnails of every size and kind, which no file has all of
    validator = jsonschema.Draft7Validator({"$ref": f"#/definitions/{kind}", **schema})
    assert [fault.message for fault in validator.iter_errors(sent[kind])] == []
