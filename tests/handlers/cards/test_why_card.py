"""`/case why` names the next reminder, the rule behind it, the clocks, and the reminders that have been."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from cases.model import Case, Reason
from cases.nudges.ladder import planned
from cases.nudges.why import explain
from cases.occasions import When
from cases.policy.hours import Hours
from cases.policy.page import Policy
from handlers.cards.why_card import why
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import lines

ALWAYS = Policy(hours=Hours(always=True))


@dataclass(frozen=True)
class Given:
    at: datetime
    told: str
    when: When | None


def told(case: Case, now: datetime = ex.NOW, **more: Any) -> list[str]:
    return lines(why(case, explain(case, ALWAYS, now), None, **more).blocks)


def test_why_says_when_to_whom_and_because() -> None:
    case = planned(ex.CLAIMED, ALWAYS)
    message = why(case, explain(case, ALWAYS, ex.NOW), ex.CARD)
    assert lines(message.blocks) == [
        # Contact is due at 10:00; the owner is told 15 minutes before.
        "The next reminder about #12 comes today at 09:45 (in 45 min), to @ana. "
        "Because: the customer has not been contacted.",
        "  An owner by today at 09:15 · done today at 09:05, in time",
        "  First contact by today at 10:00 · 1 h of working time left",
        "  Its owner asked how it goes by today at 11:05 · 2 h 5 min of working time left",
        "  It is a case because: late, got no answer",
    ]


def test_why_quotes_the_clause_and_the_nearest_example() -> None:
    clause = Reason("clause", "Der Löffel <!channel> fehlte.")
    case = planned(
        replace(ex.CLAIMED, reasons=(clause, Reason("legal", "mein Anwalt"), Reason("missing", "fehlte"))), ALWAYS
    )
    assert told(case, like="The spoon was missing.")[-2:] == [
        "  It is a case because: “Der Löffel <!channel> fehlte”, speaks of the law: “mein Anwalt”, something is missing",
        "  It sounds like an example that I have learnt from: “The spoon was missing.”",
    ]
    assert not any("It is a case" in line for line in told(replace(case, reasons=())))


def test_why_names_the_snooze_that_defers_it() -> None:
    case = planned(replace(ex.SNOOZED, snoozed_until=ex.NOW + timedelta(minutes=50)), ALWAYS)
    said = lines(why(case, explain(case, ALWAYS, ex.NOW), None).blocks)[0]
    assert said.endswith("It waits because the case is snoozed.")
    assert "comes today at 09:50 (in 50 min), to @ana." in said


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (ex.CLOSED, "No reminder is to come: #12 is closed, and nothing is promised any more."),
    ],
)
def test_why_says_when_nothing_is_to_come(case: Any, sentence: str) -> None:
    message = why(case, explain(case, ALWAYS, ex.NOW), None)
    assert lines(message.blocks)[0] == sentence


def test_a_clock_that_ran_out_says_how_far() -> None:
    case = planned(ex.UNCLAIMED, ALWAYS)
    said = lines(why(case, explain(case, ALWAYS, ex.NOW + timedelta(minutes=40)), None).blocks)
    assert said[1] == "  An owner by today at 09:15 · 25 min of working time late"


def test_the_rule_is_shown_as_the_policy_writes_it() -> None:
    rule = 'when = "not_contacted", after = "-15m", tell = "owner"'
    assert told(planned(ex.CLAIMED, ALWAYS), rule=rule)[-2].endswith(f"Its rule: `{rule}`")


def test_the_question_of_an_owner_has_its_clock() -> None:
    said = told(planned(replace(ex.CLAIMED, held_since=ex.NOW), ALWAYS))
    assert "  Its owner asked how it goes by today at 11:00 · 2 h of working time left" in said


def test_an_owner_who_was_asked_is_told_until_when() -> None:
    asked = planned(replace(ex.CLAIMED, held_since=ex.NOW, asked_at=ex.NOW), ALWAYS)
    assert told(asked)[0].startswith(
        "@ana has been asked whether they are still on it; without an answer it goes back to the team today at 09:30."
    )


def test_reminders_that_have_been_are_listed() -> None:
    past = [
        Given(ex.NOW, "thread 12", When.UNCLAIMED),
        Given(ex.NOW, ex.ANA, When.NOT_CONTACTED),
        Given(ex.NOW, ex.ANA, When.HELD),
        Given(ex.NOW, ex.ANA, None),
    ]
    assert told(planned(ex.CLAIMED, ALWAYS), past=past)[1:6] == [
        "*Reminders so far*",
        "Today at 09:00 · to its thread · nobody had taken it",
        "Today at 09:00 · to @ana · the customer was waiting for us",
        "Today at 09:00 · to @ana · asked whether still on it",
        "Today at 09:00 · to @ana · a reminder",
    ]


def test_only_the_last_reminders_are_listed() -> None:
    past = [Given(ex.NOW, ex.ANA, None)] * 9
    assert told(planned(ex.CLAIMED, ALWAYS), past=past)[2] == "… 3 earlier ones"
