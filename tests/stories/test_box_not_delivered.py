"""Box not delivered: excuses first, then a plan with a date, and somebody who writes before that date passes."""

from __future__ import annotations

from datetime import timedelta

from cases.model import Outcome, Severity, Status
from sandbox.people.reading import plain
from tests.stories.stage import Actor, Stage, buttons

HOUR = timedelta(hours=1)


def missing_box_promised(stage: Stage) -> Actor:
    """The box did not come; Ana has called and promised another one for Tuesday noon."""
    ana = stage.person("ana")
    stage.hears_from("box-not-delivered")
    ana.react(stage.card(), "eyes")
    ana.command("/case", "contacted 1 phone Said sorry and asked what she needs tonight")
    ana.command("/case", "promise 1 tomorrow 12:00: a new box at her door")
    return ana


def test_missing_box_is_promised_and_promise_kept(stage: Stage) -> None:
    assert stage.hears_from("box-not-delivered").status == 201
    assert "What do I cook tonight?" in plain(stage.card())
    assert stage.hears_from("box-not-delivered").content()["case"] == 1  # an hour later, no plan, still no dinner
    assert "Wrote again" in plain(stage.card())
    assert "No sorry, no refund, no plan." in plain(stage.card())
    assert "complained again" in stage.in_thread(kind="note")[-1]

    ana = stage.person("ana")
    ana.react(stage.card(), "eyes")
    assert "You had to tell us more than once" in plain(stage.draft())
    assert "\nRe: Box not delivered\n" in plain(stage.draft())
    ana.click(stage.card(), "contacted")
    ana.submit({"way": "phone", "text": "Our mistake, not hers. Money back today."})
    tomorrow_noon = stage.now + timedelta(days=1, hours=2)
    ana.choose(stage.card(), "more", "Add a promise")
    assert ana.submit({"text": "A new box at her door", "until": int(tomorrow_noon.timestamp())}) == {}
    assert "A new box at her door" in plain(stage.card())
    assert "promised the customer" in stage.in_thread(kind="note")[-1]

    stage.pass_time(days=1, step=HOUR)
    assert stage.nudged() == ["Tue 10:00 ana"]  # two hours before the promise is due
    assert "We promised Priya Raman something" in plain(stage.nudges("ana")[0])

    ana.click(stage.nudges("ana")[0], "kept")
    ana.click(stage.card(), "close")
    assert ana.submit({"outcome": "satisfied", "learned": "A bug is ours; dinner is theirs."}) == {}
    assert "Closed: satisfied" in plain(stage.card())
    assert stage.standing() == []
    stage.pass_time(days=1, step=HOUR)
    assert stage.nudged() == ["Tue 10:00 ana"]


def test_second_word_without_plan_raises_severity(stage: Stage) -> None:
    stage.hears_from("box-not-delivered")
    before = stage.case().severity
    stage.hears_from("box-not-delivered")
    assert [before, stage.case().severity] == [Severity.NORMAL, Severity.HIGH]


def test_promise_that_slips_reaches_owner_then_lead(stage: Stage) -> None:
    missing_box_promised(stage)
    stage.pass_time(days=1, hours=3, step=timedelta(minutes=30))
    assert stage.nudged() == ["Tue 10:00 ana", "Tue 12:00 ana", "Tue 12:30 lea"]
    assert "a new box at her door" in plain(stage.nudges("lea")[0])
    assert "promise" in buttons(stage.nudges("lea")[0])


def test_new_date_before_old_passes_quiets_promise(stage: Stage) -> None:
    ana = missing_box_promised(stage)
    stage.pass_time(days=1, step=HOUR)
    ana.click(stage.nudges("ana")[0], "promise")
    in_two_days = stage.now + timedelta(days=2)
    assert ana.submit({"text": "a new box at her door", "until": int(in_two_days.timestamp())}) == {}
    stage.pass_time(days=1, step=HOUR)
    assert stage.nudged() == ["Tue 10:00 ana"]
    assert stage.case().promise_due_at == in_two_days


def test_customer_writing_after_contact_waits_anew(stage: Stage) -> None:
    ana = missing_box_promised(stage)
    stage.pass_time(hours=2)
    stage.hears_from("box-not-delivered")
    case = stage.case()
    assert (case.status, case.owner, case.heard_at) == (Status.CLAIMED, ana.id, stage.now)
    assert [each.what for each in case.promises] == ["a new box at her door"]
    stage.pass_time(minutes=50)
    assert stage.nudged() == ["Mon 12:30 ana"]


def test_box_that_nobody_can_mend_is_lost(stage: Stage) -> None:
    ana = missing_box_promised(stage)
    ana.command(
        "/case", "close 1 lost promise taken back: she wants none / The same excuse twice / Never send one text twice"
    )
    assert stage.case().outcome is Outcome.LOST
    assert stage.case().learned == "Never send one text twice"
    assert "🎉" not in stage.in_thread(kind="note")[-1]
