"""Notes that are corrected or deleted in Slack: the old words are gone, and a line says that something happened."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from cases.replies.drafts import Draft
from handlers.reply.propose import brief_of
from sandbox import events
from sandbox.people.reading import plain
from store import drafts, tables, timeline
from store.engine import Tx
from tests.stories.stage import Actor, Stage

CARD_NUMBER = "Card 4111 1111 1111 1111, called her"


@pytest.fixture
def ana(stage: Stage) -> Actor:
    stage.receives()
    return stage.person("ana")


def shown(ana: Actor) -> str:
    ana.command("/case", "show 1")
    return ana.sees()[-1]


def told_to_a_model(stage: Stage) -> str:
    draft = stage.world.store.read(lambda tx: drafts.load(tx, 1))
    assert isinstance(draft, Draft)
    return str(brief_of(stage.world, stage.case(), draft, "Ana"))


def test_corrected_note_says_what_it_says_now(stage: Stage, ana: Actor) -> None:
    """reports F13"""
    note = ana.say(stage.card(), CARD_NUMBER)
    ana.edit(note, "Called her & she laughed")
    assert "Called her & she laughed" in shown(ana)
    assert "changed a note" in shown(ana)
    assert "4111" not in shown(ana) + told_to_a_model(stage)


def test_deleted_note_says_nothing_any_more(stage: Stage, ana: Actor) -> None:
    """reports F13"""
    note = ana.say(stage.card(), CARD_NUMBER)
    ana.delete(note)
    assert "took a note back" in shown(ana)
    assert "4111" not in shown(ana) + told_to_a_model(stage)


def test_note_is_followed_through_several_changes(stage: Stage, ana: Actor) -> None:
    note = ana.say(stage.card(), "erst")
    for said in ("zweit", "dritt"):
        ana.edit(note, said)
    ana.delete(note)
    assert not {"erst", "zweit", "dritt"} & set(shown(ana).replace("“", " ").replace("”", " ").split())
    assert stage.history().count("note_changed") == 2


def test_deletion_by_an_owner_of_the_workspace_counts_too(stage: Stage, ana: Actor) -> None:
    note = ana.say(stage.card(), CARD_NUMBER)
    stage.person("lea").remove(note)
    assert "4111" not in shown(ana)


@pytest.mark.few(1)
@pytest.mark.parametrize("where", ["thread", "channel"])
def test_note_by_mention_is_followed_with_its_echo(stage: Stage, ana: Actor, where: str) -> None:
    """A sibling of F13: what was noted by a command that is a message."""
    place, number = (stage.card(), "") if where == "thread" else ("care", "1 ")
    note = ana.say(place, f"@amends note {number}{CARD_NUMBER}")
    assert "4111" in shown(ana)
    ana.edit(note, f"@amends note {number}called her")
    assert "“called her”" in shown(ana)
    assert "4111" not in shown(ana) + " ".join(stage.in_thread())
    ana.delete(note)
    assert "called her" not in shown(ana) + " ".join(stage.in_thread(kind="note"))


def test_note_in_a_direct_message_is_followed(stage: Stage, ana: Actor) -> None:
    note = ana.say("@amends", f"note 1 {CARD_NUMBER}")
    ana.delete(note)
    assert "4111" not in shown(ana) + " ".join(stage.in_thread(kind="note"))


def test_note_of_an_earlier_version_is_followed(stage: Stage, ana: Actor) -> None:
    """It is known by what it said."""
    note = ana.say(stage.card(), CARD_NUMBER)
    old = {"text": CARD_NUMBER}
    forgets = update(tables.timeline).where(tables.timeline.c.action == "note").values(facts=old)

    def forget(tx: Tx) -> None:
        with timeline.rewriting(tx):
            tx.execute(forgets)

    stage.world.store.write(forget)
    ana.delete(note)
    assert "4111" not in shown(ana)


def test_preview_of_a_link_changes_no_note(stage: Stage, ana: Actor) -> None:
    """Slack says of it, too, that the message changed."""
    note = ana.say(stage.card(), "see https://example.org/orders/1")
    same = events.message_changed(stage.practice.workspace, note, events.message_posted(stage.practice.workspace, note))
    same["message"]["attachments"] = [{"from_url": "https://example.org/orders/1", "title": "Order 1"}]
    stage.practice.person("ana").delivery.tell(same)
    assert stage.history().count("note_changed") == 0


def test_change_that_comes_before_the_note_wins(stage: Stage, ana: Actor) -> None:
    """Slack delivers a failed event again up to minutes later."""
    delivery, workspace = stage.practice.person("ana").delivery, stage.practice.workspace
    said = workspace.post(stage.card().channel, ana.id, CARD_NUMBER, thread_ts=stage.card().ts)
    late = events.message_posted(workspace, said)
    ana.delete(said)
    delivery.tell(late)
    assert "4111" not in shown(ana)


def test_edit_delivered_twice_is_one_line(stage: Stage, ana: Actor) -> None:
    note = ana.say(stage.card(), "erst")
    ana.edit(note, "zweit")
    delivery = stage.practice.person("ana").delivery
    delivery.send(delivery.sent[-1][0])
    assert stage.history().count("note_changed") == 1


def test_edit_of_what_was_no_note_means_nothing(stage: Stage, ana: Actor) -> None:
    said = ana.say("care", "good morning")
    ana.edit(said, "good evening")
    command = ana.say(stage.card(), "@amends claim")
    ana.edit(command, "@amends release")
    assert (stage.history().count("note"), stage.case().owner) == (0, ana.id)


def test_photo_that_is_given_words_later_becomes_a_note(stage: Stage, ana: Actor) -> None:
    photo = ana.say(stage.card(), " ")
    ana.edit(photo, "the crushed box")
    assert "the crushed box" in shown(ana)
    assert plain(photo)
