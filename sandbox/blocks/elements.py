"""What Slack refuses in the elements of blocks: buttons, menus, selects, pickers, inputs and images."""

from __future__ import annotations

import re
from typing import Any

from sandbox.blocks.problems import ID_CHARACTERS, Json, Problems, kind_of

SELECTS = {"static_select", "users_select", "conversations_select", "channels_select", "external_select"}
MULTI_SELECTS = {f"multi_{kind}" for kind in SELECTS}
PICKERS = {"datepicker", "timepicker", "datetimepicker"}
CHOICES = {"radio_buttons", "checkboxes"}
TYPED = {"plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input"}
IN_ACTIONS = {"button", "overflow"} | SELECTS | MULTI_SELECTS | PICKERS | CHOICES
IN_SECTION = (IN_ACTIONS - {"datetimepicker"}) | {"image"}
IN_INPUT = SELECTS | MULTI_SELECTS | PICKERS | CHOICES | TYPED
OPTION_COUNT = {"overflow": 5, "radio_buttons": 10, "checkboxes": 10, "static_select": 100, "multi_static_select": 100}


CONTROL = ("action_id", "confirm", "focus_on_load")
SELECT = (*CONTROL, "placeholder")
MULTI_SELECT = (*SELECT, "max_selected_items")
INPUT = ("action_id", "dispatch_action_config", "focus_on_load", "placeholder", "initial_value")
# The fields of each element besides its type, after Slack's published types; an element not named here may have any.
FIELDS = {
    "button": ("action_id", "confirm", "accessibility_label", "style", "text", "url", "value"),
    "overflow": ("action_id", "confirm", "options"),
    "image": ("alt_text", "image_url", "slack_file"),
    "static_select": (*SELECT, "options", "option_groups", "initial_option"),
    "users_select": (*SELECT, "initial_user"),
    "channels_select": (*SELECT, "initial_channel", "response_url_enabled"),
    "multi_static_select": (*MULTI_SELECT, "options", "option_groups", "initial_options"),
    "multi_users_select": (*MULTI_SELECT, "initial_users"),
    "radio_buttons": (*CONTROL, "options", "initial_option"),
    "checkboxes": (*CONTROL, "options", "initial_options"),
    "datepicker": (*SELECT, "initial_date"),
    "timepicker": (*SELECT, "initial_time", "timezone"),
    "datetimepicker": (*CONTROL, "initial_date_time"),
    "plain_text_input": (*INPUT, "multiline", "min_length", "max_length"),
    "number_input": (*INPUT, "is_decimal_allowed", "min_value", "max_value"),
    "email_text_input": INPUT,
    "url_text_input": INPUT,
}
ADDRESS = r"(?:https?|mailto|tel|sms|slack):"  # what a client opens
SECONDS = range(10**9, 10**10)  # "10 digits", says the page of the datetimepicker
INITIAL = {"initial_date": r"\d{4}-\d{2}-\d{2}", "initial_time": r"\d{2}:\d{2}"}


def element_problems(found: Problems, element: Any, pointer: str, allowed: set[str]) -> None:
    """Add what is wrong with an element at a place where only the `allowed` types may stand."""
    kind = kind_of(element)
    if kind not in allowed:
        found.add(f"unsupported type: {kind}", pointer)
        return
    found.only(element, {"type", *FIELDS.get(kind, element)}, pointer)
    if kind == "image":
        image_problems(found, element, pointer)
        return
    found.string(element, "action_id", pointer, ID_CHARACTERS)
    found.text(element, "placeholder", pointer, 150, plain=True)
    if "confirm" in element:
        _confirm(found, element["confirm"], f"{pointer}/confirm")
    if kind == "button":
        _button(found, element, pointer)
    elif kind in OPTION_COUNT:
        _options(found, element, pointer, OPTION_COUNT[kind])
    elif kind in PICKERS:
        _picker(found, element, pointer)
    elif kind == "plain_text_input":
        _text_input(found, element, pointer)
    elif kind == "number_input" and not isinstance(element.get("is_decimal_allowed"), bool):
        found.add("missing required field: is_decimal_allowed", pointer)


def _button(found: Problems, button: Json, pointer: str) -> None:
    found.text(button, "text", pointer, 75, plain=True, required=True)
    found.string(button, "value", pointer, 2000)
    if found.string(button, "url", pointer, 3000) and not re.match(ADDRESS, button.get("url", "https:")):
        found.add("must be a URL", f"{pointer}/url")
    found.string(button, "accessibility_label", pointer, 75)
    if button.get("style", "primary") not in ("primary", "danger"):
        found.add("must be one of primary, danger", f"{pointer}/style")


