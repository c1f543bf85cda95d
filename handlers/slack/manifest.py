"""What Slack is told about the app: its manifest, made from what the code calls, hears and offers."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlsplit

LONGEST_NAME = 35  # of display_information.name, Slack's manifest schema
EVENTS_PATH = "/slack/events"

# Each scope with what needs it: the Web API methods called and the events heard. Nothing is asked for in advance.
SCOPES: dict[str, str] = {
    "app_mentions:read": "hears app_mention: commands in a case's thread, where Slack has no slash commands",
    "channels:history": "hears message.channels; conversations.history and .replies find a card whose post was cut off",
    "channels:read": "conversations.list and .info find the channel, .members who is in it and so may; hears what becomes of it",
    "chat:write": "chat.postMessage, chat.update and chat.postEphemeral",
    "commands": "the slash command and the shortcuts",
    "dnd:read": "dnd.info: nobody gets a direct message in hours they scheduled as quiet",
    "files:read": "files.info tells when a chart or an attached picture is processed: before, no message can show it",
    "files:write": "files.getUploadURLExternal, .completeUploadExternal and .delete, for the digest's chart and what came with letters",
    "groups:history": "the same as channels:history, where the channel is private",
    "groups:read": "the same as channels:read, where the channel is private",
    "im:history": "hears message.im: replies to a nudge; conversations.history finds a nudge whose post was cut off",
    "im:write": "conversations.open, for nudges by direct message",
    "reactions:read": "hears reaction_added and reaction_removed",
    "usergroups:read": "usergroups.list and usergroups.users.list: whom @groups in policy.toml mean",
    "users:read": "users.info and users.list: who may act, whom @names in policy.toml mean; hears user_change",
}

# app_home_opened needs no scope. The bot hears messages only where it was invited, and in its own direct messages.
EVENTS = (
    "app_home_opened",
    "app_mention",
    "channel_archive",
    "channel_id_changed",
    "channel_left",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_left",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "reaction_removed",
    "user_change",
)


class UnusableManifest(ValueError):
    """The name or address cannot stand in a manifest; the message says why."""


def manifest(base: str | None = None, name: str = "Amends") -> dict[str, Any]:
    """The manifest for Socket Mode, or for HTTP where `base` is the address at which Slack reaches the bot.

    Raises UnusableManifest. In Socket Mode a manifest has no addresses at all.
    """
    if not 0 < len(name) <= LONGEST_NAME:
        raise UnusableManifest(f"The name may have 1 to {LONGEST_NAME} characters, and this one has {len(name)}.")
    address = {} if base is None else {"request_url": _events_address(base)}
    return {
        "display_information": {
            "name": name,
            "description": "No unhappy customer is lost in silence: cards, drafts and nudges until one has been contacted.",
            "background_color": "#264653",
        },
        "features": _features(name, address.get("request_url")),
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**address, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": base is None,
            "token_rotation_enabled": False,
        },
    }


def _features(name: str, address: str | None) -> dict[str, Any]:
    return {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": name, "always_online": True},
        "shortcuts": [
            _shortcut("message", "open_case", "Opens a case from what a customer said in this message."),
            _shortcut("global", "open_case_anywhere", "Opens a case for a customer who told you in person."),
        ],
        "slash_commands": [
            {
                "command": "/case",
                "description": "Unhappy customers: who waits, who helps, what comes next",
                "usage_hint": "help | list | mine | show 12 | claim 12 | contacted 12 by phone",
                "should_escape": True,  # "@ana" arrives as <@U…|ana>, which names one person for certain
                **({"url": address} if address else {}),
            }
        ],
    }


def _shortcut(kind: str, callback: str, description: str) -> dict[str, str]:
    """Both open the same form, whatever their callback ids: those only have to differ."""
    return {"name": "Open a case", "type": kind, "callback_id": callback, "description": description}


def _events_address(base: str) -> str:
    parts = urlsplit(base)
    if parts.scheme == "http" and parts.netloc:
        raise UnusableManifest(
            f"Slack calls https addresses only, and {base} is none: put a proxy with TLS in front of the bot and write its "
            "address, or leave --url out and use Socket Mode, which needs no address."
        )
    if parts.scheme != "https" or not parts.netloc or parts.query or parts.fragment:
        raise UnusableManifest(
            f"{base} is not an address Slack can call: write for instance https://amends.example.org"
        )
    return base.rstrip("/").removesuffix(EVENTS_PATH) + EVENTS_PATH


def as_text(content: dict[str, Any]) -> str:
    """The manifest as the file manifest.json holds it."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def link(content: dict[str, Any]) -> str:
    """The address that opens Slack's "Create an app" with this manifest filled in."""
    compact = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
    return f"https://api.slack.com/apps?new_app=1&manifest_json={quote(compact, safe='')}"
