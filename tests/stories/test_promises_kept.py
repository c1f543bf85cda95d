"""What was promised is kept or moved, never lost: not by closing a case, not by writing it in a letter alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.model import Severity, Status
from sandbox.people.reading import plain
from sandbox.workspace import Message
from tests.stories.replying import GOOD, edit
from tests.stories.stage import Actor, Stage, buttons, payload

HOUR = timedelta(hours=1)


@pytest.fixture
def ana(stage: Stage) -> Actor:
    stage.receives()
    actor = stage.person("ana")
    actor.command("/case", "contacted 1 phone spoke")
    actor.command("/case", "promise 1 tomorrow 17:00: call him")
    return actor


@pytest.mark.long
def test_closing_asks_and_a_promise_outlives_its_case(stage: Stage, ana: Actor) -> None:
    said = plain(ana.command("/case", "close 1 satisfied"))
    assert "call him" in said
    assert "`/case close 1 satisfied promise kept`" in said
    assert stage.case().status is Status.CONTACTED
    ana.command("/case", "close 1 satisfied promise to do")
    assert payload(stage.card())["next_step_at"] is not None
    assert "call him" in plain(stage.card())
    stage.pass_time(days=1, hours=5, step=HOUR)
    assert stage.nudged()[0] == "Tue 15:00 ana"
    ana.command("/case", "kept 1")
    assert (stage.case().promises, payload(stage.card())["next_step_at"]) == ((), None)


@pytest.mark.long
def test_missed_promise_is_critical_and_the_lead_hears(stage: Stage, ana: Actor) -> None:
    stage.pass_time(days=1, hours=8, step=HOUR / 2)
    case = stage.case()
    assert (case.severity, case.promise_broken_at) == (Severity.CRITICAL, case.promises[0].due_at)
    assert "Critical because: a promise to them was broken" in plain(stage.card())
    assert "Tue 17:30 lea" in stage.nudged()
    assert stage.history().count("promise_broken") == 1


@pytest.mark.long
def test_several_promises_and_a_date_that_moved(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "promise 1 friday 12:00: send a new box")
    ana.command("/case", "promise 1 wednesday 12:00: call him")
    assert [each.what for each in stage.case().owed] == ["call him", "send a new box"]
    assert "moved what was promised" in stage.in_thread(kind="note")[-1]
    ana.command("/case", "kept 1 box")
    assert [each.what for each in stage.case().owed] == ["call him"]


@pytest.mark.long
def test_promise_told_with_the_contact_enters_by_itself(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "kept 1")
    ana.command("/case", "contacted 1 email I will call you on Friday 9 January at 10:00.")
    assert len(stage.case().promises) == 1
    assert "so I keep it in mind" in stage.in_thread(kind="note")[-1]
    ana.command("/case", "contacted 1 email I will call you on Friday 9 January at 10:00!")
    assert len(stage.case().promises) == 1


LETTER = GOOD.replace("today at 15:00", "on Friday 4 December at 10:00")


def notes_of_promises(stage: Stage) -> list[Message]:
    thread = stage.practice.thread(stage.card())
    return [each for each in thread if "words to the customer" in plain(each)]


@pytest.fixture
def priya(stage: Stage) -> Actor:
    """Ana, who owns Priya's case."""
    stage.hears_from("box-not-delivered")
    actor = stage.person("ana")
    actor.command("/case", "claim 1")
    return actor


def test_promise_of_an_approved_reply_enters_once(stage: Stage, priya: Actor) -> None:
    edit(stage, priya, LETTER)
    priya.click(stage.draft(), "approve")
    assert [each.what for each in stage.case().owed] == ["call you"]
    assert "call you" in plain(stage.card())
    edit(stage, priya, LETTER.replace("Would you like", "Would you rather have"))
    priya.click(stage.draft(), "approve")
    assert len(stage.case().owed) == len(notes_of_promises(stage)) == 1
    (note,) = notes_of_promises(stage)
    assert buttons(note) == ["no_promise"]
    stage.person("ben").click(note, "no_promise")
    assert stage.case().promises == ()
    assert "call you" not in plain(stage.card())
    assert "undo_promise" in stage.history()
    assert "kept" not in stage.history()
    (note,) = notes_of_promises(stage)
    assert (buttons(note), "no longer to do" in plain(note)) == ([], True)


def test_case_is_grave_no_longer_once_it_was_no_promise(stage: Stage, priya: Actor) -> None:
    before = stage.case().severity
    edit(stage, priya, LETTER)
    priya.click(stage.draft(), "approve")
    stage.jump(stage.case().owed[0].due_at - stage.practice.clock.now() + HOUR)
    assert stage.case().severity is Severity.CRITICAL
    (note,) = notes_of_promises(stage)
    priya.click(note, "no_promise")
    assert stage.case().severity is before
    assert f"took out again what was no promise, so it is {before} again" in plain(priya.command("/case", "show 1"))


@pytest.mark.long
def test_promise_typed_before_its_reply_stays_one(stage: Stage, priya: Actor) -> None:
    priya.command("/case", "promise 1 friday 4 december 10:00: ring her about the box")
    edit(stage, priya, LETTER)
    priya.click(stage.draft(), "approve")
    assert [each.what for each in stage.case().owed] == ["ring her about the box"]
    assert notes_of_promises(stage) == []


