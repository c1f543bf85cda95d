"""The HTTP edge, driven as uvicorn drives it: which bodies come in, whose they are, and what is answered when work fails."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import event, select
from starlette.testclient import TestClient

from cases.arrivals.answers import of_data
from cases.model import Assessment
from cases.replies.drafts import DraftState
from handlers.http.edge import Edge
from handlers.http.routes import LARGEST, Application
from handlers.listeners.app import build_app
from handlers.outbox.deliver import deliver
from handlers.sources import SOURCES
from handlers.world import World
from sandbox.demo import cast
from sandbox.server import PracticeWorkspace
from store import cases, drafts, feedback
from store import tables as t
from store.engine import Store, connect
from tests.elapsing import PATIENCE
from tests.store.rows import heard, opened, owe, said, write

GENERIC = SOURCES["generic"].example


TOKEN = {"authorization": "Bearer open-sesame"}


def edge_of(world: World, signing_secret: str | None = cast.SIGNING_SECRET, token: str | None = "open-sesame") -> Edge:
    return Edge(world, build_app(world), {"generic": GENERIC.secret}, signing_secret, token)


@pytest.fixture
def web(world: World) -> Iterator[TestClient]:
    """Each look at it is a fresh one."""
    with TestClient(Application(edge_of(world), fresh=0)) as client:
        yield client


def data(**fields: Any) -> dict[str, Any]:
    return {"external_id": "f-1", "rating": {"value": 1, "scale": 5}, "comment": "Never arrived", **fields}


def body(*, kind: str = "feedback.created", **fields: Any) -> bytes:
    return json.dumps({"type": kind, "timestamp": "2026-01-05T10:00:00Z", "data": data(**fields)}).encode()


def signed(content: bytes, at: datetime | None = None) -> dict[str, str]:
    """How old a signature is, is measured by the wall clock, so here tests use it too."""
    return GENERIC.sign(content, GENERIC.secret, at or datetime.now(UTC))


def arrives(web: TestClient, content: bytes | None = None, **fields: Any) -> Any:
    """A signed webhook of the generic source."""
    content = body(**fields) if content is None else content
    return web.post("/intake/generic", content=content, headers=signed(content))


def by_slack(content: bytes, secret: str = cast.SIGNING_SECRET, at: float | None = None) -> dict[str, str]:
    stamp = str(int(at or time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=content)
    assert signature is not None
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": signature, "content-type": "application/json"}


HELLO = json.dumps({"type": "url_verification", "challenge": "c-77"}).encode()


@contextmanager
def database_away(world: World, database: Path) -> Iterator[None]:
    """Somebody else holds the write lock, and nobody waits for it."""
    event.listen(world.store.engine, "checkout", lambda connection, *_: connection.execute("PRAGMA busy_timeout=1"))
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


# Intake


def test_new_complaint_is_a_case_and_known(web: TestClient) -> None:
    first, again = arrives(web), arrives(web)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.headers["content-type"] == "application/json"
    assert first.json() == again.json()
    assert first.json()["case"] == 1
    assert first.json()["assessment"]["negative"] is True


def test_praise_is_recorded_and_no_case(web: TestClient) -> None:
    answer = arrives(web, rating={"value": 5, "scale": 5}, comment="Wonderful, thank you!")
    assert (answer.status_code, answer.json()["case"]) == (202, None)


@pytest.mark.long
def test_body_of_the_largest_size_is_read(web: TestClient) -> None:
    content = body(comment="cold ")
    content = content.replace(b"cold ", b"cold " * ((LARGEST - len(content)) // 5))
    content += b" " * (LARGEST - len(content))
    assert len(content) == LARGEST
    assert arrives(web, content).status_code in (201, 400)  # read and judged, whatever is thought of its length


@pytest.mark.parametrize("path", ["/intake/generic", "/slack/events"])
def test_body_one_byte_too_large_is_refused(web: TestClient, path: str) -> None:
    content = b" " * (LARGEST + 1)
    answer = web.post(path, content=content, headers=signed(content) | by_slack(content))
    assert answer.status_code == 413
    assert str(LARGEST) in answer.text


def test_chunked_body_is_refused_at_the_same_size(web: TestClient) -> None:
    chunks = (b"x" * 65536 for _ in range(LARGEST // 65536 + 1))
    assert web.post("/intake/generic", content=chunks, headers=signed(b"")).status_code == 413


def unsigned(headers: dict[str, str]) -> dict[str, str]:
    return {}


def altered(headers: dict[str, str]) -> dict[str, str]:
    return headers | {"webhook-id": "msg_other"}


def foreign(headers: dict[str, str]) -> dict[str, str]:
    return headers | {"webhook-signature": "v1,né"}


def untimely(headers: dict[str, str]) -> dict[str, str]:
    return signed(body(), datetime.now(UTC) - timedelta(minutes=6))


@pytest.mark.parametrize("spoil", [unsigned, altered, foreign, untimely])
def test_feedback_not_signed_by_the_source_is_refused(web: TestClient, world: World, spoil: Any) -> None:
    headers = {name: value.encode("latin-1") for name, value in spoil(signed(body())).items()}
    answer = web.post("/intake/generic", content=body(), headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"]
    assert world.store.read(cases.every_open_number) == []


def test_body_without_rating_or_words_is_kept_and_told_of(web: TestClient, world: World) -> None:
    answer = arrives(web, rating={"value": 9, "scale": 5}, comment=None, occurred_at="yesterday")
    assert (answer.status_code, answer.json()["feedback"], answer.json()["case"]) == (202, None, None)
    told = [line.partition(":")[0] for line in answer.json()["ignored"]]
    assert told == ["data.rating.value", "data.occurred_at"]


def test_optional_field_that_cannot_be_read_costs_no_complaint(web: TestClient) -> None:
    answer = arrives(web, comment="The soup was cold.", rating={"value": 9, "scale": 5}, occurred_at="yesterday")
    assert answer.status_code == 201
    assert [told.partition(":")[0] for told in answer.json()["ignored"]] == ["rating.value", "occurred_at"]
    assert "ignored" not in arrives(web, external_id="f-2", rating={"value": None, "scale": 5}).json()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"text"', b"null", b'{"type": "feedback.created"}'])
def test_signed_nonsense_opens_no_case_and_is_kept_once(web: TestClient, world: World, content: bytes) -> None:
    answers = [arrives(web, content), arrives(web, content)]
    assert [(answer.status_code, answer.json()["feedback"]) for answer in answers] == [(202, None)] * 2
    assert world.store.read(cases.every_open_number) == []
    with world.store.engine.connect() as connection:
        kept = connection.execute(select(t.feedback.c.content)).scalars().all()
        notices = connection.execute(select(t.messages.c.facts).where(t.messages.c.kind == "notice")).scalars().all()
    assert [each["also_answered"] for each in kept] == [[["body", content.decode()]]]
    assert ["[sources.generic]" in notice["text"] for notice in notices] == [True]


def test_body_that_is_no_text_cannot_be_signed(web: TestClient) -> None:
    assert web.post("/intake/generic", content=b"\xff\xfe", headers=signed(b"")).status_code == 401


def test_unknown_source_is_told_which_are_known(web: TestClient) -> None:
    answer = web.post("/intake/pigeon", content=body())
    assert answer.status_code == 404
    assert all(name in answer.json()["error"] for name in SOURCES)


def test_source_without_a_secret_asks_to_be_tried_again(web: TestClient) -> None:
    answer = web.post("/intake/typeform", content=b"{}")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "TYPEFORM_SECRET" in answer.json()["error"]


def test_feedback_waits_while_the_database_is_away(web: TestClient, world: World, database: Path) -> None:
    with database_away(world, database):
        answer = arrives(web)
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert arrives(web).status_code == 201


def test_whatever_breaks_in_intake_has_a_reference(
    web: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def read(body: bytes, headers: Any) -> Any:
        raise LookupError("a fault of ours")

    monkeypatch.setitem(SOURCES, "generic", replace(SOURCES["generic"], open_=read))
    answer = arrives(web)
    assert answer.status_code == 500
    assert answer.json()["reference"] in caplog.text
    assert "a fault of ours" not in answer.text
    assert "a fault of ours" in caplog.text


def test_requests_are_counted_by_source_and_answer(web: TestClient) -> None:
    def counted(source: str, status: int) -> float:
        label = f'amends_intake_total{{source="{source}",status="{status}"}} '
        return sum(
            float(line.removeprefix(label))
            for line in web.get("/metrics", headers=TOKEN).text.splitlines()
            if label in line
        )

    before = counted("generic", 201), counted("unknown", 404)
    arrives(web)
    web.post("/intake/pigeon")
    assert (counted("generic", 201), counted("unknown", 404)) == (before[0] + 1, before[1] + 1)


def test_several_in_one_webhook_answer_for_the_gravest(web: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = SOURCES["generic"].open_(body(), {})
    happy = of_data({"external_id": "f-2", "comment": "Wonderful, thank you!"})
    praise = replace(one, answers=happy)
    monkeypatch.setitem(SOURCES, "generic", replace(SOURCES["generic"], open_=lambda *_: [praise, one]))
    answer = arrives(web)
    assert answer.status_code == 201
    assert [part["case"] for part in answer.json()["feedback"]] == [None, 1]


def test_ping_of_a_vendor_is_taken_for_one(web: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SOURCES, "generic", replace(SOURCES["generic"], open_=lambda *_: []))
    assert arrives(web).status_code == 202


# Slack


def test_slack_is_answered_its_own_challenge(web: TestClient) -> None:
    answer = web.post("/slack/events", content=HELLO, headers=by_slack(HELLO))
    assert (answer.status_code, answer.json()) == (200, {"challenge": "c-77"})


def test_word_that_slack_passes_over_events_is_taken_and_logged(
    web: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    told = json.dumps(
        {"type": "app_rate_limited", "team_id": "T1", "api_app_id": "A1", "minute_rate_limited": 1767607200}
    )
    answer = web.post("/slack/events", content=told.encode(), headers=by_slack(told.encode()))
    assert (answer.status_code, "began at 1767607200" in caplog.text) == (200, True)


def wrong_secret() -> dict[str, str]:
    return by_slack(HELLO, secret="another")


def too_old() -> dict[str, str]:
    return by_slack(HELLO, at=time.time() - 301)


def from_the_future() -> dict[str, str]:
    return by_slack(HELLO, at=time.time() + 301)


def for_other_words() -> dict[str, str]:
    return by_slack(b"{}")


def timeless() -> dict[str, str]:
    return by_slack(HELLO) | {"x-slack-request-timestamp": "now"}


def not_in_ascii() -> dict[str, str]:
    return by_slack(HELLO) | {"x-slack-signature": "v0=né"}


@pytest.mark.parametrize(
    "headers", [dict, wrong_secret, too_old, from_the_future, for_other_words, timeless, not_in_ascii]
)
def test_request_not_signed_by_slack_is_refused(web: TestClient, headers: Any) -> None:
    raw = {name: value.encode("latin-1") for name, value in headers().items()}
    answer = web.post("/slack/events", content=HELLO, headers=raw)
    assert answer.status_code == 401
    assert "SLACK_SIGNING_SECRET" in answer.json()["error"]


def test_without_a_signing_secret_nobody_is_slack(world: World) -> None:
    with TestClient(Application(edge_of(world, signing_secret=None))) as web:
        assert web.post("/slack/events", content=HELLO, headers=by_slack(HELLO)).status_code == 401


@pytest.mark.parametrize(("content", "status"), [(b"{", 400), (b"\xff", 401), (b"payload=%7B", 400), (b"", 404)])
def test_signed_payload_nobody_can_read_breaks_nothing(web: TestClient, content: bytes, status: int) -> None:
    verifier = SignatureVerifier(cast.SIGNING_SECRET)
    stamp = str(int(time.time()))
    signature = verifier.generate_signature(timestamp=stamp, body=content.decode("utf-8", "ignore")) or ""
    headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": signature}
    assert web.post("/slack/events", content=content, headers=headers).status_code == status


def reaction(event_id: str = "Ev1") -> bytes:
    happened = {"type": "reaction_added", "user": cast.ANA, "reaction": "eyes", "item_user": cast.BOT_USER}
    item = {"type": "message", "channel": cast.CARE, "ts": "1.000001"}
    return json.dumps(
        {
            "type": "event_callback",
            "event_id": event_id,
            "team_id": "T1",
            "api_app_id": cast.APP_ID,
            "authorizations": [{"team_id": "T1", "user_id": cast.BOT_USER, "is_bot": True}],
            "event": happened | {"item": item, "event_ts": "2.000001"},
        }
    ).encode()


def with_card(world: World) -> int:
    """A case whose card stands at 1.000001."""
    case = write(world.store, opened)

    def stand(tx: Any) -> None:
        owe(tx, f"card:{case.number}", case_number=case.number, channel=cast.CARE)
        drafts.begin(tx, case.number, DraftState.DROPPED, world.now())
        tx.exec_driver_sql("UPDATE messages SET posted_in = channel, ts = '1.000001', shown = 1")

    world.store.write(stand)
    return int(case.number)


def owner(world: World, number: int) -> str | None:
    case = world.store.read(lambda tx: cases.load(tx, number))
    assert case is not None
    return case.owner


def test_reaction_claims_the_case_before_the_answer(web: TestClient, world: World) -> None:
    number = with_card(world)
    assert web.post("/slack/events", content=reaction(), headers=by_slack(reaction())).status_code == 200
    assert owner(world, number) == cast.ANA


def test_event_that_could_not_be_kept_comes_again(web: TestClient, world: World, database: Path) -> None:
    """Slack delivers anew what is answered with 500; a mere 200 would lose it."""
    number = with_card(world)
    with database_away(world, database):
        lost = web.post("/slack/events", content=reaction(), headers=by_slack(reaction()))
    assert lost.status_code == 500
    assert owner(world, number) is None
    assert web.post("/slack/events", content=reaction(), headers=by_slack(reaction())).status_code == 200
    assert owner(world, number) == cast.ANA


# Health


def test_alive_is_alive_without_a_database(world: World, tmp_path: Path) -> None:
    nowhere = Store(connect(f"sqlite:///{tmp_path}/gone/amends.db"))
    with TestClient(Application(edge_of(replace(world, store=nowhere)))) as web:
        assert web.get("/healthz").status_code == 200
        ready = web.get("/readyz", headers=TOKEN)
        assert (ready.status_code, ready.json()["ready"]) == (503, False)
        assert "database does not answer" in ready.json()["problems"][0]
        assert web.get("/metrics", headers=TOKEN).status_code == 503
        assert arrives(web).status_code == 503
    nowhere.close()


def test_idle_installation_is_ready_for_work(web: TestClient) -> None:
    assert web.get("/readyz", headers=TOKEN).json() == {"ready": True, "problems": []}


STRANGERS = [
    {},
    {"authorization": "Bearer open sesame"},
    {"authorization": "open-sesame"},
    {"authorization": "Bearer "},
]


@pytest.mark.parametrize("headers", STRANGERS)
def test_strangers_hear_only_whether_all_is_well(web: TestClient, world: World, headers: dict[str, str]) -> None:
    """attacks 24: case numbers and Slack's errors stood there for everybody."""
    world.troubles.append(lambda: ["the card of case 7 cannot be shown"])
    answer = web.get("/readyz", headers=headers)
    assert (answer.status_code, answer.json()) == (503, {"ready": False})
    assert web.get("/readyz", headers=TOKEN).json()["problems"] == ["the card of case 7 cannot be shown"]


