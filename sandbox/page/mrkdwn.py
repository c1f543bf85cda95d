"""Slack's mrkdwn as safe HTML: all text is escaped, and only the marks Slack knows become elements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from sandbox.page.dates import slack_date
from sandbox.page.emoji import emoji


@dataclass(frozen=True)
class Reader:
    """Who reads, where and when. `people`, `channels` and `groups` map Slack ids to the names shown; `now` is aware."""

    now: datetime = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Berlin"))
    user: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)


_TOKEN: Final = re.compile(
    r"""
      `(?P<code>[^`\n]+)`
    | <(?P<angle>[^<>\n]+)>
    | (?<![\w*])\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])
    | (?<![\w_])_(?P<italic>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])
    | (?<![\w~])~(?P<strike>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])
    | :(?P<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):
    """,
    re.VERBOSE,
)
_EMOJI: Final = re.compile(r":([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):")
_PRE: Final = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_QUOTE: Final = re.compile(r"^(?:>|&gt;) ?(.*)$")
# Control characters say nothing to a reader, and the bidirectional ones would let text disguise its neighbours.
_INVISIBLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_ELEMENT: Final = {"bold": "strong", "italic": "em", "strike": "s"}
_STAMP: Final = re.compile(r"[0-9]{1,11}")  # seconds, up to the year 5138
# A deep link that Slack opens in its own window; the page has one app, and of its tabs Home to open.
_HOME_TAB: Final = re.compile(r"slack://app\?[\w&;=]*\btab=home\b[\w&;=]*")
_SAFE_LINK: Final = re.compile(r"^(?:https?://|mailto:|tel:)[^\s\"'<>]+$", re.IGNORECASE)


def plain(text: str) -> Markup:
    """Text exactly as it is, escaped, without characters that are invisible or turn the line around."""
    return escape(_INVISIBLE.sub("", text))


def plain_text(text: str) -> Markup:
    """A `plain_text` object: no marks, but emoji by their short names."""
    pieces = _EMOJI.split(text)
    return Markup("").join(shortcode(piece) if index % 2 else plain(piece) for index, piece in enumerate(pieces))


def mrkdwn(text: str, reader: Reader) -> Markup:
    """A `mrkdwn` text object or a message's `text`. Slack's three entities are read back before escaping."""
    pieces = _PRE.split(text)
    return Markup("").join(
        Markup("<pre>{}</pre>").format(_literal(piece)) if index % 2 else _paragraphs(piece, reader)
        for index, piece in enumerate(pieces)
        if piece
    )


def link(url: str, label: Markup) -> Markup:
    """A link that opens in a new tab where the address is http, https, mailto or tel; else only the label."""
    if not _SAFE_LINK.match(url):
        return label
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, label)


def mention(kind: str, label: str, *, own: bool = False) -> Markup:
    """A highlighted name. `broadcast` is what wakes a whole channel, so the page marks it unmistakably."""
    return Markup('<span class="mention {}{}">{}</span>').format(kind, " own" if own else "", plain(label))


def user_mention(user: str, reader: Reader, fallback: str = "") -> Markup:
    return mention("user", "@" + reader.people.get(user, fallback or user), own=user == reader.user)


def group_mention(group: str, reader: Reader, fallback: str = "") -> Markup:
    return mention("group", "@" + reader.groups.get(group, fallback.removeprefix("@") or group))


def channel_mention(channel: str, reader: Reader, fallback: str = "") -> Markup:
    name = reader.channels.get(channel, fallback or channel)
    return Markup('<a class="mention channel" href="?in={}" data-open="{}">#{}</a>').format(
        channel, channel, plain(name)
    )


def shortcode(name: str) -> Markup:
    """An emoji by name; one the table lacks keeps its colons, as in Slack."""
    character = emoji(name)
    if character is None:
        return plain(f":{name}:")
    return Markup('<span class="emoji" role="img" aria-label="{}">{}</span>').format(name.replace("_", " "), character)


def date(stamp: int, pattern: str, reader: Reader, address: str = "") -> Markup:
    """An instant (`stamp`: seconds since 1970) in the reader's zone, with the whole date on hover."""
    at = datetime.fromtimestamp(stamp, UTC)
    shown = Markup('<time datetime="{}" title="{}">{}</time>').format(
        at.isoformat(),
        slack_date(at, "{date_long} {time}", reader.now, reader.zone),
        plain(slack_date(at, pattern, reader.now, reader.zone)),
    )
    return link(address, shown) if address else shown


def _literal(text: str) -> Markup:
    return plain(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def _paragraphs(text: str, reader: Reader) -> Markup:
    """Lines in order; neighbouring lines that begin with `>` become one quotation."""
    out: list[Markup] = []
    quoted: list[Markup] = []
    after_quote = True  # a quotation ends its own line, and so does the beginning
    for line in text.split("\n"):
        quote = _QUOTE.match(line)
        if quote:
            quoted.append(_inline(quote[1], reader))
            continue
        if quoted:
            out.append(_quotation(quoted))
            quoted, after_quote = [], True
        out.append((Markup("") if after_quote else Markup("<br>")) + _inline(line, reader))
        after_quote = False
    if quoted:
        out.append(_quotation(quoted))
    return Markup("").join(out)


def _quotation(lines: list[Markup]) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(Markup("<br>").join(lines))


def _inline(text: str, reader: Reader) -> Markup:
    out, position = [], 0
    for token in _TOKEN.finditer(text):
        out += [_literal(text[position : token.start()]), _token(token, reader)]
        position = token.end()
    return Markup("").join([*out, _literal(text[position:])])


def _token(token: re.Match[str], reader: Reader) -> Markup:
    kind = token.lastgroup or ""
    content = token[kind]
    if kind == "code":
        return Markup("<code>{}</code>").format(_literal(content))
    if kind == "angle":
        return _angle(content, reader)
    if kind == "emoji":
        return shortcode(content)
    return Markup("<{0}>{1}</{0}>").format(_ELEMENT[kind], _inline(content, reader))


def _angle(content: str, reader: Reader) -> Markup:
    """What stands between `<` and `>`: a mention, a date, a link; anything else is shown as it was written."""
    target, _, label = content.partition("|")
    if target.startswith("@"):
        return user_mention(target[1:], reader, label)
    if target.startswith("#"):
        return channel_mention(target[1:], reader, label)
    if target.startswith("!date^"):
        return _date(target, label, reader)
    if target.startswith("!subteam^"):
        return group_mention(target.removeprefix("!subteam^"), reader, label)
    if target in ("!channel", "!here", "!everyone"):
        return mention("broadcast", "@" + target[1:])
    if _HOME_TAB.fullmatch(target):
        return Markup('<a href="?in=home" data-open="home">{}</a>').format(_literal(label or "Home"))
    if _SAFE_LINK.match(target):
        return link(target.replace("&amp;", "&"), _literal(label or target.removeprefix("mailto:")))
    return plain(f"<{content}>")


def _date(target: str, fallback: str, reader: Reader) -> Markup:
    """`<!date^UNIX^FORMAT^optional link|fallback>` in the reader's zone."""
    _, stamp, pattern, address = [*target.split("^", 3), "", ""][:4]
    if not _STAMP.fullmatch(stamp) or not pattern:
        return _literal(fallback)
    return date(int(stamp), pattern, reader, address)
