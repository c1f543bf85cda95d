"""What a case waits for is said truly wherever it is said: first contact, our answer, or a decision whether we write."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.people.reading import plain
from tests.stories.replying import GOOD, edit
from tests.stories.stage import Actor, Stage, policy

PRIYA = {"name": "Priya Raman", "email": "priya.raman@example.org"}


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana has written to Priya, who has written back with a question; it is Monday, ten o'clock."""
    stage.receives(comment="My meal box has not arrived. You said that I never ordered it!", customer=PRIYA)
    ana = stage.person("ana")
    ana.click(stage.card(), "claim")
    edit(stage, ana, GOOD)
    ana.click(stage.draft(), "approve")
    ana.click(stage.draft(), "sent")
    stage.receives(
        external_id="f-2",
        source="e-mail",
        comment="A new box on Wednesday, please. Could it come before noon? I am out after that.",
        customer=PRIYA,
    )
    return ana


def answered(who: Actor, asked: str) -> str:
    return plain(who.command("/case", asked))


@pytest.mark.long
def test_who_wrote_back_waits_for_our_answer_in_every_list(stage: Stage, ana: Actor) -> None:
    ana.open_home()
    said = [answered(ana, each) for each in ("list", "mine", "find Priya")]
    assert all("waiting for our answer" in each for each in said)
    assert "Our answer ▰" in plain(ana.home())
    assert "*answer <" in plain(stage.card())
    assert not any("irst contact" in each for each in [*said, plain(ana.home()), plain(stage.card())])


@pytest.mark.long
def test_why_and_digest_know_that_they_have_heard_from_us(stage: Stage, ana: Actor) -> None:
    why = answered(ana, "why 1")
    assert "Our answer <" in why
    assert "has not been contacted" not in why
    told = answered(ana, "digest")
    assert "One customer waits for a word from us" in told
    assert "for our answer" in told


def test_who_asked_to_be_left_alone_waits_for_a_decision(stage: Stage) -> None:
    stage.restart(policy=policy())
    stage.receives(comment="You billed me 400 instead of 9. Do not contact me.", contact_ok=False, customer=PRIYA)
    ana = stage.person("ana")
    ana.click(stage.card(), "claim")
    card = plain(stage.card())
    assert "*decide <" in card
    assert "call or write" not in card
    assert "waiting for a decision whether we write" in answered(ana, "list")
    ana.open_home()
    assert "A decision ▰" in plain(ana.home())


def test_what_is_taken_over_from_oneself_is_ones_own_already(stage: Stage, ana: Actor) -> None:
    assert "You already hold #1." in answered(ana, "takeover 1")


def test_case_that_is_shown_names_its_subject_once(stage: Stage) -> None:
    stage.receives(
        subject="Where is my order?", comment="It was promised for Friday, and nothing came.", customer=PRIYA
    )
    shown = answered(stage.person("ana"), "show 1")
    assert shown.count("Where is my order") == 1
    assert "*What happened*" in shown


def test_late_promise_is_the_first_button_at_home(stage: Stage) -> None:
    stage.receives(customer=PRIYA)
    ana = stage.person("ana")
    ana.command("/case", "contacted 1 phone spoke")
    ana.command("/case", "promise 1 in 1h: send the box")
    stage.pass_time(hours=2)
    ana.open_home()
    ana.click(ana.home(), "kept")
    assert stage.case().promises == ()
    assert stage.now > stage.case().opened_at + timedelta(hours=1)
