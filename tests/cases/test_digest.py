"""The morning's figures, and the one instant a day at which they are owed."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.digest import SHOWN, digest, digest_due, median_of, span
from cases.model import Case, Outcome, Status
from cases.policy import Digest, Hours, Policy

BERLIN = ZoneInfo("Europe/Berlin")
DEFAULT = Policy()  # Berlin, Monday to Friday 09:00-18:00, digest at 09:00
H, DAY = timedelta(hours=1), timedelta(days=1)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


TUESDAY = local("2026-01-06T09:00")


def a_case(number: int, waiting: str = "2026-01-05T10:00", **fields: Any) -> Case:
    begun = dict.fromkeys(
        ("opened_at", "unclaimed_since", "waiting_since", "claim_due_at", "contact_due_at"), local(waiting)
    )
    return Case(number=number, **{**begun, **fields})


def reached(number: int, at: str, waiting: str = "2026-01-05T10:00", **fields: Any) -> Case:
    contact = {"status": Status.CONTACTED, "owner": "U_ANA", "contacted_at": local(at)}
    return a_case(number, waiting, **{**contact, **fields})


def ended(number: int, at: str, outcome: Outcome) -> Case:
    return a_case(number, status=Status.CLOSED, closed_at=local(at), outcome=outcome)


# -- who waits, who holds --------------------------------------------------------------------------------------------


def test_longest_waiting_customers_come_first_of_all() -> None:
    cases = [
        a_case(3, "2026-01-05T12:00"),
        a_case(2, "2026-01-05T10:00", status=Status.CLAIMED, owner="U_BEN"),
        a_case(5, "2026-01-05T10:00"),
        reached(1, "2026-01-05T11:00"),
    ]
    figures = digest(cases, [], [], TUESDAY, DEFAULT)
    assert [case.number for case in figures.waiting] == [2, 5, 3]
    assert (figures.more, figures.quiet) == (0, False)


def test_long_list_is_cut_and_the_rest_counted() -> None:
    figures = digest([a_case(n) for n in range(12, 0, -1)], [], [], TUESDAY, DEFAULT)
    assert [case.number for case in figures.waiting] == list(range(1, SHOWN + 1))
    assert figures.more == 12 - SHOWN


def test_holders_are_listed_without_ranking_them() -> None:
    cases = [
        a_case(9, status=Status.CLAIMED, owner="U_BEN"),
        a_case(4, status=Status.CLAIMED, owner="U_BEN"),
        reached(6, "2026-01-05T11:00", owner="U_ANA"),
        a_case(8),
    ]
    assert digest(cases, [], [], TUESDAY, DEFAULT).holds == (("U_ANA", (6,)), ("U_BEN", (4, 9)))


# -- yesterday -------------------------------------------------------------------------------------------------------


def test_contacts_of_yesterday_are_counted_with_their_median() -> None:
    contacts = [
        reached(1, "2026-01-05T10:20"),
        reached(2, "2026-01-05T11:00"),
        reached(3, "2026-01-05T17:00"),
        reached(4, "2026-01-06T08:30"),  # today: tomorrow's digest tells it
        reached(5, "2026-01-01T10:30"),  # last week
    ]
    figures = digest([], contacts, [], TUESDAY, DEFAULT)
    assert (figures.contacted, figures.median_contact) == (3, H)


def test_median_is_told_in_both_kinds_of_time() -> None:
    over_the_weekend = reached(1, "2026-01-05T09:30", waiting="2026-01-02T17:00")
    figures = digest([], [over_the_weekend], [], TUESDAY, DEFAULT)
    assert figures.median_contact == timedelta(days=2, hours=16, minutes=30)  # as the customer felt it
    assert figures.median_contact_working == timedelta(minutes=90)  # an hour on Friday, half an hour on Monday


def test_closed_cases_count_and_recoveries_among_them() -> None:
    closed = [
        ended(1, "2026-01-05T12:00", Outcome.WON_BACK),
        ended(2, "2026-01-05T13:00", Outcome.LOST),
        ended(3, "2026-01-06T00:00", Outcome.WON_BACK),  # midnight is today
    ]
    figures = digest([], [], closed, TUESDAY, DEFAULT)
    assert (figures.closed, figures.won_back, figures.quiet) == (2, 1, False)


def test_nothing_open_and_nothing_happened_is_quiet() -> None:
    figures = digest([], [reached(1, "2026-01-02T10:30")], [], local("2026-01-07T09:00"), DEFAULT)
    assert figures.quiet
    assert (figures.contacted, figures.median_contact, figures.median_contact_working) == (0, None, None)


def test_promises_due_by_tonight_are_listed_with_broken_ones() -> None:
    cases = [
        replace(reached(1, "2026-01-05T11:00"), promise="a box", promise_due_at=local("2026-01-06T23:59")),
        replace(reached(2, "2026-01-05T11:00"), promise="a call", promise_due_at=local("2026-01-07T00:00")),
        replace(reached(3, "2026-01-05T11:00"), promise="a refund", promise_due_at=local("2026-01-05T18:00")),
    ]
    assert [case.number for case in digest(cases, [], [], TUESDAY, DEFAULT).promises_today] == [3, 1]


@pytest.mark.parametrize(
    ("minutes", "middle"),
    [([], None), ([5], 5), ([30, 10, 20], 20), ([40, 10, 20, 30], 25), ([-5], 0)],
)
def test_median_takes_the_middle_of_the_lengths(minutes: list[int], middle: int | None) -> None:
    lengths = [timedelta(minutes=m) for m in minutes]
    assert median_of(lengths) == (None if middle is None else timedelta(minutes=middle))


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


@settings(deadline=None, max_examples=40)
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
        ("2026-01-10T09:00", date(2026, 1, 10)),  # customers wait on Saturdays too
    ],
)
def test_digest_is_owed_from_its_hour_until_midnight(now: str, owed: date | None) -> None:
    due = digest_due(local(now), DEFAULT)
    assert due == (None if owed is None else (owed, local(f"{owed.isoformat()}T09:00")))


def test_digest_keeps_its_hour_when_clocks_change() -> None:
    instants = [digest_due(local(f"2026-03-{day}T12:00"), DEFAULT) for day in (28, 29, 30)]
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
    policy = Policy(digest=Digest(at=time(2, 30)))
    midnight = datetime.combine(day, time(), tzinfo=BERLIN).astimezone(UTC)
    owed = {digest_due(midnight + n * timedelta(minutes=10), policy) for n in range(6 * 23)}
    assert owed == {None, (day, at)}


def test_digest_that_is_switched_off_is_never_owed() -> None:
    assert digest_due(TUESDAY, Policy(digest=Digest(enabled=False))) is None


def test_date_is_the_local_one_east_of_greenwich() -> None:
    policy = Policy(timezone="Pacific/Auckland")
    assert digest_due(datetime(2026, 1, 5, 20, tzinfo=UTC), policy) == (  # 09:00 on the 6th there
        date(2026, 1, 6),
        datetime(2026, 1, 5, 20, tzinfo=UTC),
    )
