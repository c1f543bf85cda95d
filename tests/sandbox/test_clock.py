"""The practice clock, beside a real clock turned by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.clock import MONDAY_MORNING, PracticeClock


class Stopwatch:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def real() -> Stopwatch:
    return Stopwatch()


def gone(clock: PracticeClock) -> float:
    """Seconds since the practice began."""
    return (clock.now() - MONDAY_MORNING).total_seconds()


@pytest.mark.parametrize(("speed", "seconds"), [(0, 0), (1, 10), (60, 600), (0.5, 5)])
def test_clock_runs_at_the_speed_it_was_given(real: Stopwatch, speed: float, seconds: float) -> None:
    clock = PracticeClock(speed=speed, monotonic=real)
    real.seconds += 10
    assert gone(clock) == seconds


def test_change_of_speed_does_not_move_the_present(real: Stopwatch) -> None:
    clock = PracticeClock(speed=60, monotonic=real)
    real.seconds += 10
    clock.set_speed(0)
    real.seconds += 10
    assert (gone(clock), clock.speed) == (600, 0)


def test_jump_moves_ahead_and_calls_who_listens(real: Stopwatch) -> None:
    clock = PracticeClock(speed=0, monotonic=real)
    seen: list[float] = []
    clock.on_jump.append(lambda: seen.append(gone(clock)))
    clock.jump(timedelta(hours=1))
    assert seen == [3600]


@pytest.mark.parametrize(
    ("ahead", "heard"),
    [
        (timedelta(minutes=5), [300]),
        (timedelta(hours=1), [3600]),
        (timedelta(hours=2, minutes=7), [*range(900, 7201, 900), 7620]),
    ],
)
def test_long_jump_is_lived_through_in_strides(
    real: Stopwatch, monkeypatch: pytest.MonkeyPatch, ahead: timedelta, heard: list[float]
) -> None:
    monkeypatch.setattr("sandbox.clock.BREATH", 0)
    clock = PracticeClock(speed=0, monotonic=real)
    seen: list[float] = []
    clock.on_jump.append(lambda: seen.append(gone(clock)))
    clock.play(ahead)
    assert seen == heard


def test_clock_never_goes_back(real: Stopwatch) -> None:
    clock = PracticeClock(monotonic=real)
    with pytest.raises(ValueError, match="does not go back"):
        clock.jump(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="does not go back"):
        clock.set_speed(-1)


def test_start_needs_a_zone_and_is_told_in_utc(real: Stopwatch) -> None:
    berlin = datetime.fromisoformat("2026-01-05T10:00:00+01:00")
    assert PracticeClock(berlin, 0, real).now() == MONDAY_MORNING
    assert PracticeClock(berlin, 0, real).now().tzinfo is UTC
    with pytest.raises(ValueError, match="time zone"):
        PracticeClock(datetime(2026, 1, 5))
