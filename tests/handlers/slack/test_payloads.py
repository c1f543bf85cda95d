"""What Slack sends is let in by its shape; what only looks like it is refused in half a sentence (attacks 23)."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any
from urllib.parse import urlencode

import pytest

from handlers.slack.payloads import BadPayload, checked, read_payload

Json = dict[str, Any]
# As little as Slack's own types ask for, and what its documentation shows beside it.
USER = {"id": "U1", "username": "ana", "name": "ana", "team_id": "T1"}
CLICK: Json = {
    "type": "block_actions",
    "user": USER,
    "team": None,
    "trigger_id": "1.2.3",
    "actions": [{"type": "button", "action_id": "claim", "block_id": "b", "value": "v1:1", "action_ts": "1.2"}],
}
SELECT = {"type": "static_select", "action_id": "way", "options": [{"value": "phone"}, {"value": "email"}]}
FORM: Json = {
    "type": "view_submission",
    "user": USER,
    "view": {
        "id": "V1",
        "type": "modal",
        "callback_id": "contacted",
        "private_metadata": "v1:1",
        "blocks": [
            {"type": "section", "block_id": "x"},
            {"type": "input", "block_id": "way", "element": SELECT},
            {"type": "input", "block_id": "at", "element": {"type": "datetimepicker", "action_id": "at"}},
        ],
        "state": {
            "values": {
                "way": {"way": {"type": "static_select", "selected_option": {"value": "phone"}}},
                "at": {"at": {"type": "datetimepicker", "selected_date_time": 1767603600}},
            }
        },
    },
}
COMMAND = {"command": "/case", "text": "claim 1", "user_id": "U1", "channel_id": "C1", "trigger_id": "1.2.3"}


def event(**fields: Any) -> Json:
    return {"type": "event_callback", "event_id": "Ev1", "event": fields}


REACTION = event(
    type="reaction_added", user="U1", reaction="eyes", item={"type": "message", "channel": "C1", "ts": "1.2"}
)
SAID = event(type="message", user="U1", channel="C1", text="hello", ts="1.2", channel_type="channel")
WHOLE = {
    "click": CLICK,
    "form": FORM,
    "command": COMMAND,
    "shortcut": {"type": "shortcut", "user": USER, "trigger_id": "1.2.3", "callback_id": "new_case"},
    "reaction": REACTION,
    "reaction to a file": event(type="reaction_added", user="U1", reaction="eyes", item={"type": "file", "file": "F1"}),
    "message": SAID,
    "message of a bot": event(type="message", subtype="bot_message", bot_id="B1", channel="C1", text="", user=None),
    "edit": event(
        type="message", subtype="message_changed", channel="C1", message={"user": "U1", "text": "a", "ts": "1.2"}
    ),
    "mention by a workflow": event(type="app_mention", text="<@U2>", ts="1.2", channel="C1", event_ts="1.2"),
    "home": event(type="app_home_opened", user="U1", channel="D1", tab="home"),
    "profile": event(
        type="user_change", user={"id": "U1", "deleted": True, "profile": {"real_name": "Ana"}, "tz": None}
    ),
    "renamed channel": event(type="channel_rename", channel={"id": "C1", "name": "care", "created": 1}),
    "a kind of event from next year": event(type="stars_aligned", stars=[1, 2], user={"id": "U1"}, channel=None),
    "a kind of payload from next year": {"type": "hologram_waved", "user": "U1"},
    "challenge": {"type": "url_verification", "challenge": "c"},
    "check of a certificate": {"ssl_check": "1", "token": "t"},
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_slack_sends_is_let_in(name: str) -> None:
    payload = WHOLE[name]
    assert checked(deepcopy(payload)) == payload
    if "type" in payload:
        assert read_payload(json.dumps(payload).encode(), "application/json; charset=utf-8") == payload
        assert read_payload(urlencode({"payload": json.dumps(payload)}).encode(), "") == payload
    else:
        assert read_payload(urlencode(payload).encode(), "application/x-www-form-urlencoded") == payload


def test_text_with_nul_is_let_in_as_the_store_mends_it() -> None:
    assert checked(changed(SAID, "event.text", "a\x00b"))
    assert read_payload(urlencode(COMMAND | {"text": "note 1 a\x00b"}).encode(), "")["text"] == "note 1 a\x00b"


def test_command_may_say_what_bolt_takes_for_a_field() -> None:
    """Bolt looks for the word "payload" anywhere in a form, and would find no command here."""
    told = COMMAND | {"text": "note 1 the payload=heavy, 100 % & more"}
    assert read_payload(urlencode(told).encode(), "application/x-www-form-urlencoded") == told


def changed(payload: Json, path: str, value: Any) -> Json:
    """A copy in which something else stands there; nothing where the value is left out (...)."""
    copy = deepcopy(payload)
    *way, last = [int(part) if part.isdecimal() else part for part in path.split(".")]
    holder: Any = copy
    for part in way:
        holder = holder[part]
    if value is ...:
        del holder[last]
    else:
        holder[last] = value
    return copy


@pytest.mark.parametrize(
    ("payload", "path", "value"),
    [
        (CLICK, "user", "U1"),
        (CLICK, "user", ...),
        (CLICK, "user.id", 7),
        (CLICK, "user.id", "U" * 51),
        (CLICK, "actions", []),
        (CLICK, "actions", {}),
        (CLICK, "actions.0", "claim"),
        (CLICK, "actions.0.action_id", ...),
        (CLICK, "actions.0.value", 10**30),
        (CLICK, "trigger_id", ""),
        (CLICK, "container", "message"),
        (CLICK, "message", ["text"]),
        (CLICK, "team", 7),
        (FORM, "view", ...),
        (FORM, "view.id", None),
        (FORM, "view.type", ...),
        (FORM, "view.blocks", "x"),
        (FORM, "view.state.values", []),
        (FORM, "view.state.values.way.way", "phone"),
        (FORM, "view.state.values.way.way.selected_option", "phone"),
        (FORM, "view.state.values.way.way.selected_option.value", "pigeon"),
        (FORM, "view.state.values.way.way.value", "phone"),
        (FORM, "view.state.values.at.at", {"value": "tomorrow"}),
        (FORM, "view.state.values.at.at.selected_date_time", "1767603600"),
        (FORM, "view.state.values.at.at.selected_date_time", -1),
        (FORM, "view.state.values.at.at.selected_date_time", 10**15),
        (COMMAND, "user_id", ...),
        (COMMAND, "channel_id", ""),
        (COMMAND, "trigger_id", ...),
        (COMMAND, "text", 7),
        (REACTION, "event", "x"),
        (REACTION, "event.type", ["reaction_added"]),
        (REACTION, "event.user", {"id": "U1"}),
        (REACTION, "event.item", "1.2"),
        (REACTION, "event.item.ts", 1.2),
        (REACTION, "event_id", "E" * 101),
        (REACTION, "authorizations", ["T1"]),
        (SAID, "event.channel", ...),
        (SAID, "event.text", {"a": 1}),
        (SAID, "event.user", "U\x001"),
        (CLICK, "response_url", "https://hooks.slack.com/a b"),
        (CLICK, "trigger_id", "1.2\x00.3"),
        (SAID, "event.blocks", [[1]]),
        (SAID, "event.message", "x"),
    ],
)
def test_wrong_shape_is_refused_in_half_a_sentence(payload: Json, path: str, value: Any) -> None:
    with pytest.raises(BadPayload) as refused:
        checked(changed(payload, path, value))
    said = str(refused.value)
    assert said
    assert "\n" not in said
    assert "pydantic" not in said.lower()
    assert len(said) < 200


def nested(depth: int, opening: str, closing: str) -> bytes:
    return (opening * depth + "1" + closing * depth).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b'"text"',
        b"{",
        b"\xff",
        b'{"type": "\xff"}',
        "{}".encode("utf-16"),
        b'{"type": "\\ud800"}',
        b'{"type": NaN}',
        b'{"type": 1e999}',
        nested(50_000, "[", "]"),
        nested(100_000, '{"a":', "}"),
        nested(100, '{"a":', "}"),
        b'{"type": "block_actions", "user": ' + nested(500, "[", "]") + b"}",
    ],
)
def test_nonsense_as_json_is_refused(body: bytes) -> None:
    with pytest.raises(BadPayload):
        read_payload(body, "application/json")
    with pytest.raises(BadPayload):
        read_payload(urlencode({"payload": body}).encode(), "application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    "body", [b"text=%ff%fe&command=/case", b"\xff=1", urlencode(COMMAND | {"user_id": "U\0"}).encode()]
)
def test_nonsense_as_a_form_is_refused(body: bytes) -> None:
    with pytest.raises(BadPayload):
        read_payload(body, "application/x-www-form-urlencoded")
