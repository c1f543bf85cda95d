"""Who may: who somebody is, what they ask for and what policy says, and the one answer to all of it."""

from __future__ import annotations

from typing import Any

import pytest

from cases.acts.act import NotAllowed
from cases.acts.actions import ACTIONS
from cases.acts.verbs import verbs
from cases.may import Known, Standing, What, asked_for, may, may_reach

MEMBER, INSIDE = Standing.MEMBER, {"standing": Standing.MEMBER, "in_channel": True}
EVERYTHING, BEFORE_ALL = tuple(What), (What.READ, What.ACT)


@pytest.mark.parametrize("what", EVERYTHING)
@pytest.mark.parametrize("circle", ["channel", "workspace", "members"])
@pytest.mark.parametrize("standing", [each for each in Standing if each is not MEMBER])
def test_only_full_members_may_anything_whatever_policy_says(standing: Standing, circle: str, what: What) -> None:
    person = Known(standing=standing, in_channel=True, named=True)
    assert may(person, what, circle) == NotAllowed(f"is_{standing}")  # type: ignore[arg-type]


@pytest.mark.parametrize("what", EVERYTHING)
@pytest.mark.parametrize(
    ("circle", "person", "answer"),
    [
        ("channel", Known(**INSIDE), None),
        ("channel", Known(standing=MEMBER, in_channel=False), NotAllowed("not_in_channel")),
        ("channel", Known(standing=MEMBER, in_channel=False, named=True), None),
        ("channel", Known(standing=MEMBER, in_channel=None), NotAllowed("not_known_now")),
        ("channel", Known(standing=None), NotAllowed("not_known_now")),
        ("workspace", Known(standing=MEMBER, in_channel=False), None),
        ("workspace", Known(standing=None), NotAllowed("not_known_now")),
        ("members", Known(**INSIDE), NotAllowed("not_in_members")),
        ("members", Known(standing=MEMBER, named=True), None),
        ("members", Known(standing=None, named=True), NotAllowed("not_known_now")),
    ],
)
def test_policy_says_which_members_may(circle: str, person: Known, answer: NotAllowed | None, what: What) -> None:
    assert may(person, what, circle) == answer  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("what", "answer"),
    [
        (What.READ, None),
        (What.ACT, None),
        (What.DETAILS, NotAllowed("details_wait")),
        (What.OVERRULE, NotAllowed("overruling_waits")),
    ],
)
def test_what_cannot_be_taken_back_waits_for_slack(what: What, answer: NotAllowed | None) -> None:
    assert may(Known(**INSIDE, lately=False), what, "channel") == answer
    assert may(Known(standing=MEMBER, in_channel=False, lately=False), what, "channel") == NotAllowed("not_in_channel")
    assert may(Known(standing=Standing.GUEST, lately=False), what, "workspace") == NotAllowed("is_guest")


def test_what_nobody_has_listed_nobody_may() -> None:
    assert asked_for("empty the till") is None
    assert may(Known(**INSIDE, named=True), asked_for("empty the till"), "workspace") == NotAllowed("unlisted")


def test_every_verb_is_listed() -> None:
    assert [name for name in verbs() if asked_for(name) is None] == []


def test_whatever_changes_a_case_is_an_act() -> None:
    assert {asked_for(name) for name in ACTIONS} == {What.ACT}


@pytest.mark.parametrize(
    ("person", "owner", "shown_to", "refused"),
    [
        ("UANA", "UANA", "owner", None),
        ("UANA", "UANA", "channel", None),
        ("UBEN", "UANA", "channel", None),
        ("UBEN", None, "channel", None),
        ("UBEN", "UANA", "owner", NotAllowed("reach_held", {"owner": "UANA"})),
        ("UBEN", None, "owner", NotAllowed("reach_unclaimed")),
    ],
)
def test_details_are_for_who_holds_the_case(
    person: str, owner: str | None, shown_to: Any, refused: NotAllowed | None
) -> None:
    assert may_reach(person, owner, shown_to) == refused
