"""Typographic signs and several numbers, typed by people in a hurry."""

from __future__ import annotations

import pytest

from cases.model import Outcome, Status
from tests.stories.stage import Actor, Stage


@pytest.fixture
def ana(stage: Stage) -> Actor:
    for number in range(1, 6):
        stage.receives(external_id=f"f-{number}", customer={"email": f"c{number}@example.org"})
    return stage.person("ana")


def owned(stage: Stage) -> list[int]:
    return [number for number in range(1, 6) if stage.case(number).owner]


@pytest.mark.long
def test_several_cases_are_claimed_in_one_command(stage: Stage, ana: Actor) -> None:
    """reports F15: only the first was, and not a word about the rest."""
    ana.command("/case", "claim 1, 2 and 3")
    assert owned(stage) == [1, 2, 3]
    (answer,) = ana.sees()
    for number in (1, 2, 3):
        assert f"#{number} is yours" in answer
        assert f"c{number}@example.org" in answer
    assert "c4@example.org" not in answer
    assert answer.index("#3 is yours") < answer.index("How to reach")  # the lines first, then the details


@pytest.mark.long
def test_each_case_has_its_own_answer(stage: Stage, ana: Actor) -> None:
    stage.person("ben").command("/case", "claim 2")
    ana.command("/case", "claim 1-3, 9")
    assert [stage.case(number).owner for number in (1, 2, 3)] == [ana.id, stage.person("ben").id, ana.id]
    lines = ana.sees()[-1]
    assert "*#2*: <@UBEN00001>" in lines
    assert "*#9*: There is no case #9" in lines
    assert "\n#3 is yours" in lines


@pytest.mark.long
def test_span_is_closed_with_what_was_learned(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "contacted 3-5 phone")
    ana.command("/case", "close 3–5 satisfied / cold soup / check the oven")
    for number in (3, 4, 5):
        case = stage.case(number)
        assert (case.outcome, case.went_wrong, case.learned) == (Outcome.SATISFIED, "cold soup", "check the oven")
    assert stage.case(1).status is Status.UNCLAIMED


@pytest.mark.long
def test_what_is_missing_is_asked_for_in_words_not_in_many_forms(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "close 1, 2")
    assert ana.modal() is None
    assert "*#1*: How did it end?" in ana.sees()[-1]
    assert "*#2*: How did it end?" in ana.sees()[-1]


@pytest.mark.long
def test_several_in_a_direct_message_and_by_mention(stage: Stage, ana: Actor) -> None:
    ana.say("@amends", "claim 1 and 2")
    ana.say("care", "@amends claim #3 #4")
    assert owned(stage) == [1, 2, 3, 4]


def test_same_event_twice_changes_nothing_more(stage: Stage, ana: Actor) -> None:
    ana.say("@amends", "note 1 and 2: the courier was ill")
    delivery = stage.practice.person("ana").delivery
    delivery.send(delivery.sent[-1][0])
    stage.settle()
    assert [stage.history(number).count("note") for number in (1, 2, 3)] == [1, 1, 0]


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "typed", ["claim 1\u200b", "“claim 1”", "claim “1”", "claim １", "`/case claim 1`", "\u2066claim\u00a01\u2069"]
)
def test_typographic_claim_is_a_claim(stage: Stage, ana: Actor, typed: str) -> None:
    """reports F15"""
    ana.command("/case", typed)
    assert owned(stage) == [1]


@pytest.mark.long
def test_question_about_several_is_told_clearly(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "show 1, 2")
    assert "One case at a time, please: `/case show 1`." in ana.sees()[-1]
    ana.command("/case", "dismiss 1-400")
    assert "more than 20 cases at once" in ana.sees()[-1]
    assert stage.case(1).status is Status.UNCLAIMED
