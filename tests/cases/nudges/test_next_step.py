"""The next step: every open case has one with a date, whatever has happened to it and whatever the policy says."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from cases.model import OPEN, Case, Status
from cases.nudges.next_step import next_step
from tests.cases.nudges.waiting import DEFAULT, M, a_case, a_policy, claimed, contacted, local
from tests.cases.nudges.year import Year, lives, years
from tests.owing import owing

REACHED = contacted(claimed(a_case("05 10:00"), "05 10:05"), "05 10:20")
PROMISED = contacted(a_case("05 10:00"), "05 10:20", promises=owing("a call", local("07 12:00")))


@pytest.mark.parametrize(
    ("case", "now", "step"),
    [
        (a_case("05 10:00"), "05 10:01", ("reminder", "05 10:15")),
        (a_case("05 19:00"), "05 19:00", ("reminder", "06 09:15")),
        (a_case("05 10:20"), "05 10:20", ("reminder", "05 10:35")),
        (replace(a_case("05 10:00"), snoozed_until=local("06 12:00")), "05 10:01", ("reminder", "06 12:00")),
        (REACHED, "05 11:00", ("look_back", "08 10:20")),
        (REACHED, "10 11:00", ("look_back", "12 09:00")),  # due, and it is Saturday
        (PROMISED, "05 11:00", ("promise", "07 12:00")),
        (PROMISED, "07 11:00", ("promise", "07 12:00")),  # its warning is no step of its own
        (PROMISED, "07 12:00", ("reminder", "07 12:00")),
        (replace(PROMISED, status=Status.CLOSED), "05 11:00", ("promise", "07 12:00")),
        (replace(PROMISED, status=Status.CLOSED, joined_into=8), "05 11:00", None),
        (replace(REACHED, status=Status.CLOSED), "05 11:00", None),
    ],
)
def test_what_comes_next_if_nobody_does_anything(case: Case, now: str, step: tuple[str, str] | None) -> None:
    coming = next_step(case, DEFAULT, local(now))
    assert (coming and (coming.kind, coming.at)) == (step and (step[0], local(step[1])))


def _has_a_next_step(year: Year) -> bool:
    """In the future or due now, the clock wakes no later, and it is none of what was said in this very look."""
    for life in lives(year):
        for moment in life:
            case = moment.case
            step = next_step(case, moment.policy, moment.at)
            if case.status not in OPEN and not case.promises:
                assert step is None
                continue
            assert step is not None, moment
            assert step.at >= moment.at, moment
            assert case.next_nudge_at is not None, moment
            assert case.next_nudge_at <= step.at, moment
            assert moment.round is None or step.at > moment.at, moment
    return True


@given(years)
def test_every_open_case_of_a_year_has_a_next_step(year: Year) -> None:
    assert _has_a_next_step(year)


@pytest.mark.long
@pytest.mark.timeout(0)
@settings(max_examples=40 * settings().max_examples, derandomize=False, suppress_health_check=list(HealthCheck))
@given(years)
def test_every_open_case_of_ten_thousand_years_has_a_next_step(year: Year) -> None:
    assert _has_a_next_step(year)


def test_asking_again_soon_does_not_make_the_clock_spin() -> None:
    policy = a_policy(contact={"check_back": "1s"})
    case = contacted(a_case("05 10:00", policy), "05 10:20", policy)
    assert case.look_back_at is not None
    assert case.look_back_at - local("05 10:20") < M
