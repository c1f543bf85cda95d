"""Slack's rich_text blocks and Markdown blocks as safe HTML."""

from __future__ import annotations

import re
from typing import Any, Final

from markupsafe import Markup

from sandbox.page.mrkdwn import (
    Reader,
    channel_mention,
    date,
    group_mention,
    link,
    mention,
    plain,
    shortcode,
    user_mention,
)

Element = dict[str, Any]

_STYLES: Final = (("code", "code"), ("strike", "s"), ("italic", "em"), ("bold", "strong"), ("underline", "u"))
_FENCE: Final = re.compile(r"```[^\n]*\n(.*?)\n?```", re.DOTALL)
_LINE: Final = re.compile(r"^(?:(?P<h>#{1,6}) +|(?P<ul>[-*+]) +|(?P<ol>\d{1,9})[.)] +|(?P<quote>>) ?)?(?P<rest>.*)$")
_SPAN: Final = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>.+?)\*\*|~~(?P<s>.+?)~~|\*(?P<em>[^*]+)\*|(?<!\w)_(?P<em2>[^_]+)_(?!\w)"
    r"|\[(?P<label>[^\]]+)\]\((?P<url>[^)\s]+)\)"
)
_FRAMES: Final = {
    "rich_text_quote": Markup("<blockquote>{}</blockquote>"),
    "rich_text_preformatted": Markup("<pre>{}</pre>"),
}
_LINE_FRAME: Final = Markup('<div class="line">{}</div>')


def rich_text(block: Element, reader: Reader) -> Markup:
    """A `rich_text` block: sections, lists, quotations and preformatted text, in order."""
    return Markup("").join(_part(part, reader) for part in block.get("elements", []))


def markdown(text: str) -> Markup:
    """The Markdown of a `markdown` block: headings, lists, quotations, code, emphasis, links. HTML in it is text."""
    pieces = _FENCE.split(text)
    return Markup("").join(
        Markup("<pre>{}</pre>").format(plain(piece)) if index % 2 else _markdown_lines(piece.strip("\n"))
        for index, piece in enumerate(pieces)
        if piece.strip("\n")
    )


def _part(part: Element, reader: Reader) -> Markup:
    if part.get("type") == "rich_text_list":
        return _list(part, reader)
    content = Markup("").join(_leaf(element, reader) for element in part.get("elements", []))
    return _FRAMES.get(str(part.get("type")), _LINE_FRAME).format(content)


def _list(part: Element, reader: Reader) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(_part(item, reader)) for item in part.get("elements", []))
    indent = min(int(part.get("indent", 0)), 8)
    if part.get("style") == "ordered":
        first = int(part.get("offset", 0)) + 1
        return Markup('<ol class="indent-{}" start="{}">{}</ol>').format(indent, first, items)
    return Markup('<ul class="indent-{}">{}</ul>').format(indent, items)


def _leaf(element: Element, reader: Reader) -> Markup:
    """One run of text. Text here is never parsed for marks, which is why customers' words are shown this way."""
    content = _content(element, reader)
    style = element.get("style") or {}
    for name, tag in _STYLES:
        if style.get(name):
            content = Markup("<{0}>{1}</{0}>").format(tag, content)
    return content


def _content(element: Element, reader: Reader) -> Markup:
    match element.get("type"):
        case "link":
            return link(element.get("url", ""), plain(element.get("text") or element.get("url", "")))
        case "user":
            return user_mention(element.get("user_id", ""), reader)
        case "channel":
            return channel_mention(element.get("channel_id", ""), reader)
        case "usergroup":
            return group_mention(element.get("usergroup_id", ""), reader)
        case "broadcast":
            return mention("broadcast", "@" + element.get("range", ""))
        case "emoji":
            tone = f"::skin-tone-{element['skin_tone']}" if element.get("skin_tone") else ""
            return shortcode(element.get("name", "") + tone)
        case "date":
            return date(int(element["timestamp"]), element["format"], reader, element.get("url", ""))
        case "color":
            return Markup("<code>{}</code>").format(plain(element.get("value", "")))
        case _:
            return plain(str(element.get("text", "")))


def _markdown_lines(text: str) -> Markup:
    return Markup("").join(_markdown_line(line) for line in text.split("\n"))


def _markdown_line(line: str) -> Markup:
    found = _LINE.match(line)
    content = _markdown_spans(found["rest"] if found else line)
    if found and found["h"]:
        return Markup('<div class="heading">{}</div>').format(content)
    if found and found["ul"]:
        return Markup("<ul><li>{}</li></ul>").format(content)
    if found and found["ol"]:
        return Markup('<ol start="{}"><li>{}</li></ol>').format(found["ol"], content)
    if found and found["quote"]:
        return _FRAMES["rich_text_quote"].format(content)
    return _LINE_FRAME.format(content or Markup("<br>"))


def _markdown_spans(text: str) -> Markup:
    out, position = [], 0
    for span in _SPAN.finditer(text):
        out += [plain(text[position : span.start()]), _markdown_span(span)]
        position = span.end()
    return Markup("").join([*out, plain(text[position:])])


def _markdown_span(span: re.Match[str]) -> Markup:
    if span["url"]:
        return link(span["url"], plain(span["label"]))
    if span["code"]:
        return Markup("<code>{}</code>").format(plain(span["code"]))
    name = span.lastgroup or ""
    return Markup("<{0}>{1}</{0}>").format(name.rstrip("2"), _markdown_spans(span[name]))
