"""The page's drawing: screens, messages, blocks and views become HTML through Jinja templates that escape everything."""

from __future__ import annotations

import html
import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from sandbox.files import picture_type
from sandbox.page import mrkdwn
from sandbox.page.dates import ago, slack_date
from sandbox.page.emoji import PICKER, emoji
from sandbox.page.mrkdwn import Reader
from sandbox.page.rich_text import markdown, rich_text
from sandbox.page.screen import Screen
from sandbox.workspace import Blocks

PARTS: Final = ("stage", "sidebar", "main", "thread", "mail", "modal")
"""The pieces of the page that change while it is open; each has a template and an element of that id."""

_TEMPLATES: Final = Path(__file__).parent / "templates"
_MENTION: Final = re.compile(r"<@(\w+)>")
_COLOURS: Final = 8  # of avatars, in page.css


def page(screen: Screen, stage: dict[str, Any]) -> str:
    """The whole document. `stage` is what the bar above the workspace shows: clock, customers, version."""
    return _environment().get_template("page.html").render(_variables(screen, stage), parts=parts(screen, stage))


def parts(screen: Screen, stage: dict[str, Any]) -> dict[str, Markup]:
    """The inner HTML of every changing piece, by name."""
    variables = _variables(screen, stage)
    return {name: Markup(_environment().get_template(f"{name}.html").render(variables)) for name in PARTS}  # noqa: S704


def blocks_html(blocks: Blocks, reader: Reader | None = None, scope: str = "m") -> str:
    """Block Kit blocks as HTML. `scope` begins the ids of menus, so that one message may be drawn twice on a page."""
    macro = _environment().from_string("{% from 'blocks.html' import blocks with context %}{{ blocks(given, scope) }}")
    return macro.render(given=blocks, reader=reader or Reader(), scope=scope, errors={}, screen={})


def _variables(screen: Screen, stage: dict[str, Any]) -> dict[str, Any]:
    errors = screen.modal.errors if screen.modal else {}
    return {"screen": screen, "reader": screen.reader, "stage": stage, "picker": PICKER, "errors": errors}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "text": _text,
        "mrkdwn": _mrkdwn,
        "plain": mrkdwn.plain,
        "as_typed": _as_typed,
        "rich_text": _rich_text,
        "markdown": markdown,
        "emoji": lambda name: emoji(name) or f":{name}:",
        "initials": initials,
        "colour": colour,
        "hhmm": _hhmm,
        "ago": _ago,
        "when": _when,
        "is_picture": lambda content: picture_type(content) is not None,
        "address": picture_address,
        "local": _local,
        "json": lambda value: json.dumps(value, ensure_ascii=False),
    }
    return environment


@pass_context
def _text(context: Context, text: dict[str, Any] | None) -> Markup:
    """A text object of either kind; nothing for None."""
    if not text:
        return Markup("")
    if text.get("type") == "mrkdwn":
        return mrkdwn.mrkdwn(text.get("text", ""), context["reader"])
    return mrkdwn.plain_text(text.get("text", ""))


@pass_context
def _mrkdwn(context: Context, text: str) -> Markup:
    return mrkdwn.mrkdwn(text, context["reader"])


@pass_context
def _as_typed(context: Context, text: str) -> str:
    """What its author finds in the box in which they edit it: mentions by name, nothing escaped."""
    people = context["reader"].people
    named = _MENTION.sub(lambda match: f"@{people.get(match[1], '').split(' ')[0] or match[1]}", text)
    return html.unescape(named)


@pass_context
def _rich_text(context: Context, block: dict[str, Any]) -> Markup:
    return rich_text(block, context["reader"])


@pass_context
def _hhmm(context: Context, at: datetime) -> str:
    return f"{at.astimezone(context['reader'].zone):%H:%M}"


@pass_context
def _local(context: Context, stamp: int) -> str:
    """Unix seconds as a browser's datetime-local field has them, in the reader's zone."""
    return f"{datetime.fromtimestamp(stamp, context['reader'].zone):%Y-%m-%dT%H:%M}"


@pass_context
def _ago(context: Context, at: datetime) -> str:
    return ago(context["reader"].now - at)


@pass_context
def _when(context: Context, at: datetime, before: str = "") -> str:
    """Today at 10:20, or the day by its name; behind the words `before` it, within their sentence."""
    reader = context["reader"]
    return slack_date(at, before + "{date_long_pretty} at {time}", reader.now, reader.zone)


def initials(name: str) -> str:
    """Up to two letters for an avatar: `Ana Ruiz` is AR, `Ben` is B."""
    words = name.split()
    return "".join(word[0] for word in (words[0], *words[-1:]))[: 1 + (len(words) > 1)].upper() if words else "?"


def colour(user: str) -> int:
    """A colour number for an avatar that stays the same for one person."""
    return sum(map(ord, user)) % _COLOURS


def picture_address(image: dict[str, Any]) -> str:
    """Where the page loads an image from: only from here, so that nothing leaves this machine; else empty."""
    named = image.get("slack_file") or {}
    if "id" in named:
        return f"/page/files/{quote(named['id'])}"
    address = urlsplit(named["url"]).path if "url" in named else str(image.get("image_url") or "")
    return address if address.startswith("/") and not address.startswith("//") else ""
