"""Blocks as plain lines, the way a reader at 10:00 in Berlin sees them, so that tests can hold the actual words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from handlers.cards.mrkdwn import ordinal

PEOPLE = {"UANA00001": "@ana", "UBEN00001": "@ben", "ULEA00001": "@lea"}
_DATE = re.compile(r"<!date\^(\d+)\^([^|]*)\|[^>]*>")
_LINK = re.compile(r"<([^|<>]+)\|([^<>]*)>")
_PERSON = re.compile(r"<@(\w+)>")
_READ_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def lines(blocks: Iterable[Mapping[str, Any]]) -> list[str]:
    """Every block as one or more lines; buttons as `[Claim]`, the primary one as `[*Claim*]`, menus as `[…: A, B]`."""
    return [line for block in blocks for line in _block(block)]


def shown(text: str) -> str:
    """mrkdwn as it reads: dates and people resolved, links as `label → address`, entities as characters."""
    text = _DATE.sub(lambda found: _date(int(found[1]), found[2]), text)
    text = _PERSON.sub(lambda found: PEOPLE.get(found[1], found[1]), text)
    text = _LINK.sub(r"\2", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _date(stamp: int, pattern: str) -> str:
    at = datetime.fromtimestamp(stamp, UTC)
    minutes = round((at - _READ_AT).total_seconds() / 60)
    count, unit = (abs(minutes), "min") if abs(minutes) < 60 else (abs(minutes) // 60, "h")
    ago = f"in {count} {unit}" if minutes > 0 else f"{count} {unit} ago"
    day = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(
        (at.date() - _READ_AT.date()).days, f"{at:%A, %B} {ordinal(at.day)}, {at:%Y}"
    )
    day = day[0].upper() + day[1:] if pattern.startswith("{date") else day
    return pattern.replace("{ago}", ago).replace("{date_long_pretty}", day).replace("{time}", f"{at:%H:%M}")


def _block(block: Mapping[str, Any]) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield f"# {block['text']['text']}"
        case "section":
            yield from shown(block["text"]["text"]).split("\n")
            if "accessory" in block:
                yield _element(block["accessory"])
        case "context":
            yield from (f"  {line}" for element in block["elements"] for line in shown(element["text"]).split("\n"))
        case "rich_text":
            yield from (line for part in block["elements"] for line in _rich(part))
        case "actions":
            yield " ".join(_element(element) for element in block["elements"])
        case "input":
            yield f"{block['label']['text']} {_input(block)}"
        case kind:
            yield f"({kind})"


def _rich(part: Mapping[str, Any]) -> Iterator[str]:
    words = "".join(run["text"] for run in part["elements"])
    yield from (f"| {line}" for line in words.split("\n")) if part["type"] == "rich_text_quote" else [words]


def _element(element: Mapping[str, Any]) -> str:
    if element["type"] == "overflow":
        return f"[…: {', '.join(option['text']['text'] for option in element['options'])}]"
    label = element["text"]["text"]
    return f"[*{label}*]" if element.get("style") == "primary" else f"[{label}]"


def _input(block: Mapping[str, Any]) -> str:
    element = block["element"]
    initial = element.get("initial_value") or element.get("initial_option", {}).get("text", {}).get("text")
    kind = element["type"] + ("" if block["optional"] else ", required")
    return f"({kind})" + (f" {initial!r}" if initial else "")
