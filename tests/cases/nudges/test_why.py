"""What `/case why` tells: the clocks as they stand, what comes next and by which rule, or why there is silence."""

from dataclasses import replace

import pytest

from cases.model import Severity, Status, Way
from cases.nudges.ladder import nudged, planned, put_off
from cases.nudges.steps import HELD
from cases.nudges.why import explain
from cases.policy.page import Policy
from tests.cases.nudges.waiting import DEFAULT, UNASKED, H, M, a_case, acted, claimed, contacted, local
from tests.owing import owing


def test_why_shows_both_clocks_and_the_next_nudge() -> None:
    why = explain(a_case("05 10:00"), DEFAULT, local("05 10:05"))
    assert (why.claim.due_at, why.claim.left, why.claim.stopped_at) == (local("05 10:15"), 10 * M, None)
    assert (why.contact.due_at, why.contact.left) == (local("05 11:00"), 55 * M)
    assert why.nudge is not None
    assert (why.at, why.nudge.tell, why.nudge.rung, why.nudge.when) == (local("05 10:15"), "thread", 0, "unclaimed")
    assert why.deferred is None


def test_why_counts_time_over_as_less_than_nothing() -> None:
    case = claimed(a_case("05 17:00"), "05 17:10")
    why = explain(case, DEFAULT, local("06 09:30"))
    assert (why.claim.left, why.claim.stopped_at) == (5 * M, local("05 17:10"))  # stopped with five minutes in hand
    assert why.contact.left == -30 * M  # due at closing; half an hour of Tuesday is over


def test_why_stops_both_clocks_of_a_case_ended_untouched() -> None:
    ended = replace(a_case("05 10:00"), status=Status.CLOSED, closed_at=local("05 10:05"))
    why = explain(ended, DEFAULT, local("06 12:00"))
    assert (why.claim.left, why.contact.left, why.contact.stopped_at) == (10 * M, 55 * M, local("05 10:05"))


def test_why_starts_the_clock_of_a_reopened_case_full() -> None:
    kept = claimed(a_case("05 10:00", unclaimed_since=local("07 10:00")), "05 10:05")
    assert explain(kept, DEFAULT, local("07 10:10")).claim.left == 15 * M


@pytest.mark.parametrize(
    ("opened", "snoozed", "deferred", "at"),
    [
        ("05 10:00", None, None, "05 10:15"),
        ("05 10:00", "05 12:00", "snoozed", "05 12:00"),
        ("05 10:00", "05 19:00", "snoozed", "06 09:00"),
        ("05 17:45", None, "outside working hours", "06 09:00"),
        ("05 17:45", "05 17:50", "outside working hours", "06 09:00"),  # the snooze ends before the nudge is due
    ],
)
def test_why_names_what_defers_the_nudge(opened: str, snoozed: str | None, deferred: str | None, at: str) -> None:
    case = replace(a_case(opened), snoozed_until=local(snoozed) if snoozed else None)
    why = explain(case, DEFAULT, local(opened))
    assert (why.deferred, why.at) == (deferred, local(at))


def test_why_says_that_somebody_was_asked_how_it_went() -> None:
    case = replace(a_case("05 10:00"), rests_until=local("05 10:20"))
    why = explain(case, DEFAULT, local("05 10:05"))
    assert (why.deferred, why.at) == ("asked how", local("05 10:20"))
    assert explain(replace(case, snoozed_until=local("05 12:00")), DEFAULT, local("05 10:05")).deferred == "snoozed"


def test_why_promises_nothing_for_the_past() -> None:
    case = a_case("05 10:00")
    assert explain(case, DEFAULT, local("05 20:00")).at == local("06 09:00")  # the bot was down: next opening
    assert explain(case, DEFAULT, local("05 10:30")).at == local("05 10:30")  # at once


def test_why_names_a_next_nudge_of_every_open_case() -> None:
    reached = contacted(a_case(), "05 10:20")
    promised = replace(reached, promises=owing("a call", local("05 11:00")))
    worn_out = nudged(claimed(a_case(policy=UNASKED), "05 10:05", UNASKED), UNASKED, local("30 10:00"))
    whys = [explain(case, UNASKED, local("30 10:00")) for case in (reached, promised, worn_out)]
    assert [why.nudge and why.nudge.when for why in whys] == ["look_back", "promised", "waiting"]


def test_why_has_nothing_to_come_of_a_case_that_is_over() -> None:
    closed = planned(replace(contacted(a_case(), "05 10:20"), status=Status.CLOSED), DEFAULT)
    assert explain(closed, DEFAULT, local("30 10:00")).nudge is None


# -- the lease -------------------------------------------------------------------------------------------------------


def test_why_tells_when_the_owner_will_be_asked() -> None:
    why = explain(claimed(a_case("05 10:00"), "05 10:05"), DEFAULT, local("05 11:35"))
    assert why.hold is not None
    assert (why.hold.due_at, why.hold.left, why.back_at) == (local("05 12:05"), 30 * M, None)


def test_why_tells_when_a_silent_owner_loses_it() -> None:
    case = nudged(claimed(a_case("05 10:00"), "05 10:05"), DEFAULT, local("05 12:05"))
    why = explain(case, DEFAULT, local("05 12:10"))
    assert (why.hold, why.back_at) == (None, local("05 12:35"))
    assert (why.nudge.tell, why.at) == ("owner", local("05 13:00"))


def test_why_names_the_question_as_what_comes_next() -> None:
    case = nudged(claimed(a_case("05 10:00"), "05 10:05"), DEFAULT, local("05 12:00"))
    why = explain(case, DEFAULT, local("05 12:01"))
    assert (why.nudge.rung, why.at, why.deferred) == (HELD, local("05 12:05"), None)


def test_why_has_no_lease_for_what_nobody_holds() -> None:
    reached = acted(claimed(a_case("05 10:00"), "05 10:05"), "contacted", "05 10:20", way=Way.PHONE)
    for case in (a_case("05 10:00"), reached):
        why = explain(case, DEFAULT, local("05 11:00"))
        assert (why.hold, why.back_at) == (None, None)


def test_why_says_when_enough_was_said_today() -> None:
    case = put_off(a_case("05 10:00"), DEFAULT, local("05 12:00"))
    why = explain(case, DEFAULT, local("05 12:00"))
    assert (why.deferred, why.at) == ("enough for today", local("06 09:00"))


def test_why_puts_nothing_off_for_critical_at_night() -> None:
    policy = Policy(hours={"critical_any_time": True})
    why = explain(a_case("10 23:00", policy, severity=Severity.CRITICAL), policy, local("10 23:01"))
    assert (why.claim.left, why.at, why.deferred) == (4 * M, local("10 23:05"), None)


def test_snooze_puts_the_question_off_by_the_hold() -> None:
    case = acted(claimed(a_case("05 10:00", UNASKED), "05 10:05"), "snooze", "05 10:10", until=local("05 13:00"))
    why = explain(case, DEFAULT, local("05 10:10"))
    assert why.hold is not None
    assert why.hold.due_at == local("05 13:00") + 2 * H
