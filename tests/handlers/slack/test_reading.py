"""Messages of people and of other apps read into plain words."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.slack.reading import words_of

NAMES = {"UBEN00001": "Ben Okafor", "UEVIL0001": "<!channel>"}


def rich(*parts: dict[str, Any], kind: str = "rich_text_section") -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(parts)}]}


def item(text: str) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}


MESSAGES: dict[str, tuple[dict[str, Any], str]] = {
    "a person's": ({"text": "Cold &amp; late, <mailto:a@example.org|a@example.org>"}, "Cold & late, a@example.org"),
    "with a mention": ({"text": "ask <@UBEN00001>"}, "ask @Ben Okafor"),
    "with somebody unknown": ({"text": "ask <@UNOBODY01>"}, "ask @UNOBODY01"),
    "with a name that would be a mark": ({"text": "ask <@UEVIL0001>"}, "ask @!channel"),
    "rich text alone": (
        {
            "text": "",
            "blocks": [
                rich(
                    {"type": "text", "text": "Cold <soup> & late "},
                    {"type": "user", "user_id": "UBEN00001"},
                    {"type": "text", "text": " "},
                    {"type": "link", "url": "https://a.example/x", "text": "the order"},
                    {"type": "emoji", "name": "cry"},
                )
            ],
        },
        "Cold <soup> & late @Ben Okafor the order (https://a.example/x):cry:",
    ),
    "a list": ({"blocks": [rich(item("cold"), item("late"), kind="rich_text_list")]}, "cold\nlate"),
    "an app's blocks": (
        {
            "bot_id": "BFORM0001",
            "text": "New feedback",
            "blocks": [
                {"type": "header", "text": {"type": "plain_text", "text": "1 star &amp; no more"}},
                {"type": "section", "text": {"type": "plain_text", "text": "a & b <!here> &amp;amp;"}},
                {"type": "section", "text": {"type": "mrkdwn", "text": "The soup was &lt;cold&gt;"}},
                {"type": "section", "fields": [{"type": "mrkdwn", "text": "Order 8812"}]},
                {
                    "type": "context",
                    "elements": [{"type": "image", "alt_text": "x"}, {"type": "mrkdwn", "text": "by form"}],
                },
                {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Open"}}]},
                {"type": "divider"},
            ],
        },
        "1 star & no more\na & b <!here> &amp;\nThe soup was <cold>\nOrder 8812\nby form",
    ),
    "an old attachment": (
        {
            "text": "",
            "attachments": [{"pretext": "Zendesk", "title": "Ticket 7", "text": "Never &amp; ever", "fallback": "x"}],
        },
        "Zendesk\nTicket 7\nNever & ever",
    ),
    "fields": ({"attachments": [{"fields": [{"title": "Rating", "value": "1"}]}]}, "Rating\n1"),
    "a fallback alone": ({"attachments": [{"fallback": "New ticket: cold soup"}]}, "New ticket: cold soup"),
    "blocks in an attachment": (
        {
            "attachments": [
                {"color": "#f00", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "cold"}}]}
            ]
        },
        "cold",
    ),
    "a link's page": (
        {"text": "see <https://a.example>", "attachments": [{"from_url": "https://a.example", "title": "A shop"}]},
        "see https://a.example",
    ),
    "a message passed on": (
        {
            "text": "please look",
            "attachments": [{"from_url": "https://x.slack.com/p1", "is_share": True, "text": "cold soup"}],
        },
        "please look\ncold soup",
    ),
    "a message passed on in blocks": (
        {
            "text": "",
            "attachments": [
                {"message_blocks": [{"message": {"blocks": [rich({"type": "text", "text": "cold soup"})]}}]},
            ],
        },
        "cold soup",
    ),
    "a table": (
        {
            "blocks": [
                {
                    "type": "table",
                    "rows": [[{"type": "raw_text", "text": "Soup"}, {"type": "raw_text", "text": "cold"}]],
                }
            ]
        },
        "Soup | cold",
    ),
    "markdown": ({"bot_id": "B1", "blocks": [{"type": "markdown", "text": "**cold** soup"}]}, "**cold** soup"),
    "nothing": ({}, ""),
    "nonsense": ({"text": None, "blocks": "x", "attachments": [None, 3, {"fields": [None]}]}, ""),
}


@pytest.mark.parametrize("which", MESSAGES)
def test_message_is_read_as_people_see_it(which: str) -> None:
    """reports F10"""
    message, words = MESSAGES[which]
    assert words_of(message, NAMES.get) == words


def test_only_so_many_names_are_asked_for() -> None:
    asked: list[str] = []
    words_of({"text": " ".join(f"<@U{n:08}>" for n in range(100))}, lambda id_: asked.append(id_))
    assert len(asked) == 10
