"""Fields of a modal, and the way back: from a view's state to plain values by field name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

from cases.text import clean, cut, says_something
from handlers.cards import words
from handlers.cards.blocks import option, options, plain
from handlers.cards.message import Block

LABEL_LIMIT = 2000
PLACEHOLDER_LIMIT = 150
TEXT_LIMIT = 3000  # the longest text a plain_text_input holds [types]

Value: TypeAlias = str | int | None


def text(
    name: str,
    label: str,
    *,
    initial: str | None = None,
    long: bool = False,
    optional: bool = True,
    most: int = TEXT_LIMIT,
) -> Block:
    """A line, or with `long` a paragraph, to type; prefilled with `initial`, cut to `most` characters.

    Here and below, `label` is the key of its words in the catalogue: an action's name for what its form asks first.
    """
    element: dict[str, Any] = {"type": "plain_text_input", "multiline": long, "max_length": most}
    if initial:
        element["initial_value"] = cut(clean(initial), most)
    return _field(name, label, element, optional)


def select(name: str, label: str, choices: Mapping[Any, str], *, initial: Any = None, optional: bool = True) -> Block:
    """One of some choices, value → label."""
    offered = options(choices)
    element: dict[str, Any] = {"type": "static_select", "options": offered}
    chosen = next((choice for choice in offered if initial is not None and choice["value"] == str(initial)), None)
    return _field(name, label, element | ({"initial_option": chosen} if chosen else {}), optional)


def person(name: str, label: str, *, initial: str | None = None, optional: bool = False) -> Block:
    """A colleague."""
    return _field(name, label, {"type": "users_select"} | ({"initial_user": initial} if initial else {}), optional)


def instant(name: str, label: str, *, initial: datetime | None = None, optional: bool = True) -> Block:
    """A day and an hour, in the reader's own zone; read back as seconds since 1970."""
    chosen = {"initial_date_time": int(initial.timestamp())} if initial else {}
    return _field(name, label, {"type": "datetimepicker"} | chosen, optional)


def day(name: str, label: str, *, initial: date | None = None, optional: bool = True) -> Block:
    """A day; read back as "2026-01-07"."""
    element = {"type": "datepicker"} | ({"initial_date": initial.isoformat()} if initial else {})
    return _field(name, label, element, optional)


def tick(name: str, label: str, *, optional: bool = True) -> Block:
    """One box to tick; read back as "yes", or None."""
    element = {"type": "checkboxes", "options": [option(words.TICKS[label], "yes")]}
    return _field(name, label, element, optional)


def _field(name: str, label: str, element: dict[str, Any], optional: bool) -> Block:
    """An input whose block and action are both called by the field's name, so that reading it back needs no table."""
    element["action_id"] = name
    if element["type"] in _SELECTS:
        element["placeholder"] = plain(words.CHOOSE, PLACEHOLDER_LIMIT)
    field: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(words.label(label), LABEL_LIMIT),
        "element": element,
        "optional": optional,
    }
    return field | ({"hint": plain(words.HINTS[label], LABEL_LIMIT)} if label in words.HINTS else {})


_SELECTS = frozenset({"static_select", "users_select"})
_HOLDS_VALUE = ("value", "selected_user", "selected_date", "selected_date_time")


def fields_of(view: Mapping[str, Any]) -> list[str]:
    """The names of a view's fields, in their order."""
    blocks = view.get("blocks", [])
    return [block["block_id"] for block in blocks if block.get("type") == "input" and block.get("block_id")]


def read_view(view: Mapping[str, Any]) -> dict[str, Value]:
    """A submitted view's values by field name: text stripped, a select's value, a day as text, an instant as seconds.

    A field that was left empty is None.
    """
    states = view.get("state", {}).get("values", {})
    return {name: _value(element) for elements in states.values() for name, element in elements.items()}


def _value(element: Mapping[str, Any]) -> Value:
    chosen = element.get("selected_option")
    if chosen:
        return str(chosen["value"])
    if element.get("selected_options"):
        return str(element["selected_options"][0]["value"])
    found = next((element[key] for key in _HOLDS_VALUE if element.get(key) is not None), None)
    return (found.strip() if says_something(found) else None) if isinstance(found, str) else found
