"""What becomes of a letter by what a mail server answers, and by what happens to its case while it waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.letters.letter import Answer, Later, Letter, LetterState, Refused, Taken, Unknown, answered, is_still_wanted
from tests.cases.acts.test_actions import claimed, closed

NOW = datetime(2026, 1, 5, 10, tzinfo=UTC)
PAUSE = timedelta(seconds=30)
LETTER = Letter(
    case=1,
    version=2,
    address="priya@example.org",
    sent_by="U_ANA",
    message_id="<a@shop.example>",
    token="b",
    asked_at=NOW,
    next_attempt_at=NOW,
    attempts=1,
    begun_at=NOW,
)


@pytest.mark.parametrize(
    ("answer", "state"),
    [(Taken(), LetterState.SENT), (Refused("550 no"), LetterState.REFUSED), (Unknown("cut"), LetterState.UNKNOWN)],
)
def test_answer_ends_it_and_its_words_are_kept(answer: Answer, state: LetterState) -> None:
    after = answered(LETTER, answer, NOW, PAUSE)
    assert (after.state, after.ended_at, after.why) == (state, NOW, getattr(answer, "why", None))
    assert not after.is_on_its_way


def test_pauses_double_up_to_a_quarter_of_an_hour() -> None:
    waits = [
        answered(replace(LETTER, attempts=n), Later("451 busy"), NOW, PAUSE).next_attempt_at - NOW for n in range(1, 9)
    ]
    assert [wait.total_seconds() for wait in waits] == [30, 60, 120, 240, 480, 900, 900, 900]


def test_letter_tried_again_has_not_begun() -> None:
    after = answered(LETTER, Later("451 busy"), NOW, PAUSE)
    assert (after.state, after.begun_at, after.is_tried_again) == (LetterState.WAITING, None, True)


def test_letter_that_nobody_takes_is_given_up() -> None:
    after = answered(replace(LETTER, asked_at=NOW - timedelta(days=2)), Later("451 busy"), NOW, PAUSE)
    assert (after.state, after.why) == (LetterState.REFUSED, "451 busy")


def test_letter_is_wanted_while_its_case_is() -> None:
    assert is_still_wanted(claimed())
    assert not is_still_wanted(closed())
    assert not is_still_wanted(claimed(asks_no_contact=True))
    assert is_still_wanted(claimed(asks_no_contact=True, contact_decision="she asked for the bill"))
