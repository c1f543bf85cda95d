"""Nothing rests for ever: a contacted case is looked back at, and one that waits is never silent."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cases.model import Grade, Severity, Status
from sandbox.people.reading import plain
from tests.stories.stage import Stage, buttons, payload, policy

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.mark.long
def test_contacted_case_is_asked_about_until_it_is_closed(stage: Stage) -> None:
    stage.receives()
    ana = stage.person("ana")
    ana.command("/case", "contacted 1 phone")
    stage.pass_time(days=20, step=HOUR)
    assert stage.nudged() == ["Thu 10:00 ana", "Mon 09:00 ana", "Mon 09:00 ana"]  # after 3 days, 7, 14
    assert "Did it end well?" in plain(stage.nudges()[-1])
    assert buttons(stage.nudges()[-1])[:3] == ["close", "snooze", "reopen"]
    ana.click(stage.nudges()[-1], "reopen")
    ana.submit({"text": "the new box came broken"})
    assert stage.case().status is Status.CLAIMED
    assert stage.standing() == []


def test_look_back_offers_a_letter_that_may_be_short(stage: Stage) -> None:
    stage.receives()
    ana = stage.person("ana")
    ana.command("/case", "contacted 1 phone")
    stage.pass_time(days=4, step=HOUR)
    ana.click(stage.nudges("ana")[-1], "write_after")
    assert "May I ask whether all is well now?" in plain(stage.draft())
    ana.click(stage.draft(), "edit")
    ana.submit({"body": "Hello Ana,\n\nYou told us about the soup. May I ask whether all is well now?\n\nAna Ortega"})
    assert "things; *Edit* shows them" not in plain(stage.draft())
    assert payload(stage.draft())["sendable"] is True


def test_card_says_what_comes_next_and_so_does_its_metadata(stage: Stage) -> None:
    stage.receives()
    assert datetime.fromisoformat(payload(stage.card())["next_step_at"]) == stage.now + timedelta(minutes=15)
    ana = stage.person("ana")
    ana.command("/case", "contacted 1 phone")
    assert "how it ended" in plain(stage.card())
    assert datetime.fromisoformat(payload(stage.card())["next_step_at"]) == stage.now + 3 * DAY
    ana.command("/case", "close 1 satisfied")
    assert payload(stage.card())["next_step_at"] is None


def test_look_back_on_a_sunday_is_told_as_monday(stage: Stage) -> None:
    stage.receives()
    ana = stage.person("ana")
    ana.command("/case", "contacted 1 phone")
    assert "Monday, January 12th" in plain(ana.command("/case", "snooze 1 sunday 9:00"))


@pytest.mark.long
def test_kind_answer_asks_its_owner_whether_to_close(stage: Stage) -> None:
    stage.receives(customer={"email": "ana.ruiz@example.org"})
    ana = stage.person("ana")
    ana.command("/case", "contacted 1 phone")
    stage.receives(external_id="f-2", comment="Thank you, all is well now!", customer={"email": "ana.ruiz@example.org"})
    assert "has answered, and it reads kindly" in plain(stage.nudges("ana")[-1])
    assert "waits for the customer" not in plain(stage.card())
    assert stage.case().evidence is Grade.CONFIRMED
    assert "The customer says that it is right now" in plain(stage.card())


@pytest.mark.long
def test_case_without_a_ladder_is_spoken_of_each_working_day(stage: Stage) -> None:
    stage.restart(policy=policy(nudges=[]))
    stage.receives()
    stage.pass_time(days=2, step=HOUR)
    assert stage.nudged() == ["Mon 11:00 lea", "Tue 09:00 lea", "Wed 09:00 lea"]


def test_wait_is_counted_from_when_the_customer_spoke(stage: Stage) -> None:
    spoke = stage.now - timedelta(hours=30)
    stage.receives(occurred_at=spoke.isoformat().replace("+00:00", "Z"))
    case = stage.case()
    assert (case.waiting_since, case.heard_at) == (spoke, stage.now)
    assert case.severity is Severity.HIGH
    assert case.contact_due_at == stage.now + timedelta(minutes=45)
    assert "(told us 1 day 6 h later)" in plain(stage.card())


def test_time_from_the_future_tells_nothing_of_a_wait(stage: Stage) -> None:
    stage.receives(occurred_at=(stage.now + HOUR).isoformat().replace("+00:00", "Z"))
    assert stage.case().waiting_since == stage.now


@pytest.mark.long
def test_repeat_that_was_said_long_ago_is_graver(stage: Stage) -> None:
    ana = {"email": "ana.ruiz@example.org"}
    stage.receives(customer=ana)
    stage.receives(external_id="f-2", customer=ana, comment="The cake was cold.")
    assert (stage.case().severity, "waited_before" in str(stage.case().reasons)) == (Severity.HIGH, False)
    spoke = (stage.now - timedelta(hours=30)).isoformat()
    stage.receives(external_id="f-3", customer=ana, comment="The tea was cold too.", occurred_at=spoke)
    assert (stage.case().severity, "waited_before" in str(stage.case().reasons)) == (Severity.CRITICAL, True)


def test_correction_of_when_they_spoke_is_believed(stage: Stage) -> None:
    spoke = stage.now - timedelta(hours=30)
    stage.receives(occurred_at=spoke.isoformat())
    stage.pass_time(minutes=5)
    stage.receives(occurred_at=(spoke + HOUR).isoformat())
    assert stage.case().waiting_since == spoke + HOUR
