"""One look of the clock at a case: what it says, who loses the case, and when it looks again."""

from dataclasses import replace
from datetime import datetime

import pytest

from cases.model import Severity
from cases.nudges.ladder import due_nudges, nudged, round_at
from cases.nudges.lease import asked_at
from cases.nudges.steps import HELD
from cases.policy.clocks import Clocks
from cases.policy.ladder import Rung
from cases.policy.page import Policy
from tests.cases.nudges.waiting import DEFAULT, M, a_case, a_policy, acted, claimed, contacted, local
from tests.owing import owing


def test_look_at_nothing_due_changes_nothing() -> None:
    case = a_case("05 10:00")
    assert (round_at(case, DEFAULT, local("05 10:14")).said, round_at(case, DEFAULT, local("05 10:14")).case) == (
        (),
        case,
    )


def test_look_says_what_is_due_and_plans_on() -> None:
    one = round_at(a_case("05 10:00"), DEFAULT, local("05 10:15"))
    assert [nudge.tell for nudge in one.said] == ["thread"]
    assert (one.case.nudge_seq, one.case.nudged_until) == (1, local("05 10:15"))
    assert one.case.next_nudge_at == local("05 10:45")


def test_second_look_at_once_says_nothing_more() -> None:
    now = local("07 10:00")
    one = round_at(claimed(a_case("05 10:00"), "05 10:05"), DEFAULT, now)
    again = round_at(one.case, DEFAULT, now)
    assert one.said
    assert (again.said, again.lost_by, again.case) == ((), None, one.case)


def test_question_is_remembered_when_it_is_asked() -> None:
    case = claimed(a_case("05 10:00"), "05 10:05")
    one = round_at(case, DEFAULT, local("05 12:07"))  # two minutes late
    assert one.said[0].rung == HELD
    assert one.case.asked_at == local("05 12:07")
    assert one.case.next_nudge_at == local("05 12:37")


def test_case_is_lost_and_its_ladder_planned_anew() -> None:
    case = nudged(claimed(a_case("05 10:00"), "05 10:05"), DEFAULT, local("05 12:05"))
    one = round_at(case, DEFAULT, local("05 12:35"))
    assert (one.lost_by, one.said) == ("U_OWNER", ())
    assert one.case.claim_due_at == one.case.next_nudge_at == local("05 12:50")


def test_look_that_takes_a_case_says_what_is_due() -> None:
    lead = {"when": "not_contacted", "after": 95 * M, "tell": "lead"}  # 12:35, the instant of the release
    policy = a_policy(lead, always=False, ownership=DEFAULT.ownership)
    case = nudged(claimed(a_case("05 10:00", policy), "05 10:05", policy), policy, local("05 12:05"))
    one = round_at(case, policy, local("05 12:35"))
    assert one.lost_by == "U_OWNER"
    assert [(nudge.tell, nudge.owner) for nudge in one.said] == [("lead", None)]


def test_owner_who_lost_a_case_is_told_no_more() -> None:
    case = nudged(claimed(a_case("05 10:00"), "05 10:05"), DEFAULT, local("05 12:05"))
    one = round_at(case, DEFAULT, local("05 13:00"))  # the owner's reminder of 13:00 falls into the same look
    assert one.lost_by == "U_OWNER"
    assert "owner" not in {nudge.tell for nudge in one.said}


def test_overdue_at_night_waits_for_the_opening() -> None:
    case = claimed(a_case("05 16:00"), "05 16:05")
    one = round_at(case, DEFAULT, local("05 23:00"))
    assert (one.said, one.case.next_nudge_at) == ((), local("06 09:00"))


def test_release_due_at_night_waits_for_the_opening() -> None:
    case = claimed(a_case("05 10:00"), "05 15:05")
    case = nudged(case, DEFAULT, asked_at(case, DEFAULT))
    case = nudged(case, DEFAULT, local("05 17:20"))  # the owner's third reminder
    assert case.next_nudge_at == local("05 17:35")
    one = round_at(case, DEFAULT, local("05 20:00"))
    assert (one.lost_by, one.case.next_nudge_at) == (None, local("06 09:00"))


def test_contacted_case_rests_until_its_look_back() -> None:
    case = contacted(a_case("05 10:00"), "05 10:20")
    one = round_at(case, DEFAULT, local("06 10:00"))
    assert (one.case, one.said, one.lost_by) == (case, (), None)
    assert case.next_nudge_at == case.look_back_at


@pytest.mark.parametrize("hour", ["12:00", "22:00"])  # within working hours and outside them
def test_promise_breaks_at_its_instant_and_once(hour: str) -> None:
    due = local(f"06 {hour}")
    case = contacted(a_case("05 10:00"), "05 10:20", promises=owing("a call", due))
    assert not round_at(case, DEFAULT, due - datetime.resolution).broke
    one = round_at(case, DEFAULT, due)
    assert (one.broke, one.case.severity, one.case.promise_broken_at) == (True, Severity.CRITICAL, due)
    assert [reason.code for reason in one.case.reasons] == ["promise_broken"]
    assert not round_at(one.case, DEFAULT, due + M).broke


def test_new_policy_is_obeyed_from_the_next_look() -> None:
    case = a_case("05 10:00")
    quicker = Policy(clocks=Clocks(normal={"claim": 5 * M}))
    one = round_at(case, quicker, local("05 10:00"))
    assert one.case.next_nudge_at == local("05 10:05")


def test_look_after_the_lead_snoozed_says_nothing() -> None:
    case = nudged(claimed(a_case("05 10:00"), "05 10:05"), DEFAULT, local("05 12:05"))
    case = acted(case, "snooze", "05 12:10", actor="U_DANA", is_lead=True, until=local("05 16:00"))
    one = round_at(case, DEFAULT, local("05 13:00"))
    assert (one.said, one.lost_by, one.case.next_nudge_at) == ((), None, local("05 16:00"))


def test_thread_and_lead_hear_when_the_owner_is_asked() -> None:
    rungs = tuple(Rung(when="not_contacted", after=0 * M, tell=tell) for tell in ("owner", "thread", "@dana"))
    policy = DEFAULT.model_copy(update={"nudges": rungs})
    case = claimed(a_case("05 10:00", policy, severity=Severity.HIGH), "05 10:05", policy)
    one = round_at(replace(case, nudged_until=None), policy, local("05 12:00"))
    assert [(nudge.rung, nudge.tell) for nudge in one.said] == [(HELD, "owner"), (1, "thread"), (2, "@dana")]
    assert due_nudges(one.case, policy, local("05 12:00")) == ()
