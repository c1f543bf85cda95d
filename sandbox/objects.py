"""Slack's objects: how the workspace's records look in its answers and events, and the error that it gives instead."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.files import File
from sandbox.workspace import Channel, Message, Person, View, Workspace

Json = dict[str, Any]


class Refusal(Exception):
    """Slack's `{"ok": false, "error": …}`; `more` are further fields of the answer, such as `needed` for missing_scope."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(f"{error} {more}" if more else error)
        self.error = error
        self.more = more


def invalid(error: str, problems: list[str]) -> Refusal:
    """A refusal that lists its reasons in response_metadata.messages, each with its JSON pointer."""
    return Refusal(error, response_metadata={"messages": [f"[ERROR] {problem}" for problem in problems]})


def message_json(workspace: Workspace, message: Message, *, with_metadata: bool = False) -> Json:
    """A message as conversations.history and the events give it."""
    shown: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": workspace.team_of(message.user),
    }
    if message.user == workspace.app.user:
        shown |= {"bot_id": workspace.app.bot_id, "app_id": workspace.app.id}
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.edited_at:
        shown["edited"] = {"user": message.user, "ts": message.edited_at}
    if message.reactions:
        shown["reactions"] = reactions_json(message)
    if message.files:
        shown["files"] = [file_json(workspace, workspace.files[id_]) for id_ in message.files if id_ in workspace.files]
    if with_metadata and message.metadata:
        shown["metadata"] = message.metadata
    if message.broadcast:
        shown["subtype"] = "thread_broadcast"
    return shown | _threading(workspace, message)


def _threading(workspace: Workspace, message: Message) -> Json:
    if message.thread_ts:
        parent = workspace.find(message.channel, message.thread_ts)
        return {"thread_ts": message.thread_ts, "parent_user_id": parent.user if parent else ""}
    replies = workspace.replies(message)
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": users,
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
    }


def reactions_json(message: Message) -> list[Json]:
    """The reactions of a message, in the order in which each emoji first appeared."""
    return [{"name": name, "users": list(users), "count": len(users)} for name, users in message.reactions.items()]


def channel_json(workspace: Workspace, channel: Channel) -> Json:
    """A conversation as conversations.info gives it."""
    if channel.im_with:
        return {
            "id": channel.id,
            "is_im": True,
            "user": channel.im_with,
            "is_user_deleted": workspace.people[channel.im_with].deleted,
            "is_archived": channel.archived,
            "is_open": True,
        }
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.is_private,
        "is_archived": channel.archived,
        "is_general": channel.name == "general",
        "is_member": workspace.app.user in channel.members,
        "num_members": len(channel.members),
        "context_team_id": workspace.team_id,
        **_sharing(workspace, channel),
    }


def _sharing(workspace: Workspace, channel: Channel) -> Json:
    """Shared with another organisation: the teams of its people tell."""
    teams = {workspace.team_of(user) for user in channel.members} | {workspace.team_id}
    shared = len(teams) > 1
    return {"is_shared": shared, "is_ext_shared": shared, "is_org_shared": False, "is_pending_ext_shared": False} | (
        {"shared_team_ids": sorted(teams)} if shared else {}
    )


def user_json(workspace: Workspace, person: Person) -> Json:
    """A member as users.info gives it; the e-mail address only with the scope users:read.email.

    Of a deactivated member Slack leaves out the real name, the time zone and what they were allowed to do.
    """
    profile: Json = {"real_name": person.real_name, "display_name": person.display_name or _shown(person)}
    if person.email and "users:read.email" in workspace.app.scopes:
        profile["email"] = person.email
    shown: Json = {
        "id": person.id,
        "team_id": workspace.team_of(person.id),
        "name": person.name,
        "deleted": person.deleted,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
        "profile": profile,
    }
    if person.enterprise_id:
        shown["enterprise_user"] = {"id": person.id, "enterprise_id": person.enterprise_id, "teams": [shown["team_id"]]}
    if person.team_id or person.is_stranger:  # Slack says it of people of other workspaces only
        shown["is_stranger"] = person.is_stranger
    return shown if person.deleted else shown | _of_the_active(workspace, person)


def _shown(person: Person) -> str:
    return person.real_name if person.is_bot else person.name


def _of_the_active(workspace: Workspace, person: Person) -> Json:
    """The offset, in seconds east of UTC, is the one of the practice instant: it follows summer time."""
    offset = workspace.now().astimezone(ZoneInfo(person.tz)).utcoffset() or timedelta()
    return {
        "real_name": person.real_name,
        "is_admin": False,
        "is_restricted": person.is_restricted or person.is_ultra_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": int(offset.total_seconds()),
    }


def file_json(workspace: Workspace, file: File) -> Json:
    """A file as files.info gives it: its type is empty, and a picture has no thumbnails, until Slack has processed it."""
    kind = file.media_type.rpartition("/")[2]
    return {
        "id": file.id,
        "created": file.created_at,
        "timestamp": file.created_at,
        "name": file.name,
        "title": file.title,
        "mimetype": file.media_type,
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": workspace.app.user,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "is_public": any(not workspace.channels[id_].is_private for id_ in file.channels),
        "channels": list(file.channels),
        "url_private": file.url,
        "permalink": file.url,
        "alt_txt": file.alt_text,
    } | ({f"thumb_{size}": file.url for size in (64, 80, 160, 360)} if file.is_picture else {})


VIEW_DEFAULTS: Json = {
    "callback_id": "",
    "private_metadata": "",
    "external_id": "",
    "title": {"type": "plain_text", "text": "View Title", "emoji": True},
    "close": None,
    "submit": None,
    "clear_on_close": False,
    "notify_on_close": False,
}


def view_json(workspace: Workspace, view: View, state: Json | None = None) -> Json:
    """A view as views.open answers it and as interactions carry it; `state` is {block_id: {action_id: value}}."""
    stack = workspace.modals.get(view.user, [])
    root = stack[0].id if stack and view in stack else view.id
    return (
        VIEW_DEFAULTS
        | view.view
        | {
            "id": view.id,
            "team_id": workspace.team_id,
            "type": view.type,
            "state": {"values": state or {}},
            "hash": view.hash,
            "root_view_id": root,
            "previous_view_id": view.previous,
            "app_id": workspace.app.id,
            "app_installed_team_id": workspace.team_id,
            "bot_id": workspace.app.bot_id,
        }
    )


def team_json(workspace: Workspace) -> Json:
    """The team as interactions carry it."""
    return {"id": workspace.team_id, "domain": workspace.team_domain}
