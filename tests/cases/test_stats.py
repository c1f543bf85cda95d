"""The figures of a window of time that ends now."""

from datetime import UTC, datetime, timedelta
from typing import Any

from cases.model import Case, Outcome, Status
from cases.stats import stats

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
H, DAY = timedelta(hours=1), timedelta(days=1)
MONTH = 30 * DAY


def a_case(number: int, opened: timedelta, **fields: Any) -> Case:
    begun = dict.fromkeys(
        ("opened_at", "unclaimed_since", "waiting_since", "claim_due_at", "contact_due_at"), NOW - opened
    )
    return Case(number=number, **{**begun, **fields})


def test_figures_of_no_cases_are_empty() -> None:
    figures = stats([], NOW, MONTH)
    assert (figures.since, figures.new, figures.contacted, figures.waiting) == (NOW - MONTH, 0, 0, 0)
    assert (figures.median_contact, figures.median_claim, figures.closed) == (None, None, ())


def test_only_what_happened_in_the_window_counts() -> None:
    old = a_case(1, 40 * DAY, status=Status.CONTACTED, claimed_at=NOW - 39 * DAY, contacted_at=NOW - 39 * DAY)
    old_but_reached_lately = a_case(2, 40 * DAY, status=Status.CONTACTED, contacted_at=NOW - DAY)
    figures = stats([old, old_but_reached_lately, a_case(3, DAY)], NOW, MONTH)
    assert (figures.new, figures.contacted, figures.median_contact, figures.median_claim) == (1, 1, 39 * DAY, None)


def test_medians_run_from_the_wait_to_its_end() -> None:
    cases = [
        a_case(n, DAY, status=Status.CONTACTED, owner="U", claimed_at=NOW - DAY + n * H, contacted_at=NOW - DAY + 2 * n * H)
        for n in (1, 2, 3)
    ]  # fmt: skip
    figures = stats(cases, NOW, MONTH)
    assert (figures.median_claim, figures.median_contact) == (2 * H, 4 * H)


def test_reopened_case_with_its_owner_has_no_time_to_claim() -> None:
    again = a_case(1, H, status=Status.CLAIMED, owner="U", claimed_at=NOW - DAY)
    assert stats([again], NOW, MONTH).median_claim is None


def test_outcomes_are_counted_in_their_fixed_order() -> None:
    ends = [Outcome.LOST, Outcome.WON_BACK, Outcome.LOST]
    cases = [a_case(n, 2 * DAY, status=Status.CLOSED, closed_at=NOW - DAY, outcome=end) for n, end in enumerate(ends)]
    assert stats(cases, NOW, MONTH).closed == ((Outcome.WON_BACK, 1), (Outcome.LOST, 2))


def test_waiting_counts_all_uncontacted_however_old() -> None:
    cases = [
        a_case(1, 90 * DAY),
        a_case(2, DAY, status=Status.CLAIMED, owner="U", claimed_at=NOW),
        a_case(3, DAY, status=Status.CONTACTED, contacted_at=NOW),
        a_case(4, DAY, status=Status.CLOSED, closed_at=NOW, outcome=Outcome.UNREACHABLE),
    ]
    assert stats(cases, NOW, MONTH).waiting == 2