@pytest.mark.parametrize("headers", STRANGERS)
def test_measures_are_behind_the_token_when_one_is_set(web: TestClient, headers: dict[str, str]) -> None:
    refused = web.get("/metrics", headers=headers)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert "amends_" not in refused.text
    assert "amends_cases" in web.get("/metrics", headers=TOKEN).text
    assert "amends_cases" in web.get("/metrics", headers={"authorization": "bearer  open-sesame"}).text


def test_without_a_token_measures_are_open_and_problems_untold(world: World) -> None:
    world.troubles.append(lambda: ["something"])
    with TestClient(Application(edge_of(world, token=None))) as web:
        assert web.get("/metrics").status_code == 200
        for headers in STRANGERS:
            assert web.get("/readyz", headers=headers).json() == {"ready": False}


def test_overdue_work_of_each_kind_is_named(web: TestClient, world: World, practice: PracticeWorkspace) -> None:
    case = write(world.store, opened, next_nudge_at=world.now())
    write(world.store, owe, now=world.now())
    write(world.store, drafts.begin, case.number, DraftState.WANTED, world.now())
    unscored = heard(said("f-9"), Assessment(negative=False, pending=True), unscored_since=world.now())
    write(world.store, feedback.record, unscored, None, world.now())
    assert web.get("/readyz").status_code == 200
    assert "amends_feedback_unscored 1.0" in web.get("/metrics", headers=TOKEN).text
    practice.clock.jump(timedelta(minutes=3))
    answer = web.get("/readyz", headers=TOKEN)
    assert answer.status_code == 503
    assert [
        word
        for word in ("message", "draft", "nudge", "judged")
        if any(word in problem for problem in answer.json()["problems"])
    ] == ["message", "draft", "nudge", "judged"]


