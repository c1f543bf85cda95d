"""Really contacted: a tick is no contact, an attempt is none either, and what is told, seen or denied stands in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.model import Grade, Outcome, Status, Way
from sandbox.people.reading import plain
from tests.stories.stage import Actor, Stage, buttons, payload, policy


@pytest.fixture
def ana(stage: Stage) -> Actor:
    stage.receives(customer={"name": "Dora Quint", "email": "dora@example.org"})
    return stage.person("ana")


def test_three_bare_ticks_are_no_contact_and_reminders_go_on(stage: Stage) -> None:
    """contact P1"""
    for n in range(3):
        stage.receives(external_id=f"f-{n}", customer={"email": f"c{n}@example.org"})
    ana = stage.person("ana")
    for number in (1, 2, 3):
        ana.react(stage.card(number), "white_check_mark")
        assert (stage.case(number).status, stage.case(number).evidence) == (Status.CLAIMED, Grade.CLICKED)
        assert "ticked ✅" in plain(stage.card(number))
        assert "has not said yet how it went" in plain(stage.card(number))
    stage.pass_time(days=2, step=timedelta(minutes=30))
    assert stage.nudges("ana")
    assert "Everybody has been contacted" not in plain(stage.digests()[-1])


def test_reminders_rest_while_it_is_asked_how_and_then_go_on(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "eyes")
    stage.pass_time(minutes=44)
    ana.react(stage.card(), "white_check_mark")
    assert payload(stage.card())["evidence"] == "clicked"
    assert buttons(ana.private_messages()[-1])[:2] == ["how_phone", "how_email"]
    stage.pass_time(minutes=14)
    assert stage.nudges() == []
    stage.pass_time(minutes=1)
    assert stage.nudged() == ["Mon 10:59 ana"]


def test_answer_by_one_click_is_told_and_counts_from_the_tick(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "white_check_mark")
    ticked = stage.now
    stage.pass_time(minutes=5)
    ana.click(ana.private_messages()[-1], "how_email")
    case = stage.case()
    assert (case.status, case.evidence, case.contacted_at, case.contacted_how) == (
        *(Status.CONTACTED, Grade.TOLD, ticked),
        Way.EMAIL,
    )
    assert "wrote an e-mail" in plain(stage.card())
    assert "Noted for #1" in ana.sees()[-1]


def test_tick_by_somebody_else_tells_the_owner_who_may_deny_it(stage: Stage, ana: Actor) -> None:
    """contact P3"""
    ben = stage.person("ben")
    ana.react(stage.card(), "eyes")
    ben.react(stage.card(), "white_check_mark")
    told = stage.practice.dms("ana")[-1]
    assert "ticked ✅ on" in plain(told)
    assert "which is yours" in plain(told)
    ana.click(told, "not_reached")
    case = stage.case()
    assert (case.status, case.owner, case.evidence, len(case.tries)) == (Status.CLAIMED, ana.id, None, 1)


def test_contact_by_an_address_nobody_knows_is_asked_about(stage: Stage, ana: Actor) -> None:
    """contact P3: the bot had said that it knows no number."""
    assert "I know no phone number of theirs" in plain(ana.command("/case", "contacted 1 phone"))
    assert "I know no" not in plain(ana.command("/case", "contacted 1 email she was glad"))


DENIALS = [
    "tried to call, no answer",
    "left a voicemail",
    "she did not pick up",
    "phone no answer",
    "email bounced",
    "will call tomorrow",
]


@pytest.mark.few(1)
@pytest.mark.parametrize("said", DENIALS)
def test_contacted_in_words_that_deny_it_is_an_attempt(stage: Stage, ana: Actor, said: str) -> None:
    """reports F2"""
    answer = plain(ana.command("/case", f"contacted 1 {said}"))
    assert "Your words say that nobody was reached" in answer
    assert "/case contacted 1 phone" in answer
    case = stage.case()
    assert (case.status, case.contacted_at, len(case.tries)) == (Status.CLAIMED, None, 1)
    assert stage.history()[-1] == "tried"
    assert "Tried once" in plain(stage.card())
    stage.pass_time(hours=2, step=timedelta(minutes=15))
    assert stage.nudges()


@pytest.mark.parametrize("road", ["form", "mention", "question"])
def test_denial_is_understood_on_every_road(stage: Stage, ana: Actor, road: str) -> None:
    """first-day A6"""
    if road == "form":
        ana.choose(stage.card(), "more", "Contacted")
        assert ana.submit({"way": "phone", "text": "Not reached, left a message"}) == {}
        assert "Your words say that nobody was reached" in ana.sees()[-1]
    elif road == "mention":
        ana.say(stage.card(), "@amends contacted auf Band gesprochen")
        assert "Your words say that nobody was reached" in ana.sees()[-1]
    else:
        ana.react(stage.card(), "white_check_mark")
        ana.click(ana.private_messages()[-1], "not_reached")
        assert "How did you try?" in " ".join(ana.sees()[-2:])
    assert (stage.case().status, len(stage.case().tries)) == (Status.CLAIMED, 1)
    assert "tried to reach the customer" in " ".join(stage.in_thread(kind="note"))


def test_contacted_form_leads_to_what_was_only_tried(stage: Stage, ana: Actor) -> None:
    ana.choose(stage.card(), "more", "Contacted")
    ana.click(ana.modal(), "tried")
    assert ana.submit({"way": "phone", "text": "Engaged"}) == {}
    assert [each.way for each in stage.case().tries] == [Way.PHONE]


def test_empty_form_after_a_tick_asks_for_what_is_missing(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "white_check_mark")
    ana.click(stage.card(), "contacted")
    assert "You have ticked #1 already" in str(ana.submit({}))
    assert ana.submit({"way": "phone"}) == {}
    assert stage.case().evidence is Grade.TOLD


def test_reminder_that_nobody_holds_after_an_attempt_says_so(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "tried 1 phone no answer")
    ana.command("/case", "release 1")
    stage.pass_time(hours=5)
    said = plain(stage.nudges("lea")[-1])
    assert "Tried once: by phone" in said
    assert "Nobody has it: who takes it?" in said


def test_reminder_after_an_attempt_proposes_another_way(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "tried 1 phone no answer")
    stage.pass_time(hours=1)
    said = plain(stage.nudges("ana")[-1])
    assert "Tried once: by phone" in said
    assert "still waits to hear from us: perhaps by e-mail this time?" in said
    ana.command("/case", "tried 1 mail")
    stage.pass_time(hours=1)
    assert "perhaps at another hour?" in plain(stage.nudges("ana")[-1])


def test_dead_address_is_not_answered_with_another_hour(stage: Stage) -> None:
    stage.receives(customer={"name": "Dora Quint", "email": "dora@example.org"})
    stage.person("ana").command("/case", "claim 1")
    stage.person("ana").command("/case", "tried 1 mail came back undeliverable")
    stage.pass_time(hours=1)
    assert "perhaps the order, an invoice or a colleague knows a telephone number?" in plain(stage.nudges("ana")[-1])


def test_giving_a_customer_up_takes_tries_by_two_ways(stage: Stage, ana: Actor) -> None:
    refused = plain(ana.command("/case", "close 1 unreachable"))
    assert "wants 3 more attempts" in refused
    assert "/case tried 1 email" in refused
    ana.command("/case", "tried 1 phone, voicemail then mail")
    stage.pass_time(minutes=20)
    assert "one more attempt is wanted" in plain(ana.command("/case", "close 1 unreachable"))
    ana.command("/case", "tried 1 phone")
    ana.command("/case", "close 1 unreachable")
    assert stage.case().outcome is Outcome.UNREACHABLE


def test_giving_a_customer_up_early_takes_a_word_of_why(stage: Stage) -> None:
    stage.receives(customer={"name": "Dora Quint", "email": "dora@example.org", "phone": "+49 30 1234567"})
    ana = stage.person("ana")
    for _ in range(3):
        ana.command("/case", "tried 1 phone")
        stage.pass_time(minutes=20)
    refused = plain(ana.command("/case", "close 1 unreachable"))
    assert "Try by e-mail, and note it: `/case tried 1 email`" in refused
    assert "/case close 1 unreachable anyway: WHY" in refused
    ana.choose(stage.card(), "more", "Close")
    assert "Try by e-mail" in ana.submit({"outcome": "unreachable"})["outcome"]
    assert ana.submit({"outcome": "unreachable", "text": "Her letters come back unopened"}) == {}
    assert stage.case().outcome is Outcome.UNREACHABLE
    assert "Why: Her letters come back unopened" in stage.in_thread(kind="note")[-1]


def test_done_asks_which_of_three_it_is(stage: Stage, ana: Actor) -> None:
    """first-day A6: it marked Ben's case as contacted."""
    stage.person("ben").command("/case", "claim 1")
    asked = ana.command("/case", "done 1")
    assert "Which is it for #1?" in plain(asked)
    assert "has it" in plain(asked)
    assert stage.history() == ["opened", "claim"]
    ana.command("/case", "done 1 phone she was glad")
    assert stage.case().status is Status.CONTACTED
    assert "closed" in plain(ana.command("/case", "done 1 satisfied"))
    assert stage.case().outcome is Outcome.SATISFIED


