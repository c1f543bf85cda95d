"""Working hours, weekends, holidays and changing clocks, held against a wall clock read minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.model import Severity
from cases.policy.hours import WEEKDAYS, Hours
from cases.policy.page import Policy
from cases.policy.values import END_OF_DAY
from cases.policy.working_time import Calendar, NeverOpen, calendar_for, calendar_of, own_calendar

OFFICE = Hours(**dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-18:00"))
SPLIT = Hours(mon="09:00-12:00, 13:00-18:00", sat="22:00-24:00", sun="00:00-02:30, 03:30-04:00")
ROUND_THE_WEEK = Hours(**dict.fromkeys(WEEKDAYS, "00:00-24:00"))
NIGHTS = Hours(**dict.fromkeys(WEEKDAYS, "01:30-02:30, 22:00-24:00"))
BERLIN, NEW_YORK, LORD_HOWE = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")
ALL_HOURS = [OFFICE, SPLIT, ROUND_THE_WEEK, NIGHTS, Hours(always=True)]
ALL_ZONES = [BERLIN, NEW_YORK, LORD_HOWE]
# Around these dates of 2026 the three zones put their clocks forward or back (Lord Howe Island by half an hour).
CHANGES = [
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 3, 8),
    date(2026, 11, 1),
    date(2026, 4, 5),
    date(2026, 10, 4),
]

calendars = st.sampled_from([Calendar(hours, zone) for hours in ALL_HOURS for zone in ALL_ZONES])
near_changes = st.builds(
    lambda day, minutes: datetime.combine(day, time(), tzinfo=UTC) + timedelta(minutes=minutes),
    st.sampled_from(CHANGES),
    st.integers(-4 * 1440, 4 * 1440),
)
lengths = st.timedeltas(timedelta(), timedelta(days=20))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def wall_clock_says_open(at: datetime, calendar: Calendar) -> bool:
    """The rule in its plainest form, written apart from the code under test."""
    here = at.astimezone(calendar.zone)
    reading = here.time()
    spans = calendar.hours.spans(here.weekday())
    return calendar.hours.always or any(a <= reading and (reading < b or b == END_OF_DAY) for a, b in spans)


@pytest.fixture
def office() -> Calendar:
    return Calendar(OFFICE, BERLIN)


@pytest.mark.parametrize(
    ("at", "open_now", "next_open"),
    [
        ("2026-01-05T09:00", True, "2026-01-05T09:00"),  # Monday, the first minute
        ("2026-01-05T08:59:59", False, "2026-01-05T09:00"),
        ("2026-01-05T17:59:59", True, "2026-01-05T17:59:59"),
        ("2026-01-05T18:00", False, "2026-01-06T09:00"),  # closing itself is closed
        ("2026-01-09T20:00", False, "2026-01-12T09:00"),  # Friday evening → Monday
        ("2026-12-31T18:00", False, "2027-01-01T09:00"),  # over the turn of the year
    ],
)
def test_closed_instants_wait_for_the_next_opening(office: Calendar, at: str, open_now: bool, next_open: str) -> None:
    assert office.is_open(local(at)) is open_now
    assert office.next_open(local(at)) == local(next_open)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2026-01-05T10:00", timedelta(hours=1), "2026-01-05T11:00"),
        ("2026-01-05T17:30", timedelta(minutes=30), "2026-01-05T18:00"),  # ends with the day, not next morning
        ("2026-01-05T17:30", timedelta(minutes=31), "2026-01-06T09:01"),
        ("2026-01-05T18:00", timedelta(minutes=1), "2026-01-06T09:01"),
        ("2026-01-09T17:45", timedelta(hours=1), "2026-01-12T09:45"),  # 15 min Friday + 45 min Monday
        ("2026-01-10T12:00", timedelta(hours=9), "2026-01-12T18:00"),  # all of Monday
        ("2026-01-10T12:00", timedelta(hours=45), "2026-01-16T18:00"),  # a whole week
        ("2026-01-10T12:00", timedelta(), "2026-01-10T12:00"),  # nothing is no time at all
        ("2026-01-05T09:15", -timedelta(minutes=15), "2026-01-05T09:00"),  # back to opening, not to last evening
        ("2026-01-05T09:15", -timedelta(minutes=16), "2026-01-02T17:59"),
        ("2026-01-04T12:00", -timedelta(hours=2), "2026-01-02T16:00"),  # from a Sunday back into Friday
        ("2027-01-01T09:30", -timedelta(hours=1), "2026-12-31T17:30"),  # back over the turn of the year
    ],
)
def test_adding_counts_working_hours_only(office: Calendar, start: str, length: timedelta, end: str) -> None:
    assert office.add(local(start), length) == local(end)


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        ("2026-01-05T10:00", "2026-01-05T11:30", timedelta(minutes=90)),
        ("2026-01-05T11:30", "2026-01-05T10:00", -timedelta(minutes=90)),
        ("2026-01-05T18:00", "2026-01-06T09:00", timedelta()),
        ("2026-01-02T17:00", "2026-01-05T10:00", timedelta(hours=2)),
        ("2025-12-31T00:00", "2026-01-02T00:00", timedelta(hours=18)),  # Wednesday and Thursday; no holidays set
        ("2024-01-01T00:00", "2025-01-01T00:00", timedelta(hours=262 * 9)),  # a leap year has 262 weekdays
        ("2024-01-01T00:00", "2027-01-01T00:00", timedelta(hours=(262 + 261 + 261) * 9)),
    ],
)
def test_time_between_counts_working_hours_only(office: Calendar, start: str, end: str, length: timedelta) -> None:
    assert office.between(local(start), local(end)) == length


def test_leap_day_is_a_day_like_others(office: Calendar) -> None:
    assert office.is_open(local("2024-02-29T10:00"))  # a Thursday
    assert office.next_open(local("2028-02-29T08:00")) == local("2028-02-29T09:00")  # a Tuesday


@pytest.mark.parametrize(
    ("code", "holiday", "reopens"),
    [
        ("DE", "2026-04-03T10:00", "2026-04-07T09:00"),  # Good Friday, weekend, Easter Monday
        ("DE-BY", "2026-01-06T10:00", "2026-01-07T09:00"),  # Epiphany is kept in Bavaria
        ("US", "2026-07-03T10:00", "2026-07-06T09:00"),  # the Fourth on a Saturday is observed on Friday
    ],
)
def test_public_holidays_of_country_and_region_are_closed(code: str, holiday: str, reopens: str) -> None:
    calendar = Calendar(OFFICE.model_copy(update={"holidays": code}), BERLIN)
    assert calendar.next_open(local(holiday)) == local(reopens)


def test_regional_holiday_leaves_other_regions_open() -> None:
    assert Calendar(OFFICE.model_copy(update={"holidays": "DE"}), BERLIN).is_open(local("2026-01-06T10:00"))


def test_days_off_of_the_team_are_closed() -> None:
    calendar = Calendar(OFFICE.model_copy(update={"days_off": (date(2026, 1, 5), date(2026, 1, 6))}), BERLIN)
    assert calendar.next_open(local("2026-01-05T10:00")) == local("2026-01-07T09:00")
    assert not calendar.is_working_day(date(2026, 1, 6))
    assert calendar.is_working_day(date(2026, 1, 7))


def test_always_open_makes_working_time_ordinary_time() -> None:
    calendar = Calendar(Hours(always=True), BERLIN)
    christmas_night = local("2026-12-25T03:00")
    assert calendar.next_open(christmas_night) == christmas_night
    assert calendar.add(christmas_night, timedelta(hours=30)) == christmas_night + timedelta(hours=30)
    assert calendar.between(christmas_night, christmas_night - timedelta(days=1)) == -timedelta(days=1)
    assert calendar.is_working_day(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("hours", "zone", "day", "worked"),
    [
        (ROUND_THE_WEEK, BERLIN, date(2026, 3, 29), timedelta(hours=23)),
        (ROUND_THE_WEEK, BERLIN, date(2026, 10, 25), timedelta(hours=25)),
        (ROUND_THE_WEEK, NEW_YORK, date(2026, 11, 1), timedelta(hours=25)),
        (ROUND_THE_WEEK, LORD_HOWE, date(2026, 4, 5), timedelta(hours=24, minutes=30)),
        (ROUND_THE_WEEK, LORD_HOWE, date(2026, 10, 4), timedelta(hours=23, minutes=30)),
        (NIGHTS, BERLIN, date(2026, 3, 29), timedelta(minutes=30, hours=2)),  # 02:00 to 02:30 does not exist
        (NIGHTS, BERLIN, date(2026, 10, 25), timedelta(minutes=90, hours=2)),  # 02:00 to 02:30 comes twice
        (
            OFFICE,
            ZoneInfo("Asia/Beirut"),
            date(2026, 3, 30),
            timedelta(hours=9),
        ),  # midnight did not exist the day before
        (ROUND_THE_WEEK, ZoneInfo("Asia/Beirut"), date(2026, 3, 29), timedelta(hours=23)),
        (ROUND_THE_WEEK, ZoneInfo("Pacific/Apia"), date(2011, 12, 30), timedelta()),  # Samoa left this day out
    ],
)
def test_days_of_changing_clocks_count_true_hours(hours: Hours, zone: ZoneInfo, day: date, worked: timedelta) -> None:
    calendar = Calendar(hours, zone)
    next_day = calendar.start_of_day(day + timedelta(days=1))
    assert calendar.between(calendar.start_of_day(day), next_day) == worked


def test_opening_within_the_skipped_hour_is_its_end() -> None:
    calendar = Calendar(Hours(sun="02:30-05:00"), BERLIN)
    assert calendar.next_open(utc("2026-03-29T00:00")) == utc("2026-03-29T01:00")  # reads 03:00, 02:30 never came


def test_hour_that_comes_twice_is_read_from_the_wall() -> None:
    calendar = Calendar(Hours(sun="02:30-05:00"), BERLIN)
    assert calendar.next_open(utc("2026-10-25T00:00")) == utc("2026-10-25T00:30")  # 02:30, summer time
    assert calendar.next_open(utc("2026-10-25T01:00")) == utc("2026-10-25T01:30")  # it read 02:00 again


def test_span_over_midnight_has_no_gap_at_midnight() -> None:
    calendar = Calendar(SPLIT, BERLIN)
    assert calendar.is_open(local("2026-01-11T00:00"))  # Saturday's 24:00 is Sunday's 00:00
    assert calendar.add(local("2026-01-10T23:00"), timedelta(hours=2)) == local("2026-01-11T01:00")


def test_start_of_day_follows_the_local_date() -> None:
    assert Calendar(OFFICE, BERLIN).start_of_day(date(2026, 7, 1)) == utc("2026-06-30T22:00")
    assert Calendar(OFFICE, NEW_YORK).start_of_day(date(2026, 1, 1)) == utc("2026-01-01T05:00")
    assert Calendar(OFFICE, BERLIN).local_date(utc("2026-06-30T22:00")) == date(2026, 7, 1)


def test_policy_with_no_working_day_left_says_so() -> None:
    off = tuple(date(2025, 1, 1) + timedelta(days=n) for n in range(3 * 365 + 1))
    calendar = Calendar(OFFICE.model_copy(update={"days_off": off}), BERLIN)
    with pytest.raises(NeverOpen, match="days_off"):
        calendar.next_open(local("2026-01-05T10:00"))
    with pytest.raises(NeverOpen):
        calendar.add(local("2026-01-05T10:00"), timedelta(hours=1))
    with pytest.raises(NeverOpen):
        calendar.add(local("2027-12-31T10:00"), -timedelta(hours=1))


def test_length_beyond_a_century_is_refused_at_once() -> None:
    with pytest.raises(NeverOpen):
        Calendar(Hours(mon="09:00-09:01"), BERLIN).add(local("2026-01-05T10:00"), timedelta(days=30))


def test_long_closure_is_sat_out_patiently() -> None:
    off = tuple(date(2026, 1, 5) + timedelta(days=n) for n in range(400))
    calendar = Calendar(OFFICE.model_copy(update={"days_off": off}), BERLIN)
    assert calendar.next_open(local("2026-01-05T10:00")) == local("2027-02-09T09:00")


def test_equal_policies_share_one_worked_out_calendar() -> None:
    assert calendar_of(Policy()) is calendar_of(Policy(team="Another name"))
    assert calendar_of(Policy()) is not calendar_of(Policy(timezone="America/New_York"))


@pytest.mark.parametrize(
    ("severity", "any_time", "at", "open_now"),
    [
        (Severity.CRITICAL, True, "2026-01-10T03:00", True),  # a Saturday night
        (Severity.CRITICAL, False, "2026-01-10T03:00", False),
        (Severity.HIGH, True, "2026-01-10T03:00", False),
        (Severity.HIGH, True, "2026-01-05T10:00", True),
    ],
)
def test_only_critical_cases_may_break_quiet_hours(severity: Severity, any_time: bool, at: str, open_now: bool) -> None:
    policy = Policy(hours=OFFICE.model_copy(update={"critical_any_time": any_time}))
    assert calendar_for(severity, policy).is_open(local(at)) is open_now


def test_any_time_counts_each_hour_of_the_week() -> None:
    policy = Policy(hours=OFFICE.model_copy(update={"critical_any_time": True}))
    friday, hours = local("2026-01-09T17:30"), timedelta(hours=60)
    assert calendar_for(Severity.CRITICAL, policy).add(friday, hours) == friday + hours
    assert calendar_for(Severity.NORMAL, policy) is calendar_of(policy)


def test_any_time_keeps_the_dates_of_the_team() -> None:
    policy = Policy(timezone="America/New_York", hours=OFFICE.model_copy(update={"critical_any_time": True}))
    late = local("2026-01-05T23:30", NEW_YORK)
    assert calendar_for(Severity.CRITICAL, policy).local_date(late) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("zone", "at", "open_now"),
    [
        ("America/New_York", "2026-01-05T13:59", True),
        ("America/New_York", "2026-01-05T12:59", False),  # 07:59 in New York
        ("America/New_York", "2026-01-10T13:30", True),  # every day is alike: the team's hours say what is a weekend
        ("America/New_York", "2026-03-16T12:30", True),  # clocks have changed there and not yet here: five hours
        ("America/New_York", "2026-03-06T12:30", False),
        ("Asia/Kolkata", "2026-01-05T03:30", True),  # 09:00
        ("Australia/Lord_Howe", "2026-01-05T09:01", False),  # 20:01
    ],
)
def test_own_hours_are_read_on_their_own_clock(zone: str, at: str, open_now: bool) -> None:
    assert own_calendar("08:00-20:00", zone).is_open(utc(at)) is open_now


def test_own_hours_may_have_a_break() -> None:
    calendar = own_calendar("08:00-12:00, 14:00-20:00", "Europe/Berlin")
    assert calendar.next_open(local("2026-01-05T12:30")) == local("2026-01-05T14:00")


@given(calendars, near_changes)
def test_open_means_the_wall_clock_says_so(calendar: Calendar, at: datetime) -> None:
    assert calendar.is_open(at) == wall_clock_says_open(at, calendar)


@given(calendars, near_changes)
def test_next_opening_is_open_and_the_first(calendar: Calendar, at: datetime) -> None:
    opening = calendar.next_open(at)
    assert opening >= at
    assert wall_clock_says_open(opening, calendar)
    assert calendar.between(at, opening) == timedelta()
    assert opening == at or not wall_clock_says_open(opening - timedelta(microseconds=1), calendar)


@given(calendars, near_changes, st.integers(0, 600))
def test_time_between_is_the_count_of_open_minutes(calendar: Calendar, start: datetime, minutes: int) -> None:
    counted = sum(wall_clock_says_open(start + timedelta(minutes=n), calendar) for n in range(minutes))
    assert calendar.between(start, start + timedelta(minutes=minutes)) == timedelta(minutes=counted)


@given(calendars, near_changes, lengths)
def test_added_time_is_found_again_between(calendar: Calendar, start: datetime, length: timedelta) -> None:
    assert calendar.between(start, calendar.add(start, length)) == length
    assert calendar.between(calendar.add(start, -length), start) == length


@given(calendars, near_changes, near_changes, lengths, lengths)
def test_adding_never_changes_the_order(
    calendar: Calendar, one: datetime, other: datetime, short: timedelta, more: timedelta
) -> None:
    earlier, later = sorted((one, other))
    assert calendar.add(earlier, short) <= calendar.add(later, short)
    assert calendar.add(earlier, short) <= calendar.add(earlier, short + more)
    assert calendar.add(earlier, -short - more) <= calendar.add(earlier, -short) <= earlier


@given(calendars, near_changes, lengths, lengths)
def test_adding_twice_is_adding_the_sum(
    calendar: Calendar, start: datetime, first: timedelta, second: timedelta
) -> None:
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)
