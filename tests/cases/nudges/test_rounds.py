"""The lead's rounds: what is not critical reaches whoever leads at a few fixed times, later than due but never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.model import Severity
from cases.nudges.ladder import due_nudges, next_said_at, round_at
from cases.nudges.rounds import LEADS, Rounds, rounds_for
from cases.nudges.why import explain
from cases.policy.hours import Hours
from cases.policy.page import Policy, Reminders
from cases.policy.working_time import calendar_of
from tests.cases.nudges.waiting import AT_ONCE, DAY, H, M, a_case, acted, claimed, local, told

USUAL = Policy(lead="@dana")  # 10:30, 13:30 and 16:30


def rounds(*times: str, **hours: str) -> Rounds:
    policy = Policy(lead="@dana", hours=Hours(**hours)) if hours else USUAL
    return Rounds(calendar_of(policy), tuple(time.fromisoformat(each) for each in times))


THREE = rounds("10:30", "13:30", "16:30")
EVENING = rounds("20:00")  # the team has gone home by then


@pytest.mark.parametrize(
    ("these", "at", "last", "following"),
    [
        (THREE, "05 10:29", "02 16:30", "05 10:30"),
        (THREE, "05 10:30", "05 10:30", "05 10:30"),
        (THREE, "05 10:31", "05 10:30", "05 13:30"),
        (THREE, "05 23:00", "05 16:30", "06 10:30"),
        (THREE, "10 12:00", "09 16:30", "12 10:30"),  # a Saturday
        (EVENING, "05 08:00", "02 09:00", "05 09:00"),  # none of a day's hours has one: its opening
        (EVENING, "05 09:01", "05 09:00", "06 09:00"),
        (rounds("10:30", mon="13:00-18:00", tue="09:00-18:00"), "05 09:00", "30 10:30", "05 13:00"),
    ],
)
def test_rounds_lie_within_the_hours_of_working_days(these: Rounds, at: str, last: str, following: str) -> None:
    assert these.next(local(at)) == local(following)
    if not last.startswith("30"):  # December
        assert these.last(local(at)) == local(last)


@pytest.mark.parametrize(
    ("tell", "severity", "policy", "waits"),
    [
        ("lead", Severity.NORMAL, USUAL, True),
        ("manager", Severity.HIGH, USUAL, True),
        ("lead", Severity.CRITICAL, USUAL, False),
        ("owner", Severity.NORMAL, USUAL, False),
        ("thread", Severity.NORMAL, USUAL, False),
        ("@dana", Severity.NORMAL, USUAL, False),
        ("lead", Severity.NORMAL, Policy(lead="@dana", reminders=AT_ONCE), False),
        ("lead", Severity.NORMAL, Policy(lead="@dana", hours=Hours(always=True)), False),
        ("lead", Severity.NORMAL, Policy(), False),
    ],
)
def test_only_what_is_not_critical_waits_for_a_round(
    tell: str, severity: Severity, policy: Policy, waits: bool
) -> None:
    assert (rounds_for(tell, severity, policy) is not None) is waits


def to_lead(policy: Policy, until: str = "06 18:00", **fields: object) -> list[datetime]:
    case = claimed(a_case("05 10:00", policy, **fields), "05 10:05", policy)
    return [at for at, nudge in told(case, policy, until) if nudge.tell == "lead"]


def test_free_case_reaches_the_lead_with_the_next_round() -> None:
    said = [(at, nudge.tell) for at, nudge in told(a_case("05 10:00", USUAL), USUAL, "05 14:00")]
    assert said == [
        (local("05 10:15"), "thread"),
        (local("05 11:15"), "thread"),
        (local("05 11:30"), "thread"),  # contact is half an hour late
        (local("05 12:15"), "thread"),
        (local("05 13:30"), "lead"),  # due at 10:45 and at noon
    ]


def test_critical_case_reaches_the_lead_at_once() -> None:
    case = a_case("05 10:00", USUAL, severity=Severity.CRITICAL)
    assert (local("05 10:35"), "lead") in [(at, nudge.tell) for at, nudge in told(case, USUAL, "05 11:00")]


def test_bot_that_missed_a_round_tells_when_it_is_back() -> None:
    case = a_case("05 10:00", USUAL)
    assert "lead" not in {nudge.tell for nudge in due_nudges(case, USUAL, local("05 13:29"))}
    assert "lead" in {nudge.tell for nudge in due_nudges(case, USUAL, local("05 14:10"))}
    after = round_at(case, USUAL, local("05 14:10")).case
    assert "lead" not in {nudge.tell for nudge in due_nudges(after, USUAL, local("05 14:20"))}


def test_snooze_that_ends_between_rounds_waits_for_the_next() -> None:
    case = acted(a_case("05 10:00", USUAL), "snooze", "05 10:05", USUAL, actor="U_ANA", until=local("05 14:00"))
    said = [at for at, nudge in told(case, USUAL, "05 18:00") if nudge.tell == "lead"]
    assert said == [local("05 16:30")]


def test_why_says_that_a_reminder_waits_for_the_round() -> None:
    only_lead = USUAL.model_copy(update={"nudges": tuple(rung for rung in USUAL.nudges if rung.tell == "lead")})
    case = a_case("05 10:00", only_lead)
    explained = explain(case, only_lead, local("05 10:50"))
    assert (explained.at, explained.deferred) == (local("05 13:30"), "the lead's rounds")


@pytest.mark.long
@given(
    opened=st.integers(0, 20_000).map(lambda minutes: local("05 00:00") + minutes * M),
    severity=st.sampled_from([Severity.NORMAL, Severity.HIGH]),
    times=st.lists(st.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, max_size=4).map(tuple),
    has_owner=st.booleans(),
)
def test_nothing_for_the_lead_is_lost_or_said_between(
    opened: datetime, severity: Severity, times: tuple[time, ...], has_owner: bool
) -> None:
    fields = {"severity": severity}
    with_rounds = Policy(lead="@dana", reminders=Reminders(lead_rounds=times), ownership={"ask": False})  # type: ignore[arg-type]
    at_once = with_rounds.model_copy(update={"reminders": AT_ONCE})

    def heard(policy: Policy) -> list[datetime]:
        case = a_case(opened, policy, **fields)
        case = claimed(case, opened, policy) if has_owner else case
        return [at for at, nudge in told(case, policy, opened + 9 * DAY) if nudge.tell in LEADS]

    these = Rounds(calendar_of(with_rounds), times)
    assert set(heard(with_rounds)) == {at for due in heard(at_once) if (at := these.next(due)) <= opened + 9 * DAY}


def test_next_look_is_never_before_the_round() -> None:
    only_lead = USUAL.model_copy(update={"nudges": tuple(rung for rung in USUAL.nudges if rung.tell == "lead")})
    case = a_case("05 10:00", only_lead)
    assert next_said_at(case, only_lead) == local("05 13:30")
    assert next_said_at(replace(case, nudged_until=local("05 10:50")), only_lead) == local("05 13:30")
    assert next_said_at(replace(case, nudged_until=local("05 13:30")), only_lead) == local("05 16:30") + 0 * H
