"""Work that another process has committed rings a bell here, and a bell that was cut off rings again by itself."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator

import pytest

from store.engine import Store, connect
from tests import postgres
from tests.elapsing import PATIENCE
from tests.store.test_engine import remembering


class Bell:
    def __init__(self, store: Store) -> None:
        self.rung = threading.Event()
        self.watch = store.watch(self.rung.set)
        self.watch.start()
        assert self.rung.wait(PATIENCE)  # at its beginning, for what was committed before
        self.rung.clear()


@pytest.fixture
def bell(store: Store) -> Iterator[Bell]:
    bell = Bell(store)
    yield bell
    bell.watch.stop()


def test_commit_of_another_process_rings_the_bell(bell: Bell, another: Callable[[], Store]) -> None:
    for name in ("a", "b"):
        another().write(remembering(name))
        assert bell.rung.wait(PATIENCE)
        bell.rung.clear()


def test_nothing_rings_while_nobody_commits(bell: Bell, another: Callable[[], Store]) -> None:
    another().read(lambda tx: None)
    with pytest.raises(LookupError):
        another().write(lambda tx: [][1] if remembering("a")(tx) else None)
    assert not bell.rung.wait(0.3)


def test_watch_that_has_ended_rings_no_more(bell: Bell, another: Callable[[], Store]) -> None:
    bell.watch.stop()
    another().write(remembering("a"))
    assert not bell.rung.wait(0.3)


def test_watch_that_never_began_can_be_ended(store: Store) -> None:
    rung: list[str] = []
    store.watch(lambda: rung.append("rung")).stop()
    store.write(remembering("a"))
    assert rung == []


def test_process_with_workers_wakes_no_others(postgres_url: str, caplog: pytest.LogCaptureFixture) -> None:
    """It works off what it has written by itself: others would look in vain."""
    watching, working = Store(connect(postgres_url)), Store(connect(postgres_url))
    working.changed.append(lambda: None)
    bell = Bell(watching)
    working.write(remembering("a"))
    assert not bell.rung.wait(0.3)
    bell.watch.stop()
    watching.close()
    working.close()


def test_cut_watch_listens_again_by_itself(postgres_url: str, caplog: pytest.LogCaptureFixture) -> None:
    watching, writing = Store(connect(postgres_url)), Store(connect(postgres_url))
    bell = Bell(watching)
    with caplog.at_level(logging.WARNING):
        postgres.order(postgres_url, postgres.OTHERS)
        assert bell.rung.wait(PATIENCE)  # once it is back, for what it may have missed
    bell.rung.clear()
    writing.write(remembering("a"))
    assert bell.rung.wait(PATIENCE)
    assert [record.message.split(":")[0] for record in caplog.records] == ["new work is noticed later for now"]
    bell.watch.stop()
    watching.close()
    writing.close()