def test_closing_form_asks_of_each_promise(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "promise 1 friday 12:00: send a new box")
    said = plain(ana.command("/case", "close 1 satisfied"))
    assert "2 things" in said
    assert "the command says it of all" in said
    call, send = stage.case().owed
    ana.click(stage.card(), "close")
    ana.submit({"outcome": "satisfied", f"fate-{call.key}": "kept", f"fate-{send.key}": "to_do"})
    assert stage.case().status is Status.CLOSED
    assert stage.case().owed == (send,)
    note = stage.in_thread(kind="note")[-1]
    assert "send a new box" in note
    assert "call him" not in note


@pytest.mark.few(1)
@pytest.mark.parametrize("way", ["emoji", "command"])
def test_dismissing_says_that_a_promise_stays(stage: Stage, ana: Actor, way: str) -> None:
    if way == "emoji":
        ana.react(stage.card(), "no_entry_sign")
    else:
        ana.command("/case", "dismiss 1")
    assert stage.case().status is Status.CLOSED
    note = stage.in_thread(kind="note")[-1]
    assert "call him" in note
    assert "What was promised stays to do" in note
    assert "/case kept 1" in note


def test_very_many_promises_fit_in_the_form(stage: Stage, ana: Actor) -> None:
    for hour in range(8, 20):
        ana.command("/case", f"promise 1 friday {hour}:00: box {hour}")
    first, *_ = owed = stage.case().owed
    ana.click(stage.card(), "close")
    asked = {f"fate-{each.key}": "kept" for each in owed[:10]}
    ana.submit({"outcome": "satisfied", **asked, f"fate-{first.key}": "to_do", "fate": "to_do"})
    assert stage.case().owed == (first, *owed[10:])


FILLED = (
    "Hello Ana,\n\nYou told us about the soup.\n\nWe promised you a call by Tuesday 6 January at 17:00 (Berlin time). We will not keep "
    "that date, and I am sorry.\n\nBy Friday 9 January at 12:00 I will call you.\n\nAna Ortega"
)


def test_before_a_date_is_missed_a_letter_moves_it(stage: Stage, ana: Actor) -> None:
    stage.pass_time(days=1, hours=5, step=HOUR)
    assert "write_later" in buttons(stage.nudges("ana")[-1])
    for _ in range(2):
        ana.click(stage.nudges("ana")[-1], "write_later")
    assert stage.history().count("write_later") == 1
    assert "The outline is in the thread of" in plain(stage.practice.messages("answer")[-1])
    shown = plain(stage.draft())
    assert "by Tuesday 6 January at 17:00 (Berlin time). We will not keep that date, and I am sorry." in shown
    assert "as you say it to them: call him⟩" in shown
    assert "Ana Ortega" in shown
    ana.click(stage.draft(), "edit")
    assert ana.submit({"body": FILLED}) == {}
    ana.click(stage.draft(), "approve")
    assert [(each.what, f"{each.due_at:%a %H:%M}") for each in stage.case().promises] == [("call him", "Fri 11:00")]
    assert "moved what was promised" in stage.in_thread(kind="note")[-1]


def test_letter_of_a_broken_promise_stands_beside_ours(stage: Stage, ana: Actor) -> None:
    ana.click(stage.draft(), "edit")
    ana.submit({"body": "My own words, not to be lost. Ana Ortega"})
    stage.pass_time(days=1, hours=8, step=HOUR)
    ana.click(stage.nudges("ana")[-1], "write_later")
    shown = plain(stage.draft())
    assert shown.index("not to be lost") < shown.index("An outline beside them") < shown.index("To make up for it")
    ana.click(stage.draft(), "bring_back")
    assert "We did not keep that promise" in plain(stage.draft())
    assert "Bring back Ana Ortega's version" in plain(stage.draft())


def test_kept_promise_offers_the_letter_that_tells_it(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "promise 1 friday 12:00: send a new box")
    ana.command("/case", "kept 1 call")
    ana.command("/case", "kept 1 box")
    called, sent = (m for m in stage.practice.thread(stage.card()) if "kept what was promised" in plain(m))
    ana.click(called, "write_kept")
    assert "Done, as we promised: ⟨what came of it: call him⟩." in plain(stage.draft())
    ana.click(sent, "write_kept")
    assert "⟨what came of it: send a new box⟩" in plain(stage.draft())
    ana.click(stage.draft(), "edit")
    ana.submit({"body": RESULT})
    assert payload(stage.draft())["sendable"] is True
    assert stage.history().count("write_kept") == 2


RESULT = (
    "Hello Ana,\n\nYou told us about the soup.\n\nDone, as we promised: the new box stands at your door.\n\n"
    "May I ask whether all is well now? If anything is not, please tell me.\n\nAna Ortega"
)


def test_result_of_a_promise_is_told_to_who_was_reached(stage: Stage) -> None:
    stage.receives()
    ana = stage.person("ana")
    ana.command("/case", "promise 1 tomorrow 17:00: call him")
    ana.command("/case", "kept 1")
    assert buttons(stage.practice.thread(stage.card())[-1]) == []


@pytest.mark.long
def test_no_letter_is_offered_for_a_closed_case(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "close 1 satisfied promise to do")
    stage.pass_time(days=1, hours=5, step=HOUR)
    assert buttons(stage.nudges("ana")[-1])[:2] == ["kept", "promise"]
    assert "write_later" not in buttons(stage.nudges("ana")[-1])


@pytest.mark.few(1)
@pytest.mark.parametrize("past", ["yesterday", "the day before yesterday", "last Friday", "2020-01-01 10:00"])
def test_promise_in_the_past_is_told_to_be_past(stage: Stage, ana: Actor, past: str) -> None:
    before = stage.case().promises
    assert "has already passed" in plain(ana.command("/case", f"promise 1 {past}: call them"))
    assert stage.case().promises == before
