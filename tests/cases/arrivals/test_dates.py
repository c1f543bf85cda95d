"""Dates as others write them: what is too long for one is none, and nobody looks at it for long."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest

from cases.arrivals.dates import Reading, read_day, read_instant
from cases.arrivals.json_fields import instant, instant_if_any
from tests.elapsing import RUNAWAY, dearer


def test_javas_name_of_a_zone_says_nothing_new() -> None:
    written, at = "2026-01-05T10:40+01:00[Europe/Berlin]", datetime(2026, 1, 5, 9, 40, tzinfo=UTC)
    assert (instant(written), read_instant(written)) == (at, at)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2026/01/05 2:05:33 p. m. CET", 13),
        ("2026/01/05 2:05:33 p.\u00a0m. CET", 13),
        ("2026/01/05 9:05:33 a. m. CET", 8),
        ("2026-01-05 14:05:33 UTC", 14),
        ("January 5, 2026 14:05:33 MEZ", 13),
        ("1/5/2026 2:05:33 PM EST", 19),
        ("2026/01/05 2:05:33 PM GMT+1", 13),
    ],
)
def test_times_with_the_zones_that_forms_write(written: str, hour: int) -> None:
    assert read_instant(written, Reading("mdy")) == datetime(2026, 1, 5, hour, 5, 33, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["IST", "CST", "XYZ"])
def test_zone_that_may_be_another_is_no_zone(zone: str) -> None:
    with pytest.raises(ValueError, match="must be a date and time"):
        read_instant(f"2026/01/05 2:05:33 PM {zone}")


@pytest.mark.parametrize("piece", ["[", "]", " ", "0", "1/", "a", ".", "("])
@pytest.mark.parametrize("read", [instant_if_any, read_instant, read_day])
def test_no_text_keeps_the_readers_of_dates_busy(read: object, piece: str) -> None:
    """A hundred thousand brackets behind a date took seven seconds."""

    def reads(times: int) -> None:
        with suppress(ValueError):
            read("2026-01-05T" + piece * times)  # type: ignore[operator]

    assert dearer(lambda: reads(12_500), lambda: reads(100_000)) < RUNAWAY
