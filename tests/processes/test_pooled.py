"""Behind PgBouncer in transaction mode nothing is lost, and no session is left otherwise than it was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from store.engine import Store, connect
from tests.elapsing import PATIENCE, until
from tests.processes import pooler
from tests.processes.harness import House, migrate
from tests.store.test_engine import remembering

pytestmark = pytest.mark.skipif(pooler.PROGRAM is None, reason="NOT TESTED BEHIND A POOLER: pgbouncer is not installed")
CUSTOMERS = 160


@pytest.fixture
def pooled_url(bare_postgres_url: str) -> Iterator[str]:
    with pooler.pooled(bare_postgres_url) as url:
        yield url


@pytest.fixture
def store(pooled_url: str) -> Iterator[Store]:
    store = Store(connect(pooled_url))
    yield store
    store.close()


@pytest.mark.long
def test_every_customer_of_a_rush_gets_card_and_draft(
    build: Callable[..., House], bare_postgres_url: str, pooled_url: str
) -> None:
    """F7: 160 signed intakes, one web and two workers, four sessions; there were 140 cards and 97 drafts."""
    migrate(bare_postgres_url)
    house = build(database_url=pooled_url)
    house.runs("web")
    for _ in range(2):
        house.runs("worker")
    with ThreadPoolExecutor(8) as senders:
        answers = list(senders.map(lambda number: house.receives(f"order-{number}").status, range(CUSTOMERS)))
    assert answers == [201] * CUSTOMERS
    house.shows("card", CUSTOMERS)
    house.shows("draft", CUSTOMERS)
    assert [word for word in ("ERROR", "Traceback", "Prepared") if word in house.logs()] == []
    assert house.get("/readyz") == 200


def test_no_session_keeps_a_setting_of_ours(store: Store) -> None:
    """F7: what was set once reached whoever was given the session next."""
    asked = ("lock_timeout", "idle_in_transaction_session_timeout", "default_transaction_read_only")

    def settings() -> list[str]:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as plain:
            return [str(plain.exec_driver_sql(f"SHOW {name}").scalar_one()) for name in asked]

    before = settings()
    assert store.write(lambda tx: tx.exec_driver_sql("SHOW lock_timeout").scalar_one()) == "100ms"
    store.read(lambda tx: None)
    assert [settings() for _ in range(pooler.SESSIONS)] == [before] * pooler.SESSIONS
    assert before == ["0", "0", "off"]


def test_who_cannot_listen_says_so_and_leaves_no_ear_behind(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    watch = store.watch(lambda: None)
    watch.start()
    assert until(lambda: "through a pooler" in caplog.text, PATIENCE)
    listening = store.read(lambda tx: tx.exec_driver_sql("SELECT pg_listening_channels()").all())
    watch.stop()
    assert listening == []


def test_many_statements_at_once_meet_no_leftovers(bare_postgres_url: str, store: Store) -> None:
    migrate(bare_postgres_url)
    with ThreadPoolExecutor(12) as callers:
        names = list(callers.map(lambda number: store.write(remembering(f"fact-{number}")), range(200)))
        found = list(
            callers.map(lambda _: store.read(lambda tx: tx.exec_driver_sql("SELECT 1").scalar_one()), range(200))
        )
    assert (len(set(names)), set(found)) == (200, {1})
