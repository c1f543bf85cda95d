"""What a message and a view are: blocks to look at, and the same said as text for screen readers and notifications."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from handlers.cards.mrkdwn import Mrkdwn, escape, fit, join

Block: TypeAlias = dict[str, Any]
View: TypeAlias = dict[str, Any]
BLOCK_LIMIT = 50
VIEW_BLOCK_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Message:
    """One message as chat.postMessage and chat.update take it: `text` at most 3,000 characters, at most 50 `blocks`."""

    text: str
    blocks: tuple[Block, ...] = ()


def message(*blocks: Block | None) -> Message:
    """A message of these blocks, leaving out those that are None. Its text says all that the blocks say."""
    shown = tuple(block for block in blocks if block)[:BLOCK_LIMIT]
    return Message(spoken(shown), shown)


def line(text: str) -> Message:
    """A message of nothing but a sentence or two. It has a block, because only blocks can be told to be `verbatim`."""
    said = fit(text)
    return Message(said, ({"type": "section", "text": {"type": "mrkdwn", "text": said, "verbatim": True}},))


def spoken(blocks: Iterable[Block]) -> Mrkdwn:
    """The words of the blocks in order, without buttons: screen readers and notifications know nothing else [S]."""
    return fit(join("\n", (_words(block) for block in blocks)))


def _words(block: Block) -> Mrkdwn:
    match block["type"]:
        case "section":
            return _text(block["text"])
        case "header":
            return _text(block["text"])
        case "context":
            return join(" · ", (_text(element) for element in block["elements"]))
        case "rich_text":
            return join("\n", (_rich(element) for element in block["elements"]))
        case "image":
            return escape(block["alt_text"])
        case _:
            return Mrkdwn()


def _text(text: dict[str, Any]) -> Mrkdwn:
    """A text object's words; mrkdwn has been escaped by its builder, plain text never is."""
    return Mrkdwn(text["text"]) if text["type"] == "mrkdwn" else escape(text["text"])


def _rich(element: dict[str, Any]) -> Mrkdwn:
    words = escape("".join(run["text"] for run in element["elements"]))
    return Mrkdwn(f"“{words}”") if element["type"] == "rich_text_quote" else words
