"""Small builders of Block Kit: each keeps to the platform's limits and lets nothing typed by a stranger act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cases.text import clean, cut
from handlers.cards import words
from handlers.cards.message import Block
from handlers.cards.mrkdwn import Mrkdwn, fit, unmarked

FORMAT = "v1"  # of a button's value; a click on an older card is told to look at the newer one
_LONGEST_NUMBER = 18  # digits: what every database takes for a key
HEADER_LIMIT, BUTTON_LIMIT, OPTION_LIMIT, PLACEHOLDER_LIMIT = 150, 75, 75, 150
ALT_TEXT_LIMIT = 2000
OVERFLOW_LIMIT, SELECT_LIMIT, ACTIONS_LIMIT = 5, 100, 25
CONFIRM_TITLE_LIMIT, CONFIRM_TEXT_LIMIT, CONFIRM_BUTTON_LIMIT = 100, 300, 30


def is_number(text: str) -> bool:
    """Whether it can be the number of a case or a version, as a button or a form brings it back."""
    return text.isdecimal() and len(text) <= _LONGEST_NUMBER


def mrkdwn(text: str) -> dict[str, Any]:
    """A mrkdwn text object. `verbatim` stops Slack from finding @here, #channels and addresses by itself [S]."""
    return {"type": "mrkdwn", "text": fit(text) or " ", "verbatim": True}


def plain(text: str, limit: int) -> dict[str, Any]:
    """A plain_text object: Slack reads no marks in it, so nothing may be escaped."""
    literal = unmarked(text) if isinstance(text, Mrkdwn) else clean(text)
    return {"type": "plain_text", "text": cut(literal, limit) or "–", "emoji": True}


def header(text: str) -> Block:
    """A large line of plain text."""
    return {"type": "header", "text": plain(text, HEADER_LIMIT)}


def section(text: str, block_id: str | None = None, accessory: dict[str, Any] | None = None) -> Block:
    """A paragraph, perhaps with one element to its right."""
    return _named({"type": "section", "text": mrkdwn(text)}, block_id, accessory=accessory)


def context(text: str, block_id: str | None = None) -> Block | None:
    """A small grey line; None when it would be empty, which Slack refuses."""
    return _named({"type": "context", "elements": [mrkdwn(text)]}, block_id) if text else None


def actions(elements: Iterable[dict[str, Any]], block_id: str) -> Block | None:
    """A row of buttons and menus; None without any."""
    shown = list(elements)[:ACTIONS_LIMIT]
    return _named({"type": "actions", "elements": shown}, block_id) if shown else None


def image(file: str, alt: str, block_id: str) -> Block:
    """A picture that Slack has processed already; with one that it has not, it refuses the whole message. `file`: its id."""
    return {"type": "image", "block_id": block_id, "slack_file": {"id": file}, "alt_text": cut(alt, ALT_TEXT_LIMIT)}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def rich(elements: Iterable[dict[str, Any]], block_id: str) -> Block:
    """A block of rich text: its runs are never parsed, so a stranger's words stay words."""
    return {"type": "rich_text", "block_id": block_id, "elements": list(elements)}


def rich_line(text: str, *, bold: bool = False) -> dict[str, Any]:
    """A line of our own within rich text."""
    return {"type": "rich_text_section", "elements": [_run(clean(text), bold=bold)]}


def quoted(text: str, limit: int) -> dict[str, Any]:
    """Somebody's own words, cut at `limit` characters, as a quotation in which no mark, link or mention works."""
    return {"type": "rich_text_quote", "elements": [_run(cut(clean(text), limit))]}


def preformatted(text: str, limit: int = 3000) -> dict[str, Any]:
    """Words to copy: Slack offers a button for it, and nothing in them is read as a mark."""
    return {"type": "rich_text_preformatted", "elements": [_run(cut(clean(text), limit))]}


def _run(text: str, *, bold: bool = False) -> dict[str, Any]:
    style = {"style": {"bold": True}} if bold else {}
    return {"type": "text", "text": text or " ", **style}


def button(
    action: str, case: int | None = None, *, label: str | None = None, style: str | None = None
) -> dict[str, Any]:
    """A button that does one action of the catalogue to one case. `style`: "primary", "danger" or None."""
    made = {"type": "button", "action_id": action, "text": plain(label or words.button(action), BUTTON_LIMIT)}
    if case is not None:
        made["value"] = f"{FORMAT}:{case}"
    return made | ({"style": style} if style else {})


def overflow(labels: Mapping[str, str], case: int, name: str = "more") -> dict[str, Any]:
    """The three dots: up to five further actions on one case, action name → label. `name`: which menu of a message it is.

    Raises ValueError for more: Slack takes no more, and what was left out would be missed by nobody but who needs it.
    """
    if len(labels) > OVERFLOW_LIMIT:
        full = f"a menu holds {OVERFLOW_LIMIT} actions, not {len(labels)}: {', '.join(labels)}"
        raise ValueError(
            f"{full}. Give one a button of its own or a place in another menu, or leave it to its command."
        )
    choices = [option(label, f"{FORMAT}:{case}:{name}") for name, label in labels.items()]
    return {"type": "overflow", "action_id": name, "options": choices}


def option(label: str, value: str) -> dict[str, Any]:
    """One choice of a menu; its value keeps to the narrower of the two published limits."""
    return {"text": plain(label, OPTION_LIMIT), "value": value[:OPTION_LIMIT]}


def options(labels: Mapping[Any, str]) -> list[dict[str, Any]]:
    """The choices of a select, in order: value → label."""
    return [option(label, str(value)) for value, label in labels.items()][:SELECT_LIMIT]


def select(action: str, labels: Mapping[int, str], placeholder: str) -> dict[str, Any]:
    """A menu in a message, of which each choice does one action to one case: its number → label."""
    choices = options({f"{FORMAT}:{number}": label for number, label in labels.items()})
    said = plain(placeholder, PLACEHOLDER_LIMIT)
    return {"type": "static_select", "action_id": action, "placeholder": said, "options": choices}


def confirmed(element: dict[str, Any], text: str, yes: str) -> dict[str, Any]:
    """An element that asks back before it acts."""
    return element | {
        "confirm": {
            "title": plain(words.CONFIRM_TITLE, CONFIRM_TITLE_LIMIT),
            "text": plain(text, CONFIRM_TEXT_LIMIT),
            "confirm": plain(yes, CONFIRM_BUTTON_LIMIT),
            "deny": plain(words.CONFIRM_NO, CONFIRM_BUTTON_LIMIT),
        }
    }


def _named(block: Block, block_id: str | None, **more: Any) -> Block:
    named = {"block_id": block_id} if block_id else {}
    return block | named | {key: value for key, value in more.items() if value is not None}
