"""What was read as a promise and is none leaves no trace on the case; a promise that was made stays."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.acts.act import Act, ActionName, Change, NotAllowed, Unchanged
from cases.acts.actions import take_back
from cases.acts.promises import BROKEN, chosen_by
from cases.model import Case, Feedback, Promise, Reason, Severity, Via
from cases.nudges.broken import with_broken_promise
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
    assert out.facts == {"text": "call you", "until": FRIDAY, "eased": None}


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


def late(case: Case, days: int = 5) -> Case:
    """The case once its promise has been missed."""
    broken = with_broken_promise(case, NOW + timedelta(days=days))
    assert broken is not None
    return broken


@pytest.mark.parametrize("severity", Severity)
def test_case_is_as_grave_as_before_what_was_no_promise(severity: Severity) -> None:
    out = take_back(late(entered(claimed(severity=severity))), no_promise(), FRIDAY + timedelta(days=1))
    assert isinstance(out, Change)
    assert (out.case.severity, out.case.reasons) == (severity, ())
    assert out.facts["eased"] == (None if severity is Severity.CRITICAL else severity)


def test_date_moved_by_mistake_gives_the_case_its_first_back() -> None:
    moved = entered(entered(contacted(), FRIDAY), TUESDAY)
    out = take_back(late(moved, 2), no_promise(TUESDAY, FRIDAY), NOW + timedelta(days=2))
    assert isinstance(out, Change)
    assert (out.case.severity, out.case.promise_broken_at) == (Severity.NORMAL, None)


def test_case_stays_critical_where_more_than_that_was_wrong() -> None:
    again = replace(late(entered(claimed())), reasons=(Reason(BROKEN, "normal 0"), Reason("repeat")))
    other = replace(entered(claimed()), promises=(Promise("send it", TUESDAY, NOW), *entered(claimed()).promises))
    kept_late = after(late(other, 2), act("kept"))
    heard_more = replace(late(entered(claimed())), feedback=(Feedback(external_id="2", source="form"),))
    for broken in (again, late(other), late(kept_late), heard_more):
        out = take_back(broken, no_promise(), FRIDAY + timedelta(days=1))
        assert isinstance(out, Change)
        assert out.case.severity is Severity.CRITICAL
    assert out.facts["eased"] is None


def test_taking_out_one_of_two_broken_breaks_none_anew() -> None:
    two = replace(entered(claimed()), promises=(Promise("send it", TUESDAY, NOW), *entered(claimed()).promises))
    out = take_back(late(two), no_promise(), FRIDAY + timedelta(days=1))
    assert isinstance(out, Change)
    assert out.case.promise_broken_at == TUESDAY
    assert with_broken_promise(out.case, FRIDAY + timedelta(days=1)) is None


def test_nothing_is_taken_out_twice_or_elsewhere() -> None:
    assert take_back(entered(claimed()), no_promise(TUESDAY), SOON) == Unchanged()
    gone = take_back(replace(entered(claimed()), joined_into=7), no_promise(), LATER)
    assert gone == NotAllowed("joined_already", {"number": 7})


REACHES = "It reaches you, with no charge for the delivery"
CHOSEN = [
    ((REACHES, "The parcel goes out"), ("It reaches you", "parcel goes out")),
    (("call you", "call you on Marie's number"), ("call you", "on Marie's number")),
    (("bring the right cake", "the right cake, with Marion on it"), ("bring the right cake", "with Marion on it")),
    ((REACHES,), ("It reaches you",)),
]


@pytest.mark.parametrize(("promises", "words"), CHOSEN)
def test_promise_is_chosen_by_words_as_one_would_say_them(promises: tuple[str, ...], words: tuple[str, ...]) -> None:
    owed = tuple(Promise(what, FRIDAY + timedelta(hours=n), NOW) for n, what in enumerate(promises))
    assert tuple(chosen_by(each.what, owed) for each in owed) == words


@pytest.mark.parametrize("nth", range(2))
def test_words_that_choose_a_promise_keep_that_one(nth: int) -> None:
    owed = tuple(Promise(what, FRIDAY, NOW) for what in CHOSEN[0][0])
    out = after(contacted(promises=owed), act("kept", text=chosen_by(owed[nth].what, owed)))
    assert out.promises == (owed[1 - nth],)
