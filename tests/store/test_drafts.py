"""Proposed replies: owed, leased, written once for each version, and approved as exactly that version."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from cases.replies.drafts import Draft, DraftState, Origin, Reply
from store import drafts
from store import tables as t
from store.engine import Tx
from tests.store.rows import LEASE, NOW, SECOND, later, opened

REPLY = Reply(subject="Your dinner", body="Dear Ana", questions=("When?",), promises=("A call",), remedy="a voucher")


@pytest.fixture
def number(tx: Tx) -> int:
    """A case that is owed a draft."""
    number = opened(tx).number
    drafts.begin(tx, number, DraftState.WANTED, NOW)
    return number


def latest(tx: Tx, number: int) -> Draft:
    draft = drafts.load(tx, number)
    assert draft is not None
    return draft


def taken(tx: Tx, now: datetime = NOW) -> list[int]:
    return [draft.case for draft in drafts.take_wanted(tx, now, LEASE)]


def write(tx: Tx, number: int, reply: Reply = REPLY) -> None:
    assert drafts.write(tx, latest(tx, number), reply, Origin.MODEL, NOW)


def test_case_without_a_draft_has_none(tx: Tx) -> None:
    assert drafts.load(tx, 99) is None


def test_new_case_is_owed_its_first_version(tx: Tx, number: int) -> None:
    assert drafts.any_wanted(tx, NOW)
    assert taken(tx) == [number]
    assert (latest(tx, number).version, latest(tx, number).reply) == (0, None)


def test_held_draft_is_owed_to_nobody(tx: Tx) -> None:
    drafts.begin(tx, opened(tx).number, DraftState.HELD, NOW)
    assert not drafts.any_wanted(tx, later(days=1))
    assert taken(tx, later(days=1)) == []


def test_leased_draft_is_left_alone_meanwhile(tx: Tx, number: int) -> None:
    taken(tx)
    assert not drafts.any_wanted(tx, NOW + LEASE - SECOND)
    assert taken(tx, NOW + LEASE - SECOND) == []
    assert taken(tx, NOW + LEASE) == [number]


def test_drafts_are_taken_oldest_first_and_few(tx: Tx) -> None:
    numbers = [opened(tx).number for _ in range(6)]
    for place, number in enumerate(numbers):
        drafts.begin(tx, number, DraftState.WANTED, later(seconds=-place))
    assert taken(tx) == numbers[:1:-1]


def test_written_draft_is_the_next_version(tx: Tx, number: int) -> None:
    write(tx, number)
    draft = latest(tx, number)
    assert (draft.version, draft.state, draft.origin, draft.reply) == (1, DraftState.READY, Origin.MODEL, REPLY)
    assert not drafts.any_wanted(tx, later(days=1))


def test_every_version_is_kept_for_ever(tx: Tx, number: int) -> None:
    for body in ("one", "two"):
        write(tx, number, Reply(subject="s", body=body))
        drafts.want(tx, number, NOW)
    rows = tx.execute(select(t.draft_versions).order_by(t.draft_versions.c.version)).all()
    assert [(row.version, row.reply["body"]) for row in rows] == [(1, "one"), (2, "two")]


def test_slower_of_two_writers_writes_in_vain(tx: Tx, number: int) -> None:
    before = latest(tx, number)
    write(tx, number)
    assert not drafts.write(tx, before, Reply(subject="s", body="late"), Origin.MODEL, NOW)
    assert latest(tx, number).reply == REPLY


def test_draft_that_was_dropped_is_not_written(tx: Tx, number: int) -> None:
    before = latest(tx, number)
    drafts.drop(tx, number)
    assert not drafts.write(tx, before, REPLY, Origin.MODEL, NOW)
    assert latest(tx, number).state is DraftState.DROPPED


def test_draft_put_off_is_owed_again_later(tx: Tx, number: int) -> None:
    taken(tx)
    drafts.put_off(tx, number, later(minutes=5))
    assert taken(tx, later(minutes=4)) == []
    assert taken(tx, later(minutes=5)) == [number]


def test_another_try_carries_the_wish_along(tx: Tx, number: int) -> None:
    write(tx, number)
    drafts.want(tx, number, later(hours=1), "shorter")
    (draft,) = drafts.take_wanted(tx, later(hours=1), LEASE)
    assert (draft.instruction, draft.version, draft.reply) == ("shorter", 1, REPLY)


def test_exactly_the_latest_version_can_be_approved(tx: Tx, number: int) -> None:
    write(tx, number)
    assert not drafts.approve(tx, number, 0, "UANA", NOW)
    assert drafts.approve(tx, number, 1, "UANA", NOW)
    assert (latest(tx, number).approved_by, latest(tx, number).approved_at) == ("UANA", NOW)


def test_new_words_are_approved_by_nobody_yet(tx: Tx, number: int) -> None:
    write(tx, number)
    drafts.approve(tx, number, 1, "UANA", NOW)
    assert drafts.write(tx, latest(tx, number), Reply(subject="s", body="mine"), Origin.PERSON, NOW, author="UBEN")
    draft = latest(tx, number)
    assert (draft.version, draft.author, draft.approved_by, draft.approved_at) == (2, "UBEN", None, None)


def test_draft_that_is_being_rewritten_cannot_be_approved(tx: Tx, number: int) -> None:
    write(tx, number)
    drafts.want(tx, number, NOW)
    assert not drafts.approve(tx, number, 1, "UANA", NOW)


def test_auditor_learns_since_when_one_is_owed(tx: Tx, number: int) -> None:
    assert drafts.wanted_since(tx, later(minutes=2)) == NOW
    assert drafts.wanted_since(tx, NOW - SECOND) is None
    write(tx, number)
    assert drafts.wanted_since(tx, later(minutes=2)) is None


# -- versions --------------------------------------------------------------------------------------------------------


def test_every_version_is_kept_and_numbered_once(tx: Tx, number: int) -> None:
    write(tx, number)
    mine = Reply(subject="s", body="Mine.")
    assert drafts.write(tx, latest(tx, number), mine, Origin.PERSON, NOW, author="U1")
    drafts.offer(tx, latest(tx, number), Reply(subject="s", body="Offered."), NOW, "hash")
    assert (latest(tx, number).version, latest(tx, number).reply) == (2, mine)
    assert drafts.write(tx, latest(tx, number), Reply(subject="s", body="Mine again."), Origin.PERSON, NOW, author="U1")
    assert [(each.version, each.origin) for each in drafts.versions(tx, number)] == [
        (4, Origin.PERSON), (3, Origin.MODEL), (2, Origin.PERSON), (1, Origin.MODEL)
    ]  # fmt: skip


def test_version_brought_back_is_whose_it_was(tx: Tx, number: int) -> None:
    assert drafts.write(tx, latest(tx, number), REPLY, Origin.PERSON, NOW, author="U1")
    assert drafts.write(tx, latest(tx, number), Reply(subject="s", body="Ben's"), Origin.PERSON, NOW, author="U2")
    assert drafts.bring_back(tx, latest(tx, number), drafts.versions(tx, number)[1], NOW)
    back = latest(tx, number)
    assert (back.version, back.author, back.reply, back.approved_by) == (3, "U1", REPLY, None)


def test_renewing_leaves_a_persons_words_alone(tx: Tx, number: int) -> None:
    write(tx, number)
    drafts.renew(tx, latest(tx, number), NOW)
    assert latest(tx, number).state is DraftState.WANTED
    assert drafts.write(tx, latest(tx, number), REPLY, Origin.PERSON, NOW, author="U1")
    drafts.renew(tx, latest(tx, number), NOW)
    assert (latest(tx, number).state, latest(tx, number).reply) == (DraftState.READY, REPLY)
    drafts.want(tx, number, NOW)
    drafts.want_none(tx, latest(tx, number))
    assert latest(tx, number).state is DraftState.READY


def test_answered_letter_makes_way_and_keeps_its_number(tx: Tx, number: int) -> None:
    write(tx, number)
    assert drafts.approve(tx, number, 1, "UANA", NOW)
    drafts.want_next(tx, number, NOW)
    draft = latest(tx, number)
    assert (draft.version, draft.state, draft.reply, draft.approved_by) == (1, DraftState.WANTED, None, None)
    assert taken(tx) == [number]
    write(tx, number)
    assert [each.version for each in drafts.versions(tx, number)] == [2, 1]