def _options(found: Problems, element: Json, pointer: str, most: int) -> None:
    before = len(found)
    _option_lists(found, element, pointer, most)
    if len(found) == before:
        _initial_options(found, element, pointer)


def _option_lists(found: Problems, element: Json, pointer: str, most: int) -> None:
    if "option_groups" in element and "options" in element:
        found.add("must define either `options` or `option_groups`", pointer)
    if "option_groups" in element and "options" not in element and "select" in element["type"]:
        for number, group in enumerate(found.items(element, "option_groups", pointer, 100)):
            place = f"{pointer}/option_groups/{number}"
            if not isinstance(group, dict):
                found.add("must be an object", place)
                continue
            found.text(group, "label", place, 75, plain=True, required=True)
            _option_list(found, group, place, most, plain=True)
        return
    _option_list(found, element, pointer, most, plain=element["type"] not in CHOICES)


def _option_list(found: Problems, holder: Json, pointer: str, most: int, *, plain: bool) -> None:
    for number, option in enumerate(found.items(holder, "options", pointer, most)):
        place = f"{pointer}/options/{number}"
        if not isinstance(option, dict):
            found.add("must be an object", place)
            continue
        found.only(option, ("text", "value", "description", "url"), place)
        found.text(option, "text", place, 75, plain=plain, required=True)
        found.string(option, "value", place, 75 if plain else 150, required=True)
        found.text(option, "description", place, 75, plain=plain)
    found.unique(holder.get("options", []), "value", f"{pointer}/options")


def _initial_options(found: Problems, element: Json, pointer: str) -> None:
    """What is chosen at first must be one of the options, letter for letter."""
    chosen = element.get("initial_options", [])
    if "initial_options" in element and not chosen:
        found.add("no fewer than 1 items allowed", f"{pointer}/initial_options")
    chosen = [*(chosen if isinstance(chosen, list) else [chosen]), element.get("initial_option")]
    groups = [group for group in element.get("option_groups", []) if isinstance(group, dict)]
    offered = [option for holder in (element, *groups) for option in holder.get("options", [])]
    for option in chosen:
        if option is not None and option not in offered:
            found.add("initial option must be one of the options", pointer)


def _picker(found: Problems, element: Json, pointer: str) -> None:
    for key, form in INITIAL.items():
        if key in element and not re.fullmatch(form, str(element[key])):
            found.add("must match the format of a date or time", f"{pointer}/{key}")
    at = element.get("initial_date_time", SECONDS[0])
    if not isinstance(at, int) or at not in SECONDS:
        found.add("must be seconds of ten digits", f"{pointer}/initial_date_time")


def _text_input(found: Problems, element: Json, pointer: str) -> None:
    for key, most in (("max_length", 3000), ("min_length", 3000)):
        if key in element and not (isinstance(element[key], int) and 0 <= element[key] <= most):
            found.add(f"must be between 0 and {most}", f"{pointer}/{key}")
    longest = element.get("max_length", 3000)
    found.string(element, "initial_value", pointer, longest if isinstance(longest, int) else 3000)


def _confirm(found: Problems, confirm: Any, pointer: str) -> None:
    if not isinstance(confirm, dict):
        found.add("must be an object", pointer)
        return
    found.text(confirm, "title", pointer, 100, plain=True, required=True)
    found.text(confirm, "text", pointer, 300, required=True)
    found.text(confirm, "confirm", pointer, 30, plain=True, required=True)
    found.text(confirm, "deny", pointer, 30, plain=True, required=True)


def image_problems(found: Problems, block: Json, pointer: str) -> None:
    """Add what is wrong with an image, as a block or as an element."""
    found.string(block, "alt_text", pointer, 2000, required=True)
    if "slack_file" in block:
        _slack_file(found, block, pointer)
    elif "image_url" not in block:
        found.add("missing required field: image_url", pointer)
    if found.string(block, "image_url", pointer, 3000) and not re.match(
        r"https?://", block.get("image_url", "http://")
    ):
        found.add("must be a URL", f"{pointer}/image_url")
    found.text(block, "title", pointer, 2000, plain=True)


def _slack_file(found: Problems, block: Json, pointer: str) -> None:
    """An uploaded picture stands in place of an address, and is named in one way; whether it is there is asked elsewhere."""
    if "image_url" in block:
        found.add("must define either `image_url` or `slack_file`", pointer)
    named = block["slack_file"]
    ways = [key for key in ("id", "url") if key in named] if isinstance(named, dict) else []
    if len(ways) != 1:
        found.add("must define either `id` or `url`", f"{pointer}/slack_file")
        return
    found.only(named, ways, f"{pointer}/slack_file")
    found.string(named, ways[0], f"{pointer}/slack_file", 3000, required=True)
