"""The ladder over a turned clock: what is said when, to whom, how often, and when there is silence."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.model import Case, Feedback, Outcome, Severity, Status
from cases.nudges.broken import breaks_at
from cases.nudges.ladder import (
    claim_due,
    contact_due,
    due_nudges,
    next_nudge_at,
    nudged,
    planned,
    planned_together,
    put_off,
    round_at,
)
from cases.policy.clocks import Clock, ClockOfSource, Clocks
from cases.policy.hours import Hours
from cases.policy.page import Policy, Reminders, read_policy
from cases.policy.working_time import calendar_of
from tests.cases.nudges.waiting import (
    DAY,
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
from tests.cases.nudges.year import a_rung
from tests.elapsing import dearer
from tests.owing import owing


def said_to(case: Case, until: str, policy: Policy = UNASKED) -> list[tuple[datetime, str]]:
    return [(at, nudge.tell) for at, nudge in told(case, policy, until)]


# -- both clocks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severity", "opened", "claim", "contact"),
    [
        (Severity.NORMAL, "05 10:00", "05 10:15", "05 11:00"),
        (Severity.HIGH, "05 10:00", "05 10:10", "05 10:45"),
        (Severity.CRITICAL, "05 10:00", "05 10:05", "05 10:30"),
        (Severity.NORMAL, "05 17:50", "06 09:05", "06 09:50"),  # 10 min on Monday, the rest on Tuesday
        (Severity.NORMAL, "05 17:45", "05 18:00", "06 09:45"),  # the claim clock ends with the day
        (Severity.CRITICAL, "10 23:00", "12 09:05", "12 09:30"),  # Saturday night → Monday morning
    ],
)
def test_clocks_run_in_working_time_by_severity(severity: Severity, opened: str, claim: str, contact: str) -> None:
    case = a_case(opened, severity=severity)
    assert (claim_due(case, DEFAULT), contact_due(case, DEFAULT)) == (local(claim), local(contact))
    assert (case.claim_due_at, case.contact_due_at) == (local(claim), local(contact))


# -- the default ladder ----------------------------------------------------------------------------------------------


def test_case_nobody_takes_climbs_the_whole_ladder() -> None:
    # claim is due at 10:15, contact at 11:00
    assert said_to(a_case("05 10:00"), "05 18:00") == [
        (local("05 10:15"), "thread"),
        (local("05 10:45"), "lead"),  # claim + 30 min
        (local("05 11:15"), "thread"),  # claim + 1 h, second of three
        (local("05 11:30"), "thread"),  # contact + 30 min
        (local("05 12:00"), "lead"),  # contact + 1 h, first of six
        (local("05 12:15"), "thread"),  # claim + 2 h, third and last
        (local("05 16:00"), "lead"),  # contact + 5 h
    ]


def test_owner_hears_before_and_at_the_deadline() -> None:
    case = claimed(a_case("05 10:00"), "05 10:05")
    assert said_to(case, "05 14:00") == [
        (local("05 10:45"), "owner"),  # contact - 15 min
        (local("05 11:00"), "owner"),
        (local("05 11:30"), "thread"),
        (local("05 12:00"), "owner"),  # contact + 1 h falls together with
        (local("05 12:00"), "lead"),  # the lead's first
        (local("05 13:00"), "owner"),  # third and last
    ]


def test_lead_hears_no_more_after_the_sixth_time() -> None:
    said = told(claimed(a_case("05 10:00"), "05 10:05"), UNASKED, "31 00:00")
    to_lead = [(at, nudge.count, nudge.last) for at, nudge in said if nudge.tell == "lead"]
    assert to_lead == [
        (local("05 12:00"), 1, False),
        (local("05 16:00"), 2, False),
        (local("06 11:00"), 3, False),  # 2 h on Monday, 2 h on Tuesday
        (local("06 15:00"), 4, False),
        (local("07 10:00"), 5, False),
        (local("07 14:00"), 6, True),
    ]


def test_contact_silences_every_rung_at_once() -> None:
    case = contacted(claimed(a_case("05 10:00"), "05 10:05"), "05 10:20")
    assert case.next_nudge_at == case.look_back_at == local("08 10:20")
    assert due_nudges(case, DEFAULT, local("05 15:00")) == ()


def test_promise_is_spoken_of_though_its_case_is_closed() -> None:
    promised = contacted(a_case(), "05 10:20", promises=owing("a new box", local("07 12:00")))
    closed = replace(promised, status=Status.CLOSED, outcome=Outcome.WON_BACK, closed_at=local("06 10:00"))
    assert planned(closed, DEFAULT).next_nudge_at == local("07 10:00")
    assert [n.tell for n in due_nudges(closed, DEFAULT, local("07 12:00"))] == ["owner"]
    assert planned(replace(closed, joined_into=9), DEFAULT).next_nudge_at is None  # #9 owes it now


def test_promise_is_nudged_though_the_customer_was_contacted() -> None:
    case = contacted(a_case(), "05 10:20", promises=owing("a new box", local("07 12:00")))
    assert said_to(case, "08 18:00") == [
        (local("07 10:00"), "owner"),  # 2 h before
        (local("07 12:00"), "owner"),
        (local("07 12:30"), "lead"),
        (local("08 09:00"), "owner"),  # and each working day until it is kept, or has another date
    ]


@pytest.mark.parametrize("rounds", [(), (time(9), time(16, 30))])
def test_promise_of_nobodys_case_warns_the_lead(rounds: tuple[time, ...]) -> None:
    policy = UNASKED.model_copy(update={"lead": "@lea", "reminders": Reminders(lead_rounds=rounds)})
    case = contacted(a_case(policy=policy), "05 10:20", policy, promises=owing("a new box", local("07 12:00")))
    case = planned(replace(case, owner=None, claimed_at=None), policy)
    assert said_to(case, "07 12:30", policy) == [(local("07 10:00"), "lead"), (local("07 12:30"), "lead")]


def test_promise_for_a_sunday_warns_on_the_friday_before() -> None:
    case = contacted(a_case(), "05 10:20", promises=owing("a call", local("11 12:00")))
    assert said_to(case, "12 18:00") == [
        (local("09 16:00"), "owner"),  # two working hours before Sunday
        (local("12 09:00"), "owner"),  # Sunday itself is deferred to Monday's opening
        (local("12 09:30"), "lead"),  # half a working hour past it
    ]


def test_released_case_starts_the_claim_rungs_again() -> None:
    case = nudged(a_case("05 10:00"), DEFAULT, local("05 10:15"))
    case = claimed(case, "05 10:20")
    released = replace(case, status=Status.UNCLAIMED, owner=None, claimed_at=None, unclaimed_since=local("05 10:25"))
    case = planned(released, DEFAULT)
    assert case.next_nudge_at == local("05 10:40")  # 15 min after the release
    assert [(n.tell, n.count) for n in due_nudges(case, DEFAULT, local("05 10:40"))] == [("thread", 1)]


def test_owner_rungs_wait_for_somebody_to_own() -> None:
    case = a_case("05 10:00")
    assert "owner" not in {nudge.tell for _, nudge in told(case, UNASKED, "07 18:00")}
    late = claimed(case, "05 10:50", UNASKED)  # the warning of 10:45 was for nobody
    assert due_nudges(late, UNASKED, local("05 10:59")) == ()
    assert [(n.tell, n.count) for n in due_nudges(late, UNASKED, local("05 11:00"))] == [("owner", 1)]


def test_warning_ahead_of_a_clock_shorter_than_itself_is_dropped() -> None:
    clocks = Clocks(normal=Clock(claim=5 * M, contact=10 * M, hold=H))
    policy = Policy(clocks=clocks)  # the default rung 15 min before contact would lie before the case was opened
    case = claimed(a_case("05 10:00", policy), "05 10:00", policy)
    assert case.next_nudge_at == local("05 10:10")


def test_warning_at_the_very_start_of_the_clock_is_given() -> None:
    policy = Policy(clocks=Clocks(normal=Clock(claim=5 * M, contact=15 * M, hold=H)))
    case = claimed(a_case("05 10:00", policy), "05 10:00", policy)
    assert case.next_nudge_at == local("05 10:00")


def test_case_grown_graver_skips_no_rung() -> None:
    policy = a_policy(
        {"when": "unclaimed", "after": 75 * M, "tell": "thread"},  # 11:30
        {"when": "not_contacted", "after": 1 * H, "tell": "lead"},  # 12:00, or 11:30 for a critical case
    )
    case = nudged(a_case("05 10:00", policy), policy, local("05 11:30"))
    graver = planned(replace(case, severity=Severity.CRITICAL), policy)
    assert "lead" in [n.tell for n in due_nudges(graver, policy, local("05 11:56"))]


def test_planning_twice_changes_nothing_the_second_time() -> None:
    case = nudged(a_case("05 10:00"), DEFAULT, local("05 10:45"))
    graver = planned(replace(case, severity=Severity.HIGH), DEFAULT)
    assert planned(graver, DEFAULT) == graver


def test_case_grown_critical_at_night_still_reaches_the_lead() -> None:
    # Opened an hour before Friday's end, contact was due at 18:00; the owner hears at 17:45 and on Monday at 09:00, the
    # thread at 09:30. The lead would at 10:00; but at 09:40 the case turns critical, and all the night counts.
    policy = Policy(hours={"critical_any_time": True}, ownership=UNASKED.ownership)
    case = claimed(a_case("09 17:00", policy), "09 17:05", policy)
    for _, one in looks(case, policy, "12 09:30"):
        case = one.case
    graver = planned(replace(case, severity=Severity.CRITICAL), policy)
    assert "lead" in {nudge.tell for nudge in due_nudges(graver, policy, local("12 09:40"))}


# -- owners come and go ----------------------------------------------------------------------------------------------


def test_new_owner_of_an_overdue_case_gets_own_reminders() -> None:
    case = claimed(a_case("05 10:00", UNASKED), "05 13:30", UNASKED)  # contact was due at 11:00, reminders each hour
    to_owner = [(at, n.count, n.last) for at, n in told(case, UNASKED, "05 18:00") if n.tell == "owner"]
    # A quarter of an hour to make the call, then each hour.
    assert to_owner == [(local("05 13:45"), 1, False), (local("05 14:45"), 2, False), (local("05 15:45"), 3, True)]


def test_taking_over_a_late_case_starts_the_count_anew() -> None:
    case = claimed(a_case("05 10:00", UNASKED), "05 10:05", UNASKED)
    case = acted(nudged(case, UNASKED, local("05 13:00")), "takeover", "05 14:30", UNASKED, actor="U_BEN")
    to_owner = [(at, n.count, n.owner) for at, n in told(case, UNASKED, "05 18:00") if n.tell == "owner"]
    assert to_owner == [
        (local("05 14:45"), 1, "U_BEN"),
        (local("05 15:45"), 2, "U_BEN"),
        (local("05 16:45"), 3, "U_BEN"),
    ]


@pytest.mark.parametrize(
    ("action", "words"),
    [("claim", {"actor": "U_BEN"}), ("give", {"to": "U_BEN"}), ("takeover", {"actor": "U_BEN"})],
)
def test_nobody_is_nudged_at_the_moment_they_get_it(action: str, words: dict[str, Any]) -> None:
    case = nudged(a_case("05 10:00", UNASKED), UNASKED, local("05 13:15"))
    case = acted(case, action, "05 13:30", UNASKED, **words)
    assert due_nudges(case, UNASKED, local("05 13:30")) == ()


@pytest.mark.parametrize(
    ("claim", "first"),
    [("05 10:59:59", "05 11:00"), ("05 11:00", "05 11:15"), ("05 11:40", "05 11:55")],
)
def test_reminders_begin_a_moment_after_a_late_claim(claim: str, first: str) -> None:
    policy = a_policy({"when": "not_contacted", "after": 0 * M, "every": H, "at_most": 2, "tell": "owner"})
    case = claimed(a_case("05 10:00", policy), claim, policy)
    assert [(at, n.count) for at, n in told(case, policy, "05 18:00")] == [(local(first), 1), (local(first) + H, 2)]


def test_new_owner_of_an_overdue_promise_is_told_soon() -> None:
    policy = a_policy({"when": "promised", "after": 0 * M, "every": H, "at_most": 2, "tell": "owner"})
    case = contacted(a_case(policy=policy), "05 10:20", policy, promises=owing("a call", local("05 12:00")))
    case = acted(case, "give", "05 14:10", policy, to="U_BEN")
    to_owner = [(at, n.count) for at, n in told(case, policy, "05 18:00") if n.tell == "owner"]
    assert to_owner == [(local("05 14:15"), 1), (local("05 15:15"), 2)]  # it is critical since noon


# -- clocks of a source, and hours of the gravest --------------------------------------------------------------------

PHONE = Feedback(external_id="1", source="phone")


def test_source_has_clocks_of_its_own() -> None:
    clocks = Clocks(source={"phone": {Severity.NORMAL: ClockOfSource(contact=20 * M)}})
    policy = Policy(clocks=clocks)
    case = a_case("05 10:00", policy, feedback=(PHONE,))
    assert (case.claim_due_at, case.contact_due_at) == (local("05 10:15"), local("05 10:20"))
    assert a_case("05 10:00", policy).contact_due_at == local("05 11:00")
    graver = a_case("05 10:00", policy, feedback=(PHONE,), severity=Severity.HIGH)
    assert graver.contact_due_at == local("05 10:45")  # the source says nothing of grave ones


def test_source_of_the_first_feedback_sets_the_clocks() -> None:
    policy = Policy(clocks=Clocks(source={"phone": {Severity.NORMAL: ClockOfSource(contact=20 * M)}}))
    case = a_case("05 10:00", policy, feedback=(replace(PHONE, source="web"), PHONE))
    assert case.contact_due_at == local("05 11:00")


ANY_TIME = Policy(hours={"critical_any_time": True})


def test_critical_case_is_nudged_at_any_time() -> None:
    case = a_case("10 23:00", ANY_TIME, severity=Severity.CRITICAL)  # a Saturday; claim in 5 min, contact in 30
    assert said_to(case, "11 00:30", ANY_TIME) == [
        (local("10 23:05"), "thread"),
        (local("10 23:35"), "lead"),
        (local("11 00:00"), "thread"),  # contact + 30 min
        (local("11 00:05"), "thread"),  # claim + 1 h
        (local("11 00:30"), "lead"),  # contact + 1 h
    ]


@pytest.mark.parametrize("severity", [Severity.NORMAL, Severity.HIGH])
def test_other_cases_wait_for_the_morning_all_the_same(severity: Severity) -> None:
    case = a_case("10 23:00", ANY_TIME, severity=severity)
    assert case.next_nudge_at == a_case("10 23:00", severity=severity).next_nudge_at


# -- enough for today ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "severity", "again"),
    [
        ("05 12:00", Severity.NORMAL, "06 09:00"),
        ("05 08:00", Severity.NORMAL, "06 09:00"),
        ("09 17:30", Severity.NORMAL, "12 09:00"),  # a Friday
        ("09 17:30", Severity.CRITICAL, "12 09:00"),  # enough is enough, even at any time
        ("05 23:59", Severity.CRITICAL, "06 09:00"),
    ],
)
def test_what_is_put_off_comes_next_working_day(now: str, severity: Severity, again: str) -> None:
    case = put_off(a_case("05 07:00", ANY_TIME, severity=severity), ANY_TIME, local(now))
    assert case.next_nudge_at == local(again)


def test_what_is_put_off_is_kept_and_said_then() -> None:
    case = put_off(a_case("05 10:00"), DEFAULT, local("05 12:00"))
    assert case.nudged_until is None
    assert {n.tell for n in due_nudges(case, DEFAULT, local("06 09:00"))} == {"thread", "lead"}


# -- deferral --------------------------------------------------------------------------------------------------------


def test_nudge_due_at_closing_comes_next_morning() -> None:
    case = a_case("09 17:45")  # Friday: the claim clock ends at 18:00 sharp
    assert case.next_nudge_at == local("12 09:00")
    assert due_nudges(case, DEFAULT, local("09 18:00")) == ()
    assert [n.due_at for n in due_nudges(case, DEFAULT, local("12 09:00"))] == [local("09 18:00")]


def test_snooze_defers_and_swallows_nothing() -> None:
    case = planned(replace(claimed(a_case("05 10:00"), "05 10:05"), snoozed_until=local("05 13:30")), DEFAULT)
    assert due_nudges(case, DEFAULT, local("05 13:29")) == ()
    assert case.next_nudge_at == local("05 13:30")
    # The owner's 10:45, 11:00, 12:00 and 13:00 become one; thread 11:30 and lead 12:00 come besides.
    assert [(n.tell, n.due_at) for n in due_nudges(case, DEFAULT, local("05 13:30"))] == [
        ("owner", local("05 13:00")),
        ("thread", local("05 11:30")),
        ("lead", local("05 12:00")),
    ]


def test_snooze_into_the_night_ends_in_the_morning() -> None:
    case = planned(replace(claimed(a_case("05 10:00"), "05 10:05"), snoozed_until=local("05 22:00")), DEFAULT)
    assert case.next_nudge_at == local("06 09:00")


def test_two_days_down_bring_one_message_per_person() -> None:
    case = claimed(a_case("05 10:00"), "05 10:05", UNASKED)
    back = local("07 10:30")
    nudges = due_nudges(case, UNASKED, back)
    assert [(n.tell, n.count, n.last) for n in nudges] == [("owner", 3, True), ("thread", 1, True), ("lead", 5, False)]
    after = nudged(case, UNASKED, back)
    assert (after.nudge_seq, after.nudged_until, after.next_nudge_at) == (1, back, local("07 14:00"))
    assert due_nudges(after, UNASKED, back) == ()


def test_nudging_when_nothing_is_due_swallows_nothing() -> None:
    case = contacted(a_case(), "05 10:20", promises=owing("a call", local("05 20:00")))
    case = nudged(case, DEFAULT, local("05 18:00"))  # too late for the warning at 16:00, which waits for the morning
    assert case.nudge_seq == 0
    assert [n.tell for n in due_nudges(case, DEFAULT, local("06 09:30"))] == ["owner", "lead"]


def test_clock_set_back_repeats_nothing() -> None:
    case = nudged(a_case("05 10:00"), DEFAULT, local("05 10:45"))
    assert due_nudges(case, DEFAULT, local("05 10:20")) == ()
    assert nudged(case, DEFAULT, local("05 10:20")).nudged_until == local("05 10:45")


def test_question_asked_by_a_slow_clock_repeats_nothing() -> None:
    policy = Policy(clocks=Clocks(normal={"hold": 30 * M}))
    case = nudged(a_case("05 10:00", policy), policy, local("05 12:00"))
    case = claimed(case, "05 11:00", policy)  # the clock has been set back by more than an hour
    case = nudged(case, policy, local("05 11:30"))
    assert (case.asked_at, case.nudged_until) == (local("05 11:30"), local("05 12:00"))


# -- policies of other shapes ----------------------------------------------------------------------------------------


def test_policy_in_seconds_nudges_in_seconds() -> None:
    policy = read_policy(
        """
        hours = { always = true }
        clocks.normal = { claim = "2s", contact = "4s" }
        nudges = [
            { when = "unclaimed", after = "0s", every = "1s", at_most = 2, tell = "thread" },
            { when = "not_contacted", after = "-1s", tell = "lead" },
        ]
        """
    )
    start = local("10 03:00")
    said = told(a_case(start, policy), policy, start + H)
    assert [((at - start).seconds, n.tell, n.count) for at, n in said] == [
        (2, "thread", 1),
        (3, "thread", 2),
        (3, "lead", 1),
        (4, "lead", 1),  # no rung is to come, and the customer waits
    ]


def test_rung_without_end_goes_on_for_ever() -> None:
    policy = a_policy({"when": "not_contacted", "after": 0 * M, "every": H, "tell": "manager"})
    case = a_case("05 10:00", policy)
    far = due_nudges(case, policy, local("05 11:00") + timedelta(hours=5000))
    assert [(n.count, n.last) for n in far] == [(5001, False)]
    assert nudged(case, policy, local("05 11:00") + timedelta(hours=5000)).next_nudge_at is not None


def test_days_of_missed_seconds_cost_no_time() -> None:
    rung = {"when": "unclaimed", "after": 0 * M, "every": timedelta(seconds=1), "tell": "thread"}
    policy = a_policy(rung, always=False)
    case = a_case("05 10:00", policy)
    now = local("30 10:00")
    hour = local("05 11:00")
    assert dearer(lambda: due_nudges(case, policy, hour), lambda: due_nudges(case, policy, now)) < 10  # not 200
    nudges = due_nudges(case, policy, now)
    case = nudged(case, policy, now)
    assert [n.due_at for n in nudges] == [now]
    assert case.next_nudge_at == now + timedelta(seconds=1)


def test_warnings_repeat_up_to_the_deadline() -> None:
    policy = a_policy({"when": "not_contacted", "after": -30 * M, "every": 10 * M, "at_most": 4, "tell": "owner"})
    case = claimed(a_case("05 10:00", policy), "05 10:00", policy)
    said = told(case, policy, "05 18:00")
    assert [(at, n.overdue, n.last) for at, n in said] == [
        (local("05 10:30"), False, False),
        (local("05 10:40"), False, False),
        (local("05 10:50"), False, False),
        (local("05 11:00"), True, True),
    ]


def test_repeated_warnings_of_a_weekend_case_start_on_monday() -> None:
    policy = a_policy(
        {"when": "not_contacted", "after": -H, "every": 30 * M, "at_most": 3, "tell": "lead"}, always=False
    )
    case = a_case("10 12:00", policy)  # a Saturday; contact is due on Monday at 10:00, an hour after opening
    assert [at for at, _ in told(case, policy, "12 18:00")] == [
        local("12 09:00"),
        local("12 09:30"),
        local("12 10:00"),
    ]


def test_equal_instants_for_one_person_keep_the_later_rung() -> None:
    policy = a_policy(
        {"when": "unclaimed", "after": 45 * M, "tell": "lead"},  # 11:00
        {"when": "not_contacted", "after": 0 * M, "tell": "lead"},  # 11:00
    )
    assert [n.rung for n in due_nudges(a_case("05 10:00", policy), policy, local("05 11:00"))] == [1]


def test_empty_ladder_leaves_no_case_in_silence() -> None:
    policy = a_policy(always=False)
    said = told(a_case("05 10:00", policy), policy, "08 08:00")  # first contact is due at 11:00
    assert [(at, n.tell, n.when) for at, n in said] == [
        (local("05 11:00"), "lead", "waiting"),
        (local("06 09:00"), "lead", "waiting"),
        (local("07 09:00"), "lead", "waiting"),
    ]


def test_how_it_ended_is_asked_ever_more_rarely() -> None:
    policy = a_policy(contact={"check_back": "3d"})
    case = contacted(a_case("01 10:00", policy), "01 12:00", policy)
    assert [(at, n.tell, n.when) for at, n in told(case, policy, "31 00:00")] == [
        (local(f"{day} 12:00"), "owner", "look_back") for day in ("04", "07", "13", "25")
    ]


def test_check_back_on_a_sunday_falls_on_monday() -> None:
    case = contacted(a_case("08 10:00"), "08 10:20")  # a Thursday
    assert case.look_back_at == local("12 09:00")


def test_each_of_several_promises_is_spoken_of() -> None:
    policy = a_policy({"when": "promised", "after": 0 * M, "tell": "owner"})
    two = (*owing("a call", local("06 12:00")), *owing("a new box", local("07 12:00")))
    case = contacted(a_case(policy=policy), "05 10:20", policy, promises=two)
    said = [(at, n.promised_at) for at, n in told(case, policy, "07 13:00") if n.tell == "owner"]
    assert said == [(due, due) for due in (local("06 12:00"), local("07 12:00"))]


# -- whatever the ticks ----------------------------------------------------------------------------------------------

# A year with both changes of the clock, starting anywhere in it.
starts = st.integers(0, 365 * 1440).map(lambda minutes: local("01 00:00") + minutes * M)
gaps = st.lists(st.one_of(st.integers(1, 90), st.integers(1, 5000)).map(lambda minutes: minutes * M), max_size=60)


rungs = st.builds(
    a_rung,
    when=st.sampled_from(["unclaimed", "not_contacted", "promised"]),
    after=st.integers(-300, 300).map(lambda minutes: minutes * M),
    every=st.none() | st.integers(1, 400).map(lambda minutes: minutes * M),
    at_most=st.none() | st.integers(1, 5),
    tell=st.sampled_from(["thread", "owner", "lead", "manager", "@dana"]),
)
zones = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
HOURS = [
    Policy().hours,
    Hours(always=True),
    Hours(mon="08:00-12:00, 13:00-20:00", sat="00:00-24:00", sun="01:00-03:00"),
]
policies = st.builds(
    Policy,
    timezone=zones,
    hours=st.sampled_from(HOURS),
    nudges=st.lists(rungs, max_size=4).map(tuple),
    ownership=st.just(UNASKED.ownership),
)


def a_state(start: datetime, policy: Policy, status: Status, owner: str | None, promise: timedelta) -> Case:
    promised = {"promises": owing("a call", start + promise, start)} if promise else {}
    return a_case(start, policy, status=status, owner=owner, **promised)


states = st.builds(
    a_state,
    starts,
    st.shared(policies, key="policy"),
    st.sampled_from([Status.UNCLAIMED, Status.CLAIMED, Status.CONTACTED]),
    st.sampled_from([None, "U_OWNER"]),
    st.sampled_from([timedelta(), 3 * H, 2 * DAY]),
)
shared_policies = st.shared(policies, key="policy")


@pytest.mark.long
@given(shared_policies, states, gaps)
def test_any_ticking_says_each_thing_once_in_hours(policy: Policy, case: Case, waits: list[timedelta]) -> None:
    calendar, now = calendar_of(policy), case.opened_at
    seen: set[tuple[int, int, datetime]] = set()
    for wait in waits:
        now += wait
        for nudge in due_nudges(case, policy, now):
            assert calendar.is_open(now)
            assert nudge.due_at <= now
            assert nudge.when in ("promised", "look_back") or case.status is not Status.CONTACTED
            assert (nudge.rung, nudge.count, nudge.due_at) not in seen
            seen.add((nudge.rung, nudge.count, nudge.due_at))
        case = nudged(case, policy, now)
        assert due_nudges(case, policy, now) == ()


@given(shared_policies, states, gaps)
def test_planned_instant_is_when_nudges_come(policy: Policy, case: Case, waits: list[timedelta]) -> None:
    now = case.opened_at
    for wait in waits[:20]:
        now += wait
        case = round_at(case, policy, now).case
        at = next_nudge_at(case, policy)
        if at is not None:
            # What is overdue while we are closed waits for the opening; the sweep need not look before.
            opens = calendar_of(policy).next_open(now)
            at = at if at > now else min(opens, breaks_at(case) or opens)
            assert at > now
            assert due_nudges(case, policy, at) or at == breaks_at(case)
            assert not due_nudges(case, policy, at - datetime.resolution)
        assert case.next_nudge_at == at


@pytest.mark.long
@given(shared_policies, starts, st.lists(st.tuples(st.sampled_from(Severity), st.sampled_from(["web", "phone"]))))
def test_cases_opened_together_are_planned_as_each_would_be(
    policy: Policy, at: datetime, kinds: list[tuple[Severity, str]]
) -> None:
    clocks = Clocks(source={"phone": {Severity.NORMAL: ClockOfSource(contact=20 * M)}})
    policy = policy.model_copy(update={"clocks": clocks})
    new = [
        a_case(at, number=number, severity=severity, feedback=(Feedback(external_id=f"f-{number}", source=source),))
        for number, (severity, source) in enumerate(kinds, 1)
    ]
    assert planned_together(new, policy) == [planned(case, policy) for case in new]
