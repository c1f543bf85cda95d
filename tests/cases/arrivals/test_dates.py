"""Dates as others write them: what is too long for one is none, and nobody looks at it for long."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest

from cases.arrivals.dates import read_day, read_instant
from cases.arrivals.json_fields import instant, instant_if_any
from tests.elapsing import RUNAWAY, dearer


def test_javas_name_of_a_zone_says_nothing_new() -> None:
    written, at = "2026-01-05T10:40+01:00[Europe/Berlin]", datetime(2026, 1, 5, 9, 40, tzinfo=UTC)
    assert (instant(written), read_instant(written)) == (at, at)


@pytest.mark.parametrize("piece", ["[", "]", " ", "0", "1/", "a", ".", "("])
@pytest.mark.parametrize("read", [instant_if_any, read_instant, read_day])
def test_no_text_keeps_the_readers_of_dates_busy(read: object, piece: str) -> None:
    """A hundred thousand brackets behind a date took seven seconds."""

    def reads(times: int) -> None:
        with suppress(ValueError):
            read("2026-01-05T" + piece * times)  # type: ignore[operator]

    assert dearer(lambda: reads(12_500), lambda: reads(100_000)) < RUNAWAY
