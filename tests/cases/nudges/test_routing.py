"""Whom a nudge reaches: the person it is meant for, or whoever is next while that person should be left in peace."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from cases.model import Severity
from cases.nudges.routing import Colleague, Hindrance, Route, hindrance, route
from cases.nudges.steps import HELD, Nudge
from cases.occasions import When
from cases.people import Person
from cases.policy.hours import Hours
from cases.policy.page import Policy, Reminders
from tests.cases.nudges.waiting import DAY, DEFAULT, H, M, local

ANA, DANA, MAX = "U_ANA", "U_DANA", "U_MAX"  # one owns, one leads, one manages
THEN = (DANA, MAX)
NOON = local("05 12:00")  # a Monday in Berlin; in New York it is six in the morning
ANY_TIME = Policy(hours={"critical_any_time": True})
NUDGE = Nudge(case=7, rung=3, when=When.NOT_CONTACTED, tell="owner", due_at=NOON, count=1, last=False, overdue=True)
EARLY = replace(NUDGE, rung=2, overdue=False)
QUESTION = replace(NUDGE, rung=HELD, when=When.HELD, overdue=False)


def somebody(person: str = ANA, wishes: Mapping[str, Any] = {}, **facts: Any) -> Colleague:
    return Colleague(wishes=Person(id=person, **wishes), **facts)


def hindered(person: str) -> Colleague:
    return somebody(person, gone=True)


def routed(
    *known: Colleague,
    nudge: Nudge = NUDGE,
    meant_for: str | None = ANA,
    now: datetime = NOON,
    policy: Policy = DEFAULT,
    severity: Severity = Severity.NORMAL,
) -> Route | None:
    return route(nudge, severity, meant_for, THEN, {one.wishes.id: one for one in known}, policy, now)


# -- what stands in the way ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("colleague", "because"),
    [
        (somebody(), None),
        (somebody(gone=True), "gone"),
        (somebody(wishes={"away_until": NOON + M}), "away"),
        (somebody(wishes={"away_until": NOON}), None),  # back at this instant
        (somebody(wishes={"quiet_until": NOON + M}), "quiet"),
        (somebody(wishes={"quiet_until": NOON}), None),
        (somebody(do_not_disturb=(NOON, NOON + H)), "do_not_disturb"),
        (somebody(do_not_disturb=(NOON - H, NOON)), None),  # over at this instant
        (somebody(do_not_disturb=(NOON + M, NOON + H)), None),  # not yet begun
        (somebody(zone="Europe/Berlin"), None),
        (somebody(zone="Asia/Kolkata"), None),  # 16:30
        (somebody(zone="America/New_York"), "own_night"),  # 06:00
        (somebody(zone="Australia/Lord_Howe"), "own_night"),  # 22:00
        (somebody(told_today=19), None),
        (somebody(told_today=20), "enough_today"),
    ],
)
def test_each_hindrance_is_known_by_its_name(colleague: Colleague, because: Hindrance | None) -> None:
    assert hindrance(colleague, Severity.NORMAL, DEFAULT, NOON) == because


@pytest.mark.parametrize(
    ("now", "because"),
    [
        ("05 13:59", "own_night"),  # 07:59 in New York
        ("05 14:00", None),  # 08:00
        ("06 01:59", None),  # 19:59
        ("06 02:00", "own_night"),  # 20:00
        ("10 14:00", None),  # a Saturday: whether it is a working day, the team's hours have said
    ],
)
def test_colleague_abroad_has_days_of_their_own(now: str, because: Hindrance | None) -> None:
    colleague = somebody(zone="America/New_York")
    assert hindrance(colleague, Severity.NORMAL, DEFAULT, local(now)) == because


@pytest.mark.parametrize(
    ("policy", "severity", "because"),
    [
        (ANY_TIME, Severity.CRITICAL, None),
        (ANY_TIME, Severity.HIGH, "own_night"),
        (DEFAULT, Severity.CRITICAL, "own_night"),
        (Policy(hours=Hours(always=True)), Severity.NORMAL, None),  # a team round the clock knows what it asks
        (Policy(reminders=Reminders(own_hours="")), Severity.NORMAL, None),
        (Policy(reminders=Reminders(own_hours="05:00-22:00")), Severity.NORMAL, None),
    ],
)
def test_policy_says_whose_night_may_be_broken(policy: Policy, severity: Severity, because: Hindrance | None) -> None:
    assert hindrance(somebody(zone="America/New_York"), severity, policy, NOON) == because


@pytest.mark.parametrize(
    "colleague",
    [
        somebody(wishes={"away_until": NOON + DAY}),
        somebody(wishes={"quiet_until": NOON + H}),
        somebody(do_not_disturb=(NOON, NOON + H)),
        somebody(told_today=20),
    ],
)
def test_critical_case_breaks_no_wish_of_anybody(colleague: Colleague) -> None:
    assert hindrance(colleague, Severity.CRITICAL, ANY_TIME, NOON) is not None


def test_policy_may_leave_do_not_disturb_aside() -> None:
    policy = Policy(reminders=Reminders(do_not_disturb=False))
    assert hindrance(somebody(do_not_disturb=(NOON, NOON + H)), Severity.NORMAL, policy, NOON) is None


def test_gravest_hindrance_is_the_one_that_is_named() -> None:
    everything = somebody(wishes={"away_until": NOON + DAY, "quiet_until": NOON + H}, gone=True, told_today=99)
    assert hindrance(everything, Severity.NORMAL, DEFAULT, NOON) == "gone"


# -- where it goes instead -------------------------------------------------------------------------------------------


def test_nudge_reaches_the_person_it_is_meant_for() -> None:
    assert routed() == Route(person=ANA)
    assert routed(somebody(zone="Europe/Berlin", told_today=3)) == Route(person=ANA)


def test_nudge_for_the_thread_stands_in_the_thread() -> None:
    assert routed(hindered(ANA), meant_for=None) == Route()


@pytest.mark.parametrize(
    ("colleague", "because"),
    [
        (somebody(gone=True), "gone"),
        (somebody(wishes={"away_until": NOON + DAY}), "away"),
        (somebody(wishes={"quiet_until": NOON + H}), "quiet"),
        (somebody(do_not_disturb=(NOON, NOON + H)), "do_not_disturb"),
        (somebody(zone="America/New_York"), "own_night"),
        (somebody(told_today=20), "enough_today"),
    ],
)
def test_deadline_does_not_wait_for_who_is_hindered(colleague: Colleague, because: Hindrance) -> None:
    assert routed(colleague) == Route(person=DANA, instead_of=ANA, because=because)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ((hindered(ANA),), Route(person=DANA, instead_of=ANA, because="gone")),
        ((hindered(ANA), hindered(DANA)), Route(person=MAX, instead_of=ANA, because="gone")),
        ((hindered(ANA), hindered(DANA), hindered(MAX)), Route(instead_of=ANA, because="gone")),
        ((somebody(wishes={"quiet_until": NOON + H}), hindered(DANA)), Route(person=MAX, instead_of=ANA, because="quiet")),
    ],
)  # fmt: skip
def test_nudge_passes_to_lead_then_manager_then_thread(known: tuple[Colleague, ...], expected: Route) -> None:
    assert routed(*known) == expected


def test_lead_who_owns_the_case_is_not_own_deputy() -> None:
    assert routed(somebody(DANA, wishes={"quiet_until": NOON + H}), meant_for=DANA) == Route(
        person=MAX, instead_of=DANA, because="quiet"
    )


def test_thread_calls_nobody_who_wants_peace() -> None:
    way = routed(somebody(wishes={"quiet_until": NOON + H}), hindered(DANA), hindered(MAX))
    assert way is not None
    assert way.call is None


def test_thread_calls_who_had_enough_messages_today() -> None:
    full = [somebody(person, told_today=20) for person in (ANA, DANA, MAX)]
    assert routed(*full) == Route(call=ANA, instead_of=ANA, because="enough_today")


# -- wishes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nudge", "early", "expected"),
    [
        (EARLY, True, Route(person=ANA)),
        (EARLY, False, None),
        (NUDGE, False, Route(person=ANA)),  # overdue is not early
        (QUESTION, False, Route(person=ANA)),  # nor is being asked
    ],
)
def test_early_reminders_can_be_turned_off(nudge: Nudge, early: bool, expected: Route | None) -> None:
    assert routed(somebody(wishes={"early": early}), nudge=nudge) == expected


def test_early_reminder_nobody_wants_goes_to_nobody_else() -> None:
    assert routed(somebody(wishes={"early": False, "away_until": NOON + DAY}), nudge=EARLY) is None


def test_thread_instead_of_direct_messages_is_kept() -> None:
    assert routed(somebody(wishes={"in_thread": True})) == Route(call=ANA)


def test_wish_for_the_thread_calls_nobody_asleep() -> None:
    asleep = somebody(wishes={"in_thread": True}, zone="America/New_York")
    assert routed(asleep) == Route(person=DANA, instead_of=ANA, because="own_night")


def test_lead_who_likes_the_thread_is_called_there() -> None:
    lead = somebody(DANA, wishes={"in_thread": True})
    assert routed(hindered(ANA), lead) == Route(call=DANA, instead_of=ANA, because="gone")


# -- the last of the day ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told_today", "most", "heir"),
    [
        (0, 20, None),
        (18, 20, None),
        (19, 20, DANA),  # this is the twentieth
        (0, 1, DANA),
    ],
)
def test_last_reminder_of_the_day_names_an_heir(told_today: int, most: int, heir: str | None) -> None:
    policy = Policy(reminders=Reminders(per_person=most))
    way = routed(somebody(told_today=told_today), policy=policy)
    assert way == Route(person=ANA, heir=heir)


def test_heir_of_the_lead_is_the_manager() -> None:
    way = routed(somebody(DANA, told_today=19), meant_for=DANA)
    assert way == Route(person=DANA, heir=MAX)


def test_heir_of_the_last_in_line_is_the_thread() -> None:
    known = {MAX: somebody(MAX, told_today=19)}
    assert route(NUDGE, Severity.NORMAL, MAX, (), known, DEFAULT, NOON) == Route(person=MAX, heir="thread")


def test_day_that_is_full_passes_on_and_begins_anew() -> None:
    policy = Policy(reminders=Reminders(per_person=3))
    ways = [routed(somebody(told_today=told), policy=policy) for told in (1, 2, 3, 0)]
    assert [(way.person, way.heir) for way in ways if way] == [(ANA, None), (ANA, DANA), (DANA, None), (ANA, None)]
