"""Ownership is a lease: silent owners are asked, those who answer keep their case, and the team gets the others back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cases.acts.act import Act, Unchanged
from cases.acts.actions import take_back
from cases.model import Case, Feedback, Severity, Status, Via, Way
from cases.nudges.ladder import due_nudges, nudged, put_off, round_at
from cases.nudges.lease import asked_at, let_go, released_at
from cases.nudges.steps import HELD
from cases.policy.clocks import ClockOfSource, Clocks
from cases.policy.page import Ownership, Policy
from tests.cases.nudges.waiting import (
    DEFAULT,
    UNASKED,
    H,
    M,
    a_case,
    a_policy,
    acted,
    claimed,
    contacted,
    local,
    looks,
    told,
)

LEASE = a_policy(always=False, ownership=Ownership())  # no ladder: the question and the release, nothing else


def owned(at: str = "05 10:05", policy: Policy = LEASE, **fields: Any) -> Case:
    return claimed(a_case("05 10:00", policy, **fields), at, policy)


def asked(at: str = "05 10:05", policy: Policy = LEASE) -> Case:
    """A case whose owner has just been asked, two working hours after the claim."""
    case = owned(at, policy)
    return nudged(case, policy, asked_at(case, policy))


# -- the question ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severity", "claim", "question"),
    [
        (Severity.NORMAL, "05 10:05", "05 12:05"),  # held for 2 h
        (Severity.HIGH, "05 10:05", "05 11:35"),  # 90 min
        (Severity.CRITICAL, "05 10:05", "05 11:05"),  # 1 h
        (Severity.NORMAL, "05 17:00", "06 10:00"),  # an hour on Monday, the other on Tuesday
        (Severity.NORMAL, "05 20:00", "06 11:00"),  # taken at night: from the opening on
        (Severity.NORMAL, "09 17:30", "12 10:30"),  # over the weekend
    ],
)
def test_silent_owner_is_asked_when_the_hold_ends(severity: Severity, claim: str, question: str) -> None:
    case = owned(claim, severity=severity)
    assert asked_at(case, LEASE) == local(question)
    (at, nudge) = told(case, LEASE, question)[0]
    assert (at, nudge.rung, nudge.tell, nudge.owner, nudge.count) == (local(question), HELD, "owner", "U_OWNER", 1)


def test_hold_that_ends_with_the_day_asks_next_morning() -> None:
    case = owned("05 16:00")  # two hours later it is 18:00 sharp
    assert asked_at(case, LEASE) == local("05 18:00")
    assert case.next_nudge_at == local("06 09:00")


def test_source_may_let_owners_hold_for_longer() -> None:
    policy = LEASE.model_copy(
        update={"clocks": Clocks(source={"letter": {Severity.NORMAL: ClockOfSource(hold=6 * H)}})}
    )
    case = owned(policy=policy, feedback=(Feedback(external_id="1", source="letter"),))
    assert asked_at(case, policy) == local("05 16:05")


def test_question_says_all_there_is_to_say_to_owners() -> None:
    # The owner's reminder of 12:00, seen at 12:05 with the question, says less; lead and thread hear their own.
    nudges = due_nudges(owned(policy=DEFAULT), DEFAULT, local("05 12:05"))
    assert [(n.tell, n.rung == HELD) for n in nudges] == [("owner", True), ("thread", False), ("lead", False)]


def test_question_is_asked_only_once() -> None:
    case = asked()
    assert case.asked_at == local("05 12:05")
    assert due_nudges(case, LEASE, local("05 12:30")) == ()


@pytest.mark.parametrize(
    ("until", "question"),
    [
        ("05 11:00", "05 13:00"),  # the hold begins anew when the snooze ends
        ("05 15:00", "05 17:00"),
        ("05 22:00", "06 11:00"),
        ("08 10:00", "08 12:00"),
    ],
)
def test_nobody_is_asked_while_the_case_is_snoozed(until: str, question: str) -> None:
    case = acted(owned(), "snooze", "05 10:10", LEASE, until=local(until))
    assert asked_at(case, LEASE) == local(question)
    assert case.next_nudge_at == local(question)


@pytest.mark.parametrize(
    ("action", "words", "question"),
    [
        ("still", {}, "05 14:20"),
        ("promise", {"until": local("05 17:00"), "text": "a call"}, "05 14:20"),
        ("snooze", {"until": local("05 13:00")}, "05 15:00"),
        ("takeover", {"actor": "U_BEN"}, "05 14:20"),
        ("give", {"to": "U_BEN"}, "05 14:20"),
    ],
)
def test_sign_of_life_begins_the_hold_anew(action: str, words: dict[str, Any], question: str) -> None:
    case = acted(asked(), action, "05 12:20", LEASE, **words)
    assert (case.asked_at, released_at(case, LEASE)) == (None, None)
    assert asked_at(case, LEASE) == local(question)


def test_owner_who_stays_on_it_is_asked_again_each_time() -> None:
    case, questions = owned(), []
    for _ in range(3):
        at, one = next(looks(case, LEASE, "09 18:00"))
        questions.append(at)
        case = acted(one.case, "still", at + 5 * M, LEASE)
    # Two hours after the claim at 10:05, then two hours after each answer; the day ends at 18:00.
    assert questions == [local("05 12:05"), local("05 14:10"), local("05 16:15")]
    assert case.owner == "U_OWNER"


def test_colleague_is_no_sign_of_life_from_the_owner() -> None:
    words = {"until": local("05 17:00"), "text": "a call"}
    case = acted(asked(), "promise", "05 12:20", LEASE, actor="U_BEN", **words)
    assert case.asked_at == local("05 12:05")


def test_contact_ends_the_asking_for_good() -> None:
    case = acted(asked(), "contacted", "05 12:20", LEASE, way=Way.PHONE)
    assert (asked_at(case, LEASE), released_at(case, LEASE), case.next_nudge_at) == (None, None, case.look_back_at)


@pytest.mark.parametrize("case", [a_case(policy=LEASE), contacted(a_case(policy=LEASE), "05 10:20", LEASE)])
def test_nobody_is_asked_of_what_nobody_must_contact(case: Case) -> None:
    assert asked_at(case, LEASE) is None


def test_policy_may_leave_owners_unasked() -> None:
    case = claimed(a_case(policy=UNASKED), "05 10:05", UNASKED)
    assert asked_at(case, UNASKED) is None
    assert all(nudge.rung != HELD for _, nudge in told(case, UNASKED, "31 00:00"))


def test_reopened_case_asks_its_owner_from_then_on() -> None:
    closed = acted(acted(owned(), "contacted", "05 10:30", LEASE, way=Way.PHONE), "dismiss", "05 10:40", LEASE)
    assert asked_at(acted(closed, "reopen", "07 10:00", LEASE), LEASE) == local("07 12:00")


# -- and the release -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "question", "release"),
    [
        ("05 10:05", "05 12:05", "05 12:35"),
        ("05 15:20", "05 17:20", "05 17:50"),
        ("05 15:30", "05 17:30", "06 09:00"),  # half an hour later it is 18:00 sharp: the morning
        ("05 15:45", "05 17:45", "06 09:15"),  # a quarter of an hour on Monday, another on Tuesday
        ("09 15:45", "09 17:45", "12 09:15"),
    ],
)
def test_unanswered_question_gives_the_case_back(claim: str, question: str, release: str) -> None:
    (asks, first), (gives_back, second) = list(looks(owned(claim), LEASE, release))[:2]
    assert (asks, first.lost_by) == (local(question), None)
    assert (gives_back, second.lost_by) == (local(release), "U_OWNER")


def test_case_is_kept_until_the_last_moment() -> None:
    case = asked()
    assert let_go(case, LEASE, local("05 12:35") - timedelta(microseconds=1)) is None
    assert let_go(case, LEASE, local("05 12:35")) is not None


def test_nobody_loses_a_case_outside_working_hours() -> None:
    case = asked()
    assert let_go(case, LEASE, local("05 22:00")) is None  # the bot was down at 12:35 and came back in the evening
    assert let_go(case, LEASE, local("06 09:00")) is not None


def test_case_let_go_is_as_if_nobody_had_it() -> None:
    case = let_go(replace(asked(), by_reaction="claim U_OWNER"), LEASE, local("05 12:35"))
    assert (case.status, case.owner, case.claimed_at) == (Status.UNCLAIMED, None, None)
    assert (case.held_since, case.asked_at, case.unclaimed_since) == (None, None, local("05 12:35"))
    assert (case.waiting_since, case.contact_due_at) == (local("05 10:00"), local("05 11:00"))


def test_emoji_of_somebody_who_lost_it_undoes_nothing() -> None:
    case = acted(a_case(policy=LEASE), "claim", "05 10:05", LEASE, via=Via.REACTION)
    case = let_go(nudged(case, LEASE, local("05 12:05")), LEASE, local("05 12:35"))
    assert take_back(case, Act("claim", "U_OWNER", Via.REACTION), local("05 13:00")) == Unchanged()


def test_ladder_starts_again_and_the_customer_waits_on() -> None:
    case = claimed(a_case("05 10:00"), "05 10:05")  # the whole default policy
    said = [(at, nudge.tell, nudge.count) for at, nudge in told(case, DEFAULT, "05 14:35")]
    assert said == [
        (local("05 10:45"), "owner", 1),
        (local("05 11:00"), "owner", 1),
        (local("05 11:30"), "thread", 1),
        (local("05 12:00"), "owner", 2),
        (local("05 12:00"), "lead", 1),
        (local("05 12:05"), "owner", 1),  # still on it? No answer by 12:35
        (local("05 12:50"), "thread", 1),  # 15 min to claim it, from 12:35 on
        (local("05 13:20"), "lead", 1),
        (local("05 13:50"), "thread", 2),
    ]


def test_next_owner_has_a_lease_of_their_own() -> None:
    *_, (_, lost) = looks(owned(), LEASE, "05 12:35")
    case = claimed(lost.case, "05 13:00", LEASE, owner="U_BEN")
    assert asked_at(case, LEASE) == local("05 15:00")
    assert [(at, one.lost_by) for at, one in looks(case, LEASE, "05 15:30")] == [
        (local("05 15:00"), None),
        (local("05 15:30"), "U_BEN"),
    ]


def test_case_a_lead_snoozes_stays_with_its_owner() -> None:
    case = acted(asked(), "snooze", "05 12:20", LEASE, actor="U_DANA", is_lead=True, until=local("06 10:00"))
    assert released_at(case, LEASE) == local("06 10:00")
    assert case.next_nudge_at == local("06 10:00")


def test_critical_case_is_given_back_at_any_time() -> None:
    policy = LEASE.model_copy(update={"hours": DEFAULT.hours.model_copy(update={"critical_any_time": True})})
    case = claimed(a_case("10 23:00", policy, severity=Severity.CRITICAL), "10 23:05", policy)
    assert [(at, one.lost_by) for at, one in looks(case, policy, "11 18:00")] == [
        (local("11 00:05"), None),  # held for an hour of a Saturday night
        (local("11 00:35"), "U_OWNER"),
    ]


def test_enough_said_today_delays_no_release() -> None:
    assert put_off(asked(), LEASE, local("05 12:30")).next_nudge_at == local("05 12:35")
    assert put_off(owned(), LEASE, local("05 12:30")).next_nudge_at == local("06 09:00")


def test_two_days_down_ask_before_they_take_away() -> None:
    back = local("07 10:30")
    first = round_at(owned(), LEASE, back)
    assert (first.lost_by, [n.rung for n in first.said]) == (None, [HELD])
    assert first.case.next_nudge_at == local("07 11:00")
