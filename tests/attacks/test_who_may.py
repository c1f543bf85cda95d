"""Who may what, by every road: a table that reads as the specification, and a test made of the code's own tables.

`python -m tests.attacks.test_who_may` prints the table road by road.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from cases.acts.actions import ACTIONS
from cases.acts.commands import Command
from cases.acts.verbs import verbs
from cases.may import What, asked_for
from handlers.listeners import commands
from handlers.listeners.buttons import _HANDLERS
from handlers.listeners.forms import _FORMS
from handlers.listeners.questions import QUESTIONS
from handlers.team.home import CHOICES
from sandbox.demo import cast
from store import drafts, people, timeline
from tests.attacks.who_may import refusal_in, roads, told
from tests.stories.stage import Stage

CUSTOMER = {"name": "Wes Marlow", "email": "wes@example.org", "phone": "+49 30 5550137"}
THEIRS = ("Wes Marlow", "wes@example.org", "5550137", "never arrived")


@dataclass(frozen=True)
class Somebody:
    """A kind of person: who stands for it, what comes before, and how each What is answered (None: they may)."""

    id: str
    read: str | None
    act: str | None
    before: Callable[[Stage], Any] = lambda stage: None

    def answer(self, what: What) -> str | None:
        return {What.READ: self.read, What.ACT: self.act}[what]


def _owns(stage: Stage) -> None:
    stage.person("ana").command("/case", "claim 1")


def _slack_is_away(stage: Stage) -> None:
    """And the process is new, so that it knows nobody."""
    for method in ("users.info", "users.list", "conversations.members"):
        stage.practice.faults.refuse(method, "internal_error", count=1_000_000)
    stage.restart()


def _knew_them_before(stage: Stage) -> None:
    stage.person("ben").command("/case", "note 1 I know this one")
    _slack_is_away(stage)


MAY = None
EVERYBODY: Mapping[str, Somebody] = {
    "owner": Somebody(cast.ANA, MAY, MAY, _owns),
    "member": Somebody(cast.BEN, MAY, MAY),
    "lead outside the channel": Somebody(
        cast.LEA, MAY, MAY, lambda stage: stage.practice.workspace.channels[cast.CARE].members.discard(cast.LEA)
    ),
    "member outside the channel": Somebody(cast.NIC, "not_in_channel", "not_in_channel"),
    "guest": Somebody(cast.MAX, "is_guest", "is_guest"),
    "Slack Connect": Somebody(cast.KIM, "is_elsewhere", "is_elsewhere"),
    "bot": Somebody(cast.BOT, "is_bot", "is_bot"),
    "deactivated": Somebody(cast.SAM, "is_gone", "is_gone"),
    "unknown to Slack": Somebody(cast.ZOE, "is_nobody", "is_nobody"),
    "Slack away, known before": Somebody(cast.BEN, MAY, MAY, _knew_them_before),
    "Slack away, never known": Somebody(cast.BEN, "not_known_now", "not_known_now", _slack_is_away),
    "guest, Slack away": Somebody(cast.MAX, "not_known_now", "not_known_now", _slack_is_away),
}


def everything(stage: Stage, but: str) -> list[Any]:
    """What there is to change: the case, its record and draft, and what people have said of themselves."""

    def work(tx: Any) -> list[Any]:
        return [timeline.history(tx, 1, looks=True), drafts.load(tx, 1), people.load(tx, but)]

    return [stage.case(), stage.world.store.read(work)]


# At the desk one of each sort; all the others with the long tests.
_AT_THE_DESK = ("owner", "member outside the channel", "guest", "Slack away, known before")
_BY_TURNS = [pytest.param(kind, marks=() if kind in _AT_THE_DESK else pytest.mark.long) for kind in EVERYBODY]


@pytest.mark.parametrize("kind", _BY_TURNS)
def test_who_may_what_by_every_road(stage: Stage, kind: str) -> None:
    """attacks 1-5: one answer before every road, reading included, and whoever may not changes and learns nothing."""
    somebody = EVERYBODY[kind]
    cast.add_others(stage.practice.workspace)
    stage.receives(customer=CUSTOMER)
    somebody.before(stage)
    untouched = everything(stage, somebody.id)
    faults = []
    for road in roads():
        said, wanted = told(stage, somebody.id, road), somebody.answer(road.asks)
        found = refusal_in(said)
        if found != wanted:
            faults.append(f"{road}: {found or 'may'}, and not {wanted or 'may'}")
        if wanted is not None and any(theirs in said for theirs in THEIRS):
            faults.append(f"{road} tells of the customer")
        if wanted is not None and everything(stage, somebody.id) != untouched:
            faults.append(f"{road} changes something")
            untouched = everything(stage, somebody.id)
        stage.practice.workspace.modals.clear()
    assert faults == []


def test_every_verb_button_and_form_has_been_listed() -> None:
    names = {*verbs(), *QUESTIONS, *ACTIONS, *_HANDLERS, *_FORMS, *CHOICES}
    assert sorted(name for name in names if asked_for(name) is None) == []


def test_question_that_nobody_has_listed_is_refused_to_the_owner(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new verb is refused until somebody has said who may."""
    stage.receives(customer=CUSTOMER)
    _owns(stage)
    monkeypatch.setitem(QUESTIONS, "reveal", QUESTIONS["show"])
    place = commands.Place(cast.CARE)
    reply = commands.commanded(stage.world, Command("reveal", 1), cast.ANA, commands.Via.SLASH, place)
    assert reply.message is not None
    assert refusal_in(reply.message.text) == "unlisted"


def as_table() -> str:
    """Road by road, who may: ✓ may, – may not."""
    lines = [f"| road | name | asks | {' | '.join(EVERYBODY)} |", f"|{'---|' * (3 + len(EVERYBODY))}"]
    rows: dict[tuple[str, str], list[str]] = {}
    for road in roads():
        marks = " | ".join(
            "✓" if each.answer(road.asks) is None else str(each.answer(road.asks)) for each in EVERYBODY.values()
        )
        rows.setdefault((road.by if not road.by.startswith(":") else "emoji", f"{road.asks} | {marks}"), []).append(
            road.name if not road.by.startswith(":") else f"{road.by} {road.name}"
        )
    lines += [f"| {by} | {' '.join(names)} | {marks} |" for (by, marks), names in rows.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    print(as_table())
