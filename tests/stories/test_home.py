"""The Home tab: one's own cases with their next step, the team's open ones page by page, and one's own settings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, insert

from cases.model import Status
from handlers.cards.home import MINE_SHOWN, PAGE
from handlers.overdue import overdue
from sandbox.blocks.limits import view_problems
from sandbox.people.reading import plain
from store import cases, people, tables
from tests.stories.owning import ana_with_one
from tests.stories.stage import Actor, Stage, policy


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana at her Home tab: case 1 is hers, case 2 nobody's."""
    stage.hears_from("gift-shop")
    stage.hears_from("wrong-bill")
    ana = stage.person("ana")
    ana.command("/case", "claim 1")
    ana.open_home()
    return ana


def opened(person: Actor) -> str:
    """What somebody's Home tab says when they open it."""
    person.open_home()
    return plain(person.home())


def clicked(person: Actor, button: str) -> str:
    """What somebody's Home tab says once they have clicked this button there."""
    person.click(person.home(), button)
    return plain(person.home())


def test_home_of_a_quiet_team_is_friendly(stage: Stage) -> None:
    said = opened(stage.person("ana"))
    assert "You hold no cases" in said
    assert "Every customer who wrote has been looked after" in said


def test_home_shows_own_cases_before_the_teams(stage: Stage, ana: Actor) -> None:
    own, team = plain(ana.home()).split("The team's open cases")
    assert "#1 ·" in own
    assert "Contacted" in own
    assert "#2 ·" in team
    assert "#1 ·" not in team


@pytest.mark.long
def test_home_shows_contact_details_to_nobody(stage: Stage, ana: Actor) -> None:
    assert "clara.nystroem@example.org" not in plain(ana.home())


@pytest.mark.long
def test_claim_at_home_moves_the_case_over(stage: Stage, ana: Actor) -> None:
    own, _ = clicked(ana, "claim").split("The team's open cases")
    assert stage.case(2).owner == ana.id
    assert "#2 ·" in own
    assert "walter.lindqvist@example.org" in ana.sees()[-1]


@pytest.mark.long
def test_contact_at_home_is_told_in_form(stage: Stage, ana: Actor) -> None:
    ana.click(ana.home(), "contacted")
    assert ana.submit({"way": "phone", "text": "All is well"}) == {}
    assert stage.case(1).status is Status.CONTACTED
    ana.click(ana.home(), "close")
    assert ana.submit({"outcome": "satisfied"}) == {}
    assert "You hold no cases" in plain(ana.home())


@pytest.mark.long
def test_what_closed_cases_owe_stands_at_home(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "contacted 1 phone spoke")
    ana.command("/case", "promise 1 tomorrow 17:00: send a new box")
    ana.command("/case", "close 1 satisfied promise to do")
    own, _ = plain(ana.home()).split("The team's open cases")
    assert "You hold no cases" in own
    assert "Closed, and still promised" in own
    assert "send a new box" in own
    ben = stage.person("ben")
    own, team = opened(ben).split("The team's open cases")
    assert ("send a new box" in own, "send a new box" in team) == (False, True)
    assert "send a new box" not in clicked(ana, "kept")


@pytest.mark.long
def test_home_follows_what_is_done_elsewhere(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(1), "wave")
    assert "You hold no cases" in plain(ana.home())
    ana.react(stage.card(1), "eyes")
    assert "You hold no cases" not in plain(ana.home())


@pytest.mark.long
def test_home_of_the_new_owner_follows_too(stage: Stage, ana: Actor) -> None:
    ben = stage.person("ben")
    ben.open_home()
    ana.command("/case", "give 1 @ben")
    assert "#1 ·" in plain(ben.home()).split("The team's open cases")[0]
    assert "#1 ·" not in plain(ana.home()).split("The team's open cases")[0]


@pytest.mark.long
def test_home_is_fresh_again_when_opened(stage: Stage, ana: Actor) -> None:
    stage.hears_from("box-not-delivered")
    assert "#3 ·" in opened(ana)


@pytest.mark.long
def test_other_steps_stand_behind_the_three_dots(stage: Stage, ana: Actor) -> None:
    ana.choose(ana.home(), "more", "Release")
    assert stage.case(1).owner is None
    assert "You hold no cases" in plain(ana.home())


def test_guest_sees_no_case_at_home(stage: Stage) -> None:
    stage.hears_from("gift-shop")
    assert opened(stage.person("max")) == (
        "This is for the team that looks after unhappy customers. Ask the lead to add you: "
        "a guest is not shown customers' words, so an admin has to make you a full member first."
    )


# Filters and pages


