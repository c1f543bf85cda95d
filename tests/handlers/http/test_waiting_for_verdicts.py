"""Whoever sends feedback is told what became of it, though its words are judged a moment later; nobody else waits for that."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from cases.model import Feedback, Score
from handlers.feedback.judge import Judging
from handlers.http import edge, routes
from handlers.http.routes import Application
from handlers.judging.unscored import at_leisure
from handlers.world import World
from tests.elapsing import PATIENCE
from tests.handlers.http.test_edge import arrives, edge_of
from tests.scoring import QuickJudge

COLD, KIND = "Soup cold, an hour late", "Lovely, thank you!"


class SlowJudge(QuickJudge):
    """Judges once it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()

    def __call__(self, said: Sequence[Feedback], *, hurry: Callable[[], bool] = at_leisure) -> list[Score | None]:
        assert self.go_on.wait(PATIENCE)
        return super().__call__(said, hurry=hurry)


@pytest.fixture
def slow() -> SlowJudge:
    return SlowJudge()


@pytest.fixture
def web(world: World, slow: SlowJudge) -> Iterator[TestClient]:
    world = replace(world, judge=slow)
    thread = Judging(world)
    thread.start()
    with TestClient(Application(edge_of(world), fresh=0)) as client:
        yield client
    slow.go_on.set()
    assert thread.stop()


def test_answer_says_what_became_of_it(web: TestClient, slow: SlowJudge) -> None:
    slow.go_on.set()
    bad, good = arrives(web, comment=COLD, rating=None), arrives(web, comment=KIND, rating=None, external_id="f-2")
    assert (bad.status_code, bad.json()["case"], good.status_code, good.json()["case"]) == (201, 1, 202, None)
    assert bad.json()["assessment"]["score"] > good.json()["assessment"]["score"]
    assert "pending" not in bad.json()["assessment"]
    assert 'status="201"' in web.get("/metrics", headers={"authorization": "Bearer open-sesame"}).text


def test_answer_past_the_bound_says_it_is_not_judged(
    web: TestClient, slow: SlowJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in (edge, routes):
        monkeypatch.setattr(room, "PATIENCE", 0.05)
    taken = arrives(web, comment=COLD, rating=None)
    assert (taken.status_code, taken.json()["feedback"], taken.json()["case"]) == (202, 1, None)
    assert taken.json()["assessment"]["pending"] is True
    slow.go_on.set()
    again = arrives(web, comment=COLD, rating=None)
    assert (again.status_code in (200, 201), again.json()["case"]) == (True, 1)


def test_low_star_is_answered_while_others_wait(web: TestClient, slow: SlowJudge) -> None:
    with ThreadPoolExecutor(1) as others:
        waits = others.submit(arrives, web, comment=COLD, rating=None)
        time.sleep(0.05)
        assert arrives(web, external_id="f-2", comment="Bad").status_code == 201
        assert web.get("/healthz").status_code == 200
        assert not waits.done()
        slow.go_on.set()
        assert waits.result(PATIENCE).status_code == 201
