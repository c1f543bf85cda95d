"""A form shows plain text beside its fields: a refusal there has dates written out, people by name, and no mark."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cases.acts.act import NotAllowed
from cases.model import Outcome, Status
from cases.policy.page import Policy
from handlers.cards import modals, words
from handlers.listeners.forms import refused
from handlers.world import World
from sandbox.demo.cast import BEN
from tests.handlers.cards import examples as ex


def forms() -> dict[str, Any]:
    return {
        **{name: modals.form(name, ex.CLAIMED) for name in ex.WITH_FORM},
        "edit": modals.edit_draft(ex.CLAIMED, ex.BY_PERSON),
        "approve": modals.overrule(ex.CLAIMED, ex.BY_PERSON, [], ("reason", "reads")),
        "differently": modals.differently(12),
        "new case": modals.new_case(),
    }


def facts(now: datetime) -> dict[str, Any]:
    """All that any refusal may tell."""
    people = dict.fromkeys(("owner", "by", "to"), BEN)
    instants = dict.fromkeys(("since", "at", "until"), now + timedelta(hours=2))
    others = {
        "most": 3000,
        "subject": 150,
        "count": 3,
        "number": 12,
        "outcome": Outcome.WON_BACK,
        "action": "close",
        "status": Status.CLAIMED,
    }
    typed = {"verb": "clam", "nearest": "claim", "said": "soon", "reference": "a1b2c3"}
    return people | instants | others | typed | {"faults": [("the courier", "It blames somebody else.")]}


@pytest.mark.few(5)
@pytest.mark.parametrize("reason", sorted(words.REFUSALS))
def test_no_refusal_shows_a_mark_in_any_form(world: World, reason: str) -> None:
    for name, view in forms().items():
        for told in (facts(world.now()), {}):
            ((field, sentence),) = refused(world, view, NotAllowed(reason, told)).items()
            assert field in {block.get("block_id") for block in view["blocks"] if block["type"] == "input"}, name
            assert not re.search(r"[<>{}`*^|]|&(?:amp|lt|gt);|\bU[A-Z0-9]{4,}", sentence), sentence


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("away", "@Ben Okafor is away until today at 12:00. Give it to somebody who is here."),
        (
            "in_the_past",
            "Today at 12:00 has already passed. Please pick a time that is still to come.",
        ),
        (
            "not_owner",
            "@Ben Okafor has had this one since today at 12:00, so that is for them or the lead to do.",
        ),
        ("close_how", "How did it end? Add one of these: won back, satisfied,"),
    ],
)
def test_refusal_names_people_and_times_in_words(world: World, reason: str, sentence: str) -> None:
    berlin = replace(world, policy=Policy(timezone="Europe/Berlin"))
    assert berlin.policy.zone == ZoneInfo("Europe/Berlin")
    told = list(refused(berlin, forms()["give"], NotAllowed(reason, facts(world.now()))).values())
    assert told[0].startswith(sentence)


def test_person_whom_slack_does_not_know_keeps_the_id(world: World) -> None:
    told = refused(world, forms()["give"], NotAllowed("not_a_person", {"to": "U0NOBODY"}))
    assert told["to"].startswith("@U0NOBODY is not on the team")
