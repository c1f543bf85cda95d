"""Letters that are to go, on both databases: each in one hand at a time, and none that went out goes again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases.letters.letter import Letter, LetterState
from store import letters
from store.engine import Tx
from tests.store.rows import LEASE, MINUTE, NOW, SECOND, ago, later, opened


@pytest.fixture
def letter(tx: Tx) -> Letter:
    """One that is to go in a minute."""
    sent = Letter(
        case=opened(tx).number,
        version=2,
        address="ana@example.org",
        sent_by="U_ANA",
        message_id="<1@shop.example>",
        token="t1",
        asked_at=NOW,
        next_attempt_at=NOW + MINUTE,
    )
    letters.send(tx, sent)
    return sent


def test_letter_is_taken_when_its_time_has_come(tx: Tx, letter: Letter) -> None:
    assert not letters.any_due(tx, NOW + MINUTE - SECOND)
    assert letters.take_due(tx, NOW + MINUTE, LEASE, 4) == [letter]
    assert letters.take_due(tx, NOW + MINUTE, LEASE, 4) == []
    assert letters.take_due(tx, NOW + MINUTE + LEASE, LEASE, 4) == [replace(letter, attempts=1)]


def test_only_who_has_it_in_hand_may_begin(tx: Tx, letter: Letter) -> None:
    letters.take_due(tx, NOW + MINUTE, LEASE, 4)
    letters.take_due(tx, NOW + MINUTE + LEASE, LEASE, 4)
    assert not letters.begin(tx, letter, 1, later(minutes=3))
    assert letters.begin(tx, letter, 2, later(minutes=3))
    assert not letters.begin(tx, letter, 2, later(minutes=3))
    assert letters.in_hand(tx, letter, 1) is None


def test_nobody_begins_what_was_taken_back(tx: Tx, letter: Letter) -> None:
    letters.take_due(tx, NOW + MINUTE, LEASE, 4)
    letters.save(tx, replace(letter, attempts=1, state=LetterState.TAKEN_BACK))
    assert not letters.begin(tx, letter, 1, later(minutes=2))
    assert not letters.is_on_its_way(tx, letter.case)


def test_begun_letter_says_so_to_whoever_takes_it_up(tx: Tx, letter: Letter) -> None:
    letters.take_due(tx, NOW + MINUTE, LEASE, 4)
    letters.begin(tx, letter, 1, later(minutes=2))
    (found,) = letters.take_due(tx, later(minutes=5), LEASE, 4)
    assert found.begun_at == later(minutes=2)


def test_letter_sent_again_keeps_its_name(tx: Tx, letter: Letter) -> None:
    letters.save(tx, replace(letter, state=LetterState.REFUSED, ended_at=NOW, why="550 no such user"))
    letters.send(tx, replace(letter, address="new@example.org"))
    standing = letters.load(tx, letter.case, letter.version)
    assert standing is not None
    assert (standing.message_id, standing.address, standing.why) == (letter.message_id, "new@example.org", None)


@pytest.mark.parametrize(
    ("state", "counted"), [(LetterState.WAITING, 1), (LetterState.SENT, 1), (LetterState.TAKEN_BACK, 0)]
)
def test_what_reached_an_address_lately_is_counted(tx: Tx, letter: Letter, state: LetterState, counted: int) -> None:
    letters.save(tx, replace(letter, state=state))
    assert letters.sent_to(tx, letter.address, ago(days=1)) == counted
    assert letters.sent_to(tx, letter.address, later(seconds=1)) == 0


def test_letters_that_went_out_are_named_with_their_time(tx: Tx, letter: Letter) -> None:
    assert letters.message_ids(tx, letter.case) == []
    letters.save(tx, replace(letter, state=LetterState.SENT, ended_at=NOW))
    assert letters.message_ids(tx, letter.case) == [(NOW, letter.message_id)]


def test_letter_in_vain_for_minutes_is_noticed(tx: Tx, letter: Letter) -> None:
    assert letters.waiting_since(tx, later(minutes=2)) == NOW
    letters.save(tx, replace(letter, next_attempt_at=later(hours=1)))
    assert letters.waiting_since(tx, later(minutes=2)) is None
    letters.save(tx, replace(letter, next_attempt_at=later(hours=1), why="451 busy"))
    assert (letters.waiting_since(tx, later(minutes=2)), letters.troubles(tx)) == (NOW, ["451 busy"])