@pytest.mark.long
def test_filter_shows_the_overdue_and_is_kept(stage: Stage, ana: Actor) -> None:
    stage.jump(timedelta(minutes=20))
    stage.hears_from("box-not-delivered")
    overdue = clicked(ana, "show_overdue")
    assert "#2 ·" in overdue
    assert "#3 ·" not in overdue
    assert "#3 ·" not in opened(ana)
    assert "#3 ·" in clicked(ana, "show_all")


@pytest.mark.long
def test_filter_without_cases_is_no_dead_end(stage: Stage, ana: Actor) -> None:
    assert "Nothing here just now" in clicked(ana, "show_contacted")
    assert "#2 ·" in clicked(ana, "show_unclaimed")


@pytest.mark.long
def test_pages_are_turned_and_end_where_cases_end(stage: Stage, ana: Actor) -> None:
    many_come(stage, 60)
    assert "Page 1 of 3" in opened(ana)
    assert "Page 2 of 3" in clicked(ana, "page_next")
    assert "Page 3 of 3" in clicked(ana, "page_next")
    assert "Page 2 of 3" in clicked(ana, "page_back")


@pytest.mark.long
def test_page_that_is_gone_gives_way_to_the_last(stage: Stage, ana: Actor) -> None:
    many_come(stage, 30)
    stage.world.store.write(lambda tx: people.change(tx, ana.id, home_page=7))
    assert "Page 2 of 2" in opened(ana)


@pytest.mark.long
def test_filter_begins_at_its_first_page(stage: Stage, ana: Actor) -> None:
    many_come(stage, 60)
    ana.open_home()
    ana.click(ana.home(), "page_next")
    assert "Page 1 of 3" in clicked(ana, "show_unclaimed")


# Settings


@pytest.mark.long
def test_choice_of_reminders_is_kept_at_once(stage: Stage, ana: Actor) -> None:
    assert "Reminders come in the *case's thread*" in clicked(ana, "remind_in_thread")
    ana.click(ana.home(), "early_off")
    stage.restart()
    wishes = stage.world.store.read(lambda tx: people.load(tx, ana.id))
    assert (wishes.in_thread, wishes.early) == (True, False)


@pytest.mark.few(1)
@pytest.mark.parametrize(("choice", "nudged"), [("remind_in_thread", ["Mon 10:45 thread"]), ("early_off", [])])
def test_choice_of_reminders_steers_the_next_one(stage: Stage, choice: str, nudged: list[str]) -> None:
    stage.restart(policy=policy(ownership={"ask": False}))
    ana = ana_with_one(stage)
    ana.open_home()
    ana.click(ana.home(), choice)
    stage.pass_time(minutes=50)
    assert stage.nudged() == nudged


@pytest.mark.long
def test_settings_are_each_persons_own(stage: Stage, ana: Actor) -> None:
    ben = stage.person("ben")
    ben.open_home()
    ana.click(ana.home(), "remind_in_thread")
    assert "Reminders come as a *direct message*" in opened(ben)


# Ten thousand open cases


def many_come(stage: Stage, count: int) -> None:
    """Open cases that nobody holds, without cards."""
    row = cases.row_of(stage.case(2))
    rows = [row | {"number": 1000 + number, "title": f"Cold soup {number}"} for number in range(count)]
    stage.world.store.write(lambda tx: tx.execute(insert(tables.cases), rows))


def rows_read(stage: Stage, person: Actor) -> int:
    """How many statements the database answers while a person opens their tab."""
    statements: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        statements.append(statement)

    event.listen(stage.world.store.engine, "before_cursor_execute", note)
    person.open_home()
    event.remove(stage.world.store.engine, "before_cursor_execute", note)
    return len(statements)


@pytest.mark.long
def test_ten_thousand_cases_are_one_page_at_a_time(stage: Stage, ana: Actor) -> None:
    before = rows_read(stage, ana)
    many_come(stage, 10_000)
    assert rows_read(stage, ana) <= before + 1
    view = ana.home().view
    assert view_problems(view) == []
    assert plain(ana.home()).count("#") <= PAGE + MINE_SHOWN
    assert "*They wait for us, worst first* · 10001" in plain(ana.home())
    assert "Page 1 of 401" in plain(ana.home())


@pytest.mark.parametrize(("who", "missed"), [("max", False), ("ana", True)])
def test_page_that_slack_shows_to_nobody_is_missed_by_the_team_alone(
    stage: Stage, ana: Actor, who: str, missed: bool
) -> None:
    """A stranger's page says no more than that it is not for them: without it nothing is overdue."""
    stage.practice.faults.refuse("views.publish", "invalid_arguments", count=10_000)
    stage.person(who).open_home()
    stage.pass_time(minutes=5)
    assert bool(overdue(stage.world)) is missed
