"""The manifest asks Slack for what the code needs, and for nothing else; manifest.json is what it prints."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from handlers.listeners import events
from handlers.slack.manifest import EVENTS, SCOPES, UnusableManifest, as_text, link, manifest

ROOT = Path(__file__).parents[3]

# What Slack documents for each method; the first of several for conversations of the kinds the bot is in.
SCOPES_OF_METHODS = {
    "auth_test": set(),
    "apps_connections_open": set(),  # wants connections:write of the app-level token
    "chat_getPermalink": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "chat_delete": {"chat:write"},
    "bots_info": {"users:read"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_list": {"channels:read", "groups:read"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "conversations_replies": {"channels:history", "groups:history", "im:history"},
    "dnd_info": {"dnd:read"},
    "files_completeUploadExternal": {"files:write"},
    "files_delete": {"files:write"},
    "files_getUploadURLExternal": {"files:write"},
    "files_info": {"files:read"},
    "files_upload_v2": {"files:write"},
    "usergroups_list": {"usergroups:read"},
    "usergroups_users_list": {"usergroups:read"},
    "users_info": {"users:read"},
    "users_list": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "views_update": set(),
}
SCOPES_OF_EVENTS = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    **{key: {"channels:read"} for key in ("channel_archive", "channel_left", "channel_rename", "channel_unarchive")},
    "channel_id_changed": {"channels:read", "groups:read"},
    **{key: {"groups:read"} for key in ("group_archive", "group_left", "group_rename", "group_unarchive")},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
    "user_change": {"users:read"},
}
FAMILIES = (
    *("apps_", "auth_", "bots_", "chat_", "conversations_", "dnd_", "files_", "reactions_"),
    *("usergroups_", "users_", "views_"),
)


def methods_called() -> set[str]:
    """Web API methods that handlers/ calls: as a method of a client, or by name through the directory."""
    found = set()
    for path in (ROOT / "handlers").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr.startswith(FAMILIES):
                found.add(node.attr)
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "_ask":
                found.add(ast.literal_eval(node.args[0]))
    return found


def everything(content: Any) -> list[Any]:
    """All values in a JSON value, at any depth."""
    if isinstance(content, dict):
        return [value for each in content.values() for value in everything(each)]
    if isinstance(content, list):
        return [value for each in content for value in everything(each)]
    return [content]


def test_file_in_repository_is_what_code_makes() -> None:
    assert (ROOT / "manifest.json").read_text(encoding="utf-8") == as_text(manifest())


@pytest.mark.long
def test_every_method_the_handlers_call_has_its_scope() -> None:
    called = methods_called()
    assert called <= SCOPES_OF_METHODS.keys()
    assert set().union(*(SCOPES_OF_METHODS[method] for method in called)) <= SCOPES.keys()


@pytest.mark.long
def test_no_scope_is_asked_for_that_nothing_needs() -> None:
    of_methods = (SCOPES_OF_METHODS[method] for method in methods_called())
    assert SCOPES.keys() == set().union(*of_methods, *SCOPES_OF_EVENTS.values(), {"commands"})


def test_every_event_the_bot_hears_is_subscribed_to() -> None:
    assert {event.partition(".")[0] for event in EVENTS} == events._LISTENERS.keys()


def test_every_event_subscribed_to_has_its_scope() -> None:
    assert set(EVENTS) == SCOPES_OF_EVENTS.keys()
    assert set().union(*SCOPES_OF_EVENTS.values()) <= SCOPES.keys()


def test_socket_mode_leaves_every_address_out() -> None:
    content = manifest()
    assert content["settings"]["socket_mode_enabled"] is True
    assert not [value for value in everything(content) if str(value).startswith("http")]


@pytest.mark.parametrize("base", ["https://amends.example.org", "https://amends.example.org/", "https://10.0.0.7:3000"])
def test_over_http_slack_is_given_one_address_thrice(base: str) -> None:
    content = manifest(base)
    address = base.rstrip("/") + "/slack/events"
    assert content["settings"]["socket_mode_enabled"] is False
    assert content["settings"]["event_subscriptions"]["request_url"] == address
    assert content["settings"]["interactivity"]["request_url"] == address
    assert content["features"]["slash_commands"][0]["url"] == address


def test_whole_events_address_is_not_doubled() -> None:
    content = manifest("https://amends.example.org/slack/events")
    assert content["settings"]["interactivity"]["request_url"] == "https://amends.example.org/slack/events"


@pytest.mark.parametrize("base", ["", "amends.example.org", "ftp://amends.example.org", "https://", "https://a.b/?x=1"])
def test_address_slack_cannot_call_is_refused(base: str) -> None:
    with pytest.raises(UnusableManifest, match="not an address"):
        manifest(base)


@pytest.mark.parametrize("base", ["http://amends.example.org", "HTTP://10.0.0.7:3000/slack/events"])
def test_address_without_tls_is_refused_with_both_ways_out(base: str) -> None:
    with pytest.raises(UnusableManifest, match=r"https addresses only.*proxy with TLS.*Socket Mode"):
        manifest(base)


@pytest.mark.parametrize("name", ["A", "Hearth & Ribbon care", "x" * 35])
def test_name_of_allowed_length_is_shown_everywhere(name: str) -> None:
    content = manifest(name=name)
    assert content["display_information"]["name"] == name
    assert content["features"]["bot_user"]["display_name"] == name


@pytest.mark.parametrize("name", ["", "x" * 36])
def test_name_slack_would_refuse_is_refused_first(name: str) -> None:
    with pytest.raises(UnusableManifest, match=f"has {len(name)}"):
        manifest(name=name)


def test_texts_keep_within_the_limits_of_slack() -> None:
    content = manifest("https://amends.example.org")
    features = content["features"]
    assert len(content["display_information"]["description"]) <= 140
    assert all(len(shortcut["name"]) <= 24 for shortcut in features["shortcuts"])
    assert all(len(command["command"]) <= 32 for command in features["slash_commands"])


def test_people_named_in_commands_arrive_as_ids() -> None:
    (command,) = manifest()["features"]["slash_commands"]
    assert (command["command"], command["should_escape"]) == ("/case", True)


def test_cases_are_opened_from_messages_and_menu() -> None:
    shortcuts = manifest()["features"]["shortcuts"]
    assert [shortcut["type"] for shortcut in shortcuts] == ["message", "global"]
    assert len({shortcut["callback_id"] for shortcut in shortcuts}) == 2


def test_people_can_open_home_and_write_there() -> None:
    home = manifest()["features"]["app_home"]
    assert home == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_link_carries_the_whole_manifest_to_slack() -> None:
    content = manifest("https://amends.example.org", "Care & repair")
    parts = urlsplit(link(content))
    query = parse_qs(parts.query)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "api.slack.com", "/apps")
    assert query["new_app"] == ["1"]
    assert json.loads(query["manifest_json"][0]) == content
