"""A new action is a row in the table and a row of words: whoever forgets something is told what, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest

from cases.acts.act import Act, ActionName, Change, Decision, Wants
from cases.acts.actions import ACTIONS, Action
from cases.messages.notes import Acted
from cases.model import Case, Severity
from handlers.cards import modals, thread_notes, words
from handlers.cards.words import Form, Said
from handlers.listeners.buttons import clicked
from handlers.listeners.forms import submitted
from sandbox.demo.cast import ANA
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import shown
from tests.stories.stage import Actor, Stage

README = Path(__file__).parents[2] / "README.md"
TOLD = Acted(say=ActionName.NOTE, actor=ex.ANA, owner=ex.BEN, before=ex.ANA, until=ex.NOW)


_NEEDS_NO_WORDS = frozenset({Wants.NOTHING, Wants.A_WORD, Wants.REASON})


def missing(name: ActionName, action: Action | None) -> Iterator[str]:
    """What an action still lacks, in words for whoever adds it."""
    if action is None:
        yield f"{name} is in no table: its effect goes into cases/acts/effects.py, its row into cases/acts/actions.py"
        return
    said = words.ACTIONS.get(name)
    if said is None:
        yield f"{name} has no words: add its row in handlers/cards/words/actions.py"
        return
    if not action.at_once and action.wants is Wants.NOTHING:
        yield f"{name} opens a form with nothing to ask: let it be done at once, or say what it wants"
    if not action.at_once and (said.form is None or not said.form.asks):
        yield f"{name} is not done at once: its row of words needs a form, and what that asks first"
    if action.at_once and said.form is not None:
        yield f"{name} is done at once: nobody ever sees the form in its row of words"
    if action.undo is not None and said.undone is None:
        yield f"{name} can be taken back: its row of words needs `undone`"
    if action.told_in_thread and not told(name):
        yield f"{name} is told in the thread: its row of words needs a `note`"
    if action.wants not in _NEEDS_NO_WORDS and not said.example:
        yield f"{name} wants {action.wants.value}: its row of words needs an `example` of that, which works as it stands"
    if not re.search(rf"\b{name}\b", README.read_text(encoding="utf-8")):
        yield f"{name} is not named in README.md, where the commands are"


def told(name: ActionName) -> bool:
    try:
        return bool(thread_notes.of_action(ex.CLAIMED, replace(TOLD, say=name)).text)
    except KeyError:
        return False


@pytest.mark.parametrize("name", ActionName)
def test_every_action_has_all_that_is_said_of_it(name: ActionName) -> None:
    assert list(missing(name, ACTIONS.get(name))) == []


def test_no_row_and_no_words_are_of_an_action_that_is_gone() -> None:
    assert {*words.ACTIONS, *ACTIONS} <= set(ActionName)


# An action that is in no list but the two tables.

GRAVER = cast(ActionName, "graver")


def _escalated(case: Case, act: Act, now: datetime) -> Decision:
    graver = replace(case, severity=case.severity.raised())
    return Change(graver, {"before": case.severity, "severity": graver.severity, "text": act.text})


def _calmed(case: Case, act: Act, now: datetime) -> Decision:
    return Change(replace(case, severity=Severity.NORMAL))


BARE = Action(effect=_escalated)
WHOLE = Action(effect=_escalated, undo=_calmed, emoji=("rotating_light",), wants=Wants.A_WORD, at_once=True)
SAID = Said(
    button="More at stake",
    usage="[WHY]",
    help="its clocks run faster from now on",
    done="#{number} is more urgent now.",
    entry="found it graver, {severity}",
    undone="found it no graver than before",
    note="🔺 {actor} finds it graver",
)
FORM = Form("Graver? #{number}", "Raise it", "What makes it graver?")


def test_bare_action_is_told_all_that_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(missing(GRAVER, None)) == [
        "graver is in no table: its effect goes into cases/acts/effects.py, its row into cases/acts/actions.py"
    ]
    assert list(missing(GRAVER, BARE)) == ["graver has no words: add its row in handlers/cards/words/actions.py"]
    monkeypatch.setitem(words.ACTIONS, GRAVER, replace(SAID, undone=None, note=None))
    assert list(missing(GRAVER, replace(WHOLE, at_once=False, wants=Wants.NOTHING, told_in_thread=True))) == [
        "graver opens a form with nothing to ask: let it be done at once, or say what it wants",
        "graver is not done at once: its row of words needs a form, and what that asks first",
        "graver can be taken back: its row of words needs `undone`",
        "graver is told in the thread: its row of words needs a `note`",
        "graver is not named in README.md, where the commands are",
    ]
    monkeypatch.setitem(words.ACTIONS, GRAVER, replace(SAID, form=FORM))
    assert (
        "graver wants an instant, perhaps with a reason: its row of words needs an `example` of that, which works as it stands"
        in list(missing(GRAVER, replace(WHOLE, at_once=False, wants=Wants.TIME)))
    )


@pytest.fixture
def ana(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Actor:
    """A colleague who can find the case graver that has just been opened."""
    monkeypatch.setitem(ACTIONS, GRAVER, WHOLE)
    monkeypatch.setitem(words.ACTIONS, GRAVER, SAID)
    stage.hears_from("box-not-delivered")
    return stage.person("ana")


def click(stage: Stage, name: str) -> dict[str, Any]:
    card = stage.card()
    return {
        "user": {"id": ANA},
        "channel": {"id": card.channel},
        "actions": [{"action_id": name, "type": "button", "value": "v1:1"}],
    }


def history(stage: Stage, who: Actor) -> str:
    who.command("/case", "show 1")
    return who.sees()[-1]


@pytest.mark.long
def test_new_action_is_done_and_undone_by_emoji(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "rotating_light")
    assert stage.case().severity is Severity.HIGH
    ana.unreact(stage.card(), "rotating_light")
    assert stage.case().severity is Severity.NORMAL
    assert stage.history()[-2:] == ["graver", "undo_graver"]
    assert "found it graver, high\n" in history(stage, ana)
    assert history(stage, ana).endswith("found it no graver than before")


def test_new_action_is_a_command_with_its_help(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "graver 1 the child is ill")
    assert stage.case().severity is Severity.HIGH
    assert ana.sees()[-1] == "#1 is more urgent now."
    ana.command("/case", "help")
    assert "`/case graver 12 [WHY]` its clocks run faster from now on" in ana.sees()[-1]
    assert ":rotating_light: More at stake" in ana.sees()[-1]


def test_new_action_is_told_in_its_thread(ana: Actor) -> None:
    note = thread_notes.of_action(ex.CLAIMED, replace(TOLD, say=GRAVER, text="the child is ill"))
    assert shown(note.text) == "🔺 @ana finds it graver: the child is ill"


def test_new_action_is_done_at_once_by_its_button(stage: Stage, ana: Actor) -> None:
    clicked(stage.world, click(stage, "graver"))
    assert stage.case().severity is Severity.HIGH
    assert stage.history()[-1] == "graver"


def test_new_action_that_asks_has_its_form(stage: Stage, ana: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACTIONS, GRAVER, replace(WHOLE, at_once=False))
    monkeypatch.setitem(words.ACTIONS, GRAVER, replace(SAID, form=FORM))
    view = modals.form(GRAVER, stage.case())
    assert (view["title"]["text"], view["submit"]["text"]) == ("Graver? #1", "Raise it")
    assert [block["label"]["text"] for block in view["blocks"]] == ["What makes it graver?"]

    filled = {**view, "state": {"values": {"text": {"text": {"type": "x", "value": "the child is ill"}}}}}
    assert submitted(stage.world, {"view": filled, "user": {"id": ANA}}).errors == {}
    stage.settle()
    assert stage.case().severity is Severity.HIGH
