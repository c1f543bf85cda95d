"""Durations as people write and read them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.spoken.durations import parse_duration, say_duration


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90s", timedelta(seconds=90)),
        ("15m", timedelta(minutes=15)),
        ("1h", timedelta(hours=1)),
        ("2d", timedelta(days=2)),
        ("1w", timedelta(weeks=1)),
        ("2y", timedelta(days=730)),
        ("1y30d", timedelta(days=395)),
        ("1h30m", timedelta(minutes=90)),
        ("1h 30m", timedelta(minutes=90)),
        ("1.5h", timedelta(minutes=90)),
        (" 5 m ", timedelta(minutes=5)),
        ("2D", timedelta(days=2)),
        ("-10m", -timedelta(minutes=10)),
        ("-1h30m", -timedelta(minutes=90)),
        ("+10m", timedelta(minutes=10)),
        ("0s", timedelta()),
    ],
)
def test_durations_read_as_people_write_them(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    "text", ["", "   ", "5", "m", "1x", "5 minutes", "1h-5m", "--5m", "-+5m", "1 5m", "1h,5m", "1.m", "٣m", "1h?"]
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a duration; write for instance .90s., .15m., .1h. or .2d."):
        parse_duration(text)


def test_length_beyond_all_calendars_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than a calendar can count"):
        parse_duration("99999999999w")


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(), "0 s"),
        (timedelta(seconds=45), "45 s"),
        (timedelta(minutes=5, seconds=59), "5 min"),  # seconds only count below a minute
        (timedelta(hours=2, minutes=5), "2 h 5 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=3, hours=4, minutes=5), "3 days 4 h"),
        (timedelta(days=1, minutes=5), "1 day 5 min"),
        (-timedelta(hours=2, minutes=5), "2 h 5 min"),  # over or left is for the sentence around it to say
    ],
)
def test_durations_are_said_in_two_units(length: timedelta, words: str) -> None:
    assert say_duration(length) == words


@given(st.integers(0, 99), st.integers(0, 23), st.integers(0, 59))
def test_written_parts_add_up_and_minus_mirrors(days: int, hours: int, minutes: int) -> None:
    text = f"{days}d{hours}h{minutes}m"
    assert parse_duration(text) == timedelta(days=days, hours=hours, minutes=minutes)
    assert parse_duration(f"-{text}") == -parse_duration(text)
