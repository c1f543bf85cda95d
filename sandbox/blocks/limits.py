"""What Slack refuses in blocks and views: unknown types, missing keys and everything over the limits of Block Kit.

The limits are those of Slack's Block Kit reference and of its published TypeScript types. Each problem names its place
as a JSON pointer, as Slack does in response_metadata.messages.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from sandbox.blocks.elements import IN_ACTIONS, IN_INPUT, IN_SECTION, element_problems, image_problems
from sandbox.blocks.problems import ID_CHARACTERS, Json, Problems, kind_of
from sandbox.blocks.rich_text import rich_text_problems

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
VIEW_BYTES = 250_000
VIEW_FIELDS = [
    "type",
    "title",
    "submit",
    "close",
    "blocks",
    "private_metadata",
    "callback_id",
    "external_id",
    "clear_on_close",
    "notify_on_close",
]
HOME_FIELDS = ["type", "blocks", "private_metadata", "callback_id", "external_id"]
ONLY_IN_MESSAGES = {"markdown"}
METADATA_BYTES = 8_192  # Slack has a limit but does not publish it
MARKDOWN_CHARACTERS = 12_000  # together, in one message
# Of all text in one message. Slack has a limit and does not publish it: 13,297 characters were too many, 13,172 with a
# divider beside them, and 11,341 in many small pieces (github.com/slackapi/bolt-js, issues 2509 and 2867).
TOGETHER, EACH_PIECE = 13_000, 125


def block_problems(blocks: Any, *, most: int = MESSAGE_BLOCKS, pointer: str = "/blocks") -> list[str]:
    """Everything Slack would refuse in these blocks; empty when it would take them."""
    found = Problems()
    if not isinstance(blocks, list):
        found.add("must be an array", pointer)
        return found
    if len(blocks) > most:
        found.add(f"no more than {most} items allowed", pointer)
    for number, block in enumerate(blocks):
        _block(found, block, f"{pointer}/{number}")
    whole = [block for block in blocks if isinstance(block, dict)]
    found.unique(whole, "block_id", pointer)
    if sum(len(str(block.get("text", ""))) for block in whole if block.get("type") == "markdown") > MARKDOWN_CHARACTERS:
        found.add(f"markdown must be less than {MARKDOWN_CHARACTERS + 1} characters together", pointer)
    return found


def view_problems(view: Any) -> list[str]:
    """Everything Slack would refuse in a modal or Home view, its size apart (see `too_large`)."""
    found = Problems()
    if not isinstance(view, dict) or kind_of(view) not in ("modal", "home"):
        found.add("must be one of modal, home", "/view/type")
        return found
    modal = view["type"] == "modal"
    found.only(view, VIEW_FIELDS if modal else HOME_FIELDS, "/view")
    found.text(view, "title", "/view", 24, plain=True, required=modal)
    found.text(view, "submit", "/view", 24, plain=True)
    found.text(view, "close", "/view", 24, plain=True)
    found.string(view, "private_metadata", "/view", 3000)
    found.string(view, "callback_id", "/view", ID_CHARACTERS)
    found.string(view, "external_id", "/view", ID_CHARACTERS)
    found += block_problems(view.get("blocks"), most=VIEW_BLOCKS, pointer="/view/blocks")
    blocks = view["blocks"] if isinstance(view.get("blocks"), list) else []
    for number, block in enumerate(blocks):
        if kind_of(block) in ONLY_IN_MESSAGES:
            found.add(f"unsupported type: {block['type']}", f"/view/blocks/{number}")
    if sum(_focuses(block) for block in blocks) > 1:
        found.add("only one element may have `focus_on_load`", "/view/blocks")
    asks = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
    if modal and asks and "submit" not in view:
        found.add("missing required field: submit", "/view")
    return found


def _focuses(part: Any) -> int:
    """How many elements want the keyboard when the view opens."""
    if isinstance(part, list):
        return sum(map(_focuses, part))
    return (part.get("focus_on_load") is True) + sum(map(_focuses, part.values())) if isinstance(part, dict) else 0


def too_large(view: Any) -> bool:
    """Whether a view is over the 250 kB that Slack takes."""
    return len(json.dumps(view).encode()) > VIEW_BYTES


def too_long_together(blocks: Any) -> bool:
    """Whether a message's blocks hold more than Slack takes in chat.postMessage; answers to commands are not held to it."""
    return _weight(blocks) > TOGETHER


