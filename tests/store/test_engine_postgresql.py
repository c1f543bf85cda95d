"""What holds on PostgreSQL alone: several processes at the same rows, connections that are cut, and a small pool."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError

from cases.model import Customer, Status
from store import customers, drafts, facts, feedback, floods, messages
from store import tables as t
from store.engine import AWAY, Store, Tx, Unready, connect, held, in_turn
from tests import postgres
from tests.elapsing import PATIENCE, until
from tests.store.rows import CARE, NOW, ago, heard, opened, owe, said, write
from tests.store.test_engine import failing, names, remembering, together

KEYS = ["email:ana@example.org", "phone:+4930555010"]


@pytest.fixture
def url(postgres_url: str) -> str:
    return postgres_url


@pytest.fixture
def other(another: Callable[[], Store]) -> Store:
    """What another process has."""
    return another()


@contextmanager
def in_the_middle(store: Store, work: Callable[[Tx], Any]) -> Iterator[None]:
    """Another process has done `work` and not committed yet; it does at the end."""
    with store.engine.begin() as tx:
        work(tx)
        yield


def take(name: str) -> Callable[[Tx], None]:
    """Work that holds the row of a fact."""

    def work(tx: Tx) -> None:
        tx.execute(held(tx, select(t.facts).where(t.facts.c.name == name))).one()
        tx.execute(update(t.facts).where(t.facts.c.name == name).values(content=name))

    return work


def setting(tx: Tx, name: str) -> str:
    return str(tx.exec_driver_sql(f"SHOW {name}").scalar_one())


def waits_for_its_turn(store: Store) -> bool:
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    return bool(store.read(lambda tx: tx.exec_driver_sql(waiting).scalar_one()))


def cut_all(store: Store) -> None:
    """The server ends every connection to the database, as a restart or a failover does."""
    postgres.order(store.engine.url.render_as_string(hide_password=False), postgres.OTHERS)


# Sessions


def test_reading_sees_one_moment_and_changes_nothing(store: Store) -> None:
    assert store.read(lambda tx: setting(tx, "transaction_isolation")) == "repeatable read"
    with pytest.raises(Unready, match="read-only"):
        store.read(remembering("a"))


def test_writing_is_durable_and_waits_for_nobody_long(store: Store) -> None:
    asked = ["transaction_isolation", "lock_timeout", "idle_in_transaction_session_timeout"]
    found = store.write(lambda tx: [setting(tx, name) for name in asked])
    assert found == ["read committed", "100ms", "30s"]


def test_transaction_that_reads_holds_no_row(store: Store, other: Store) -> None:
    number = write(store, opened).number
    write(store, drafts.begin, number, "wanted", NOW)
    with in_the_middle(other, lambda tx: drafts.load(tx, number)):
        assert store.read(lambda tx: drafts.load(tx, number)) is not None


@pytest.mark.parametrize("plain", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_plain_addresses_mean_the_current_driver(plain: str) -> None:
    engine = connect(f"{plain}ana:secret@localhost/amends?connect_timeout=2")
    assert engine.dialect.driver == "psycopg"
    assert engine.url.database == "amends"
    assert engine.pool.size() == 8  # type: ignore[attr-defined]


def test_server_that_is_not_there_is_away(tmp_path: object) -> None:
    store = Store(connect(f"postgresql://postgres@/amends?host={tmp_path}"))
    for ask in (lambda: store.write(remembering("a")), lambda: store.read(lambda tx: facts.recall(tx, "a"))):
        with pytest.raises(AWAY):
            ask()
    store.close()


# At the same rows


def test_work_that_must_wait_is_done_in_the_end(store: Store, other: Store) -> None:
    store.write(remembering("row"))
    with ThreadPoolExecutor(1) as caller:
        with in_the_middle(other, take("row")):
            waiting = caller.submit(store.write, take("row"))
            assert store.write(remembering("a")) == "a"  # the writer goes on meanwhile
            assert not waiting.done()
        waiting.result(PATIENCE)


def test_waiting_work_holds_up_none_of_its_batch(store: Store, other: Store) -> None:
    store.write(remembering("row"))
    done: list[str] = []

    def noted(name: str) -> Callable[[Tx], None]:
        def work(tx: Tx) -> None:
            facts.remember(tx, name, 1)
            done.append(name)

        return work

    with ThreadPoolExecutor(1) as caller:
        with in_the_middle(other, take("row")):
            batch = caller.submit(together, store, noted("a"), take("row"), noted("b"))
            assert until(lambda: names(store, "a", "b") == ["a", "b"])
            assert not batch.done()
        assert batch.result(PATIENCE) == [None, None, None]
    assert done == ["a", "b"]


def test_two_that_wait_for_each_other_both_succeed(store: Store, other: Store) -> None:
    store.write(remembering("left"))
    store.write(remembering("right"))
    met = threading.Barrier(2)

    def both(first: str, second: str) -> Callable[[Tx], None]:
        first_run = iter([True])

        def work(tx: Tx) -> None:
            take(first)(tx)
            if next(first_run, False):
                met.wait(PATIENCE)
            take(second)(tx)

        return work

    with ThreadPoolExecutor(2) as callers:
        crossing = [
            callers.submit(store.write, both("left", "right")),
            callers.submit(other.write, both("right", "left")),
        ]
        assert [future.result(PATIENCE) for future in crossing] == [None, None]


def test_same_row_inserted_twice_at_once_is_updated(store: Store, other: Store) -> None:
    with ThreadPoolExecutor(1) as caller:
        with in_the_middle(other, lambda tx: facts.remember(tx, "a", "theirs")):
            second: Future[None] = caller.submit(store.write, lambda tx: facts.remember(tx, "a", "ours"))
        second.result(PATIENCE)
    assert store.read(lambda tx: facts.recall(tx, "a")) == "ours"


def test_two_feedbacks_of_one_customer_find_one_case(store: Store, other: Store) -> None:
    """The second intake waits for the first, although the customer has no row yet that it could wait for."""

    def arrives(tx: Tx) -> bool:
        if customers.known_by(tx, KEYS):
            return False
        number = feedback.record(tx, heard(said(customer=Customer())), opened(tx).number, NOW)
        customers.remember(tx, {number: KEYS})
        return True

    with ThreadPoolExecutor(1) as caller:
        with in_the_middle(other, arrives):
            second = caller.submit(store.write, arrives)
            assert until(lambda: second.done() or waits_for_its_turn(other))
            assert not second.done()
        assert second.result(PATIENCE) is False
    (known,) = store.read(lambda tx: customers.known_by(tx, KEYS[:1]))
    assert (known.number, known.status) == (1, Status.UNCLAIMED)


def test_two_processes_that_meet_a_flood_begin_one(store: Store, other: Store) -> None:
    def comes(tx: Tx) -> int:
        number = opened(tx, opened_at=NOW).number
        flood = floods.going_on(tx, CARE, ago(minutes=10)) or number
        floods.gather(tx, {number: flood})
        return flood

    with ThreadPoolExecutor(1) as caller:
        with in_the_middle(other, comes):
            second = caller.submit(store.write, comes)
            assert until(lambda: second.done() or waits_for_its_turn(other))
        assert second.result(PATIENCE) == 1


def test_taking_turns_holds_up_strangers_not_at_all(store: Store, other: Store) -> None:
    with in_the_middle(other, lambda tx: in_turn(tx, ["ana", "ben"])):
        store.write(lambda tx: in_turn(tx, []))
        store.write(lambda tx: in_turn(tx, ["cleo"]))
        assert store.write(remembering("cleo")) == "cleo"  # while the other has not ended yet


def test_message_in_a_thread_waits_for_no_sender(store: Store, other: Store) -> None:
    """A sender that has just taken the card's row does not hold up what is said in the card's thread."""
    card = write(store, owe)
    tries: list[int] = []

    def reply(tx: Tx) -> None:
        tries.append(1)
        owe(tx, "note:1", "note", thread_of=card)

    with in_the_middle(other, lambda tx: messages.take_due(tx, NOW, NOW - NOW, NOW - NOW)):
        store.write(reply)
    assert tries == [1]


def test_broken_work_is_not_tried_again_and_again(store: Store) -> None:
    tries: list[int] = []

    def work(tx: Tx) -> None:
        tries.append(1)
        failing("a")(tx)

    with pytest.raises(LookupError):
        store.write(work)
    assert tries == [1]


def test_duplicate_that_stays_one_is_told_in_the_end(store: Store) -> None:
    row = {"name": "a", "content": 1}
    with pytest.raises(DBAPIError, match="pk_facts"):
        store.write(lambda tx: tx.execute(t.facts.insert(), [row, row]))
    assert store.write(remembering("a")) == "a"


# Cut off


def test_connections_that_were_cut_are_replaced_unnoticed(store: Store) -> None:
    store.write(remembering("a"))
    cut_all(store)
    assert names(store, "a") == ["a"]
    assert store.write(remembering("b")) == "b"


def test_batch_that_is_cut_is_reported_to_all(store: Store) -> None:
    def cut(tx: Tx) -> None:
        cut_all(store)
        remembering("cut")(tx)

    results = together(store, remembering("a"), cut, remembering("b"))
    assert all(isinstance(result, AWAY) for result in results)
    assert names(store, "a", "b", "cut") == []
    assert store.write(remembering("c")) == "c"


def test_broken_work_on_a_cut_line_blames_the_line(store: Store) -> None:
    """What an exception of the work itself hides is told to those who shared its transaction."""

    def cut_and_swallow(tx: Tx) -> None:
        cut_all(store)
        with pytest.raises(OperationalError):
            tx.execute(text("SELECT 1"))
        raise LookupError

    results = together(store, remembering("a"), cut_and_swallow, remembering("b"))
    assert all(isinstance(result, AWAY) for result in results)
    assert names(store, "a", "b") == []


def test_what_waits_is_committed_together(store: Store) -> None:
    commits: list[int] = []
    event.listen(store.engine, "commit", lambda _: commits.append(1))
    together(store, *[remembering(f"n{n}") for n in range(20)])
    assert len(commits) <= 3  # the one that held the others up, and all the rest


def test_closing_leaves_no_connection_behind(store: Store) -> None:
    store.write(remembering("a"))
    store.read(lambda tx: facts.recall(tx, "a"))
    url = store.engine.url.render_as_string(hide_password=False)
    store.close()
    left = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    engine = postgres.engine_of(url)
    with engine.connect() as connection:
        assert until(lambda: connection.exec_driver_sql(left).scalar_one() == 0)
        assert connection.exec_driver_sql(left).scalar_one() == 0
    engine.dispose()
