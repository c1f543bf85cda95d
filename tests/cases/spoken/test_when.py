"""Times as colleagues type them. It is Tuesday 24 November 2026, 10:00 in Berlin (09:00 UTC)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.spoken.when import read_when

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)

READ = [
    ("2h", "24.11. 12:00", ""),  # 10:00 + 2 h
    ("45m", "24.11. 10:45", ""),
    ("90s", "24.11. 10:01", ""),  # and 30 s, not shown
    ("1h30m called, voicemail", "24.11. 11:30", "called, voicemail"),
    ("1h30 called", "24.11. 11:30", "called"),
    ("1 hour and 30 minutes", "24.11. 11:30", ""),
    ("1.5h", "24.11. 11:30", ""),
    ("in 2 hours", "24.11. 12:00", ""),
    ("half an hour", "24.11. 10:30", ""),
    ("an hour: lunch", "24.11. 11:00", "lunch"),
    ("2 days", "26.11. 10:00", ""),  # the same wall-clock time
    ("1w", "01.12. 10:00", ""),
    ("15:00", "24.11. 15:00", ""),
    ("9:00", "25.11. 09:00", ""),  # 9:00 has been: tomorrow
    ("10:00", "25.11. 10:00", ""),  # now is not later
    ("3pm", "24.11. 15:00", ""),
    ("3.30 p.m.", "24.11. 15:30", ""),
    ("12am", "25.11. 00:00", ""),
    ("12pm", "24.11. 12:00", ""),
    ("at noon", "24.11. 12:00", ""),
    ("morning", "25.11. 09:00", ""),  # 9:00 has been
    ("in the afternoon", "24.11. 14:00", ""),
    ("end of day", "24.11. 17:00", ""),
    ("today", "24.11. 17:00", ""),  # by the end of it
    ("today 17:30", "24.11. 17:30", ""),
    ("today 9:00", "24.11. 09:00", ""),  # named outright, and past
    ("tonight", "24.11. 20:00", ""),
    ("tomorrow", "25.11. 09:00", ""),
    ("tomorrow, in the morning", "25.11. 09:00", ""),
    ("tomorrow at 15:00 – parents evening", "25.11. 15:00", "parents evening"),
    ("until tomorrow", "25.11. 09:00", ""),
    ("3pm tomorrow because she works", "25.11. 15:00", "because she works"),
    ("9am on friday", "27.11. 09:00", ""),
    ("monday", "30.11. 09:00", ""),
    ("Mon. 8:15", "30.11. 08:15", ""),
    ("friday 17:30: send the refund", "27.11. 17:30", "send the refund"),
    ("thurs afternoon", "26.11. 14:00", ""),
    ("tuesday", "01.12. 09:00", ""),  # today's 9:00 has been
    ("tuesday 15:00", "24.11. 15:00", ""),  # today, still ahead
    ("this friday", "27.11. 09:00", ""),
    ("next friday", "04.12. 09:00", ""),  # of the coming week
    ("next monday 9am", "30.11. 09:00", ""),
    ("next week", "30.11. 09:00", ""),  # its Monday
    ("next morning: she sleeps", "25.11. 09:00", "she sleeps"),
    ("the next working morning", "25.11. 09:00", ""),
    ("next day 15:00", "25.11. 15:00", ""),
    ("2026-12-01 15:00", "01.12. 15:00", ""),
    ("2026-12-01T15:00 x", "01.12. 15:00", "x"),
    ("2026-12-01", "01.12. 09:00", ""),
    ("24.11. 15:00", "24.11. 15:00", ""),
    ("24.11.", "24.11. 17:00", ""),  # today alone: by the end of it
    ("1.12.26 8:00", "01.12. 08:00", ""),
    ("24 Nov", "24.11. 17:00", ""),
    ("1st of December at 3pm", "01.12. 15:00", ""),
    ("Dec 1: call", "01.12. 09:00", "call"),
    ("december 1, 2026 noon", "01.12. 12:00", ""),
]


@pytest.mark.parametrize(("text", "local", "rest"), READ, ids=[row[0] for row in READ])
def test_a_leading_time_is_read_to_its_end(text: str, local: str, rest: str) -> None:
    read = read_when(text, NOW, BERLIN)
    assert read is not None
    assert (f"{read[0].astimezone(BERLIN):%d.%m. %H:%M}", read[1]) == (local, rest)
    assert read[0].tzinfo is UTC


UNREADABLE = [
    *("", "   ", "whenever", "soon", "2", "15", "0m", "2 boxes", "may I", "am here", "a box", "monitor", "sundry"),
    *("25:00", "14:60", "31.2.", "30 February", "2026-13-01", "99999h", "marketing 5", "-2h", "called, 2h"),
]


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_begins_with_no_time_is_none(text: str) -> None:
    assert read_when(text, NOW, BERLIN) is None


def test_a_day_that_has_been_is_next_years() -> None:
    read = read_when("23 Nov", NOW, BERLIN)
    assert read == (datetime(2027, 11, 23, 8, tzinfo=UTC), "")


def test_the_29th_of_february_waits_for_leap_years() -> None:
    read = read_when("29 Feb", NOW, BERLIN)
    assert read == (datetime(2028, 2, 29, 8, tzinfo=UTC), "")


def test_a_date_in_the_past_is_read_as_such() -> None:
    read = read_when("2020-01-01", NOW, BERLIN)
    assert read == (datetime(2020, 1, 1, 8, tzinfo=UTC), "")


def test_mornings_begin_when_the_team_begins_work() -> None:
    read = read_when("tomorrow", NOW, BERLIN, working_start=time(7, 30))
    assert read == (datetime(2026, 11, 25, 6, 30, tzinfo=UTC), "")


def test_days_keep_wall_clock_time_over_clock_changes() -> None:
    saturday = datetime(2026, 10, 24, 13, tzinfo=UTC)  # 15:00 in summer time; clocks go back that night
    assert read_when("1 day", saturday, BERLIN) == (datetime(2026, 10, 25, 14, tzinfo=UTC), "")  # 15:00, 25 h later
    assert read_when("24h", saturday, BERLIN) == (datetime(2026, 10, 25, 13, tzinfo=UTC), "")  # 14:00, 24 h later
    assert read_when("tomorrow 15:00", saturday, BERLIN) == (datetime(2026, 10, 25, 14, tzinfo=UTC), "")


def test_an_hour_that_does_not_exist_moves_on() -> None:
    eve = datetime(2027, 3, 27, 12, tzinfo=UTC)  # clocks go forward at 02:00 on the 28th
    assert read_when("tomorrow 2:30", eve, BERLIN) == (datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "")  # 03:30


moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
zones = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati"])
relative = st.sampled_from(
    [
        "5m",
        "2h",
        "3 days",
        "1w",
        "tomorrow",
        "morning",
        "noon",
        "eod",
        "9:00",
        "11pm",
        "monday",
        "fri 8:00",
        "next week",
        "next sun",
        "9am wed",
    ]
)


@given(relative, moments, zones)
def test_relative_times_always_lie_ahead(text: str, now: datetime, zone: str) -> None:
    read = read_when(text, now, ZoneInfo(zone))
    assert read is not None
    assert now < read[0] <= now + timedelta(days=15)


pieces = st.sampled_from(
    [
        "in",
        "next",
        "tomorrow",
        "mon",
        "may",
        "24",
        "24.11.",
        "99",
        ":",
        "15:00",
        "2h",
        "pm",
        ".",
        "2026-",
        "9999-12-31",
        "31.12.9999",
        "noon",
        "at",
        "an",
        "#",
        "é",
    ]
)


@given(st.lists(pieces | st.text(max_size=4), max_size=6), st.sampled_from(["", " "]), moments, zones)
def test_no_text_however_odd_makes_it_raise(parts: list[str], gap: str, now: datetime, zone: str) -> None:
    text = gap.join(parts)
    read = read_when(text, now, ZoneInfo(zone))
    assert read is None or (read[0].tzinfo is UTC and read[1] in text)
