"""What makes a sound: a case that grows graver or opens again, and whom it calls; nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from cases.model import Severity, Status
from cases.nudges.aloud import called, rings
from cases.people import Person
from tests.cases.nudges.waiting import DEFAULT, H, a_case, local

ANA, DANA = "U_ANA", "U_DANA"  # one owns, one leads
NOON, NIGHT, SUNDAY = local("05 12:00"), local("05 22:00"), local("04 12:00")
FREE = a_case()
HELD = replace(FREE, status=Status.CLAIMED, owner=ANA)
REACHED = replace(HELD, status=Status.CONTACTED)
CLOSED = replace(HELD, status=Status.CLOSED)


def graver(severity: Severity, before: Any = FREE) -> Any:
    return replace(before, severity=severity)


@pytest.mark.parametrize(
    ("before", "after", "heard"),
    [
        (FREE, FREE, False),
        (FREE, HELD, False),  # taken
        (HELD, FREE, False),  # given back: who lets go says so otherwise
        (HELD, REACHED, False),
        (REACHED, CLOSED, False),
        (FREE, graver(Severity.HIGH), True),
        (graver(Severity.HIGH), graver(Severity.CRITICAL), True),
        (graver(Severity.CRITICAL), graver(Severity.CRITICAL), False),
        (graver(Severity.HIGH), FREE, False),  # less is at stake
        (REACHED, HELD, True),  # the customer waits again
        (CLOSED, FREE, True),
        (CLOSED, REACHED, False),  # a slip that is taken back: nobody waits anew
        (REACHED, graver(Severity.CRITICAL, REACHED), True),  # a promise is broken
        (HELD, graver(Severity.HIGH, CLOSED), False),  # it is over all the same
    ],
)
def test_only_a_graver_or_reopened_case_rings(before: Any, after: Any, heard: bool) -> None:
    assert rings(before, after) is heard


@pytest.mark.parametrize(
    ("about", "now", "wishes", "person"),
    [
        (HELD, NOON, {}, ANA),
        (HELD, NIGHT, {}, None),
        (HELD, SUNDAY, {}, None),
        (HELD, NOON, {"quiet_until": NOON + H}, DANA),
        (HELD, NOON, {"away_until": NOON + H}, DANA),
        (HELD, NOON, {"quiet_until": NOON}, ANA),  # over at this instant
        (FREE, NOON, {}, None),
        (graver(Severity.HIGH), NOON, {}, None),
        (graver(Severity.CRITICAL), NOON, {}, DANA),
        (graver(Severity.CRITICAL), NIGHT, {}, None),
    ],
)
def test_owner_is_called_or_who_leads_instead(
    about: Any, now: datetime, wishes: dict[str, Any], person: str | None
) -> None:
    assert called(about, DANA, {ANA: Person(id=ANA, **wishes)}, DEFAULT, now) == person


def test_nobody_is_called_where_nobody_leads_or_rests() -> None:
    quiet = Person(id=ANA, quiet_until=NOON + H)
    assert called(HELD, None, {ANA: quiet}, DEFAULT, NOON) is None
