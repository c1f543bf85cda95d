"""The payloads Slack sends to an app: the event envelope, interactions and slash commands, as plain dicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.api.response_urls import ResponseUrls
from sandbox.api.triggers import Triggers
from sandbox.objects import Json, message_json, team_json, view_json
from sandbox.workspace import Channel, Message, Person, View, Workspace


@dataclass(frozen=True)
class Payloads:
    """Makes payloads; each interaction gets a trigger id of its own, and a response URL where Slack gives one."""

    workspace: Workspace
    triggers: Triggers
    responses: ResponseUrls

    def event(self, event: Json) -> Json:
        """An Events API envelope with a new event_id."""
        workspace = self.workspace
        return {
            "token": self.workspace.app.verification_token,
            "team_id": workspace.team_id,
            "api_app_id": workspace.app.id,
            "event": event,
            "type": "event_callback",
            "event_id": workspace.new_id("Ev"),
            "event_time": int(workspace.now().timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.team_id,
                    "user_id": workspace.app.user,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
        }

    def message_action(self, person: Person, message: Message, actions: list[Json], state: Json) -> Json:
        """A control in a message was used (block_actions). A whispered one is not sent along: Slack has kept none.

        Not documented; seen by others (github.com/howdyai/botkit/pull/958).
        """
        channel = self.workspace.channels[message.channel]
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.ephemeral_to is not None,
        }
        return self._by(person, "block_actions") | {
            "container": container | ({"thread_ts": message.thread_ts} if message.thread_ts else {}),
            "channel": self._channel(channel),
            "state": {"values": state},
            "response_url": self.responses.issue(person.id, channel.id, message),
            "actions": actions,
            **({} if message.ephemeral_to else {"message": message_json(self.workspace, message)}),
        }

    def view_action(self, person: Person, view: View, actions: list[Json], state: Json) -> Json:
        """A control in a modal or on the Home tab was used (block_actions); there is no response URL."""
        return self._by(person, "block_actions") | {
            "container": {"type": "view", "view_id": view.id},
            "view": view_json(self.workspace, view, state),
            "actions": actions,
        }

    def view_submission(self, person: Person, view: View, state: Json) -> Json:
        """A modal was sent off."""
        return self._by(person, "view_submission") | {
            "view": view_json(self.workspace, view, state),
            "response_urls": [],
        }

    def view_closed(self, person: Person, view: View, *, cleared: bool) -> Json:
        """A modal that asked for it (notify_on_close) was closed without being sent."""
        return self._by(person, "view_closed") | {"view": view_json(self.workspace, view), "is_cleared": cleared}

    def message_shortcut(self, person: Person, callback_id: str, message: Message) -> Json:
        """A message shortcut was chosen from a message's menu."""
        channel = self.workspace.channels[message.channel]
        return self._by(person, "message_action") | {
            "callback_id": callback_id,
            "action_ts": self.workspace.new_ts(),
            "message_ts": message.ts,
            "channel": self._channel(channel),
            "message": message_json(self.workspace, message),
            "response_url": self.responses.issue(person.id, channel.id, message),
        }

    def global_shortcut(self, person: Person, callback_id: str) -> Json:
        """A global shortcut was chosen."""
        return self._by(person, "shortcut") | {"callback_id": callback_id, "action_ts": self.workspace.new_ts()}

    def slash(self, person: Person, command: str, text: str, channel: Channel) -> dict[str, str]:
        """A slash command, as the fields of a form."""
        return {
            "token": self.workspace.app.verification_token,
            "team_id": self.workspace.team_id,
            "team_domain": self.workspace.team_domain,
            "channel_id": channel.id,
            "channel_name": _name(channel),
            "user_id": person.id,
            "user_name": person.name,
            "command": command,
            "text": text,
            "api_app_id": self.workspace.app.id,
            "is_enterprise_install": "false",
            "response_url": self.responses.issue(person.id, channel.id),
            "trigger_id": self.triggers.issue(person.id),
        }

    def _by(self, person: Person, kind: str) -> Json:
        team = self.workspace.team_of(person.id)
        user = {"id": person.id, "username": person.name, "name": person.name, "team_id": team}
        return {
            "type": kind,
            "user": user,
            "api_app_id": self.workspace.app.id,
            "token": self.workspace.app.verification_token,
            "team": team_json(self.workspace),
            "is_enterprise_install": False,
            "trigger_id": self.triggers.issue(person.id),
        }

    def _channel(self, channel: Channel) -> dict[str, Any]:
        return {"id": channel.id, "name": _name(channel)}


def _name(channel: Channel) -> str:
    if channel.im_with:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name
