"""The words of a message and who sees them, and the workspace as a whole."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.demo.cast import ANA, CARE
from sandbox.people.reading import blocks_text, buttons, menu, plain
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Message
from tests.elapsing import PATIENCE


def text(words: str, kind: str = "plain_text") -> dict[str, Any]:
    return {"type": kind, "text": words}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"type": "header", "text": text("Title")}, "Title"),
        ({"type": "divider"}, ""),
        ({"type": "section", "text": text("a &lt; b", "mrkdwn"), "fields": [text("c"), text("d")]}, "a < b\nc\nd"),
        ({"type": "section", "text": text("a &lt; b")}, "a &lt; b"),
        ({"type": "context", "elements": [text("small"), {"type": "image", "alt_text": "pic"}]}, "small\n[image: pic]"),
        ({"type": "markdown", "text": "**bold**"}, "**bold**"),
        ({"type": "image", "title": text("Box"), "alt_text": "A box"}, "Box\n[image: A box]"),
        ({"type": "section", "text": text("a"), "accessory": {"type": "image", "alt_text": "b"}}, "a\n[image: b]"),
        (
            {"type": "section", "text": text("<!subteam^SCARE0001> &lt;!subteam^S1>", "mrkdwn")},
            "@SCARE0001 <!subteam^S1>",
        ),
        ({"type": "section", "text": text("<!subteam^S9|@night-team>, <!subteam^S8>", "mrkdwn")}, "@night-team, @S8"),
        ({"type": "section", "text": text("<!subteam^SCARE0001>")}, "<!subteam^SCARE0001>"),
        (
            {
                "type": "input",
                "label": text("Why"),
                "hint": text("Briefly"),
                "element": {"type": "plain_text_input", "initial_value": "so"},
            },
            "Why\nso\nBriefly",
        ),
        (rich({"type": "rich_text_quote", "elements": [text("it was ", "text"), text("cold", "text")]}), "it was cold"),
        (
            rich(
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "user", "user_id": ANA},
                        {"type": "emoji", "name": "eyes"},
                        {"type": "link", "url": "https://example.org"},
                        {"type": "broadcast", "range": "here"},
                        {"type": "usergroup", "usergroup_id": "SCARE0001"},
                        {"type": "date", "timestamp": 1, "fallback": "today"},
                    ],
                }
            ),
            f"<@{ANA}>:eyes:https://example.org<!here>@SCARE0001today",
        ),
        (
            rich(
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [{"type": "rich_text_section", "elements": [text(t, "text")]} for t in ("one", "two")],
                }
            ),
            "one\ntwo",
        ),
    ],
)
def test_words_of_a_block_read_from_top_to_bottom(block: dict[str, Any], words: str) -> None:
    assert blocks_text([block]) == words


def test_card_reads_with_its_buttons_but_closed_menus(card: Message) -> None:
    assert plain(card) == "Soup cold & an hour late\nClaim"
    assert buttons(card) == ["claim", "more"]
    assert menu(card) == ["Snooze", "Not a complaint"]


def test_message_without_blocks_reads_as_its_text(practice: PracticeWorkspace) -> None:
    assert plain(practice.person("ana").say("care", "a < b")) == "a < b"


def test_messages_are_found_by_kind_across_conversations(
    practice: PracticeWorkspace, slack: WebClient, card: Message
) -> None:
    nudge = {"event_type": "amends_message", "event_payload": {"kind": "nudge"}}
    slack.chat_postMessage(channel=ANA, text="to ana", metadata=nudge)
    slack.chat_postMessage(channel=CARE, thread_ts=card.ts, text="in the thread", metadata=nudge)
    assert [message.text for message in practice.messages("nudge")] == ["to ana", "in the thread"]
    assert len(practice.messages()) == 3


def test_channel_reads_by_kind_and_author(practice: PracticeWorkspace, card: Message) -> None:
    said = practice.person("ana").say("care", "hm")
    reply = practice.person("ana").say(card, "in thread")
    care = practice.channel("#care")
    assert care.messages(by="ana") == [said]
    assert care.everything(by="ana") == [said, reply]
    assert care.last("card") is card


def test_thread_reads_the_same_from_parent_or_reply(practice: PracticeWorkspace, card: Message) -> None:
    reply = practice.person("ana").say(card, "x")
    assert practice.thread(card) == practice.thread(reply) == [reply]


def test_everything_is_forgotten_on_reset(practice: PracticeWorkspace, card: Message) -> None:
    before = practice.workspace.version
    practice.clock.jump(timedelta(hours=1))
    practice.person("ana").react(card, "eyes")
    practice.reset()
    assert practice.messages() == []
    assert practice.workspace.version > before
    assert practice.workspace.new_ts() == "1767603600.000100"


def test_watcher_is_woken_by_a_change(practice: PracticeWorkspace) -> None:
    seen: list[int] = []
    version = practice.workspace.version
    watcher = threading.Thread(target=lambda: seen.append(practice.workspace.wait(version, PATIENCE)))
    watcher.start()
    practice.person("ana").say("care", "hello")
    watcher.join(PATIENCE)
    assert seen
    assert seen[0] > version


def test_watcher_gives_up_when_nothing_changes(practice: PracticeWorkspace) -> None:
    assert practice.workspace.wait(practice.workspace.version, 0.01) == practice.workspace.version


def test_second_workspace_serves_beside_the_first(practice: PracticeWorkspace) -> None:
    with PracticeWorkspace() as other:
        assert other.base_url != practice.base_url
        client = WebClient(token="xoxb-practice", base_url=other.slack_api_url, retry_handlers=[])
        client.chat_postMessage(channel=CARE, text="elsewhere")
        assert len(other.messages()) == 1
    assert practice.messages() == []


def test_port_that_is_taken_is_said_at_once(practice: PracticeWorkspace) -> None:
    port = int(practice.base_url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        PracticeWorkspace().start(port=port)


def test_stopped_workspace_can_be_started_again() -> None:
    practice = PracticeWorkspace()
    for _ in range(2):
        practice.start()
        client = WebClient(token="xoxb-practice", base_url=practice.slack_api_url, retry_handlers=[])
        assert client.auth_test()["ok"]
        practice.stop()
    practice.stop()
