"""What a customer said, to its last letter: as much of it as one message holds, and all of it in a view with pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from cases.model import Case, Feedback
from cases.text import clean, one_line, parts
from handlers.cards import phrases, words
from handlers.cards.blocks import FORMAT, actions, button, context, plain, quoted, rich, rich_line
from handlers.cards.message import Block, View, spoken
from handlers.cards.modals import TITLE_LIMIT
from handlers.cards.mrkdwn import fill

# Slack refuses what holds more than about 12,000 characters in all its blocks, as msg_blocks_too_long; it says the number
# nowhere, and 11,341 were too many: github.com/slackapi/bolt-js, issues 2509 and 2867.
MESSAGE_ROOM = 9_000
# What a slash command is answered with is not held to that, but a message is never longer than 40,000.
ANSWER_ROOM = 30_000
_PART = 2_800  # characters of one block; where Slack names a limit for a text, it is 3,000
_MESSAGE_BLOCKS = 30  # of the 50 that a message may have
_PAGE_BLOCKS, _PAGE_BYTES = 60, 200_000  # of a view, which may have 100 blocks and 250 kB

_Line = dict[str, Any]


def words_of(feedback: Feedback, number: int, intro: _Line | None = None) -> list[Block]:
    """What somebody said at one time, below an `intro` if there is one; what finds no room is one click away."""
    return within(_said(feedback, intro, "words"), number, MESSAGE_ROOM)


def quotation(intro: str | None, text: str, name: str) -> list[Block]:
    """What a colleague wrote, whole, below an `intro` of ours; forms and commands take no more than one message holds."""
    first, *more = parts(clean(text)[:MESSAGE_ROOM], _PART)
    rest = (rich([quoted(part, _PART)], f"{name} part {place}") for place, part in enumerate(more, start=2))
    return [rich([*([rich_line(intro)] if intro else []), quoted(first, _PART)], name), *rest]


def within(blocks: Iterable[Block], number: int, room: int) -> list[Block]:
    """As many of these blocks as hold `room` characters, then the way to the rest if there is any."""
    shown: list[Block] = []
    for block in blocks:
        room -= len(spoken([block]))
        if shown and (room < 0 or len(shown) == _MESSAGE_BLOCKS):
            return [*shown, *filter(None, [actions([button("read_all", number)], "rest")])]
        shown.append(block)
    return shown


def all_words(case: Case, *, headed: bool = True, below: str = "") -> Iterator[Block]:
    """All that the customer said in a case, oldest first, each where `headed` with where it came from, `below` a headline."""
    for place, feedback in enumerate(case.feedback, start=1):
        heading = rich_line(phrases.origin(feedback), bold=True) if headed else None
        yield from _said(feedback, heading, f"words {place}", below)


def view(case: Case, page: int = 1) -> View:
    """One page of all that the customer said, counted from 1; beyond the last it is the last."""
    pages = list(_pages(all_words(case))) or [[]]
    page = max(1, min(page, len(pages)))
    return {
        "type": "modal",
        "callback_id": "read_all",
        "private_metadata": f"{FORMAT}:{case.number}",
        "title": plain(words.READ_ALL_TITLE.format(number=case.number), TITLE_LIMIT),
        "close": plain(words.MODAL_DONE, TITLE_LIMIT),
        "blocks": [*pages[page - 1], *filter(None, _leaf(case.number, page, len(pages)))],
    }


def _said(feedback: Feedback, intro: _Line | None, name: str, below: str = "") -> Iterator[Block]:
    said = clean(phrases.said_by_customer(feedback, below))
    first, *more = parts(said, _PART)
    words_first = quoted(first, _PART) if said else rich_line(phrases.wordless(feedback))
    yield rich([*([intro] if intro else []), words_first], name)
    for place, part in enumerate(more, start=2):
        yield rich([quoted(part, _PART)], f"{name} part {place}")
    for place, (question, answer) in enumerate(phrases.also_answered(feedback), start=1):
        yield rich([rich_line(one_line(question, _PART)), quoted(clean(answer), _PART)], f"{name} answer {place}")


def _pages(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    page: list[Block] = []
    room = _PAGE_BYTES
    for block in blocks:
        size = len(json.dumps(block))
        if page and (size > room or len(page) == _PAGE_BLOCKS):
            yield page
            page, room = [], _PAGE_BYTES
        page.append(block)
        room -= size
    yield page


def _leaf(number: int, page: int, count: int) -> Iterator[Block | None]:
    """The row's id says which page is to come."""
    if count > 1:
        yield context(fill(words.HOME_PAGE, page=page, pages=count), "page")
    if page > 1:
        yield actions([button("read_on", number, label=words.READ_BACK)], f"to {page - 1}")
    if page < count:
        yield actions([button("read_on", number)], f"to {page + 1}")
