"""The Web API's chat and reactions methods: what the bot says, edits, takes back and reacts to."""

from __future__ import annotations

import re
from typing import Any

from sandbox import events
from sandbox.api.call import Call, Method
from sandbox.blocks.limits import metadata_problem
from sandbox.objects import Json, Refusal, message_json, reactions_json
from sandbox.workspace import Blocks, Channel, Message

POST_CHARACTERS = 40_000  # longer texts are cut
UPDATE_CHARACTERS = 4_000  # longer texts are refused
MARKDOWN_CHARACTERS = 12_000
EMOJI = re.compile(r"[a-z0-9_+'\-]+(::skin-tone-[2-6])?")


def post_message(call: Call) -> Json:
    """Post into a channel, a thread, or (by user id) a direct conversation."""
    channel = _addressee(call)
    text, blocks = _content(call)
    thread = _thread(call, channel)
    message = call.workspace.post(
        channel.id,
        call.workspace.app.user,
        text[:POST_CHARACTERS],
        blocks=blocks,
        thread_ts=thread,
        metadata=_metadata(call),
        broadcast=thread is not None and call.flag("reply_broadcast"),
    )
    call.happened(events.message_posted(call.workspace, message))
    return {"channel": channel.id, "ts": message.ts, "message": message_json(call.workspace, message)}


def post_ephemeral(call: Call) -> Json:
    """Show something to one person only; it is in no history and cannot be updated."""
    channel, person = call.channel(), call.person()
    if channel.archived:
        raise Refusal("is_archived")
    if person.id not in channel.members:
        raise Refusal("user_not_in_channel")
    text, blocks = _content(call)
    message = call.workspace.post(
        channel.id,
        call.workspace.app.user,
        text,
        blocks=blocks,
        thread_ts=_thread(call, channel),
        ephemeral_to=person.id,
    )
    return {"message_ts": message.ts}


def update(call: Call) -> Json:
    """Edit one of the bot's own messages: text without blocks removes the blocks, metadata stays unless given anew."""
    channel = call.channel()
    message = call.message(channel)
    if message.user != call.workspace.app.user:
        raise Refusal("cant_update_message")
    if channel.archived:
        raise Refusal("is_inactive")
    if len(call.string("text")) > UPDATE_CHARACTERS:
        raise Refusal("msg_too_long")
    text, blocks = _content(call)
    metadata = _metadata(call)
    before = message_json(call.workspace, message)
    message.text = text if "text" in call.arguments or not blocks else message.text
    message.blocks = call.workspace.with_ids(blocks)
    message.metadata = metadata if metadata is not None else message.metadata
    if "file_ids" in call.arguments:
        message.files = _attached(call, channel)
    if not blocks:  # an update of blocks leaves no "edited" mark
        message.edited_at = call.workspace.new_ts()
    call.workspace.changed()
    call.happened(events.message_changed(call.workspace, message, before))
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": message_json(call.workspace, message),
    }


def _attached(call: Call, channel: Channel) -> list[str]:
    """Files that are there are attached, and shared so; what is none is passed over without a word."""
    named = [part.strip() for part in call.string("file_ids").split(",")]
    found = [file for name in named if (file := call.workspace.files.get(name)) is not None and file.completed]
    for file in found:
        file.channels = sorted({*file.channels, channel.id})
    return [file.id for file in found]


def delete(call: Call) -> Json:
    """Take back one of the bot's own messages."""
    channel = call.channel()
    message = call.message(channel)
    if message.user != call.workspace.app.user:
        raise Refusal("cant_delete_message")
    message.deleted = True
    call.workspace.changed()
    call.happened(events.deletion(call.workspace, message))
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    """A link to a message; thread replies name their thread."""
    channel = call.channel(member=False)
    message = call.message(channel, "message_ts")
    link = f"{call.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def add_reaction(call: Call) -> Json:
    """React as the bot."""
    message, name = _reaction(call)
    if not call.workspace.react(message, name, call.workspace.app.user):
        raise Refusal("already_reacted")
    call.happened(events.reaction(call.workspace, "reaction_added", message, name, call.workspace.app.user))
    return {}


def remove_reaction(call: Call) -> Json:
    """Take the bot's own reaction back."""
    message, name = _reaction(call)
    if not call.workspace.unreact(message, name, call.workspace.app.user):
        raise Refusal("no_reaction")
    call.happened(events.reaction(call.workspace, "reaction_removed", message, name, call.workspace.app.user))
    return {}


def get_reactions(call: Call) -> Json:
    """Who reacted with what."""
    channel = call.channel()
    message = call.message(channel, "timestamp")
    shown = message_json(call.workspace, message) | {"reactions": reactions_json(message)}
    return {"type": "message", "channel": channel.id, "message": shown}


def _reaction(call: Call) -> tuple[Message, str]:
    name = call.string("name").strip(":")
    if not EMOJI.fullmatch(name):
        raise Refusal("invalid_name")
    return call.message(call.channel(), "timestamp"), name


def _addressee(call: Call) -> Channel:
    """A channel by id or name, or a person by id: Slack then writes to the app's conversation with them."""
    named = call.string("channel")
    if named in call.workspace.people and named != call.workspace.app.user:
        return call.workspace.direct(named)
    by_name = call.workspace.channel_named(named) if named else None
    if by_name is None or (by_name.is_private and call.workspace.app.user not in by_name.members):
        raise Refusal("channel_not_found")
    open_to_all = "chat:write.public" in call.workspace.app.scopes and not by_name.is_private
    if call.workspace.app.user not in by_name.members and not open_to_all:
        raise Refusal("not_in_channel")
    if by_name.archived:
        raise Refusal("is_archived")
    return by_name


def _content(call: Call) -> tuple[str, Blocks]:
    blocks = call.blocks() or []
    markdown = call.string("markdown_text")
    if markdown:
        if blocks or call.string("text"):
            raise Refusal("markdown_text_conflict")
        if len(markdown) > MARKDOWN_CHARACTERS:
            raise Refusal("msg_too_long")
        return markdown, [{"type": "markdown", "text": markdown}]
    if not blocks and not call.string("text").strip():
        raise Refusal("no_text")
    return call.string("text"), blocks


def _thread(call: Call, channel: Channel) -> str | None:
    """A reply to a message that has been deleted stands in the channel, and only the answer, without thread_ts, tells.

    Tried by others against Slack: github.com/slack-go/slack/issues/1571.
    """
    ts = call.string("thread_ts")
    if not ts:
        return None
    parent = call.workspace.find(channel.id, ts)
    if parent is None or parent.ephemeral_to:
        raise Refusal("thread_not_found")
    return None if parent.deleted else parent.thread


def _metadata(call: Call) -> dict[str, Any] | None:
    metadata = call.structured("metadata")
    if metadata is None:
        return None
    problem = metadata_problem(metadata)
    if problem:
        raise Refusal(problem)
    return dict(metadata)


METHODS = {
    "chat.postMessage": Method(post_message, ("chat:write",)),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",)),
    "chat.update": Method(update, ("chat:write",)),
    "chat.delete": Method(delete, ("chat:write",)),
    "chat.getPermalink": Method(get_permalink),
    "reactions.add": Method(add_reaction, ("reactions:write",)),
    "reactions.remove": Method(remove_reaction, ("reactions:write",)),
    "reactions.get": Method(get_reactions, ("reactions:read",)),
}
