"""A customer is found by what one remembers of them, and a list shows what one asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from sandbox.demo import cast
from sandbox.people.reading import plain
from sandbox.workspace import Channel
from store import tables as t
from store.forgetting import forget
from tests.stories.stage import Actor, Stage

HANNAH = {"name": "Hannah Moreau", "email": "hannah@example.org", "phone": "+33 1 99 00 12 34"}


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana; Hannah's first case is closed, her second is open; Priya's has nobody."""
    ana = stage.person("ana")
    stage.receives(comment="The candle never arrived, and nobody answers.", customer=HANNAH, order_ref="GB-6021")
    ana.command("/case", "contacted 1 phone she was kind about it")
    ana.command("/case", "close 1 satisfied / late courier / tell them the day before")
    stage.receives(
        external_id="f-2", comment="The vase came broken, and nobody answers.", customer=HANNAH, order_ref="GB-7000"
    )
    stage.receives(external_id="f-3", comment="Still no dinner.", customer={"name": "Priya Shah"}, order_ref="8812")
    return ana


def answer(who: Actor, text: str) -> str:
    return plain(who.command("/case", text))


@pytest.mark.few(3)
@pytest.mark.parametrize(
    "typed",
    [
        *("find Hannah", "search moreau", "show Hannah Moreau", "find hannah@example.org"),
        *("list hannah", "find +33 1 99 00 12 34"),
    ],
)
def test_all_cases_of_a_customer_are_found_open_first(ana: Actor, typed: str) -> None:
    said = answer(ana, typed)
    assert said.index("#2 ·") < said.index("#1 ·")
    assert "satisfied" in said
    assert "tell them the day before" in said
    assert "Priya" not in said


@pytest.mark.long
def test_order_is_found_and_a_number_is_a_case_too(ana: Actor) -> None:
    assert "#1 ·" in answer(ana, "find GB-6021")
    assert "#3 ·" in answer(ana, "find 8812")
    assert "#3 ·" in answer(ana, "find 3")
    assert "#3 ·" in answer(ana, "show 8812")
    assert "There is no case #8813" in answer(ana, "show 8813")


@pytest.mark.long
def test_nobody_found_is_a_sentence_that_helps(ana: Actor) -> None:
    assert "I find nobody for “Zacharias”" in answer(ana, "find Zacharias")
    assert "Whom should I look for?" in answer(ana, "find")


@pytest.mark.long
def test_at_most_ten_are_shown_and_the_rest_counted(stage: Stage) -> None:
    for number in range(12):
        stage.receives(external_id=f"f-{number}", customer={"name": f"Ana Twelve{number}"})
    said = answer(stage.person("ben"), "find ana")
    assert said.count("waiting for an owner") == 10
    assert "… and 2 more." in said


def test_cases_of_channels_one_is_not_in_are_not_found(stage: Stage, ana: Actor) -> None:
    stage.practice.workspace.channels["CSECRET01"] = Channel("CSECRET01", "secret", {cast.BEN, cast.BOT_USER})
    elsewhere = update(t.cases).where(t.cases.c.number == 1).values(channel="CSECRET01")
    stage.world.store.write(lambda tx: tx.execute(elsewhere))
    stage.world.channels.clear()
    said = answer(ana, "find Hannah")
    assert "One case fits" in said
    assert "#2 ·" in said
    assert "I find nobody" in answer(ana, "find GB-6021")
    ana.click(stage.card(2), "earlier")
    assert "in a channel that you are not in" in ana.sees()[-1]


@pytest.mark.long
def test_forgotten_customer_is_found_no_more(stage: Stage, ana: Actor) -> None:
    forget(stage.world.store, "hannah@example.org", stage.now)
    stage.settle()
    assert "I find nobody" in answer(ana, "find Hannah")
    assert "I find nobody" in answer(ana, "find GB-6021")
    assert "#3 ·" in answer(ana, "find Priya")


@pytest.mark.long
def test_corrected_name_is_found_and_the_old_one_not(stage: Stage, ana: Actor) -> None:
    stage.jump(timedelta(minutes=1))
    stage.receives(external_id="f-3", comment="Still no dinner.", customer={"name": "Priya Shaw"}, order_ref="8812")
    assert "#3 ·" in answer(ana, "find Shaw")
    assert "I find nobody" in answer(ana, "find Shah")


def test_earlier_cases_are_told_from_the_card(stage: Stage, ana: Actor) -> None:
    ana.click(stage.card(2), "earlier")
    said = ana.sees()[-1]
    assert "Earlier cases of Hannah Moreau" in said
    assert "satisfied" in said
    assert "tell them the day before" in said


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("typed", "shows"),
    [
        ("list", {2, 3}),
        ("list unclaimed", {3}),
        ("list mine", {2}),
        ("list critical", set()),
        ("list overdue", {2, 3}),
        ("List Overdue!", {2, 3}),
    ],
)
def test_list_shows_what_was_asked_for(stage: Stage, ana: Actor, typed: str, shows: set[int]) -> None:
    ana.command("/case", "claim 2")
    stage.jump(timedelta(hours=2))
    said = answer(ana, typed)
    assert {number for number in (1, 2, 3) if f"#{number} ·" in said} == shows


@pytest.mark.few(2)
@pytest.mark.parametrize("named", ["Ben", "ben okafor", "to Ben", "Ben please ring them"])
def test_name_without_at_is_answered_with_what_to_type(stage: Stage, ana: Actor, named: str) -> None:
    said = answer(ana, f"give 3 {named}")
    assert stage.case(3).owner is None
    assert "Did you mean Ben Okafor?" in said
    ana.command("/case", said.split("`")[1].removeprefix("/case "))
    assert stage.case(3).owner == stage.person("ben").id


def test_name_of_nobody_here_is_not_guessed(stage: Stage, ana: Actor) -> None:
    assert "Add @ and the name" in answer(ana, "give 3 Zacharias")


@pytest.mark.long
def test_question_mark_is_help_and_days_are_days(ana: Actor) -> None:
    assert answer(ana, "?") == answer(ana, "help")
    assert answer(ana, "stats 7") == answer(ana, "stats 7d")
