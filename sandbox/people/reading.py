"""Reading the workspace as a person does: the words of a message, and who sees which messages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from sandbox.blocks.rich_text import rich_text_words
from sandbox.objects import Json
from sandbox.people.forms import controls, options
from sandbox.workspace import Blocks, Channel, Message, View, Workspace

GROUP = re.compile(r"<!subteam\^(\w+)(?:\|@?([^>]*))?>")


def plain(shown: Message | View) -> str:
    """All words that a person reads without opening anything: blocks from top to bottom with the labels of their
    buttons, or the text where there are no blocks. Options inside menus are left out (see `menu`); a picture is read
    as `[image: …]` with its alt text, and a mention of a group by its handle where it is
    written out, else by its id."""
    if isinstance(shown, Message):
        return blocks_text(shown.blocks) if shown.blocks else _read(shown.text)
    title = shown.view.get("title", {}).get("text", "")
    return "\n".join(line for line in (title, blocks_text(shown.view.get("blocks", []))) if line)


def blocks_text(blocks: Blocks) -> str:
    """The words of blocks, one line per text; Slack's three entities are read back."""
    return "\n".join(line for block in blocks for line in _lines(block) if line)


def _lines(block: Json) -> Iterable[str]:
    if block["type"] == "rich_text":
        yield rich_text_words(block)
        return
    for key in ("title", "label", "text"):
        yield _text(block.get(key))
    if block["type"] == "image":
        yield _image(block)
    for text in block.get("fields", []):
        yield _text(text)
    for element in (block.get("accessory"), block.get("element"), *block.get("elements", [])):
        yield _element_text(element)
    yield _text(block.get("hint"))


def _element_text(element: Any) -> str:
    if not isinstance(element, dict):
        return ""
    if element["type"] == "image":
        return _image(element)
    return _text(element.get("text")) or str(element.get("initial_value") or "")


def _image(image: Json) -> str:
    return f"[image: {image['alt_text']}]"


def _text(value: Any) -> str:
    if isinstance(value, dict):
        shown = str(value["text"])
        return _read(shown) if value["type"] == "mrkdwn" else shown
    return _read(value) if isinstance(value, str) else ""


def _read(text: str) -> str:
    """Slack's own markup as people read it. Entities come last, so that what a customer typed is no mention."""
    named = GROUP.sub(lambda group: "@" + (group[2] or group[1]), text)
    return html.unescape(named)


def buttons(shown: Message | View) -> list[str]:
    """The action ids of everything a person can use, in reading order."""
    return [element["action_id"] for _, element in controls(_blocks(shown))]


def menu(shown: Message | View) -> list[str]:
    """The labels in the overflow menus, in order."""
    menus = [element for _, element in controls(_blocks(shown)) if element["type"] == "overflow"]
    return [choice["text"]["text"] for element in menus for choice in options(element)]


def _blocks(shown: Message | View) -> Blocks:
    return shown.blocks if isinstance(shown, Message) else shown.view.get("blocks", [])


def sees(workspace: Workspace, user: str, message: Message) -> bool:
    """Whether this person has the message before them."""
    member = user in workspace.channels[message.channel].members
    return member and not message.deleted and message.ephemeral_to in (None, user)


class Conversation:
    """One channel or direct conversation, for reading."""

    def __init__(self, workspace: Workspace, channel: Channel) -> None:
        self._workspace = workspace
        self.channel = channel
        self.id = channel.id
        self.name = channel.name

    def messages(self, kind: str | None = None, *, by: str | None = None) -> list[Message]:
        """Top-level messages that everybody here sees, oldest first; of one kind or by one person where given."""
        return [message for message in self.everything(kind, by=by) if message.thread_ts is None or message.broadcast]

    def everything(self, kind: str | None = None, *, by: str | None = None) -> list[Message]:
        """The same with the replies in threads."""
        with self._workspace.lock:
            said = [m for m in self.channel.messages if not m.deleted and m.ephemeral_to is None]
        author = self._workspace.person_named(by) if by else None
        return [m for m in said if kind in (None, m.kind) and (author is None or m.user == author.id)]

    def last(self, kind: str | None = None) -> Message:
        """The newest top-level message. Raises IndexError when there is none."""
        return self.messages(kind)[-1]
