"""A picture goes from wanted to uploaded to shown, one process at a time, and its digest never depends on it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from cases.messages.kinds import Digest
from store import charts, messages
from store import tables as t
from store.charts import Owed
from store.engine import Tx
from tests.store.rows import LEASE, MINUTE, NOW, SECOND, owe, post, take_one

DIGEST = Digest(day=date(2026, 1, 5))


def posted(tx: Tx) -> int:
    """The id of a digest that stands in Slack and is to have a picture."""
    message = owe(tx, "digest:C:2026-01-05", DIGEST)
    charts.want(tx, message, NOW)
    post(tx, take_one(tx))
    return message


def take(tx: Tx, now: object = NOW) -> Owed:
    (owed,) = charts.take_owed(tx, now, LEASE)  # type: ignore[arg-type]
    return owed


def state(tx: Tx, message: int) -> str:
    return tx.execute(select(t.charts.c.state).where(t.charts.c.message == message)).scalar_one()


def facts(tx: Tx, message: int) -> dict[str, object]:
    return dict(tx.execute(select(t.messages.c.facts).where(t.messages.c.id == message)).scalar_one())


def shown(tx: Tx, message: int) -> None:
    """It is uploaded, processed, and its message owed once more."""
    assert charts.uploaded(tx, take(tx), "F1", "Four weeks", NOW)
    charts.show(tx, take(tx), NOW)


def test_picture_is_not_owed_before_its_digest_stands(tx: Tx) -> None:
    message = owe(tx, "digest:C:2026-01-05", DIGEST)
    charts.want(tx, message, NOW)
    assert not charts.any_owed(tx, NOW)
    post(tx, take_one(tx))
    assert charts.any_owed(tx, NOW)


def test_leased_picture_is_left_alone_until_lease_ends(tx: Tx) -> None:
    message = posted(tx)
    assert take(tx) == Owed(message=message, file=None, digest=DIGEST, attempts=1, until=NOW + LEASE)
    assert charts.take_owed(tx, NOW + LEASE - SECOND, LEASE) == []
    assert take(tx, NOW + LEASE).attempts == 2


def test_processed_picture_has_its_digest_shown_anew(tx: Tx) -> None:
    message = posted(tx)
    shown(tx, message)
    assert state(tx, message) == "shown"
    assert facts(tx, message) == {"day": "2026-01-05", "but": [], "alt": "Four weeks", "picture": "F1"}
    assert take_one(tx).ts is not None  # an edit is owed
    assert not charts.any_owed(tx, NOW + LEASE)


def test_picture_waits_until_it_is_looked_at_again(tx: Tx) -> None:
    posted(tx)
    charts.put_off(tx, take(tx), NOW + MINUTE)
    assert not charts.any_owed(tx, NOW + MINUTE - SECOND)
    assert take(tx, NOW + MINUTE).attempts == 2


def test_picture_given_up_leaves_its_digest_alone(tx: Tx) -> None:
    message = posted(tx)
    charts.give_up(tx, take(tx))
    assert state(tx, message) == "given_up"
    assert not charts.any_owed(tx, NOW + LEASE)
    assert not messages.any_due(tx, NOW)


def test_process_that_lost_its_lease_changes_nothing(tx: Tx) -> None:
    message = posted(tx)
    slow, quick = take(tx), take(tx, NOW + LEASE)
    assert charts.uploaded(tx, quick, "F2", "by the quick one", NOW + LEASE)
    assert not charts.uploaded(tx, slow, "F1", "by the slow one", NOW + LEASE)
    charts.give_up(tx, slow)
    assert (state(tx, message), take(tx, NOW + LEASE).file) == ("uploaded", "F2")


def test_digest_refused_with_its_picture_stays_without(tx: Tx) -> None:
    message = posted(tx)
    shown(tx, message)
    take_one(tx)
    assert charts.refuse(tx, message)
    assert state(tx, message) == "given_up"
    assert "picture" not in facts(tx, message)
    assert not messages.any_due(tx, NOW + LEASE)


def test_digest_refused_without_a_picture_is_another_matter(tx: Tx) -> None:
    message = posted(tx)
    assert not charts.refuse(tx, message)
    assert state(tx, message) == "wanted"
