"""Until it is right: what would make it right is asked and granted, and a good end is known by something."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from cases.model import Outcome, Remedy, Sign, Status
from handlers.terminal.export import export
from sandbox.people.reading import menu, plain
from tests.stories.replying import GOOD, edit
from tests.stories.stage import Actor, Stage, buttons

HOUR = timedelta(hours=1)
PRIYA = {"name": "Priya Raman", "email": "priya.raman@example.org"}
DORA = {"name": "Dora Quint", "email": "dora@example.org"}


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana, who has reached her customer."""
    stage.receives(customer=DORA)
    actor = stage.person("ana")
    actor.command("/case", "contacted 1 phone")
    return actor


def initial(who: Actor, field: str) -> str | None:
    """What a menu of the open form has chosen already."""
    block = next(block for block in who.modal().view["blocks"] if block.get("block_id") == field)
    chosen = block["element"].get("initial_option")
    return chosen["value"] if chosen else None


@pytest.mark.long
def test_what_makes_it_right_is_asked_answered_and_granted(stage: Stage, ana: Actor) -> None:
    assert "What makes it right" in menu(stage.card())
    ana.command("/case", "remedy 1 asked")
    assert "would make it right" in plain(stage.card())
    ana.command("/case", "remedy 1 a new box / one on Friday / 25 EUR")
    card = plain(stage.card())
    assert "Would make it right: “a new box”" in card
    assert f"we give: one on Friday (<@{ana.id}>, 25 EUR)" in card
    note = stage.in_thread(kind="note")[-1]
    assert "granted what makes it right: a new box" in note
    assert "We give: one on Friday (25 EUR)" in note
    shown = plain(ana.command("/case", "show 1"))
    assert "asked what would make it right" in shown
    assert "granted what makes it right: “a new box / one on Friday / 25 EUR”" in shown


def test_form_asks_for_three_things_and_none_of_them(stage: Stage, ana: Actor) -> None:
    ana.choose(stage.card(), "about", "What makes it right")
    assert ana.submit({}) == {}
    assert stage.case().remedy is Remedy.ASKED
    ana.choose(stage.card(), "about", "What makes it right")
    assert "Say it in front" in ana.submit({"text": "A new box", "cost": "25 EUR"})["granted"]
    assert ana.submit({"text": "A new box", "granted": "One on Friday", "cost": "25 EUR"}) == {}
    case = stage.case()
    assert (case.remedy_wanted, case.remedy_granted, case.remedy_by) == ("A new box", "One on Friday", ana.id)
    out = io.StringIO()
    export(stage.world.store, stage.world.policy, out, stage.now)
    assert ("One on Friday" in out.getvalue(), "A new box" in out.getvalue()) == (True, False)


def test_bare_command_opens_the_form_or_says_what_to_type(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "remedy 1")
    assert "What would make it right" in plain(ana.modal())
    ana.say(stage.card(), "@Amends remedy")
    assert "/case remedy 1 asked" in ana.sees()[-1]


def test_look_back_reminds_of_what_they_want(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "remedy 1 a new box by Friday")
    stage.pass_time(days=4, step=HOUR)
    asked = stage.nudges("ana")[-1]
    assert "They said what would make it right: “a new box by Friday”" in plain(asked)
    ana.command("/case", "remedy 1 / a new box")
    ana.click(asked, "snooze")
    stage.pass_time(days=10, step=HOUR)
    assert "They said what" not in plain(stage.nudges("ana")[-1])


@pytest.mark.long
def test_answer_to_the_check_back_sets_satisfied(stage: Stage, ana: Actor) -> None:
    stage.receives(external_id="f-2", comment="Thank you, all is well now!", customer=DORA)
    (asked,) = stage.nudges("ana")
    ana.click(asked, "close")
    assert initial(ana, "outcome") == "satisfied"
    assert ana.submit({"outcome": "satisfied"}) == {}
    assert (stage.case().outcome, stage.case().sign) == (Outcome.SATISFIED, Sign.SAID_SO)
    assert "Closed: satisfied (they said so)" in plain(stage.card())


@pytest.mark.long
def test_answer_that_it_is_not_right_opens_again(stage: Stage, ana: Actor) -> None:
    stage.receives(
        external_id="f-2",
        comment="The new box is broken too, and nobody calls me back. I want my money back.",
        customer=DORA,
    )
    assert stage.case().status is Status.CLAIMED
    assert stage.nudges() == []


