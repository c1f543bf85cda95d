"""Controls and their values: finding them in blocks, filling in a form, and the state that interactions carry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sandbox.objects import Json
from sandbox.workspace import Blocks

REQUIRED = "Please complete this required field."

# Element type -> where its value stands in the state, and which key of the element holds the initial one.
VALUES = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
MANY = ("selected_options", "selected_users")


class NotThere(LookupError):
    """A gesture at something that this person does not see."""


Lookup = Callable[[str], str | None]  # a name or id of a person -> the id


def controls(blocks: Blocks) -> Iterator[tuple[str, Json]]:
    """Every element that acts or takes a value, with its block's id, in reading order."""
    for block in blocks:
        places = [block.get("accessory"), block.get("element")]
        places += block.get("elements", []) if block.get("type") == "actions" else []
        for element in places:
            if isinstance(element, dict) and element.get("action_id"):
                yield str(block.get("block_id", "")), element


def control(blocks: Blocks, action_id: str, block_id: str | None = None) -> tuple[str, Json]:
    """The control with this action_id. Raises NotThere, naming those that are there."""
    found = list(controls(blocks))
    for at, element in found:
        if element["action_id"] == action_id and block_id in (None, at):
            return at, element
    there = ", ".join(element["action_id"] for _, element in found) or "none"
    raise NotThere(f"there is no control {action_id!r} here; there are: {there}")


def options(element: Json) -> list[Json]:
    """The options of a select, menu or choice, those in groups included."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def option(element: Json, wanted: str) -> Json:
    """The option with this value or this label, without its description. Raises NotThere, naming those that are there."""
    for candidate in options(element):
        if wanted in (candidate["value"], candidate["text"]["text"]):
            return {"text": candidate["text"], "value": candidate["value"]}
    there = ", ".join(repr(candidate["text"]["text"]) for candidate in options(element))
    raise NotThere(f"{element.get('action_id')!r} has no option {wanted!r}; it has: {there}")


def chosen(element: Json, value: Any, lookup: Lookup) -> Json:
    """The part of an action or of the state that says which value an element has; `value` None is its empty state."""
    key, _ = VALUES[element["type"]]
    if key in MANY:
        given = [value] if isinstance(value, str) else list(value or [])
        return {key: [_single(element, one, lookup) for one in given if one]}
    return {key: None if value in (None, "") else _single(element, value, lookup)}


def _single(element: Json, value: Any, lookup: Lookup) -> Any:
    key = VALUES[element["type"]][0]
    if key in ("selected_option", "selected_options"):
        return option(element, str(value))
    if key in ("selected_user", "selected_users"):
        found = lookup(str(value))
        if found is None:
            raise NotThere(f"there is nobody called {value!r} to select")
        return found
    return int(value) if key == "selected_date_time" else str(value)


def state_of(blocks: Blocks, values: Mapping[str, Any], lookup: Lookup) -> Json:
    """`{block_id: {action_id: value}}` for all elements with a value: `values` (by action_id or block_id), else the initial ones."""
    state: Json = {}
    for block_id, element in controls(blocks):
        if element["type"] not in VALUES:
            continue
        key, initial = VALUES[element["type"]]
        named = next((name for name in (element["action_id"], block_id) if name in values), None)
        if named is not None:
            entry = chosen(element, values[named], lookup)
        else:
            entry = {key: element.get(initial, [] if key in MANY else None)}
        state.setdefault(block_id, {})[element["action_id"]] = {"type": element["type"], **entry}
    return state


def check_names(blocks: Blocks, values: Mapping[str, Any]) -> None:
    """Raise NotThere when a value is given for a field that the form has not."""
    known = {name for block_id, element in controls(blocks) for name in (block_id, element["action_id"])}
    unknown = [name for name in values if name not in known]
    if unknown:
        fields = ", ".join(element["action_id"] for _, element in controls(blocks)) or "none"
        raise NotThere(f"the form has no field {unknown[0]!r}; it has: {fields}")


def complaints(blocks: Blocks, state: Json) -> dict[str, str]:
    """What Slack's client itself would not send off: block id -> what it says beside the field."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            value = state[block["block_id"]][element["action_id"]][VALUES[element["type"]][0]]
            wrong = _wrong(element, value, optional=bool(block.get("optional")))
            if wrong:
                found[block["block_id"]] = wrong
    return found


def _wrong(element: Json, value: Any, *, optional: bool) -> str | None:
    if value in (None, "", []):
        return None if optional else REQUIRED
    if element["type"] == "plain_text_input":
        return _wrong_length(element, value)
    if element["type"] == "number_input":
        return _wrong_number(element, value)
    if element["type"] == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return "Please enter a valid email address."
    return None


def _wrong_length(element: Json, value: str) -> str | None:
    if len(value) > element.get("max_length", 3000):
        return f"Please use at most {element.get('max_length', 3000)} characters."
    if len(value) < element.get("min_length", 0):
        return f"Please use at least {element['min_length']} characters."
    return None


def _wrong_number(element: Json, value: str) -> str | None:
    if not re.fullmatch(r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+", value):
        return "Please enter a valid number."
    if float(value) < float(element.get("min_value", "-inf")):
        return f"Please enter a number of at least {element['min_value']}."
    if float(value) > float(element.get("max_value", "inf")):
        return f"Please enter a number of at most {element['max_value']}."
    return None
