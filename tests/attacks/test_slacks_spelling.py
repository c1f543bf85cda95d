"""Slack's spelling does not end up in the customer's words, whichever way they come in."""

from __future__ import annotations

from typing import Any

from sandbox import events
from sandbox.demo import cast
from sandbox.people.reading import plain
from tests.stories.stage import Actor, Stage

SENT = "Soup &amp; bread cold &lt;3, wrote <mailto:ana@example.org|ana@example.org>"
MEANT = "Soup & bread cold <3, wrote ana@example.org"


def opened_from(stage: Stage, ana: Actor, text: str, **more: Any) -> str:
    message = stage.practice.workspace.post(cast.CARE, ana.id, text, **more)
    ana.shortcut("open_case", message)
    first = next(block for block in ana.modal().view["blocks"] if block["type"] == "input")
    return str(first["element"].get("initial_value"))


def test_message_shortcut_reads_slacks_spelling(stage: Stage) -> None:
    """reports F10"""
    ana = stage.person("ana")
    assert opened_from(stage, ana, SENT) == MEANT
    ana.submit({})
    assert stage.case().feedback[0].comment == MEANT
    assert MEANT in plain(stage.card())
    assert "&amp;" not in plain(stage.draft())


def test_message_of_another_app_has_its_words_in_blocks(stage: Stage) -> None:
    """reports F10"""
    words = [{"type": "section", "text": {"type": "mrkdwn", "text": SENT}}]
    assert opened_from(stage, stage.person("ana"), "", blocks=words) == MEANT


def test_note_in_a_thread_is_kept_as_it_was_meant(stage: Stage) -> None:
    """reports F10"""
    stage.receives()
    ana, workspace = stage.person("ana"), stage.practice.workspace
    said = f"Fish, ask <@{cast.BEN}>: {SENT}"
    message = workspace.post(cast.CARE, ana.id, said, thread_ts=stage.card().ts)
    stage.practice.person("ana").delivery.tell(events.message_posted(workspace, message))
    ana.command("/case", "show 1")
    assert f"noted: “Fish, ask @Ben Okafor: {MEANT}”" in ana.sees()[-1]


def test_note_by_mention_names_people_too(stage: Stage) -> None:
    stage.receives()
    ana = stage.person("ana")
    ana.say(stage.card(), "@amends note ask @ben & Co")
    ana.command("/case", "show 1")
    assert "“ask @Ben Okafor & Co”" in ana.sees()[-1]


def test_new_case_by_command_is_read_plainly(stage: Stage) -> None:
    ana = stage.person("ana")
    ana.command("/case", "new Soup & bread cold <3")
    first = next(block for block in ana.modal().view["blocks"] if block["type"] == "input")
    assert first["element"]["initial_value"] == "Soup & bread cold <3"
