"""From which cases there is so much to learn that somebody is asked for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.lessons.worth import is_worth_asking
from cases.model import PRACTICE, Case, Feedback, Outcome, Reason, Severity
from tests.cases.acts.test_actions import NOW, contacted

DUE = NOW + timedelta(hours=1)
WELL = replace(contacted(), contact_due_at=DUE, contacted_at=NOW, severity=Severity.HIGH)
GRAVE = replace(WELL, severity=Severity.CRITICAL)
INVENTED = replace(WELL, feedback=(Feedback(external_id="1", source=PRACTICE),))


@pytest.mark.parametrize(
    ("case", "outcome", "asks"),
    [
        (WELL, Outcome.SATISFIED, False),
        (WELL, Outcome.WON_BACK, False),
        (WELL, Outcome.NO_REPLY, False),
        (WELL, Outcome.LOST, True),
        (replace(WELL, severity=Severity.CRITICAL), Outcome.WON_BACK, False),  # grave, and in time
        (replace(GRAVE, contacted_at=DUE + timedelta(seconds=1)), Outcome.WON_BACK, False),
        (replace(WELL, promise_broken_at=NOW), Outcome.SATISFIED, True),
        (replace(GRAVE, contacted_at=DUE), Outcome.SATISFIED, False),
        (replace(WELL, contacted_at=DUE + timedelta(seconds=1)), Outcome.SATISFIED, False),
        (replace(WELL, contacted_at=None), Outcome.DECLINED, False),  # closed before anybody was late
        (replace(GRAVE, contacted_at=None, contact_due_at=NOW - timedelta(hours=1)), Outcome.UNREACHABLE, False),
        (replace(GRAVE, reasons=(Reason("waited_before"),)), Outcome.SATISFIED, False),
        (replace(WELL, severity=Severity.CRITICAL), Outcome.NOT_A_COMPLAINT, False),
        (INVENTED, Outcome.LOST, False),
    ],
)
def test_only_what_should_not_have_been_is_asked_about(case: Case, outcome: Outcome, asks: bool) -> None:
    assert is_worth_asking(case, outcome, repeated=False, told=False) is asks


@pytest.mark.parametrize(
    ("case", "outcome", "asks"),
    [
        (WELL, Outcome.SATISFIED, True),
        (WELL, Outcome.NOT_A_COMPLAINT, False),
        (INVENTED, Outcome.SATISFIED, False),
    ],
)
def test_cause_that_comes_again_is_asked_about(case: Case, outcome: Outcome, asks: bool) -> None:
    assert is_worth_asking(case, outcome, repeated=True, told=False) is asks


@pytest.mark.parametrize(
    ("case", "outcome", "asks"),
    [
        (WELL, Outcome.LOST, True),
        (replace(WELL, promise_broken_at=NOW), Outcome.SATISFIED, True),
        (replace(WELL, severity=Severity.CRITICAL), Outcome.SATISFIED, False),
        (replace(WELL, contacted_at=DUE + timedelta(hours=1)), Outcome.WON_BACK, False),
    ],
)
def test_what_was_told_while_closing_is_enough_where_it_ended_well(case: Case, outcome: Outcome, asks: bool) -> None:
    assert is_worth_asking(case, outcome, repeated=True, told=True) is asks
