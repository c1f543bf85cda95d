"""What became of the requests at a door, added up, and when somebody who should come in is likely shut out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cases.arrivals.deliveries import Outcome, Seen, as_json, is_shut_out, of_json, refused, together

NOW = datetime(2026, 1, 5, 10, tzinfo=UTC)
RECEIVED, FORGED, UNKNOWN = Outcome.RECEIVED, Outcome.FORGED, Outcome.UNKNOWN


def seen(hours: float, count: int = 1) -> Seen:
    """So many, all of them so many hours after NOW."""
    at = NOW + timedelta(hours=hours)
    return Seen(count, at, at)


def test_counts_are_added_and_begin_anew_after_a_week() -> None:
    assert seen(0, 2) + seen(3, 5) == Seen(7, NOW, NOW + timedelta(hours=3))
    assert seen(0, 2) + seen(24 * 8, 5) == seen(24 * 8, 5)


def test_what_was_refused_is_told_for_a_week_latest_first() -> None:
    door = {RECEIVED: seen(3), FORGED: seen(0), UNKNOWN: seen(2), Outcome.UNSIGNED: seen(-24 * 8)}
    assert list(refused(door, NOW + timedelta(hours=4))) == [UNKNOWN, FORGED]


def test_deliveries_are_kept_as_they_were() -> None:
    door = together({FORGED: seen(0, 3)}, {RECEIVED: seen(1)})
    assert of_json(as_json(door)) == door


# Hours of what was before, and of what comes now: (received, refused), (received, refused).
SHUT_OUT = [
    ((None, None), (None, 0), False),  # once is nobody: a vendor tries again
    ((None, -1), (None, 0), True),  # never received from: a secret that was never right
    ((-5, -1), (None, 0), True),  # received until five hours ago: a secret that has changed
    ((-5, -6), (None, 0), False),  # the earlier refusal was before that
    ((-0.5, -0.2), (None, 0), False),  # half an hour: others come in
    ((-5, -1), (0, 0), False),  # and now they do again
    ((-5, -1), (None, None), False),
    ((None, -24 * 9), (None, 0), False),  # somebody else, long ago
]


@pytest.mark.parametrize(("before", "more", "shut_out"), SHUT_OUT)
def test_repeated_refusals_count_where_nobody_comes_in(
    before: tuple[float | None, float | None], more: tuple[float | None, float | None], shut_out: bool
) -> None:
    doors = [
        {outcome: seen(at) for outcome, at in zip((RECEIVED, FORGED), hours, strict=True) if at is not None}
        for hours in (before, more)
    ]
    assert is_shut_out(*doors) is shut_out
