"""What people and apps write in Slack, read into plain words once, at the door, before anything is kept or shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cases.spoken.markup import escaped, plain, unescaped

NameOf = Callable[[str], str | None]
"""The name of a person by id."""

_UNNAMED = re.compile(r"<@([UW][A-Z0-9]+)>")
_MOST_NAMES = 10  # each may have to be asked for


def words_of(message: Mapping[str, Any], name_of: NameOf) -> str:
    """A message's words as people see them: its text, or what stands in the blocks and attachments of an app."""
    return plain(named(markup_of(message), name_of)).strip()


def named(text: str, name_of: NameOf) -> str:
    """Slack's text with the name of each person in their mention, where Slack gives the id alone: <@U2> becomes <@U2|Ben>."""
    ids = list(dict.fromkeys(_UNNAMED.findall(text)))[:_MOST_NAMES]
    names = {id_: re.sub(r"[<>|]", "", name) for id_ in ids if (name := name_of(id_))}
    return _UNNAMED.sub(lambda at: f"<@{at[1]}|{names[at[1]]}>" if at[1] in names else at[0], text)


def markup_of(message: Mapping[str, Any]) -> str:
    """A message's words in Slack's markup.

    For a person's message, `text` is the whole of it. Apps give a short text for notifications, or none, and say the rest in
    blocks (docs.slack.dev/reference/methods/chat.postMessage: "text is used as a fallback"). What Slack shows of a link's
    page (`from_url`) is nobody's word, unless there is no other, or it is a message that was passed on.
    """
    text, blocks = str(message.get("text") or "").strip(), "\n".join(_of_blocks(message.get("blocks")))
    own = blocks if blocks and (not text or message.get("bot_id")) else text
    attached = [a for a in _list(message.get("attachments")) if not own or _is_said(a)]
    return "\n".join(filter(None, [own, *map(_of_attachment, attached)]))


def _is_said(attachment: Mapping[str, Any]) -> bool:
    return bool(attachment.get("is_share") or attachment.get("is_msg_unfurl") or not attachment.get("from_url"))


def _of_attachment(attachment: Mapping[str, Any]) -> str:
    """docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments; `fallback` says what the others do."""
    parts = [str(attachment.get(name) or "") for name in ("pretext", "title", "text")]
    parts += [
        "\n".join(filter(None, [field.get("title"), field.get("value")])) for field in _list(attachment.get("fields"))
    ]
    parts += _of_blocks(attachment.get("blocks"))
    parts += [markup_of(part.get("message") or {}) for part in _list(attachment.get("message_blocks"))]
    return "\n".join(filter(None, parts)) or str(attachment.get("fallback") or "")


def _of_blocks(blocks: Any) -> list[str]:
    return [said for block in _list(blocks) if (said := _of_block(block).strip())]


def _of_block(block: Mapping[str, Any]) -> str:
    """Whatever of a block is words to read; buttons, menus and fields to fill in are none."""
    kind = str(block.get("type"))
    if kind.startswith("rich_text"):
        return _rich(block)
    if kind == "table":
        rows = [row for row in block.get("rows") or [] if isinstance(row, list)]
        return "\n".join(" | ".join(_text(cell) for cell in row) for row in rows)
    texts = [block.get("title"), block.get("text"), block.get("description"), *(block.get("fields") or [])]
    if kind == "context":
        texts += block.get("elements") or []
    return "\n".join(filter(None, map(_text, texts)))


def _text(text: Any) -> str:
    """A text object, a cell, or the bare text of a markdown block."""
    if isinstance(text, str):
        return text
    if not isinstance(text, dict):
        return ""
    if str(text.get("type")).startswith("rich_text"):
        return _rich(text)
    said = str(text.get("text") or "") if isinstance(text.get("text"), str) else ""
    # Slack has escaped plain text too (github.com/slackapi/bolt-python/issues/513), and in no block of rich text.
    return said if text.get("type") == "mrkdwn" else escaped(unescaped(said))


_LINES = frozenset({"rich_text", "rich_text_list"})  # their parts stand below one another
_MARKS = {
    "user": ("<@{}>", "user_id"),
    "channel": ("<#{}>", "channel_id"),
    "usergroup": ("<!subteam^{}>", "usergroup_id"),
}
_MARKS |= {"emoji": (":{}:", "name"), "broadcast": ("<!{}>", "range"), "color": ("{}", "value")}


def _rich(element: Mapping[str, Any]) -> str:
    """docs.slack.dev/reference/block-kit/blocks/rich-text-block"""
    kind = str(element.get("type"))
    if kind == "text":
        return escaped(str(element.get("text") or ""))
    if kind == "link":
        return f"<{element.get('url')}|{escaped(str(element.get('text') or ''))}>"
    if kind == "date":
        return escaped(str(element.get("fallback") or element.get("timestamp") or ""))
    if kind in _MARKS:
        form, field = _MARKS[kind]
        return form.format(element.get(field))
    return ("\n" if kind in _LINES else "").join(_rich(part) for part in _list(element.get("elements")))


def _list(found: Any) -> Iterator[Mapping[str, Any]]:
    return (each for each in found if isinstance(each, dict)) if isinstance(found, list) else iter(())
