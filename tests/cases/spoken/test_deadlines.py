"""Instants as letters name them. It is Tuesday 24 November 2026, 10:00 in Berlin (09:00 UTC)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.spoken.deadlines import deadline

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def due(text: str, now: datetime = NOW, zone: ZoneInfo = BERLIN) -> str | None:
    found = deadline(text, now, zone)
    return found and f"{found.due_at.astimezone(zone):%a %d.%m.%Y %H:%M}"


READ = [
    # what elapses
    ("within the hour", "Tue 24.11.2026 11:00"),  # 10:00 + 1 h
    ("in half an hour", "Tue 24.11.2026 10:30"),
    ("in an hour and a half", "Tue 24.11.2026 11:30"),
    ("within the next two hours", "Tue 24.11.2026 12:00"),
    ("in the next hour", "Tue 24.11.2026 11:00"),
    ("in 45 minutes", "Tue 24.11.2026 10:45"),
    ("within 24 hours", "Wed 25.11.2026 10:00"),
    # days
    ("today", "Tue 24.11.2026 18:00"),  # the end of business
    ("tomorrow", "Wed 25.11.2026 18:00"),
    ("the day after tomorrow at noon", "Thu 26.11.2026 12:00"),
    ("by friday", "Fri 27.11.2026 18:00"),
    ("by tuesday", "Tue 24.11.2026 18:00"),  # today is one, and six is to come
    ("by tuesday at 9:00", "Tue 01.12.2026 09:00"),  # nine has been
    ("next friday", "Fri 04.12.2026 18:00"),  # the one of the coming week
    ("by the end of wednesday", "Wed 25.11.2026 18:00"),
    ("by close of business on friday", "Fri 27.11.2026 18:00"),
    ("by the end of the day", "Tue 24.11.2026 18:00"),
    # dates
    ("on 27 november", "Fri 27.11.2026 18:00"),
    ("on the 3rd of december", "Thu 03.12.2026 18:00"),
    ("on december 3rd at 11", "Thu 03.12.2026 11:00"),
    ("on 3.12.2026 at 17.30", "Thu 03.12.2026 17:30"),
    ("on 2026-12-03 at 9 a.m.", "Thu 03.12.2026 09:00"),
    ("on 3/12 by noon", "Thu 03.12.2026 12:00"),  # the day first in Berlin
    ("by the 28th", "Sat 28.11.2026 18:00"),
    ("by the 3rd", "Thu 03.12.2026 18:00"),
    ("on christmas eve", "Thu 24.12.2026 18:00"),
    ("on 5 may", "Wed 05.05.2027 18:00"),  # this year's has long passed
    ("on 29 february", "Tue 29.02.2028 18:00"),  # the next leap year
    ("on friday, 27 november, by half past four", "Fri 27.11.2026 16:30"),
    ("on thursday, 27 november", "Fri 27.11.2026 18:00"),  # the date decides
    ("tomorrow, wednesday, by 3", "Wed 25.11.2026 15:00"),
    # hours
    ("by 18:00", "Tue 24.11.2026 18:00"),
    ("by 9:30", "Wed 25.11.2026 09:30"),  # half past nine has been
    ("at 5 pm", "Tue 24.11.2026 17:00"),
    ("at 12 am", "Wed 25.11.2026 00:00"),
    ("by midnight", "Wed 25.11.2026 00:00"),
    ("at four o'clock", "Tue 24.11.2026 16:00"),
    ("by quarter to five", "Tue 24.11.2026 16:45"),
    ("before four this afternoon", "Tue 24.11.2026 16:00"),
    ("on friday at nine", "Fri 27.11.2026 09:00"),  # a working hour as it is
    ("at nine tonight", "Tue 24.11.2026 21:00"),
    ("today at nine", "Tue 24.11.2026 21:00"),  # nine in the morning has been
    ("on friday at 7 in the morning", "Fri 27.11.2026 07:00"),
    ("between 2 and 4 pm on thursday", "Thu 26.11.2026 16:00"),  # the end of the span
    ("on friday between 10:00 and 12:00", "Fri 27.11.2026 12:00"),
    # parts of a day end when they end
    ("tomorrow morning", "Wed 25.11.2026 12:00"),
    ("on saturday afternoon", "Sat 28.11.2026 18:00"),
    ("tonight", "Tue 24.11.2026 20:00"),
    # days that are spoken of
    ("the delivery of friday by thursday at 5 pm", "Thu 26.11.2026 17:00"),
    ("for your party on saturday by friday at noon", "Fri 27.11.2026 12:00"),
    ("a refund of 17.30 euros today", "Tue 24.11.2026 18:00"),
    # dates that have passed
    ("by 20 november", "Fri 20.11.2026 18:00"),  # four days ago: a slip, not a date next year
    ("by 20 november 2026", "Fri 20.11.2026 18:00"),
    ("today at 9:00", "Tue 24.11.2026 09:00"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_words_of_a_letter_name_one_instant(text: str, expected: str) -> None:
    assert due(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "in a few days",
        "in two to three days",
        "within 24-48 hours",
        "by the end of the week",
        "next week",
        "for 20 euros",
        "room 12",
        "on 31 february",
        "at 25:00",
        "on 99.99.2026",
        "you may call",
    ],
)
def test_vague_or_impossible_words_name_none(text: str) -> None:
    assert due(text) is None


def test_month_comes_first_in_the_united_states() -> None:
    assert due("on 12/3 by noon", zone=NEW_YORK) == "Thu 03.12.2026 12:00"
    assert due("on 12/3 by noon") == "Fri 12.03.2027 12:00"
    assert due("on 25/12", zone=NEW_YORK) == "Fri 25.12.2026 18:00"  # there is no month 25


def test_today_said_after_business_lasts_until_midnight() -> None:
    evening = datetime(2026, 11, 24, 18, tzinfo=UTC)  # 19:00 in Berlin
    assert due("today", evening) == "Wed 25.11.2026 00:00"


def test_date_just_passed_is_seen_across_new_year() -> None:
    assert due("by 20 december", datetime(2027, 1, 4, 9, tzinfo=UTC)) == "Sun 20.12.2026 18:00"


def test_the_customers_day_may_be_another_than_ours() -> None:
    late = datetime(2026, 11, 25, 2, tzinfo=UTC)  # still Tuesday 21:00 in New York
    assert due("tomorrow at noon", late, NEW_YORK) == "Wed 25.11.2026 12:00"


def test_hour_by_the_wall_clock_survives_a_change_of_clocks() -> None:
    saturday = datetime(2026, 10, 24, 8, tzinfo=UTC)  # 10:00 summer time; clocks go back on Sunday at 3:00
    found = deadline("by sunday at noon", saturday, BERLIN)
    assert found is not None
    assert found.due_at == datetime(2026, 10, 25, 11, tzinfo=UTC)  # noon winter time: 27 hours later, not 26


def test_hours_that_elapse_ignore_a_change_of_clocks() -> None:
    night = datetime(2026, 3, 28, 23, tzinfo=UTC)  # midnight in Berlin; clocks jump from 2:00 to 3:00
    assert due("within 4 hours", night) == "Sun 29.03.2026 05:00"


def test_spans_name_the_words_of_the_time() -> None:
    text = "call you on friday at 5 pm about it"
    found = deadline(text, NOW, BERLIN)
    assert found is not None
    assert [text[slice(*span)] for span in found.spans] == ["friday", "5 pm"]


_INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
_ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]
)
_DAYS = ["", "tomorrow", "friday", "next monday", "sunday", "the day after tomorrow"]
_HOURS = [
    "",
    "at 5 pm",
    "by 9:30",
    "before four",
    "by noon",
    "at 2:30",
    "by midnight",
    "in the afternoon",
    "at half past two",
]


@given(_INSTANTS, _ZONES, st.sampled_from(_DAYS), st.sampled_from(_HOURS))
def test_what_is_not_an_explicit_date_lies_ahead(now: datetime, zone: str, day: str, hour: str) -> None:
    found = deadline(f"{day} {hour}", now, ZoneInfo(zone))
    if found is None:
        assert not day
        assert not hour
        return
    assert found.due_at > now


@given(_INSTANTS, _ZONES, st.sampled_from(_HOURS[1:]))
def test_an_hour_alone_comes_within_a_day_or_so(now: datetime, zone: str, hour: str) -> None:
    found = deadline(hour, now, ZoneInfo(zone))
    assert found is not None
    assert timedelta() < found.due_at - now <= timedelta(hours=26)  # a day has at most 25


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            ["by", "at", "the", "31", "february", "friday", "12/13", "24:00", "9999-12-31", "h", "0", "a", "month"]
        )
    ).map(" ".join)
)
def test_any_text_can_be_read_for_a_time(text: str) -> None:
    found = deadline(text, NOW, BERLIN)
    assert found is None or found.due_at.tzinfo is UTC
