"""The rota: who is suggested on which day, in turn, and never somebody who cannot help."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.nudges.rota import on_rota, suggested
from cases.policy.page import read_policy

WEEK = '[rota]\nmon = ["@ana", "@ben"]\ntue = ["@lea"]\nfri = ["@max"]\n'
GROUP = 'group = "@care-team"\n'


def nobody(group: str) -> tuple[str, ...]:
    return ()


def care_team(group: str) -> tuple[str, ...]:
    return {"@care-team": ("UBEN00001", "UANA00001")}[group]


def local(text: str) -> datetime:
    """A Berlin wall-clock reading in January 2026, the 5th being a Monday."""
    return datetime.fromisoformat(f"2026-01-{text.replace(' ', 'T')}").replace(tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("now", "people"),
    [
        ("05 09:00", ("@ana", "@ben")),
        ("05 17:59", ("@ana", "@ben")),
        ("05 18:00", ("@lea",)),  # closed: whoever is there tomorrow
        ("06 00:30", ("@lea",)),
        ("07 12:00", ()),  # Wednesday has no list
        ("09 20:00", ("@ana", "@ben")),  # Friday evening → Monday
        ("10 12:00", ("@ana", "@ben")),
    ],
)
def test_day_is_the_one_when_work_goes_on(now: str, people: tuple[str, ...]) -> None:
    assert on_rota(read_policy(WEEK), local(now), nobody) == people


def test_weekday_is_counted_in_the_policys_zone() -> None:
    tokyo = read_policy('timezone = "Asia/Tokyo"\n[hours]\nalways = true\n' + WEEK)
    late_on_monday_in_berlin = datetime(2026, 1, 5, 20, tzinfo=UTC)
    assert on_rota(tokyo, late_on_monday_in_berlin, nobody) == ("@lea",)


def test_group_stands_in_for_days_without_list() -> None:
    policy = read_policy(WEEK + GROUP)
    assert on_rota(policy, local("05 09:00"), care_team) == ("@ana", "@ben")
    assert on_rota(policy, local("07 09:00"), care_team) == ("UANA00001", "UBEN00001")  # in a fixed order


def test_group_is_asked_for_only_on_days_it_serves() -> None:
    asked: list[str] = []

    def members(group: str) -> list[str]:
        asked.append(group)
        return []

    for page in ("", WEEK, WEEK + GROUP):
        on_rota(read_policy(page), local("05 09:00"), members)
    assert asked == []
    assert on_rota(read_policy(WEEK + GROUP), local("07 09:00"), members) == ()
    assert asked == ["@care-team"]


def test_team_that_never_works_has_no_rota() -> None:
    mondays = (local("05 09:00") + timedelta(weeks=week) for week in range(160))
    off = ", ".join(f"{monday:%Y-%m-%d}" for monday in mondays)
    never = read_policy(f'{WEEK}[hours]\nmon = "09:00-18:00"\ndays_off = [{off}]')
    assert on_rota(never, local("05 09:00"), nobody) == ()


@pytest.mark.parametrize(
    ("number", "unavailable", "who"),
    [
        (1, (), "ben"),
        (2, (), "lea"),
        (3, (), "ana"),
        (4, (), "ben"),
        (1, ("ben",), "lea"),
        (2, ("lea",), "ana"),
        (2, ("lea", "ana"), "ben"),
        (1, ("lea",), "ben"),  # somebody else's absence changes nothing
        (1, ("ana", "ben", "lea"), None),
    ],
)
def test_cases_go_round_and_skip_who_is_absent(number: int, unavailable: tuple[str, ...], who: str | None) -> None:
    assert suggested(("ana", "ben", "lea"), number, unavailable) == who


def test_empty_rota_suggests_nobody_at_all() -> None:
    assert suggested((), 7) is None


people = st.lists(st.text("abcdef", min_size=1, max_size=3), unique=True, min_size=1, max_size=6)


@given(people, st.integers(1, 1000))
def test_neighbouring_cases_are_spread_over_all(team: list[str], first: int) -> None:
    turns = Counter(suggested(team, number) for number in range(first, first + 2 * len(team)))
    assert turns == dict.fromkeys(team, 2)


@given(people, st.integers(1, 1000), st.sets(st.text("abcdef", min_size=1, max_size=3)))
def test_absences_move_only_the_cases_of_absentees(team: list[str], number: int, absent: set[str]) -> None:
    usual, now = suggested(team, number), suggested(team, number, absent)
    assert now is None or now not in absent
    assert (now is None) == (set(team) <= absent)
    assert usual in absent or now == usual
