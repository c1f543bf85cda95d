"""The database does not answer for a while: feedback is refused with a word when to try again, and all goes on by itself."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from sandbox.api.faults import ApiCall
from sandbox.people.reading import plain
from tests import postgres
from tests.elapsing import PATIENCE
from tests.processes.harness import House, migrate, until


class Lock:
    """Another program that keeps the database file to itself."""

    def __init__(self, house: House) -> None:
        path = house.database_url.removeprefix("sqlite:///")
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=PATIENCE)

    def take(self) -> None:
        self._connection.execute("BEGIN EXCLUSIVE")

    def give_back(self) -> None:
        self._connection.execute("ROLLBACK")

    def close(self) -> None:
        self._connection.close()


@pytest.fixture
def lock(house: House) -> Iterator[Lock]:
    house.runs()
    lock = Lock(house)
    yield lock
    lock.close()


def post(house: House, external_id: str) -> tuple[int, dict[str, str]]:
    """Feedback by signed webhook, with the headers of the answer."""
    data = {"external_id": external_id, "comment": "My order never arrived. I want my money back."}
    body = json.dumps({"type": "feedback.created", "timestamp": "2026-01-05T10:00:00Z", "data": data}).encode()
    headers = house.practice.intake.signed(body, f"msg_{external_id}")
    request = urllib.request.Request(f"{house.url}/intake/generic", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, {name.lower(): value for name, value in refused.headers.items()}


@pytest.mark.long
def test_intake_asks_to_come_back_later(house: House, lock: Lock) -> None:
    lock.take()
    with ThreadPoolExecutor(4) as senders:
        answers = list(senders.map(lambda number: post(house, f"order-{number}"), range(4)))
    assert [status for status, _ in answers] == [503] * 4
    assert all(int(headers["retry-after"]) > 0 for _, headers in answers)
    assert house.get("/healthz") == 200

    lock.give_back()
    assert [post(house, f"order-{number}")[0] for number in range(4)] == [201] * 4
    until(lambda: len(house.cards()) == 4, what="the cards")


def test_workers_go_on_by_themselves_afterwards(house: House, lock: Lock) -> None:
    until(lambda: house.practice.messages("notice"), what="the welcome")
    house.practice.faults.away()
    before = house.practice.faults.count("chat.postMessage")
    assert post(house, "order-1")[0] == 201
    until(lambda: house.practice.faults.count("chat.postMessage") > before, what="the card's attempt, which fails")
    lock.take()
    house.practice.faults.back()
    assert post(house, "order-2")[0] == 503
    assert house.cards() == []
    lock.give_back()
    house.card()
    house.shows("draft")


@pytest.mark.long
def test_post_that_could_not_be_noted_is_found(house: House, lock: Lock) -> None:
    def keep_database(call: ApiCall) -> None:
        if call.method == "chat.postMessage":
            house.practice.faults.on_call.remove(keep_database)
            lock.take()
            taken.set()

    taken = threading.Event()
    house.practice.faults.on_call.append(keep_database)
    assert post(house, "order-1")[0] == 201
    card = house.card()
    assert taken.wait(PATIENCE)  # the card stands in Slack a moment before
    assert post(house, "order-2")[0] == 503
    lock.give_back()
    house.shows("draft")  # it waits for the card to be known
    assert len(house.cards()) == 1

    assert house.person("ana").click(card, "claim").ok
    until(lambda: "has it" in plain(card), what="the claim on that very card")


# On PostgreSQL, whose server goes away and comes back


@pytest.fixture
def server(postgres_server: str) -> Iterator[postgres.Server]:
    """A server of one's own, to stop and start."""
    if any(os.environ.get(name, "").startswith("postgres") for name in ("AMENDS_TEST_POSTGRES", "DATABASE_URL")):
        pytest.skip("NOT TESTED: a server that was named is not ours to stop")
    with postgres.server_of_ones_own() as server:
        yield server


@pytest.mark.long
def test_server_that_comes_back_finds_all_at_work(build: Callable[..., House], server: postgres.Server) -> None:
    house = build(database_url=postgres.new_database(server.url))
    migrate(house.database_url)
    for process in [house.starts("web"), house.starts("worker")]:
        process.ready()
    assert post(house, "order-1")[0] == 201
    house.card()

    server.stop()
    answers = [post(house, f"order-{number}") for number in (2, 3)]
    assert [status for status, _ in answers] == [503, 503]
    assert all(int(headers["retry-after"]) > 0 for _, headers in answers)
    assert (house.get("/healthz"), house.get("/readyz")) == (200, 503)

    server.start()
    until(lambda: house.get("/readyz") == 200, what="a web that is ready again")
    assert [post(house, f"order-{number}")[0] for number in (2, 3)] == [201, 201]
    until(lambda: len(house.cards()) == 3, what="the cards")
    last = house.cards()[-1]
    assert house.person("ana").click(last, "claim").ok
    until(lambda: "has it" in plain(last), what="the claim")  # its number is not 3: PostgreSQL skips some after a crash
    assert "Traceback" not in house.logs()
