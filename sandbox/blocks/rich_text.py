"""Rich text blocks: what Slack refuses in them, and the words in them."""

from __future__ import annotations

from typing import Any

from sandbox.blocks.problems import kind_of

Json = dict[str, Any]

# What may stand in a container besides its elements, after Slack's published types.
CONTAINERS = {
    "rich_text_section": (),
    "rich_text_quote": ("border",),
    "rich_text_preformatted": ("border", "language"),
    "rich_text_list": ("border", "indent", "offset", "style"),
}
IN_PREFORMATTED = ("text", "link")
# What an inline element must carry besides its type.
INLINE = {
    "text": "text",
    "link": "url",
    "user": "user_id",
    "channel": "channel_id",
    "usergroup": "usergroup_id",
    "emoji": "name",
    "broadcast": "range",
    "date": "timestamp",
    "color": "value",
}
# What else it may carry, besides a style.
BESIDES = {"link": ("text", "unsafe"), "emoji": ("unicode", "url"), "date": ("format", "url", "fallback")}


def rich_text_problems(block: Json, pointer: str) -> list[str]:
    """Everything Slack would refuse in a rich_text block, each with its JSON pointer."""
    elements = block.get("elements")
    if not isinstance(elements, list):
        return [f"missing required field: elements [json-pointer:{pointer}]"]
    found = [] if elements else [f"no fewer than 1 items allowed [json-pointer:{pointer}/elements]"]
    for number, element in enumerate(elements):
        found += _container(element, f"{pointer}/elements/{number}")
    return found


def _container(element: Any, pointer: str) -> list[str]:
    kind = kind_of(element)
    if kind not in CONTAINERS:
        return [f"unsupported type: {kind} [json-pointer:{pointer}]"]
    children = element.get("elements")
    if not isinstance(children, list):
        return [f"missing required field: elements [json-pointer:{pointer}]"]
    if kind == "rich_text_list" and element.get("style") not in ("bullet", "ordered"):
        return [f"must be one of bullet, ordered [json-pointer:{pointer}/style]"]
    if strange := _strange(element, "elements", *CONTAINERS[kind]):
        return [f"invalid additional property: {strange} [json-pointer:{pointer}]"]
    if kind == "rich_text_preformatted" and any(kind_of(child) not in IN_PREFORMATTED for child in children):
        return [f"unsupported type [json-pointer:{pointer}/elements]"]
    check = _section if kind == "rich_text_list" else _inline
    return [problem for at, child in enumerate(children) for problem in check(child, f"{pointer}/elements/{at}")]


def _section(element: Any, pointer: str) -> list[str]:
    if not isinstance(element, dict) or element.get("type") != "rich_text_section":
        return [f"must be a rich_text_section [json-pointer:{pointer}]"]
    return _container(element, pointer)


def _inline(element: Any, pointer: str) -> list[str]:
    kind = kind_of(element)
    if kind not in INLINE:
        return [f"unsupported type: {kind} [json-pointer:{pointer}]"]
    needed = INLINE[kind]
    if needed not in element:
        return [f"missing required field: {needed} [json-pointer:{pointer}]"]
    if strange := _strange(element, needed, "style", *BESIDES.get(kind, ())):
        return [f"invalid additional property: {strange} [json-pointer:{pointer}]"]
    if kind == "text" and not (isinstance(element["text"], str) and element["text"]):
        return [f"must be more than 0 characters [json-pointer:{pointer}/text]"]
    if kind == "text" and set(element.get("style") or ()) - {"bold", "italic", "strike", "code", "underline"}:
        return [f"no more fields allowed [json-pointer:{pointer}/style]"]
    if any(not isinstance(value, bool) for value in (element.get("style") or {}).values()):
        return [f"must be a boolean [json-pointer:{pointer}/style]"]
    return []


def _strange(element: Json, *known: str) -> str:
    return ", ".join(sorted(str(name) for name in set(element) - {"type", *known}))


def rich_text_words(element: Json) -> str:
    """The words of a rich_text block or element; mentions as `<@U…>` or `@S…`, emoji as `:name:`, one line per list item."""
    kind = element.get("type", "")
    if kind in INLINE:
        return _inline_words(element)
    joint = "\n" if kind in ("rich_text", "rich_text_list") else ""
    return joint.join(rich_text_words(child) for child in element.get("elements", []))


def _inline_words(element: Json) -> str:
    kind = element["type"]
    if kind == "link":
        return str(element.get("text") or element["url"])
    if kind == "date":
        return str(element.get("fallback") or element["timestamp"])
    if kind == "usergroup":
        return f"@{element['usergroup_id']}"
    marks = {"user": "<@{}>", "channel": "<#{}>", "emoji": ":{}:", "broadcast": "<!{}>"}
    return marks.get(kind, "{}").format(element[INLINE[kind]])