def _weight(part: Any) -> int:
    if isinstance(part, list):
        return sum(map(_weight, part))
    if not isinstance(part, dict):
        return 0
    own = len(part["text"]) if isinstance(part.get("text"), str) else 0
    return own + EACH_PIECE * ("block_id" in part) + sum(_weight(value) for value in part.values())


def metadata_problem(metadata: Any) -> str | None:
    """Slack's error name for unusable message metadata, or None. Values are scalars, or one level of arrays and objects."""
    if not isinstance(metadata, dict) or set(metadata) - {"event_type", "event_payload", "entities"}:
        return "invalid_metadata_format"
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        return "invalid_metadata_format"
    return "metadata_too_large" if len(json.dumps(metadata).encode()) > METADATA_BYTES else None


def _block(found: Problems, block: Any, pointer: str) -> None:
    kind = kind_of(block)
    if kind not in _BLOCKS:
        found.add(f"unsupported type: {kind}", pointer)
        return
    fields, check = _BLOCKS[kind]
    found.only(block, {"type", "block_id", *fields.split()}, pointer)
    found.string(block, "block_id", pointer, ID_CHARACTERS)
    check(found, block, pointer)


def _section(found: Problems, block: Json, pointer: str) -> None:
    if "fields" in block:
        for number, text in enumerate(found.items(block, "fields", pointer, 10)):
            found.text_object(text, f"{pointer}/fields/{number}", 2000)
    found.text(block, "text", pointer, 3000, required="fields" not in block)
    if "accessory" in block:
        element_problems(found, block["accessory"], f"{pointer}/accessory", IN_SECTION)


def _header(found: Problems, block: Json, pointer: str) -> None:
    found.text(block, "text", pointer, 150, plain=True, required=True)


def _context(found: Problems, block: Json, pointer: str) -> None:
    for number, element in enumerate(found.items(block, "elements", pointer, 10)):
        place = f"{pointer}/elements/{number}"
        if kind_of(element) == "image":
            image_problems(found, element, place)
        else:
            found.text_object(element, place, 3000)


def _actions(found: Problems, block: Json, pointer: str) -> None:
    elements = found.items(block, "elements", pointer, 25)
    for number, element in enumerate(elements):
        element_problems(found, element, f"{pointer}/elements/{number}", IN_ACTIONS)
    found.unique(elements, "action_id", f"{pointer}/elements")


def _input(found: Problems, block: Json, pointer: str) -> None:
    found.text(block, "label", pointer, 2000, plain=True, required=True)
    found.text(block, "hint", pointer, 2000, plain=True)
    if "element" not in block:
        found.add("missing required field: element", pointer)
        return
    element_problems(found, block["element"], f"{pointer}/element", IN_INPUT)


def _markdown(found: Problems, block: Json, pointer: str) -> None:
    found.string(block, "text", pointer, sys.maxsize, required=True)  # the limit is for all in a message together


def _rich_text(found: Problems, block: Json, pointer: str) -> None:
    found += rich_text_problems(block, pointer)


def _divider(found: Problems, block: Json, pointer: str) -> None:
    """Nothing further can be wrong with a line."""


# Block type -> its fields besides type and block_id, after Slack's published types, and what else is checked.
_BLOCKS: dict[str, tuple[str, Callable[[Problems, Json, str], None]]] = {
    "section": ("text fields accessory expand", _section),
    "header": ("text", _header),
    "divider": ("", _divider),
    "context": ("elements", _context),
    "actions": ("elements", _actions),
    "image": ("alt_text image_url slack_file title", image_problems),
    "rich_text": ("elements", _rich_text),
    "input": ("label element hint optional dispatch_action", _input),
    "markdown": ("text", _markdown),
}