def test_who_wins_a_customer_back_is_asked_how_that_is_known(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "tada")
    assert stage.case().sign is Sign.OUR_WORD
    asked = ana.private_messages()[-1]
    assert "How do we know that #1 is won back?" in plain(asked)
    assert buttons(asked) == ["won_said_so", "won_ordered"]
    ana.click(asked, "won_said_so")
    assert stage.case().sign is Sign.SAID_SO
    assert "Closed: won back (they said so)" in plain(stage.card())
    assert "won back (they said so)" in ana.sees()[-1]
    assert "closed it, won back (they said so)" in plain(ana.command("/case", "show 1"))
    ana.unreact(stage.card(), "tada")
    assert stage.case().status is Status.CONTACTED


@pytest.mark.parametrize("said", ["they said so", "they ordered again / cold soup"])
def test_reason_in_the_command_asks_nothing_back(stage: Stage, ana: Actor, said: str) -> None:
    answered = plain(ana.command("/case", f"close 1 won back {said}"))
    assert "How do we know" not in answered
    assert "won back (they" in answered


@pytest.mark.long
def test_reason_told_later_is_told_in_one_note(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "close 1 won back")
    assert stage.in_thread(kind="note")[-1].startswith("🎉 Closed: won back. Thank you")
    notes = len(stage.in_thread(kind="note"))
    ana.click(ana.private_messages()[-1], "won_ordered")
    assert stage.in_thread(kind="note")[-1].startswith("🎉 Closed: won back (they ordered again). Thank you")
    assert len(stage.in_thread(kind="note")) == notes


@pytest.mark.long
def test_letter_sent_by_hand_may_have_asked_it(stage: Stage) -> None:
    stage.hears_from("box-not-delivered")
    ana = stage.person("ana")
    ana.command("/case", "claim 1")
    edit(stage, ana, GOOD.replace("Would you like a new one", "What would make it right for you, a new one"))
    ana.click(stage.draft(), "approve")
    ana.click(stage.draft(), "sent")
    assert (stage.case().status, stage.case().remedy) == (Status.CONTACTED, Remedy.ASKED)


@pytest.mark.long
def test_form_offers_each_way_to_be_won_back(stage: Stage, ana: Actor) -> None:
    ana.click(stage.card(), "close")
    assert initial(ana, "outcome") is None
    assert ana.submit({"outcome": "won_back"}) == {}
    assert stage.case().sign is Sign.OUR_WORD
    assert "How do we know" not in " ".join(ana.sees())


def test_outline_knows_what_would_make_it_right(stage: Stage) -> None:
    stage.receives(customer=DORA)
    ana = stage.person("ana")
    ana.command("/case", "claim 1")
    assert "What would make this right for you?" in plain(stage.draft())
    ana.command("/case", "remedy 1 a new box")
    assert "⟨your answer to what would make it right for them: a new box⟩" in plain(stage.draft())
    ana.command("/case", "remedy 1 a new box / one on Friday / 25 EUR")
    said = plain(stage.draft())
    assert "⟨what we give, as you say it to them: one on Friday⟩" in said
    assert "What would make this right" not in said
    assert "25 EUR" not in said


@pytest.mark.long
def test_words_of_a_person_are_not_written_anew_for_a_remedy(stage: Stage) -> None:
    stage.receives(customer=DORA)
    ana = stage.person("ana")
    ana.command("/case", "claim 1")
    edit(stage, ana, GOOD)
    ana.command("/case", "remedy 1 a new box / one on Friday")
    assert "I have refunded the box this morning." in plain(stage.draft())


@pytest.mark.long
def test_next_letter_tells_once_what_they_get(stage: Stage) -> None:
    stage.receives(comment="My meal box has not arrived. You said that I never ordered it!", customer=PRIYA)
    ana = stage.person("ana")
    ana.command("/case", "claim 1")
    edit(stage, ana, GOOD)
    ana.click(stage.draft(), "approve")
    ana.click(stage.draft(), "sent")
    ana.command("/case", "remedy 1 a new box / a chocolate cake on Friday")
    stage.receives(
        external_id="f-2", source="e-mail", comment="And when does it come? I am out after noon.", customer=PRIYA
    )
    assert "⟨what we give, as you say it to them: a chocolate cake on Friday⟩" in plain(stage.draft())


def test_figures_say_by_what_a_good_end_is_known(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "close 1 won back: they ordered again")
    assert "Ended well: 1 as they ordered again" in plain(ana.command("/case", "stats"))


def test_change_somebody_else_makes_stands_at_their_home(stage: Stage, ana: Actor) -> None:
    ben = stage.person("ben")
    ana.command("/case", "close 1 lost")
    ana.choose(stage.card(), "more", "What we learned")
    due = int((stage.now + 48 * HOUR).timestamp())
    assert ana.submit({"learned": "Pack twice", "to": ben.id, "until": due}) == {}
    ben.open_home()
    assert "to change" in plain(ben.home())
    ben.click(ben.home(), "kept")
    assert stage.case().changes == ()
