"""The ladder over a turned clock: what is said when, to whom, how often, and when there is silence."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.model import Case, Outcome, Severity, Status
from cases.nudges import Nudge, claim_due, contact_due, due_nudges, explain, next_nudge_at, nudged, planned
from cases.policy import Clock, Clocks, Hours, Policy, Rung, read_policy
from cases.working_time import calendar_of

BERLIN = ZoneInfo("Europe/Berlin")
DEFAULT = Policy()  # Monday to Friday 09:00-18:00 Berlin; claim in 15 min, contact in 1 h
M, H, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
thorough = settings(deadline=None, max_examples=60)


def local(text: str) -> datetime:
    """A Berlin wall-clock reading in January 2026, the 5th being a Monday: "05 10:00"."""
    return datetime.fromisoformat(f"2026-01-{text.replace(' ', 'T')}").replace(tzinfo=BERLIN).astimezone(UTC)


def a_case(opened: str | datetime = "05 10:00", policy: Policy = DEFAULT, **fields: Any) -> Case:
    at = local(opened) if isinstance(opened, str) else opened
    begun = {"opened_at": at, "unclaimed_since": at, "waiting_since": at, "claim_due_at": at, "contact_due_at": at}
    return planned(Case(**{"number": 7, **begun, **fields}), policy)


def claimed(case: Case, at: str, policy: Policy = DEFAULT, owner: str = "U_OWNER") -> Case:
    return planned(replace(case, status=Status.CLAIMED, owner=owner, claimed_at=local(at)), policy)


def contacted(case: Case, at: str, policy: Policy = DEFAULT, **fields: Any) -> Case:
    reached = {"status": Status.CONTACTED, "owner": "U_OWNER", "contacted_at": local(at)} | fields
    return planned(replace(case, **reached), policy)


def a_policy(*rungs: dict[str, Any], always: bool = True, **fields: Any) -> Policy:
    hours = {"hours": Hours(always=True)} if always else {}
    return Policy(nudges=tuple(Rung(**rung) for rung in rungs), **hours, **fields)


def told(case: Case, policy: Policy, until: datetime) -> list[tuple[datetime, Nudge]]:
    """Everything said when the bot wakes exactly at each planned instant, as the ticking clock makes it."""
    said: list[tuple[datetime, Nudge]] = []
    while case.next_nudge_at is not None and case.next_nudge_at <= until:
        now = case.next_nudge_at
        said += [(now, nudge) for nudge in due_nudges(case, policy, now)]
        case = nudged(case, policy, now)
    return said


def said_to(case: Case, until: str, policy: Policy = DEFAULT) -> list[tuple[datetime, str]]:
    return [(at, nudge.tell) for at, nudge in told(case, policy, local(until))]


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
    said = told(claimed(a_case("05 10:00"), "05 10:05"), DEFAULT, local("31 00:00"))
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
    assert case.next_nudge_at is None
    assert due_nudges(case, DEFAULT, local("05 15:00")) == ()


def test_closed_case_with_a_promise_stays_silent() -> None:
    promised = contacted(a_case(), "05 10:20", promise="a new box", promise_due_at=local("07 12:00"))
    closed = replace(promised, status=Status.CLOSED, outcome=Outcome.WON_BACK, closed_at=local("06 10:00"))
    assert planned(closed, DEFAULT).next_nudge_at is None
    assert due_nudges(closed, DEFAULT, local("07 13:00")) == ()


def test_promise_is_nudged_though_the_customer_was_contacted() -> None:
    case = contacted(a_case(), "05 10:20", promise="a new box", promise_due_at=local("07 12:00"))
    assert said_to(case, "08 18:00") == [
        (local("07 10:00"), "owner"),  # 2 h before
        (local("07 12:00"), "owner"),
        (local("07 12:30"), "lead"),
    ]


def test_promise_for_a_sunday_warns_on_the_friday_before() -> None:
    case = contacted(a_case(), "05 10:20", promise="a call", promise_due_at=local("11 12:00"))
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
    assert "owner" not in {nudge.tell for _, nudge in told(case, DEFAULT, local("07 18:00"))}
    late = claimed(case, "05 10:50")
    assert [(n.tell, n.count) for n in due_nudges(late, DEFAULT, local("05 10:50"))] == [("owner", 1)]


def test_warning_ahead_of_a_clock_shorter_than_itself_is_dropped() -> None:
    clocks = Clocks(normal=Clock(claim=5 * M, contact=10 * M))
    policy = Policy(clocks=clocks)  # the default rung 15 min before contact would lie before the case was opened
    case = claimed(a_case("05 10:00", policy), "05 10:00", policy)
    assert case.next_nudge_at == local("05 10:10")


def test_warning_at_the_very_start_of_the_clock_is_given() -> None:
    policy = Policy(clocks=Clocks(normal=Clock(claim=5 * M, contact=15 * M)))
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
    case = claimed(a_case("05 10:00"), "05 10:05")
    back = local("07 10:30")
    nudges = due_nudges(case, DEFAULT, back)
    assert [(n.tell, n.count, n.last) for n in nudges] == [("owner", 3, True), ("thread", 1, True), ("lead", 5, False)]
    after = nudged(case, DEFAULT, back)
    assert (after.nudge_seq, after.nudged_until, after.next_nudge_at) == (1, back, local("07 14:00"))
    assert due_nudges(after, DEFAULT, back) == ()


def test_nudging_when_nothing_is_due_swallows_nothing() -> None:
    case = contacted(a_case(), "05 10:20", promise="a call", promise_due_at=local("05 20:00"))
    case = nudged(case, DEFAULT, local("05 18:00"))  # too late for the warning at 16:00, which waits for the morning
    assert case.nudge_seq == 0
    assert [n.tell for n in due_nudges(case, DEFAULT, local("06 09:30"))] == ["owner", "lead"]


def test_clock_set_back_repeats_nothing() -> None:
    case = nudged(a_case("05 10:00"), DEFAULT, local("05 10:45"))
    assert due_nudges(case, DEFAULT, local("05 10:20")) == ()
    assert nudged(case, DEFAULT, local("05 10:20")).nudged_until == local("05 10:45")


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
    said = told(a_case(start, policy), policy, start + DAY)
    assert [((at - start).seconds, n.tell, n.count) for at, n in said] == [
        (2, "thread", 1),
        (3, "thread", 2),
        (3, "lead", 1),
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
    begun = time.perf_counter()
    nudges = due_nudges(case, policy, now)
    case = nudged(case, policy, now)
    assert time.perf_counter() - begun < 0.1  # a loop over 600,000 occurrences takes many times that
    assert [n.due_at for n in nudges] == [now]
    assert case.next_nudge_at == now + timedelta(seconds=1)


def test_warnings_repeat_up_to_the_deadline() -> None:
    policy = a_policy({"when": "not_contacted", "after": -30 * M, "every": 10 * M, "at_most": 4, "tell": "owner"})
    case = claimed(a_case("05 10:00", policy), "05 10:00", policy)
    said = told(case, policy, local("05 18:00"))
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
    assert [at for at, _ in told(case, policy, local("12 18:00"))] == [
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


def test_empty_ladder_never_nudges_anybody() -> None:
    policy = a_policy()
    assert a_case(policy=policy).next_nudge_at is None


# -- why -------------------------------------------------------------------------------------------------------------


def test_why_shows_both_clocks_and_the_next_nudge() -> None:
    why = explain(a_case("05 10:00"), DEFAULT, local("05 10:05"))
    assert (why.claim.due_at, why.claim.left, why.claim.stopped_at) == (local("05 10:15"), 10 * M, None)
    assert (why.contact.due_at, why.contact.left) == (local("05 11:00"), 55 * M)
    assert why.nudge is not None
    assert (why.at, why.nudge.tell, why.nudge.rung, why.nudge.when) == (local("05 10:15"), "thread", 0, "unclaimed")
    assert (why.deferred, why.silence) == (None, None)


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


def test_why_promises_nothing_for_the_past() -> None:
    case = a_case("05 10:00")
    assert explain(case, DEFAULT, local("05 20:00")).at == local("06 09:00")  # the bot was down: next opening
    assert explain(case, DEFAULT, local("05 10:30")).at == local("05 10:30")  # at once


def test_why_gives_the_reason_for_silence() -> None:
    reached = contacted(a_case(), "05 10:20")
    closed = planned(replace(reached, status=Status.CLOSED, closed_at=local("05 12:00")), DEFAULT)
    worn_out = nudged(claimed(a_case(), "05 10:05"), DEFAULT, local("30 10:00"))
    silences = [explain(case, DEFAULT, local("30 10:00")).silence for case in (reached, closed, worn_out)]
    assert silences == ["contacted", "closed", "ladder ended"]


# -- whatever the ticks ----------------------------------------------------------------------------------------------

# A year with both changes of the clock, starting anywhere in it.
starts = st.integers(0, 365 * 1440).map(lambda minutes: local("01 00:00") + minutes * M)
gaps = st.lists(st.one_of(st.integers(1, 90), st.integers(1, 5000)).map(lambda minutes: minutes * M), max_size=60)


def a_rung(every: timedelta | None, at_most: int | None, **fields: Any) -> Rung:
    return Rung(every=every, at_most=at_most if every else None, **fields)


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
    Policy, timezone=zones, hours=st.sampled_from(HOURS), nudges=st.lists(rungs, max_size=4).map(tuple)
)


def a_state(start: datetime, policy: Policy, status: Status, owner: str | None, promise: timedelta) -> Case:
    promised = {"promise": "a call", "promise_due_at": start + promise} if promise else {}
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


@thorough
@given(shared_policies, states, gaps)
def test_any_ticking_says_each_thing_once_in_hours(policy: Policy, case: Case, waits: list[timedelta]) -> None:
    calendar, now = calendar_of(policy), case.opened_at
    seen: set[tuple[int, int]] = set()
    for wait in waits:
        now += wait
        for nudge in due_nudges(case, policy, now):
            assert calendar.is_open(now)
            assert nudge.due_at <= now
            assert nudge.when == "promised" or case.status is not Status.CONTACTED
            assert (nudge.rung, nudge.count) not in seen
            seen.add((nudge.rung, nudge.count))
        case = nudged(case, policy, now)
        assert due_nudges(case, policy, now) == ()


@thorough
@given(shared_policies, states, gaps)
def test_planned_instant_is_when_nudges_come(policy: Policy, case: Case, waits: list[timedelta]) -> None:
    now = case.opened_at
    for wait in waits[:20]:
        now += wait
        case = nudged(case, policy, now)
        at = next_nudge_at(case, policy)
        if at is not None:
            # What is overdue while we are closed waits for the opening; the sweep need not look before.
            at = at if at > now else calendar_of(policy).next_open(now)
            assert at > now
            assert due_nudges(case, policy, at)
            assert not due_nudges(case, policy, at - datetime.resolution)
        assert case.next_nudge_at == at


@thorough
@given(shared_policies, states, st.integers(0, 2880))
def test_due_nudges_agree_with_counting_one_by_one(policy: Policy, case: Case, minutes: int) -> None:
    now = case.opened_at + minutes * M
    due = {nudge.tell: nudge.due_at for nudge in due_nudges(case, policy, now)}
    assert due == (counted_one_by_one(case, policy, now) if calendar_of(policy).is_open(now) else {})


def counted_one_by_one(case: Case, policy: Policy, now: datetime) -> dict[str, datetime]:
    """The latest instant due for each `tell`, found by walking through every occurrence."""
    latest: dict[str, datetime] = {}
    for rung in policy.nudges:
        base, since = {
            "unclaimed": (case.claim_due_at if case.status is Status.UNCLAIMED else None, case.unclaimed_since),
            "not_contacted": (case.contact_due_at if case.status is not Status.CONTACTED else None, case.waiting_since),
            "promised": (case.promise_due_at, None),
        }[rung.when]
        if base is None or (rung.tell == "owner" and not case.owner):
            continue
        for k in range((rung.at_most or 10_000) if rung.every else 1):
            due = calendar_of(policy).add(base, rung.after + k * (rung.every or M))
            if due > now:
                break
            if not (since and rung.after < timedelta() and due < since):
                latest[rung.tell] = max(due, latest.get(rung.tell, due))
    return latest


@thorough
@given(starts, st.lists(st.tuples(st.integers(1, 3000), st.sampled_from(["claim", "release", "graver"])), max_size=6))
def test_every_uncontacted_case_reaches_the_lead(start: datetime, acts: list[tuple[int, str]]) -> None:
    case, now, told_to = a_case(start), start, set()
    acts = [*acts, *[(600, "wait")] * 60]
    for minutes, act in acts:
        now += minutes * M
        told_to |= {nudge.tell for nudge in due_nudges(case, DEFAULT, now)}
        case = planned(_acted(nudged(case, DEFAULT, now), act, now), DEFAULT)
    assert "lead" in told_to


def _acted(case: Case, act: str, now: datetime) -> Case:
    if act == "claim":
        return replace(case, status=Status.CLAIMED, owner="U_OWNER", claimed_at=now)
    if act == "release":
        return replace(case, status=Status.UNCLAIMED, owner=None, claimed_at=None, unclaimed_since=now)
    return replace(case, severity=case.severity.raised()) if act == "graver" else case
