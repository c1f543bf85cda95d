"""Every way to ask the bot for something, as Slack sends it, and what the answer says of whether one may.

The ways are built from the tables of the code: verbs, emoji, buttons, forms, shortcuts; besides, words in a thread and in
direct messages, and the Home tab.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from cases.acts.actions import ACTIONS, named
from cases.acts.verbs import verbs
from cases.may import What, asked_for
from handlers.cards import words
from handlers.listeners.buttons import _HANDLERS
from handlers.listeners.forms import _FORMS
from handlers.slack.manifest import manifest
from handlers.team.home import CHOICES
from sandbox import events
from sandbox.demo import cast
from sandbox.lines.requests import COMMAND, EVENT, INTERACTION, Answer, Parcel
from sandbox.workspace import Message, Person, View
from store import tables as t
from tests.stories.stage import Stage

GATE = (
    *("is_guest", "is_elsewhere", "is_bot", "is_gone", "is_nobody"),
    *("not_in_channel", "not_in_members", "not_known_now", "unlisted"),
)
"""The reasons for which somebody may not, whatever they ask for."""

# What follows a verb that is no action, where it would lead to nothing without; an action's own example is in its words.
REST = {"away": "tomorrow", "quiet": "1h"}


@dataclass(frozen=True)
class Road:
    """One way to ask: by which road, for what by its name, and what Slack then sends, for a person on a stage."""

    by: str
    name: str
    travels: Callable[[Stage, Person], Answer]

    @property
    def asks(self) -> What:
        asked = asked_for(_MEANS.get(self.name, self.name))
        assert asked is not None, f"nobody has listed {self.name} in cases/may.py"
        return asked

    def __str__(self) -> str:
        return f"{self.by}: {self.name}"


_MEANS = {"Home": "home", "words": "note", "open_case": "new", "open_case_anywhere": "new"}


def roads() -> Iterator[Road]:
    """All there are."""
    for name in verbs():
        yield Road("/case", name, _slash(name))
        yield Road("@Amends", name, _mention(name))
        yield Road("direct message", name, _direct(name))
    for name, action in ACTIONS.items():
        for emoji in action.emoji:
            yield Road(f":{emoji}:", name, _emoji(emoji))
    for name in dict.fromkeys((*ACTIONS, *_HANDLERS)):
        yield Road("button", name, _button(name))
    for name in dict.fromkeys((*ACTIONS, *_FORMS)):
        yield Road("form", name, _form(name))
    for shortcut in manifest()["features"]["shortcuts"]:
        yield Road("shortcut", shortcut["callback_id"], _shortcut(shortcut["callback_id"], shortcut["type"]))
    yield Road("thread", "words", _words)
    yield Road("tab", "Home", _home)


def _command(name: str) -> str:
    action = named(name)
    rest = words.ACTIONS[action].example if action else REST.get(name, "")
    return " ".join(filter(None, [name, "1" if verbs()[name].needs_number else "", rest]))


def _slash(name: str) -> Callable[[Stage, Person], Answer]:
    def travel(stage: Stage, who: Person) -> Answer:
        channel = stage.practice.workspace.channels[cast.GENERAL]
        return _sent(stage, COMMAND, stage.practice.delivery.payloads.slash(who, "/case", _command(name), channel))

    return travel


def _mention(name: str) -> Callable[[Stage, Person], Answer]:
    return lambda stage, who: _event(
        stage, events.app_mentioned(*_said(stage, who, f"<@{cast.BOT_USER}> {_command(name)}"))
    )


def _direct(name: str) -> Callable[[Stage, Person], Answer]:
    def travel(stage: Stage, who: Person) -> Answer:
        workspace = stage.practice.workspace
        said = workspace.post(workspace.direct(who.id).id, who.id, _command(name))
        return _event(stage, events.message_posted(workspace, said))

    return travel


def _emoji(name: str) -> Callable[[Stage, Person], Answer]:
    return lambda stage, who: _event(
        stage, events.reaction(stage.practice.workspace, "reaction_added", stage.card(), name, who.id)
    )


def _button(name: str) -> Callable[[Stage, Person], Answer]:
    def travel(stage: Stage, who: Person) -> Answer:
        action = {"action_id": name, "type": "button", "value": "v1:1", "block_id": "b", "action_ts": "1.0"}
        payloads = stage.practice.delivery.payloads
        if name in CHOICES:
            view = View("VHOME0001", who.id, "home", {"type": "home", "blocks": []}, "hash")
            return _sent(stage, INTERACTION, payloads.view_action(who, view, [action], {}))
        return _sent(stage, INTERACTION, payloads.message_action(who, stage.card(), [action], {}))

    return travel


def _form(name: str) -> Callable[[Stage, Person], Answer]:
    def travel(stage: Stage, who: Person) -> Answer:
        field = {"type": "input", "block_id": "text", "element": {"type": "plain_text_input", "action_id": "text"}}
        content = {"type": "modal", "callback_id": name, "private_metadata": "v1:1:1", "blocks": [field]}
        view = View(stage.practice.workspace.new_id("V"), who.id, "modal", content, "hash")
        state = {"text": {"text": {"type": "plain_text_input", "value": "Words"}}}
        return _sent(stage, INTERACTION, stage.practice.delivery.payloads.view_submission(who, view, state))

    return travel


def _shortcut(callback: str, kind: str) -> Callable[[Stage, Person], Answer]:
    def travel(stage: Stage, who: Person) -> Answer:
        made = stage.practice.delivery.payloads
        payload = (
            made.message_shortcut(who, callback, stage.card())
            if kind == "message"
            else made.global_shortcut(who, callback)
        )
        return _sent(stage, INTERACTION, payload)

    return travel


def _words(stage: Stage, who: Person) -> Answer:
    return _event(stage, events.message_posted(*_said(stage, who, "I know this customer")))


def _home(stage: Stage, who: Person) -> Answer:
    return _event(stage, events.app_home_opened(stage.practice.workspace, who.id, None))


def _said(stage: Stage, who: Person, text: str) -> tuple[Any, Message]:
    workspace, card = stage.practice.workspace, stage.card()
    return workspace, workspace.post(card.channel, who.id, text, thread_ts=card.ts)


def _event(stage: Stage, event: dict[str, Any]) -> Answer:
    return _sent(stage, EVENT, stage.practice.delivery.payloads.event(event))


def _sent(stage: Stage, kind: str, payload: dict[str, Any]) -> Answer:
    answer = stage.practice.delivery.send(Parcel(kind, payload))
    assert answer.ok, answer
    return answer


# What came of it


def told(stage: Stage, person: str, road: Road) -> str:
    """All that somebody is told who goes this way: in the answer itself, by what is owed to them, on their Home tab."""
    last = stage.world.store.read(lambda tx: tx.scalar(select(t.messages.c.id).order_by(t.messages.c.id.desc()))) or 0
    answer = road.travels(stage, stage.practice.workspace.people[person])
    if road.by == "tab":
        stage.settle()
        home = stage.practice.workspace.homes.get(person)
        return json.dumps(home.view, ensure_ascii=False) if home else ""
    owed = stage.world.store.read(lambda tx: tx.execute(select(t.messages).where(t.messages.c.id > last)).all())
    private = [row.facts for row in owed if person in (row.only_for, row.channel)]
    return json.dumps([answer.content(), private], ensure_ascii=False)


def refusal_in(said: str) -> str | None:
    """For which of the gate's reasons somebody was refused; None where they were not."""
    found = [name for name in GATE if any(_quoted(each) in said for each in _ways_to_say(name))]
    return found[0] if found else None


def _ways_to_say(name: str) -> list[str]:
    return [words.REFUSALS[name], *([words.HOME_NOT_KNOWN_NOW] if name == "not_known_now" else [])]


def _quoted(sentence: str) -> str:
    return json.dumps(sentence, ensure_ascii=False)[1:-1]
