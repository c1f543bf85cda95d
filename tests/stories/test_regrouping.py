"""Colleagues put right who is who: two cases of one customer become one, and one case of two customers becomes two."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.people.reading import plain
from tests.stories.stage import Stage

LATE, RUDE = "My order never arrived.", "Your driver was rude to me and threw the pizza."
ANA = {"name": "Ana One", "email": "ana@example.org"}
OTHER = {"name": "Ana One", "email": "a.one@example.com"}


@pytest.fixture
def two(stage: Stage) -> Stage:
    """One customer who wrote under two addresses, which nobody can know but a person."""
    stage.receives(external_id="f-1", customer=ANA, comment=LATE)
    stage.receives(external_id="f-2", customer=OTHER, comment=RUDE)
    return stage


def says(stage: Stage, who: str, command: str) -> str:
    actor = stage.person(who)
    actor.command("/case", command)
    return str(actor.sees()[-1])


def held(stage: Stage, number: int) -> list[Any]:
    return [said.external_id for said in stage.case(number).feedback]


def test_two_cases_become_one_and_can_be_parted_again(two: Stage) -> None:
    two.person("ben").react(two.card(2), "eyes")
    told = says(two, "ana", "join 1 2")
    assert "/case move 1 2" in told
    assert (held(two, 1), held(two, 2)) == (["f-1", "f-2"], [])
    assert (two.case(1).owner, two.case(2).status) == (two.case(2).owner, "closed")
    assert "looked after in #1" in plain(two.card(2))
    assert any("#2 is the same customer's" in note for note in two.in_thread(1, "note"))

    assert "/case join 1 2" in says(two, "ana", "move 1 2")
    assert (held(two, 1), held(two, 2)) == (["f-1"], ["f-2"])
    assert (two.case(2).status, two.case(2).joined_into) == ("claimed", None)
    assert RUDE in plain(two.card(2))


@pytest.mark.long
def test_what_was_joined_wrongly_gets_a_case_of_its_own(stage: Stage) -> None:
    stage.receives(external_id="f-1", customer={"name": "Ana", "phone": "+49 30 2223334"}, comment=LATE)
    stage.receives(external_id="order-7", customer={"phone": "+49 30 2223334"}, comment=RUDE)
    assert held(stage, 1) == ["f-1", "order-7"]
    assert stage.case(1).severity == "high"
    assert RUDE in str(stage.in_thread(1))
    says(stage, "ana", "move 1 order-7")
    assert (held(stage, 1), held(stage, 2)) == (["f-1"], ["order-7"])
    assert stage.case(1).severity == "normal"
    assert RUDE in plain(stage.card(2))
    assert RUDE not in str(stage.in_thread(1, "note"))
    assert "perhaps" not in plain(stage.card(1))


@pytest.mark.long
def test_next_word_goes_where_its_customer_is(two: Stage) -> None:
    says(two, "ana", "join 1 2")
    two.receives(external_id="f-3", customer=OTHER, comment="Still waiting!")
    assert held(two, 1) == ["f-1", "f-2", "f-3"]
    assert two.receives(external_id="f-2", customer=OTHER, comment="Worse by the hour.").content()["case"] == 1


def test_history_tells_who_joined_and_parted(two: Stage) -> None:
    says(two, "ana", "join 1 2")
    says(two, "ben", "move 1 2")
    told = says(two, "ana", "show 1")
    assert "#2 was joined to it" in told
    assert "some of it went to #2" in told


@pytest.mark.long
def test_join_in_a_thread_needs_the_other_number_only(two: Stage) -> None:
    two.person("ana").say(two.card(1), "<@UAMENDS01> join 2")
    assert held(two, 1) == ["f-1", "f-2"]


REFUSED = [
    ("join 1", "/case join 1"),
    ("join 1 1", "one and the same"),
    ("join 1 99", "no case #99"),
    ("join 1 soup", "/case join 1"),
    ("move 1", "only one piece of feedback"),
    ("move 99 1", "no case #99"),
]


@pytest.mark.parametrize(("command", "told"), REFUSED)
def test_what_cannot_be_done_says_what_can(two: Stage, command: str, told: str) -> None:
    assert told.casefold() in says(two, "ana", command).casefold()
    assert (held(two, 1), held(two, 2)) == (["f-1"], ["f-2"])


def test_which_part_is_asked_with_commands_that_work(two: Stage) -> None:
    says(two, "ana", "join 1 2")
    told = says(two, "ana", "move 1")
    assert "`/case move 1 1` for Ana One, `/case move 1 2` for Ana One" in told
    assert held(two, 1) == ["f-1", "f-2"]


def test_closed_case_goes_on_in_the_open_one(two: Stage) -> None:
    says(two, "ana", "dismiss 1")
    assert "/case join 2 1" in says(two, "ana", "join 1 2")
    says(two, "ana", "join 2 1")
    assert held(two, 2) == ["f-1", "f-2"]
    assert "goes on in #2" in says(two, "ana", "join 1 2")


@pytest.mark.long
def test_joined_case_brings_no_reminders(two: Stage) -> None:
    says(two, "ana", "join 1 2")
    assert two.case(2).next_nudge_at is None
    assert two.case(1).waiting_since <= two.now


@pytest.mark.few(1)
@pytest.mark.parametrize("gesture", ["reopen 2", "claim 2", "contacted 2 phone", "close 2 satisfied", "snooze 2 2h"])
def test_joined_case_sends_people_to_where_it_goes_on(two: Stage, gesture: str) -> None:
    says(two, "ana", "join 1 2")
    assert "/case show 1" in says(two, "ana", gesture)
    assert (two.case(2).status, two.case(2).joined_into) == ("closed", 1)


def test_card_of_a_joined_case_offers_no_way_back(two: Stage) -> None:
    two.person("ben").react(two.card(2), "no_entry_sign")
    two.person("ben").unreact(two.card(2), "no_entry_sign")
    says(two, "ana", "join 1 2")
    assert "Reopen" not in str(two.card(2).blocks)
    two.person("ben").react(two.card(2), "eyes")
    assert two.case(2).owner is None or two.case(2).status == "closed"


def owed(stage: Stage, number: int) -> list[str]:
    return [promise.what for promise in stage.case(number).promises]


@pytest.mark.long
def test_promises_of_both_stay_and_part_again(two: Stage) -> None:
    says(two, "ana", "promise 1 friday 17:00: send the refund")
    says(two, "ana", "promise 2 tomorrow 10:00: send flowers")
    first = two.case(2).promise_due_at
    says(two, "ana", "join 1 2")
    assert owed(two, 1) == ["send the refund", "send flowers"]
    assert two.case(1).promise_due_at == first
    says(two, "ana", "move 1 2")
    assert (owed(two, 1), owed(two, 2)) == (["send the refund"], ["send flowers"])
    assert two.case(2).promise_due_at == first


@pytest.mark.long
def test_promise_of_the_other_alone_goes_along_and_back(two: Stage) -> None:
    says(two, "ana", "promise 2 tomorrow 10:00: send flowers")
    says(two, "ana", "join 1 2")
    assert owed(two, 1) == ["send flowers"]
    says(two, "ana", "move 1 2")
    assert (owed(two, 1), owed(two, 2)) == ([], ["send flowers"])


@pytest.mark.long
def test_nobody_who_waits_is_put_off_by_a_join(two: Stage) -> None:
    says(two, "ana", "snooze 1 3d")
    says(two, "ana", "join 1 2")
    assert two.case(1).snoozed_until is None


@pytest.mark.long
def test_who_loses_a_case_by_a_join_is_called_by_name(two: Stage) -> None:
    two.person("ana").react(two.card(1), "eyes")
    two.person("ben").react(two.card(2), "eyes")
    says(two, "ana", "join 1 2")
    assert any(told.startswith("<@UBEN00001>: ") for told in two.in_thread(2, "note"))
