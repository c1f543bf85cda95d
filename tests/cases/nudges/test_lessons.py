"""A lesson is asked for once; a change that we promised ourselves is reminded of on the clocks of promises, and breaks nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from cases.model import Case, Outcome, Severity
from cases.nudges.ladder import applies, planned, round_at
from cases.nudges.next_step import next_step
from cases.nudges.steps import Nudge
from cases.occasions import OCCASIONS, When
from cases.policy.page import Policy
from tests.cases.nudges.waiting import DAY, DEFAULT, H, M, a_case, a_policy, acted, claimed, contacted, local, looks
from tests.owing import owing

REACHED = contacted(claimed(a_case("05 10:00"), "05 10:05"), "05 10:20")
LOST = acted(REACHED, "close", "05 12:00", outcome=Outcome.LOST)
ASKED_AT = local("06 12:00")
NO_LEAD = a_policy({"when": "promised", "after": "-1h", "tell": "owner"}, always=False)


def changing(due: str, policy: Policy = DEFAULT) -> Case:
    """A lost case of which Ben is to learn something by then."""
    told = {"lesson_at": local("06 12:00"), "lesson_due_at": None, "learned": "book early"}
    return planned(replace(LOST, **told, change_by="U_BEN", change_due_at=local(due)), policy)


def said(case: Case, until: str, policy: Policy = DEFAULT) -> list[tuple[datetime, When, str, str | None]]:
    return [
        (at, nudge.when, nudge.tell, nudge.owner if nudge.tell == "owner" else None)
        for at, one in looks(case, policy, until)
        for nudge in one.said
    ]


def test_lesson_is_asked_for_once_a_day_after_the_end() -> None:
    assert LOST.next_nudge_at == ASKED_AT
    assert said(LOST, "31 12:00") == [(ASKED_AT, When.LESSON, "owner", "U_OWNER")]


def test_whoever_closed_a_case_without_owner_is_asked() -> None:
    assert said(planned(replace(LOST, owner=None, closed_by="U_BEN"), DEFAULT), "31 12:00") == [
        (ASKED_AT, When.LESSON, "owner", "U_BEN")
    ]


def test_graver_clocks_do_not_have_it_asked_again() -> None:
    asked = round_at(LOST, DEFAULT, ASKED_AT).case
    graver = planned(replace(asked, severity=Severity.CRITICAL), DEFAULT)
    assert said(graver, "31 12:00") == []


def test_lesson_yields_to_a_promise_that_is_due() -> None:
    both = planned(replace(LOST, promises=owing("call", ASKED_AT)), DEFAULT)
    told = [(at, when) for at, when, tell, _ in said(both, "06 13:30") if tell == "owner"]
    assert told == [
        (ASKED_AT - 2 * H, When.PROMISED),
        (ASKED_AT, When.PROMISED),
        (ASKED_AT + H, When.LESSON),
    ]


def test_nothing_that_comes_after_has_it_asked_again() -> None:
    promised = planned(replace(LOST, promises=owing("call", local("07 12:00"))), DEFAULT)
    asked = round_at(promised, DEFAULT, ASKED_AT).case
    kept = acted(asked, "kept", "06 13:00")
    opened = acted(kept, "reopen", "06 14:00")
    for case in (asked, kept, acted(opened, "close", "06 15:00", outcome=Outcome.DECLINED)):
        assert When.LESSON not in [when for _, when, *_ in said(case, "31 12:00")]


def test_lesson_to_come_is_no_next_step_of_the_case() -> None:
    assert next_step(LOST, DEFAULT, local("05 13:00")) is None


def test_change_is_reminded_of_on_the_clocks_of_promises() -> None:
    assert said(changing("08 12:00"), "09 09:00") == [
        (local("08 10:00"), When.CHANGE, "owner", "U_BEN"),
        (local("08 12:00"), When.CHANGE, "owner", "U_BEN"),
        (local("08 12:30"), When.CHANGE, "lead", None),
        (local("09 09:00"), When.CHANGE, "owner", "U_BEN"),  # while it is late, no working day passes without a word
    ]


def test_change_is_told_to_the_lead_where_no_rung_does() -> None:
    told = said(changing("08 12:00", NO_LEAD), "08 13:00", NO_LEAD)
    assert told == [
        (local("08 11:00"), When.CHANGE, "owner", "U_BEN"),
        (local("08 12:00"), When.CHANGE, "lead", None),
        (local("08 12:00"), When.CHANGE, "owner", "U_BEN"),
    ]


def test_late_change_makes_no_case_critical() -> None:
    one = round_at(changing("08 12:00"), DEFAULT, local("09 12:00"))
    assert (one.broke, one.case.severity, one.case.promise_broken_at) == (False, Severity.NORMAL, None)


def test_change_is_the_next_step_of_a_closed_case_alone() -> None:
    closed = changing("08 12:00")
    step = next_step(closed, DEFAULT, local("06 13:00"))
    assert (step and step.kind, step and step.at) == ("promise", local("08 12:00"))
    opened = acted(closed, "reopen", "06 13:00")
    step = next_step(opened, DEFAULT, local("06 13:00"))
    assert (step and step.kind, step and step.at) == ("reminder", local("06 13:45"))


def test_change_keeps_nobody_from_looking_back() -> None:
    case = planned(
        replace(REACHED, learned="x", lesson_at=local("05 10:00"), change_by="U_BEN", change_due_at=local("30 12:00")),
        DEFAULT,
    )
    assert said(case, "08 12:00") == [(local("08 10:20"), When.LOOK_BACK, "owner", "U_OWNER")]


@pytest.mark.parametrize(
    ("case", "to", "stands"),
    [
        (LOST, "U_OWNER", True),
        (replace(LOST, lesson_due_at=None), "U_OWNER", False),  # told
        (acted(LOST, "reopen", "06 13:00"), "U_OWNER", False),
        (replace(LOST, owner="U_BEN"), "U_OWNER", False),
    ],
)
def test_question_stands_until_somebody_tells_the_lesson(case: Case, to: str, stands: bool) -> None:
    (nudge,) = round_at(LOST, DEFAULT, ASKED_AT).said
    assert applies(nudge, case, ASKED_AT + DAY, to=to, posted=True) is stands


def test_reminder_of_a_change_stands_until_it_is_made_or_moved() -> None:
    case = changing("08 12:00")
    (nudge,) = round_at(case, DEFAULT, local("08 12:00")).said
    assert isinstance(nudge, Nudge)
    now = local("08 12:00") + M
    assert applies(nudge, case, now, to="U_BEN", posted=True)
    assert not applies(nudge, acted(case, "kept", "08 12:01", actor="U_BEN"), now, to="U_BEN", posted=True)
    assert not applies(nudge, changing("09 12:00"), now, to="U_BEN", posted=True)
    assert not applies(nudge, replace(case, change_by="U_OWNER"), now, to="U_BEN", posted=True)


def test_what_is_for_us_asks_for_nothing_that_a_customer_waits_for() -> None:
    assert {when for when, occasion in OCCASIONS.items() if not occasion.of_customer} == {When.CHANGE, When.LESSON}