def test_click_counts_where_policy_says_so_and_is_asked_about(stage: Stage) -> None:
    stage.restart(policy=policy(contact={"counts": "clicked"}))
    stage.receives()
    ana = stage.person("ana")
    ana.react(stage.card(), "white_check_mark")
    assert stage.case().status is Status.CONTACTED
    assert "How did it go?" in ana.sees()[-1]
    ana.click(ana.private_messages()[-1], "not_reached")
    assert (stage.case().status, stage.case().contacted_at) == (Status.CLAIMED, None)


def test_told_is_too_little_where_policy_wants_it_seen(stage: Stage) -> None:
    stage.restart(policy=policy(contact={"counts": "seen"}))
    stage.receives(customer={"phone": "+49 30 5550123"})
    ana = stage.person("ana")
    answer = plain(ana.command("/case", "contacted 1 phone she was glad"))
    assert "counts a contact once it is seen" in answer
    assert "marked as contacted" not in answer
    assert (stage.case().status, stage.case().evidence) == (Status.CLAIMED, Grade.TOLD)


def test_customer_who_writes_back_kindly_has_answered(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "contacted 1 email I apologised")
    stage.pass_time(hours=1)
    stage.receives(
        external_id="f-2", comment="Thank you so much, that was kind of you!", customer={"email": "dora@example.org"}
    )
    assert (stage.case().status, stage.case().evidence) == (Status.CONTACTED, Grade.ANSWERED)
    assert "answered Monday" in plain(stage.card())


def test_new_complaint_starts_without_evidence_and_attempts(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "tried 1 phone")
    ana.react(stage.card(), "white_check_mark")
    stage.pass_time(minutes=1)
    stage.receives(external_id="f-2", comment="Still no answer!", customer={"email": "dora@example.org"})
    case = stage.case()
    assert (case.evidence, case.tries, case.rests_until) == (None, (), None)
    assert payload(stage.card())["evidence"] is None


def test_tick_taken_back_after_it_was_told_says_what_stands(stage: Stage) -> None:
    stage.receives(external_id="f-1")
    ana = stage.person("ana")
    ana.react(stage.card(1), "white_check_mark")
    ana.command("/case", "contacted 1 phone spoke to her")
    ana.unreact(stage.card(1), "white_check_mark")
    assert stage.case(1).status is Status.CONTACTED
    assert "`/case reopen 1` has them wait again" in ana.sees()[-1]
