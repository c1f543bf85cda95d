"""What was read as a promise and is none leaves no trace on the case; a promise that was made stays."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.acts.act import Act, ActionName, Change, NotAllowed, Unchanged
from cases.acts.actions import take_back
from cases.acts.promises import BROKEN
from cases.model import Case, Promise, Reason, Severity, Via
from tests.cases.acts.test_actions import ANA, BEN, LATER, NOW, act, after, claimed, contacted, unclaimed

SOON = NOW + timedelta(minutes=5)
FRIDAY, TUESDAY = NOW + timedelta(days=4), NOW + timedelta(days=1)


def entered(case: Case, due: datetime = FRIDAY) -> Case:
    return after(case, act("promise", text="call you", until=due))


def no_promise(due: datetime = FRIDAY, before: datetime | None = None) -> Act:
    return Act(ActionName.PROMISE, ANA, Via.BUTTON, until=due, at=before)


@pytest.mark.parametrize(
    "case", [unclaimed(), claimed(owner=BEN), claimed(owner=BEN, promises=(Promise("send it", TUESDAY, NOW),))]
)
def test_what_was_no_promise_leaves_no_trace(case: Case) -> None:
    out = take_back(entered(case), no_promise(), SOON)
    assert isinstance(out, Change)
    assert replace(out.case, revision=case.revision) == case
    assert out.facts == {"text": "call you", "until": FRIDAY}


def test_promise_that_was_moved_has_its_first_date_again() -> None:
    moved = entered(entered(contacted(), TUESDAY))
    out = take_back(moved, no_promise(FRIDAY, TUESDAY), SOON)
    assert isinstance(out, Change)
    assert [(each.what, each.due_at) for each in out.case.promises] == [("call you", TUESDAY)]


def test_no_promise_was_broken_where_there_was_none() -> None:
    broken = replace(
        entered(claimed()), promise_broken_at=FRIDAY, reasons=(Reason(BROKEN),), severity=Severity.CRITICAL
    )
    out = take_back(broken, no_promise(), FRIDAY + timedelta(hours=1))
    assert isinstance(out, Change)
    assert (out.case.promise_broken_at, out.case.reasons) == (None, ())


def test_nothing_is_taken_out_twice_or_elsewhere() -> None:
    assert take_back(entered(claimed()), no_promise(TUESDAY), SOON) == Unchanged()
    gone = take_back(replace(entered(claimed()), joined_into=7), no_promise(), LATER)
    assert gone == NotAllowed("joined_already", {"number": 7})
