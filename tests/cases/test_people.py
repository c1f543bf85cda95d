"""What colleagues wish for themselves: when they count as away or quiet, and which wishes are refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cases.acts.act import NotAllowed
from cases.people import LONGEST_QUIET, Person, away, quiet

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOUR, DAY, INSTANT = timedelta(hours=1), timedelta(days=1), timedelta(microseconds=1)
ANA = Person(id="UANA")


def test_who_has_said_nothing_is_here_and_reminded_directly() -> None:
    assert not ANA.is_away(NOW)
    assert not ANA.is_quiet(NOW)
    assert (ANA.in_thread, ANA.early) == (False, True)


@pytest.mark.parametrize(("at", "still"), [(NOW, True), (NOW + HOUR - INSTANT, True), (NOW + HOUR, False)])
def test_away_and_quiet_end_by_themselves_at_their_time(at: datetime, still: bool) -> None:
    both = Person(id="UANA", away_until=NOW + HOUR, quiet_until=NOW + HOUR)
    assert both.is_away(at) is still
    assert both.is_quiet(at) is still


def test_whoever_goes_away_needs_no_quiet_any_more() -> None:
    gone = away(Person(id="UANA", quiet_until=NOW + DAY, in_thread=True), NOW + 30 * DAY, NOW)
    assert gone == Person(id="UANA", away_until=NOW + 30 * DAY, in_thread=True)


def test_quiet_leaves_all_other_wishes_as_they_are() -> None:
    assert quiet(Person(id="UANA", early=False), NOW + HOUR, NOW) == Person(
        id="UANA", early=False, quiet_until=NOW + HOUR
    )


REFUSED = [
    (away, None, NotAllowed("away_until_when")),
    (away, NOW, NotAllowed("in_the_past", {"at": NOW})),
    (away, NOW - HOUR, NotAllowed("in_the_past", {"at": NOW - HOUR})),
    (quiet, None, NotAllowed("quiet_until_when")),
    (quiet, NOW - HOUR, NotAllowed("in_the_past", {"at": NOW - HOUR})),
    (quiet, NOW + LONGEST_QUIET + INSTANT, NotAllowed("quiet_too_long", {"at": NOW + LONGEST_QUIET})),
]


@pytest.mark.parametrize(("wish", "until", "refusal"), REFUSED)
def test_a_time_that_cannot_be_kept_is_refused(wish: object, until: datetime | None, refusal: NotAllowed) -> None:
    assert callable(wish)
    assert wish(ANA, until, NOW) == refusal


def test_three_days_of_quiet_are_just_allowed() -> None:
    still = quiet(ANA, NOW + LONGEST_QUIET, NOW)
    assert isinstance(still, Person)
    assert still.is_quiet(NOW + 3 * DAY - INSTANT)
