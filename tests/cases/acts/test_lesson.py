"""The lesson of a case as an act: told while closing or after it, whole by a form, with one change that is a promise to ourselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cases.acts.act import Act, ActionName, Change, Limits, NotAllowed, Unchanged
from cases.acts.actions import decide
from cases.model import Case, Outcome, Promise, Severity, Via
from tests.cases.acts.test_actions import ANA, BEN, LATER, NOW, TOMORROW, act, after, closed, contacted, refusal
from tests.owing import owing

FRIDAY = NOW + timedelta(days=4)
WHOLE = {"cause": "Delivery", "expected": "noon", "happened": "six", "went_wrong": "no slot", "learned": "book early"}


def form(**told: Any) -> Act:
    return Act(ActionName.LESSON, ANA, Via.MODAL, **told)


def changing(**fields: Any) -> Case:
    return closed(**{"learned": "book early", "lesson_at": NOW, "change_by": BEN, "change_due_at": FRIDAY, **fields})


@pytest.mark.parametrize(
    ("case", "one", "told"),
    [
        (contacted(), act("close", outcome=Outcome.LOST, cause="Bill"), {"cause": "Bill", "lesson_at": NOW}),
        (
            contacted(contact_due_at=LATER),
            act("close", outcome=Outcome.SATISFIED),
            {"lesson_at": None, "lesson_due_at": None},
        ),
        (contacted(learned="a"), act("close", outcome=Outcome.SATISFIED, went_wrong="b"), {"learned": "a"}),
        (closed(), form(**WHOLE), {**WHOLE, "lesson_at": NOW, "change_due_at": None}),
        (closed(**WHOLE), form(learned="ring"), {"learned": "ring", "expected": None, "cause": None}),
        (closed(**WHOLE), act("lesson", via=Via.SLASH, learned="ring"), {"learned": "ring", "expected": "noon"}),
        (closed(lesson_due_at=TOMORROW), form(cause="Bill"), {"lesson_due_at": None, "cause": "Bill"}),
        (closed(), form(learned="ring", until=FRIDAY), {"change_by": ANA, "change_due_at": FRIDAY}),
        (closed(), form(learned="ring", until=FRIDAY, to=BEN), {"change_by": BEN, "change_due_at": FRIDAY}),
        (changing(), form(learned="book earlier", until=LATER), {"change_by": BEN, "change_due_at": LATER}),
        (changing(), form(learned="book early"), {"change_by": None, "change_due_at": None}),
        (changing(), act("lesson", via=Via.SLASH, went_wrong="x"), {"change_by": BEN, "change_due_at": FRIDAY}),
    ],
)
def test_what_is_told_is_kept_with_the_case(case: Case, one: Act, told: dict[str, Any]) -> None:
    became = after(case, one)
    assert {name: getattr(became, name) for name in told} == told


@pytest.mark.parametrize(
    ("case", "one", "reason"),
    [
        (closed(), form(), "lesson_what"),
        (closed(), form(until=FRIDAY), "lesson_what"),
        (closed(), form(expected="noon", until=FRIDAY), "change_what"),
        (closed(), form(learned="ring", to=BEN), "change_by_when"),
        (closed(), form(learned="ring", until=NOW), "in_the_past"),
        (contacted(), form(learned="ring"), "wrong_status"),
    ],
)
def test_what_nobody_could_be_held_to_is_refused(case: Case, one: Act, reason: str) -> None:
    assert refusal(case, one).reason == reason


def test_same_lesson_twice_changes_nothing() -> None:
    told = after(closed(lesson_due_at=TOMORROW), form(**WHOLE))
    assert decide(told, form(**WHOLE), LATER) == Unchanged()


# When it is asked for


def test_loss_is_asked_about_a_day_later_at_an_opening() -> None:
    limits = Limits(opening=lambda at: at + timedelta(hours=3))
    became = after(contacted(), act("close", outcome=Outcome.LOST, limits=limits))
    assert became.lesson_due_at == TOMORROW + timedelta(hours=3)


@pytest.mark.parametrize(
    ("case", "one", "due"),
    [
        (contacted(), act("close", outcome=Outcome.LOST, limits=Limits(ask_lesson=None)), None),
        (contacted(), act("close", outcome=Outcome.SATISFIED, is_repeated=True), TOMORROW),
        (contacted(severity=Severity.CRITICAL), act("dismiss"), None),
        (contacted(lesson_asked_at=NOW), act("close", outcome=Outcome.LOST), None),  # once for all
        (closed(lesson_due_at=TOMORROW), act("reopen"), None),
    ],
)
def test_nobody_is_asked_where_it_is_not_worth_it(case: Case, one: Act, due: Any) -> None:
    calm = replace(case, contact_due_at=LATER)
    assert after(calm, one).lesson_due_at == due


# The change


def test_change_is_a_promise_that_no_customer_was_given() -> None:
    case = changing()
    assert case.changes == (Promise("book early", FRIDAY, NOW, BEN),)
    assert (case.owed, case.promised, case.promise_due_at) == ((), None, None)
    assert replace(case, joined_into=3).changes == ()


def test_change_is_kept_by_the_same_word() -> None:
    decision = decide(changing(), act("kept"), LATER)
    assert isinstance(decision, Change)
    assert (decision.case.changes, decision.case.learned) == ((), "book early")
    assert decision.facts == {"text": "book early"}  # no date: no letter tells the customer


def test_nearest_is_kept_whether_promise_or_change() -> None:
    both = changing(promises=owing("send the refund", NOW + timedelta(days=9)))
    assert after(both, act("kept")).changes == ()
    assert after(both, act("kept", text="refund")).promises == ()
    which = decide(both, act("kept", text="cake"), NOW)
    assert isinstance(which, NotAllowed)
    assert which.facts["promises"] == "book early; send the refund"


def test_promise_with_the_words_of_a_change_moves_it() -> None:
    reopened = after(changing(), act("reopen"))
    assert after(reopened, act("promise", text="Book early!", until=LATER)).change_due_at == LATER
    assert after(reopened, act("promise", text="call her", until=LATER)).change_due_at == FRIDAY


def test_closing_again_asks_nothing_of_a_change() -> None:
    again = after(contacted(learned="a", change_by=BEN, change_due_at=FRIDAY), act("close", outcome=Outcome.SATISFIED))
    assert len(again.changes) == 1
