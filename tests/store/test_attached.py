"""A file goes from wanted to uploaded to shown, one process at a time; what came with a letter leaves with the words."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from cases.letters.attached import LARGEST_OF_CASE, MOST_OF_CASE, State
from cases.messages.kinds import Digest
from cases.messages.notes import Attachments
from cases.model import Picture
from store import attached, erasing, feedback, messages
from store import tables as t
from store.attached import Owed
from store.engine import Tx
from tests.store.rows import LEASE, MINUTE, NOW, SECOND, owe, post, take_one, with_feedback

VASE = Picture("vase.png", b"\x89PNG\x00\xff a vase")
BILL = Picture("bill.pdf", b"%PDF-1.7")


def kept(tx: Tx, *pictures: Picture) -> tuple[int, int]:
    """A case with these, and the id of its feedback."""
    case = with_feedback(tx)
    ((known_as, _),) = feedback.of_case(tx, case.number).items()
    attached.keep(tx, known_as, case.number, pictures or (VASE,))
    return case.number, known_as


def wanted(tx: Tx) -> tuple[int, int]:
    """The same, asked for, in a message that stands."""
    case, known_as = kept(tx)
    message = owe(tx, f"attachments:{case}:{known_as}", Attachments(actor="UANA", feedback=known_as), case_number=case)
    attached.want(tx, case, known_as, message, NOW)
    post(tx, take_one(tx))
    return case, known_as


def take(tx: Tx, now: datetime = NOW) -> Owed:
    (owed,) = attached.take_owed(tx, now, LEASE)
    return owed


def states(tx: Tx) -> list[str]:
    return list(tx.scalars(select(t.attached.c.state).order_by(t.attached.c.id)))


@pytest.mark.few(1)
def test_bytes_come_back_as_they_were(tx: Tx) -> None:
    wanted(tx)
    assert attached.content(tx, take(tx)) == VASE.content


def test_nothing_is_on_its_way_that_nobody_asked_for(tx: Tx) -> None:
    case, known_as = kept(tx)
    assert not attached.any_owed(tx, NOW)
    assert (attached.any_showable(tx, case), attached.showable(tx, case)) == (True, [known_as])
    assert attached.in_thread(tx, case, known_as) == []


def test_what_came_once_is_not_kept_a_second_time(tx: Tx) -> None:
    case, known_as = kept(tx)
    attached.keep(tx, known_as, case, [VASE, BILL])
    assert states(tx) == ["kept"]


def test_case_has_room_for_so_many_files_and_bytes(tx: Tx) -> None:
    kept(tx, *[VASE] * (MOST_OF_CASE + 5))
    assert len(states(tx)) == MOST_OF_CASE


@pytest.mark.few(1)
def test_large_file_finds_no_room_and_small_one_does(tx: Tx) -> None:
    half = Picture("half.png", b"x" * (LARGEST_OF_CASE // 2))
    kept(tx, half, half, half, BILL)
    assert len(states(tx)) == 2


def test_leased_file_is_left_alone_until_its_lease_ends(tx: Tx) -> None:
    wanted(tx)
    first = take(tx)
    assert attached.take_owed(tx, NOW + LEASE - SECOND, LEASE) == []
    second = take(tx, NOW + LEASE)
    assert (first.attempts, second.attempts) == (1, 2)
    assert not attached.begun(tx, first, "F1", "a vase")
    assert attached.begun(tx, second, "F2", "a vase")


def test_file_is_shown_once_slack_has_processed_it_and_its_bytes_go(tx: Tx) -> None:
    case, known_as = wanted(tx)
    assert attached.begun(tx, take(tx), "F1", "a vase")
    attached.uploaded(tx, take(tx, NOW + LEASE), NOW + LEASE)
    owed = take(tx, NOW + LEASE)
    attached.show(tx, owed, NOW + LEASE)
    (shown,) = attached.in_thread(tx, case, known_as)
    assert (shown.state, shown.file, attached.content(tx, owed)) == (State.SHOWN, "F1", None)
    assert take_one(tx, NOW + LEASE).ts is not None
    assert not attached.any_showable(tx, case)


def test_refused_file_can_be_asked_for_again(tx: Tx) -> None:
    case, _ = wanted(tx)
    assert attached.refuse(tx, take(tx), "missing_scope", NOW) == case
    assert attached.any_showable(tx, case)
    assert not attached.any_owed(tx, NOW + MINUTE)


def test_erased_it_is_gone_here_at_once_and_then_in_slack(tx: Tx) -> None:
    case, known_as = wanted(tx)
    assert attached.begun(tx, take(tx), "F1", "a vase")
    assert erasing.erase(tx, [known_as], NOW).files == 1
    assert attached.in_thread(tx, case, known_as) == []
    row = tx.execute(select(t.attached)).one()
    assert (row.name, row.content, row.size, row.file) == ("", None, 0, "F1")
    assert attached.take_owed(tx, NOW + SECOND, LEASE) == []  # whoever has it in hand may still be sending it
    attached.gone(tx, take(tx, NOW + LEASE))
    assert states(tx) == []


def test_erased_before_slack_knew_of_it_nothing_is_left(tx: Tx) -> None:
    _, known_as = wanted(tx)
    owed = take(tx)
    assert erasing.erase(tx, [known_as], NOW).files == 1
    assert (states(tx), attached.begun(tx, owed, "F1", "a vase")) == ([], False)


def test_what_nobody_will_look_at_is_dropped(tx: Tx) -> None:
    _, known_as = kept(tx)
    attached.drop(tx, known_as)
    assert states(tx) == []


# The pictures of digests

DIGEST = Digest(day=date(2026, 1, 5))


def drawn(tx: Tx) -> int:
    """The id of a digest that stands in Slack and is to have a picture."""
    message = owe(tx, "digest:C:2026-01-05", DIGEST)
    attached.draw(tx, message, "four-weeks.png", NOW)
    post(tx, take_one(tx))
    return message


def test_picture_is_not_owed_before_its_digest_stands(tx: Tx) -> None:
    attached.draw(tx, owe(tx, "digest:C:2026-01-05", DIGEST), "four-weeks.png", NOW)
    assert not attached.any_owed(tx, NOW)
    post(tx, take_one(tx))
    assert attached.digest_with(tx, take(tx)) == DIGEST


def test_processed_picture_has_its_digest_shown_anew_with_what_it_says_in_words(tx: Tx) -> None:
    message = drawn(tx)
    assert attached.begun(tx, take(tx), "F1", "Four weeks")
    attached.uploaded(tx, take(tx, NOW + LEASE), NOW)
    assert attached.drawn(tx, message) is None
    attached.show(tx, take(tx), NOW)
    picture = attached.drawn(tx, message)
    assert picture is not None
    assert (picture.file, picture.alt) == ("F1", "Four weeks")
    assert take_one(tx).ts is not None  # an edit is owed
    assert not attached.any_owed(tx, NOW + LEASE)


def test_picture_that_will_not_come_leaves_its_digest_alone(tx: Tx) -> None:
    drawn(tx)
    attached.refuse(tx, take(tx), "missing_scope", NOW)
    assert states(tx) == ["refused"]
    assert not attached.any_owed(tx, NOW + LEASE)
    assert not messages.any_due(tx, NOW)


def test_picture_belongs_to_no_case_and_is_not_erased_with_one(tx: Tx) -> None:
    drawn(tx)
    case, known_as = kept(tx)
    assert attached.erase(tx, [known_as], NOW) == 1
    assert states(tx) == ["wanted"]
    assert not attached.any_showable(tx, case)