def test_message_slack_keeps_refusing_makes_it_unready(
    web: TestClient, world: World, practice: PracticeWorkspace
) -> None:
    """The bot was never invited: each try puts the message off, and still somebody must hear of it."""
    practice.workspace.channels[cast.CARE].members.discard(cast.BOT_USER)
    assert arrives(web).status_code == 201
    for _ in range(6):
        deliver(world)
        practice.clock.jump(timedelta(minutes=5))
    deliver(world)
    assert web.get("/readyz").status_code == 503


@pytest.mark.few(1)
@pytest.mark.parametrize(("path", "looks"), [("/readyz", "problems"), ("/metrics", "measures")])
def test_many_looks_are_one_and_hold_up_no_click(
    world: World, monkeypatch: pytest.MonkeyPatch, path: str, looks: str
) -> None:
    """attacks 24: sixty who ask for them made Slack wait thirty times as long."""
    edge, begun, go_on = edge_of(world), threading.Semaphore(0), threading.Event()
    look = getattr(edge, looks)

    def slowly() -> Any:
        begun.release()
        assert go_on.wait(PATIENCE)
        return look()

    monkeypatch.setattr(edge, looks, slowly)
    with TestClient(Application(edge, fresh=PATIENCE)) as web, ThreadPoolExecutor(20) as callers:
        asking = [callers.submit(web.get, path, headers=TOKEN) for _ in range(20)]
        assert begun.acquire(timeout=PATIENCE)
        assert web.post("/slack/events", content=HELLO, headers=by_slack(HELLO)).status_code == 200
        go_on.set()
        assert {asked.result().status_code for asked in asking} == {200}
        assert web.get(path, headers=TOKEN).status_code == 200
    assert not begun.acquire(blocking=False)


def test_slow_work_holds_up_no_other_request(web: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(body: bytes, headers: Any) -> list[Any]:
        begun.set()
        assert go_on.wait(PATIENCE)
        return []

    monkeypatch.setitem(SOURCES, "generic", replace(SOURCES["generic"], open_=slowly))
    with ThreadPoolExecutor(1) as caller:
        slow = caller.submit(arrives, web)
        assert begun.wait(PATIENCE)
        assert web.get("/healthz").status_code == 200
        assert web.get("/readyz").status_code == 200
        go_on.set()
        assert slow.result().status_code == 202


def test_refused_bodies_are_not_written_to_the_log(web: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "handlers"):
        web.post("/intake/generic", content=body(comment="a secret of the customer's"))
    assert "a secret of the customer's" not in caplog.text
