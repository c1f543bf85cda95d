"""Approved replies: kept as they were, told apart by whether the customer has read them, and found again by likeness."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from cases.model import Case, Via
from cases.replies.promises import Promised
from store import replies, timeline
from store.engine import Tx
from tests.store.rows import NOW, later, opened

LETTER = (
    "Dear Ana,\n\nI am sorry, I sent your soup out cold and an hour late, and you went to bed hungry. The price of it is back "
    "on your card since this morning. Shall I bring you a hot one tomorrow at noon?\n\nTom"
)
OTHER = (
    "Dear Ana,\n\nI am sorry, we billed you twice for one repair and let you find it yourself. Both sums are cancelled, and "
    "the paper that proves it left today. What else did it cost you?\n\nTom"
)


@pytest.fixture
def case(tx: Tx) -> Case:
    return opened(tx)


def approve(tx: Tx, number: int, body: str = LETTER, version: int = 1, **facts: object) -> int:
    """As approving does it: the reply and its line in the timeline."""
    kept = replies.Approved(case=number, version=version, at=NOW, by="UANA00001", subject="Your soup", body=body)
    reply = replies.keep(tx, replace(kept, **facts))  # type: ignore[arg-type]
    timeline.note_down(tx, number, NOW, "UANA00001", "approve", Via.BUTTON, {"version": version})
    return reply


def happens(tx: Tx, number: int, action: str) -> None:
    timeline.note_down(tx, number, NOW, None, action, Via.ARRIVAL)


def test_reply_approved_just_now_was_not_read_yet(tx: Tx, case: Case) -> None:
    approve(tx, case.number)
    assert replies.to_customer(tx, case) == []


@pytest.mark.parametrize("action", ["contacted", "wrote_again", "joined", "kind_word"])
def test_reply_before_the_next_word_was_read(tx: Tx, case: Case, action: str) -> None:
    approve(tx, case.number)
    happens(tx, case.number, action)
    assert replies.to_customer(tx, case) == [LETTER]


@pytest.mark.parametrize("action", ["claim", "note", "edit", "snooze"])
def test_what_colleagues_do_sends_no_reply(tx: Tx, case: Case, action: str) -> None:
    approve(tx, case.number)
    happens(tx, case.number, action)
    assert replies.to_customer(tx, case) == []


def test_only_versions_before_the_last_word_count(tx: Tx, case: Case) -> None:
    approve(tx, case.number)
    happens(tx, case.number, "contacted")
    approve(tx, case.number, OTHER, version=2)
    assert replies.to_customer(tx, case) == [LETTER]


def test_replies_of_earlier_cases_were_all_read(tx: Tx, case: Case) -> None:
    approve(tx, case.number)
    again = replace(opened(tx), earlier=(case.number,))
    assert replies.to_customer(tx, again) == [LETTER]


def test_same_version_is_approved_only_once(tx: Tx, case: Case) -> None:
    approve(tx, case.number)
    with pytest.raises(IntegrityError), tx.begin_nested():
        approve(tx, case.number)


def test_promises_come_back_as_they_were_kept(tx: Tx, case: Case) -> None:
    promised = Promised("I will call you tomorrow at noon.", "call you", later(days=1))
    approve(tx, case.number, promises=(promised,))
    assert replies.promises(tx, case.number, 1) == (promised,)
    assert replies.promises(tx, case.number, 2) == ()


def test_near_copy_to_another_customer_is_found(tx: Tx, case: Case) -> None:
    approve(tx, case.number)
    copy = LETTER.replace("Ana", "Ben").replace("tomorrow at noon", "on Friday at six").replace("hour", "evening")
    assert replies.near_copies(tx, copy) == [(case.number, LETTER)]


def test_letter_of_ones_own_is_nobodys_copy(tx: Tx, case: Case) -> None:
    approve(tx, case.number)
    assert replies.near_copies(tx, OTHER) == []
    assert replies.near_copies(tx, "") == []


def test_cases_of_the_customer_are_left_out(tx: Tx, case: Case) -> None:
    approve(tx, case.number)
    assert replies.near_copies(tx, LETTER, but_not_of=[case.number]) == []


def test_likest_of_many_copies_comes_first(tx: Tx, case: Case) -> None:
    approve(tx, case.number, LETTER.replace("The price of it is back on your card since this morning.", "It is on me."))
    second = opened(tx).number
    approve(tx, second)
    assert next(number for number, _ in replies.near_copies(tx, LETTER)) == second
    assert len(replies.near_copies(tx, LETTER, most=1)) == 1


def test_uses_are_counted_for_each_wording(tx: Tx, case: Case) -> None:
    for version, (prompt, use) in enumerate([("a1", "used"), ("a1", "used"), ("b2", "edited"), (None, "written")], 1):
        approve(tx, case.number, version=version, prompt_hash=prompt, use=use)
    assert sorted(replies.uses(tx, NOW), key=str) == [("a1", "used", 2), ("b2", "edited", 1), (None, "written", 1)]
    assert replies.uses(tx, later(seconds=1)) == []


def test_newest_version_that_was_sent_is_known(tx: Tx, case: Case) -> None:
    assert replies.sent_last(tx, case.number) == 0
    approve(tx, case.number)
    assert replies.sent_last(tx, case.number) == 0
    happens(tx, case.number, "contacted")
    approve(tx, case.number, OTHER, version=3)
    assert replies.sent_last(tx, case.number) == 1
    happens(tx, case.number, "contacted")
    assert replies.sent_last(tx, case.number) == 3


def test_approved_version_is_found_as_it_was(tx: Tx, case: Case) -> None:
    approve(tx, case.number)
    kept = replies.approved(tx, case.number, 1)
    assert kept is not None
    assert (kept.subject, kept.body, kept.by, kept.at) == ("Your soup", LETTER, "UANA00001", NOW)
    assert replies.approved(tx, case.number, 2) is None
