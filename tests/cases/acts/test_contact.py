"""What contact is: its grade, when it stops the clock, what rests meanwhile, and what an attempt is."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from cases.acts.act import Act, ActionName, Change, Limits, NotAllowed, Unchanged
from cases.acts.actions import decide, take_back
from cases.acts.contact import Contact, as_said, begun_anew, bounced, contact_before, known
from cases.acts.effects import reopened
from cases.model import Attempt, Case, Customer, Feedback, Grade, Outcome, Status, Via, Way
from tests.cases.acts.test_actions import (
    ANA,
    BEN,
    EARLIER,
    LATER,
    NOW,
    TRIED,
    act,
    after,
    claimed,
    contacted,
    refusal,
    unclaimed,
)

HOUR = timedelta(hours=1)
SOON = NOW + timedelta(minutes=5)
SEEN = Contact(grade=Grade.SEEN, at=EARLIER, by="Ana", way=Way.PHONE, reference="call-881", colleague=False)


def counting(grade: Grade, **words: Any) -> Limits:
    return Limits(counts=grade, **words)


@pytest.mark.parametrize(
    ("counts", "said", "status", "evidence", "rests"),
    [
        (Grade.CLICKED, {}, Status.CONTACTED, Grade.CLICKED, False),
        (Grade.TOLD, {}, Status.CLAIMED, Grade.CLICKED, True),
        (Grade.TOLD, {"way": Way.PHONE}, Status.CONTACTED, Grade.TOLD, False),
        (Grade.TOLD, {"text": "she was glad"}, Status.CONTACTED, Grade.TOLD, False),
        (Grade.SEEN, {}, Status.CLAIMED, Grade.CLICKED, True),
        (Grade.SEEN, {"way": Way.PHONE, "text": "she was glad"}, Status.CLAIMED, Grade.TOLD, True),
    ],
)
@pytest.mark.parametrize("case", [unclaimed(), claimed()])
def test_policy_says_which_word_stops_the_clock(
    case: Case, counts: Grade, said: dict[str, Any], status: Status, evidence: Grade, rests: bool
) -> None:
    now = after(case, act("contacted", limits=counting(counts), **said))
    assert (now.status, now.evidence, now.evidence_by, now.owner) == (status, evidence, ANA, ANA)
    assert now.rests_until == (NOW + timedelta(minutes=15) if rests else None)
    assert (now.contacted_at is None) == (status is Status.CLAIMED)


def test_way_told_soon_counts_from_the_tick() -> None:
    ticked = after(claimed(), act("contacted"))
    told = after(ticked, act("contacted", way=Way.PHONE), now=SOON)
    assert (told.contacted_at, told.evidence, told.rests_until) == (NOW, Grade.TOLD, None)
    late = after(ticked, act("contacted", way=Way.PHONE), now=LATER)
    assert late.contacted_at == LATER  # by then it may well be another contact


def test_tick_of_a_second_colleague_prolongs_no_rest() -> None:
    ticked = after(unclaimed(), act("contacted"))
    assert decide(ticked, act("contacted"), SOON) == Unchanged()
    again = after(ticked, act("contacted", BEN), now=SOON)
    assert (again.rests_until, again.evidence_by, again.owner) == (ticked.rests_until, ANA, ANA)


def test_better_evidence_replaces_weaker_and_none_ever_falls() -> None:
    told = after(claimed(), act("contacted", way=Way.EMAIL))
    seen = known(told, SEEN, Limits(), LATER)
    assert (seen.evidence, seen.evidence_at, seen.evidence_from) == (Grade.SEEN, EARLIER, "call-881")
    assert (seen.contacted_at, seen.contacted_by, seen.contacted_how) == (NOW, ANA, Way.EMAIL)
    again = after(seen, act("contacted", text="she rang again"), now=LATER)
    assert (again.evidence, again.evidence_from) == (Grade.SEEN, "call-881")


def test_what_a_program_saw_stops_the_clock_of_a_case_nobody_has() -> None:
    seen = known(unclaimed(), SEEN, counting(Grade.SEEN), NOW)
    assert (seen.status, seen.owner, seen.contacted_at, seen.contacted_by) == (Status.CONTACTED, None, EARLIER, None)


@pytest.mark.parametrize("case", [unclaimed(), claimed(), claimed(asked_at=EARLIER, owner=BEN, snoozed_until=LATER)])
@pytest.mark.parametrize("counts", [Grade.TOLD, Grade.SEEN])
def test_tick_taken_back_leaves_the_case_as_before(case: Case, counts: Grade) -> None:
    tick = act("contacted", via=Via.REACTION, limits=counting(counts))
    undone = take_back(after(case, tick), tick, SOON)
    assert isinstance(undone, Change)
    assert replace(undone.case, revision=case.revision) == case


def test_tick_is_no_longer_taken_back_once_told() -> None:
    tick = act("contacted", via=Via.REACTION)
    told = after(after(claimed(), tick), act("contacted", way=Way.PHONE))
    assert take_back(told, tick, SOON) == Unchanged()


def test_attempt_stops_no_clock_and_takes_a_free_case() -> None:
    tried = after(unclaimed(), act("tried", BEN, way=Way.PHONE))
    assert (tried.status, tried.owner, tried.contacted_at, tried.evidence) == (Status.CLAIMED, BEN, None, None)
    assert tried.tries == (Attempt(NOW, BEN, Way.PHONE),)
    assert decide(tried, act("tried", BEN, way=Way.PHONE), NOW) == Unchanged()  # a double click


def test_several_ways_in_one_breath_are_several_attempts() -> None:
    tried = after(claimed(), act("tried", way=Way.PHONE, ways=(Way.PHONE, Way.EMAIL), text="phone, then mail"))
    assert [each.way for each in tried.tries] == [Way.PHONE, Way.EMAIL]


def test_way_told_a_moment_later_is_the_same_attempt() -> None:
    tried = after(claimed(), act("tried"), act("tried", way=Way.PHONE), now=SOON)
    assert tried.tries == (Attempt(SOON, ANA, Way.PHONE),)
    later = after(after(claimed(), act("tried")), act("tried", way=Way.PHONE), now=LATER)
    assert len(later.tries) == 2


@pytest.mark.parametrize(("who", "withdrawn"), [(ANA, True), (BEN, True), ("U_DANA", False)])
def test_tick_falls_when_owner_or_ticker_says_not_reached(who: str, withdrawn: bool) -> None:
    ticked = after(claimed(), act("contacted", BEN))
    tried = after(ticked, act("tried", who))
    assert (tried.evidence, tried.rests_until) == ((None, None) if withdrawn else (Grade.CLICKED, ticked.rests_until))


def test_tick_that_counted_falls_with_its_contact() -> None:
    ticked = after(claimed(), act("contacted", limits=counting(Grade.CLICKED)))
    assert after(ticked, act("tried", limits=counting(Grade.CLICKED))).status is Status.CLAIMED


@pytest.mark.parametrize("action", ["contacted", "tried"])
def test_nothing_is_noted_of_what_is_still_to_come(action: str) -> None:
    assert refusal(claimed(), act(action, at=LATER)).facts == {"at": LATER}


def test_contacted_in_words_that_deny_it_means_tried() -> None:
    denied = as_said(act("contacted", text="called, no answer; mailed, bounced"))
    assert (denied.action, denied.way, denied.ways, denied.denied) == (
        *(ActionName.TRIED, Way.PHONE, (Way.PHONE, Way.EMAIL)),
        True,
    )
    assert as_said(act("contacted", way=Way.EMAIL, text="bounced")).way is Way.EMAIL
    reached = act("contacted", text="no answer at first, then we spoke")
    assert as_said(reached) is reached


@pytest.mark.parametrize(
    ("tries", "missing"),
    [
        ((), 3),
        (TRIED[:1], 2),
        (TRIED, None),
        (tuple(Attempt(NOW - hour * HOUR, ANA, Way.PHONE) for hour in range(5)), 1),  # always the telephone
        (tuple(Attempt(NOW, ANA, way) for way in (Way.PHONE, Way.PHONE, Way.EMAIL)), 1),  # all in one moment
        (tuple(Attempt(NOW - hour * HOUR, ANA) for hour in range(3)), 2),  # nobody said how
        ((Attempt(NOW, ANA, Way.PHONE), Attempt(NOW - HOUR, ANA), Attempt(NOW, ANA)), 1),
    ],
)
def test_giving_up_takes_attempts_by_two_ways(tries: tuple[Attempt, ...], missing: int | None) -> None:
    decision = decide(claimed(tries=tries), act("close", outcome=Outcome.UNREACHABLE), NOW)
    if missing is None:
        assert isinstance(decision, Change)
    else:
        assert isinstance(decision, NotAllowed)
        assert (decision.reason, decision.facts["count"]) == ("tried_too_little", missing)


def by(*ways: Way) -> tuple[Attempt, ...]:
    return tuple(Attempt(NOW - hour * HOUR, ANA, way) for hour, way in enumerate(ways))


MAIL, CALL, BOTH = Customer(email="dora@example.org"), Customer(phone="+49 30 1"), Customer(None, "d@e.org", "+49 30 1")


@pytest.mark.parametrize(
    ("customer", "tries", "missing", "way"),
    [
        (BOTH, by(Way.PHONE, Way.PHONE, Way.PHONE), 1, Way.EMAIL),
        (BOTH, by(Way.EMAIL, Way.EMAIL, Way.EMAIL), 1, Way.PHONE),
        (BOTH, by(Way.EMAIL, Way.PHONE, Way.PHONE), None, None),
        (BOTH, by(Way.EMAIL, Way.PHONE), 1, None),  # both ways were tried, and once more is wanted
        (MAIL, by(Way.EMAIL, Way.EMAIL, Way.EMAIL), 1, None),  # another is to be found, or a word of why
        (MAIL, by(Way.PHONE, Way.PHONE, Way.PHONE), 1, Way.EMAIL),  # the one that we know was not tried
        (CALL, (), 3, Way.PHONE),
    ],
)
def test_ways_that_we_know_are_the_ones_to_try(
    customer: Customer, tries: tuple[Attempt, ...], missing: int | None, way: Way | None
) -> None:
    case = claimed(tries=tries, feedback=(Feedback(external_id="1", source="form", customer=customer),))
    decision = decide(case, act("close", outcome=Outcome.UNREACHABLE), NOW)
    if missing is None:
        assert isinstance(decision, Change)
    else:
        assert isinstance(decision, NotAllowed)
        assert (decision.facts["count"], decision.facts["way"]) == (missing, way)


def test_colleagues_word_of_why_ends_it_early() -> None:
    decision = decide(claimed(), act("close", outcome=Outcome.UNREACHABLE, text="moved abroad"), NOW)
    assert isinstance(decision, Change)
    assert decision.facts["text"] == "moved abroad"


def test_letter_that_came_back_is_an_attempt_by_that_way() -> None:
    about = Feedback(external_id="1", source="form", customer=BOTH)
    called = claimed(tries=by(Way.PHONE, Way.PHONE), feedback=(about,))
    came_back = bounced(called, Contact(grade=Grade.SEEN, at=NOW, by="mail", way=Way.EMAIL), NOW)
    assert isinstance(decide(came_back, act("close", outcome=Outcome.UNREACHABLE), NOW), Change)


def test_one_attempt_is_enough_where_policy_asks_for_one() -> None:
    given_up = act("close", outcome=Outcome.UNREACHABLE, limits=Limits(tries=1))
    assert isinstance(decide(claimed(tries=TRIED[:1]), given_up, NOW), Change)


def test_letter_that_bounced_was_no_contact() -> None:
    told = after(claimed(), act("contacted", way=Way.EMAIL))
    back = bounced(told, Contact(grade=Grade.SEEN, at=LATER, by="mail", way=Way.EMAIL), LATER)
    assert (back.status, back.evidence, back.contacted_at, back.heard_at) == (Status.CLAIMED, None, None, LATER)
    called = after(claimed(), act("contacted", way=Way.PHONE))
    kept = bounced(called, Contact(grade=Grade.SEEN, at=LATER, by="mail", way=Way.EMAIL), LATER)
    assert (kept.status, kept.evidence, len(kept.tries)) == (Status.CONTACTED, Grade.TOLD, 1)


@pytest.mark.parametrize("anew", [begun_anew, lambda case: reopened(case, datetime.max.replace(tzinfo=NOW.tzinfo))])
def test_customer_who_waits_anew_starts_without_evidence(anew: Any) -> None:
    fresh = anew(contacted(tries=TRIED, rests_until=LATER))
    assert (fresh.evidence, fresh.evidence_by, fresh.tries, fresh.rests_until) == (None, None, (), None)


def test_click_and_an_attempt_by_one_act_are_never_both() -> None:
    assert after(claimed(), Act(ActionName.TRIED, ANA, Via.MODAL, way=Way.CHAT)).evidence is None


@pytest.mark.parametrize("grade", Grade)
@pytest.mark.parametrize("action", ["wrote_again", ActionName.REOPEN])
def test_contact_before_the_customer_waits_anew_is_kept(grade: Grade, action: str) -> None:
    before = replace(contacted(), evidence=grade)
    first = contact_before(before, reopened(before, LATER), action)
    denied = action == ActionName.REOPEN and not grade.counts_as(Grade.ANSWERED)  # who reopens it says that it was none
    assert (first is None) is denied
    if first:
        assert (first.contacted_at, first.waiting_since, first.evidence) == (
            before.contacted_at,
            before.waiting_since,
            grade,
        )


def test_answer_is_evidence_of_the_contact_before_it() -> None:
    before = replace(contacted(), evidence=Grade.TOLD)
    first = contact_before(before, replace(reopened(before, LATER), wrote_back=True), "wrote_again")
    assert first is not None
    assert first.evidence is Grade.ANSWERED


@pytest.mark.parametrize("undone", [replace(contacted(), contacted_at=None), contacted(), unclaimed()])
def test_what_goes_on_or_is_taken_back_keeps_no_contact(undone: Case) -> None:
    before = contacted()
    assert contact_before(before, replace(undone, heard_at=before.heard_at), "contacted") is None
