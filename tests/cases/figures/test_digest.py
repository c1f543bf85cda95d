"""The morning's figures, and the one instant a day at which they are owed."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.figures.digest import Holding, Tally, digest_due, holdings, span, tally, week_told
from cases.model import Outcome
from cases.policy.hours import WEEKDAYS, Hours
from cases.policy.page import Digest, Policy

BERLIN = ZoneInfo("Europe/Berlin")
DEFAULT = Policy()  # Berlin, Monday to Friday 09:00-18:00, digest at 09:00
EVERY_DAY = Policy(digest=Digest(skip_days_off=False))
H, DAY = timedelta(hours=1), timedelta(days=1)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


TUESDAY = local("2026-01-06T09:00")


# -- who holds -------------------------------------------------------------------------------------------------------


def test_holders_are_listed_without_ranking_them() -> None:
    held = [("U_BEN", 9), ("U_BEN", 4), ("U_ANA", 6)]
    assert holdings(held) == (Holding("U_ANA", (6,)), Holding("U_BEN", (4, 9)))


def test_many_cases_in_one_hand_are_counted() -> None:
    assert holdings(("U_ANA", n) for n in range(30, 0, -1)) == (Holding("U_ANA", tuple(range(1, 13)), 18),)


# -- the week --------------------------------------------------------------------------------------------------------

MONDAYS_OFF = Hours(**dict.fromkeys(("tue", "wed", "thu", "fri"), "09:00-18:00"))


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 1, 4), None),
        (date(2026, 1, 5), date(2026, 1, 5)),  # Monday, as the policy says: the seven days before it
        (date(2026, 1, 6), None),
        (date(2026, 1, 12), date(2026, 1, 12)),
    ],
)
def test_week_is_told_on_its_weekday_only(day: date, told: date | None) -> None:
    assert week_told(day, DEFAULT) == told


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 1, 6), date(2026, 1, 5)),  # Monday was off, so Tuesday tells it: still the week up to Monday
        (date(2026, 1, 7), None),
        (date(2026, 1, 8), None),
    ],
)
def test_week_is_told_by_the_first_digest_after_days_off(day: date, told: date | None) -> None:
    assert week_told(day, Policy(hours=MONDAYS_OFF, digest=Digest(skip_days_off=True))) == told


def test_week_that_is_switched_off_is_never_told() -> None:
    policy = Policy(digest=Digest(weekly=""))
    assert {week_told(date(2026, 1, 5) + n * DAY, policy) for n in range(7)} == {None}


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sampled_from(WEEKDAYS), st.booleans())
def test_every_week_is_told_exactly_once(start: date, weekday: Any, skips: bool) -> None:
    policy = Policy(digest=Digest(weekly=weekday, skip_days_off=skips))
    days = [start + n * DAY for n in range(70)]
    sent = [day for day in days if digest_due(datetime.combine(day, time(20), tzinfo=BERLIN), policy)]
    told = [week for day in sent if (week := week_told(day, policy))]
    assert [later - earlier for earlier, later in itertools.pairwise(told)] == [7 * DAY] * (len(told) - 1)
    assert len(told) >= 9


def test_tally_names_only_the_ends_that_count() -> None:
    assert tally(5, 4, {Outcome.WON_BACK: 2, Outcome.NO_REPLY: 1}) == Tally(5, 4, 2, 0)


# -- what counts as yesterday ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "since"),
    [
        (date(2026, 1, 6), "2026-01-05"),  # Tuesday: Monday
        (date(2026, 1, 5), "2026-01-02"),  # Monday: Friday to Sunday
        (date(2026, 1, 3), "2026-01-02"),  # Saturday, a day off: just the day before
        (date(2026, 1, 4), "2026-01-03"),
    ],
)
def test_yesterday_reaches_back_over_days_off(day: date, since: str) -> None:
    assert span(day, DEFAULT) == (local(since), local(day.isoformat()))


def test_yesterday_reaches_back_over_public_holidays() -> None:
    policy = Policy(hours=DEFAULT.hours.model_copy(update={"holidays": "DE"}))
    easter_tuesday = date(2026, 4, 7)
    assert span(easter_tuesday, policy) == (local("2026-04-02"), local("2026-04-07"))  # since Maundy Thursday


def test_yesterday_is_one_day_for_teams_always_at_work() -> None:
    monday = date(2026, 1, 5)
    assert span(monday, Policy(hours=Hours(always=True))) == (local("2026-01-04"), local("2026-01-05"))


def test_yesterday_on_days_of_changing_clocks_is_whole() -> None:
    always = Policy(hours=Hours(always=True))
    lengths = [end - start for start, end in (span(date(2026, 3, 30), always), span(date(2026, 10, 26), always))]
    assert lengths == [23 * H, 25 * H]


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_working_days_digests_together_leave_out_nothing(day: date) -> None:
    working = [d for n in range(8) if (d := day + n * DAY).weekday() < 5]
    spans = [span(d, DEFAULT) for d in working]
    assert all(earlier[1] == later[0] for earlier, later in itertools.pairwise(spans))


# -- when it is owed -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "owed"),
    [
        ("2026-01-06T08:59:59", None),
        ("2026-01-06T09:00", date(2026, 1, 6)),
        ("2026-01-06T23:59", date(2026, 1, 6)),  # the bot was down at nine: the same day still
        ("2026-01-07T00:00", None),  # a day missed altogether is not made up for
        ("2026-01-10T09:00", None),  # a Saturday: who has it off is not called
    ],
)
def test_digest_is_owed_from_its_hour_until_midnight(now: str, owed: date | None) -> None:
    due = digest_due(local(now), DEFAULT)
    assert due == (None if owed is None else (owed, local(f"{owed.isoformat()}T09:00")))


def test_digest_keeps_its_hour_when_clocks_change() -> None:
    instants = [digest_due(local(f"2026-03-{day}T12:00"), EVERY_DAY) for day in (28, 29, 30)]
    assert [due and due[1] for due in instants] == [
        datetime(2026, 3, 28, 8, tzinfo=UTC),
        datetime(2026, 3, 29, 7, tzinfo=UTC),
        datetime(2026, 3, 30, 7, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    ("day", "at"),
    [
        (date(2026, 10, 25), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # 02:30 comes twice: the first counts
        (date(2026, 3, 29), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # 02:30 is skipped: 03:30 takes its place
    ],
)
def test_hour_doubled_or_skipped_gives_one_digest(day: date, at: datetime) -> None:
    policy = Policy(digest=Digest(at=time(2, 30), skip_days_off=False))
    midnight = datetime.combine(day, time(), tzinfo=BERLIN).astimezone(UTC)
    owed = {digest_due(midnight + n * timedelta(minutes=10), policy) for n in range(6 * 23)}
    assert owed == {None, (day, at)}


def test_digest_that_is_switched_off_is_never_owed() -> None:
    assert digest_due(TUESDAY, Policy(digest=Digest(enabled=False))) is None


def test_days_off_are_without_a_digest_unless_policy_says_so() -> None:
    """first-day B22a"""
    days = [date(2026, 1, 9) + n * DAY for n in range(4)]  # Friday to Monday
    noons = [datetime.combine(day, time(12), tzinfo=BERLIN) for day in days]
    owed = [[due and due[0] for due in (digest_due(noon, page) for noon in noons)] for page in (DEFAULT, EVERY_DAY)]
    assert owed == [[days[0], None, None, days[3]], days]


def test_date_is_the_local_one_east_of_greenwich() -> None:
    policy = Policy(timezone="Pacific/Auckland")
    assert digest_due(datetime(2026, 1, 5, 20, tzinfo=UTC), policy) == (  # 09:00 on the 6th there
        date(2026, 1, 6),
        datetime(2026, 1, 5, 20, tzinfo=UTC),
    )
