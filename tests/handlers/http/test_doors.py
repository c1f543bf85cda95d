"""Doors that open without code: a token in a header or in the address, and any body that a form or a tool sends."""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from cases.arrivals.deliveries import Outcome
from cases.model import Feedback, Rating
from cases.policy.page import read_policy
from handlers.doors import INTAKE_TOKEN, faults
from handlers.feedback.deliveries import deliveries
from handlers.http.edge import Edge
from handlers.http.routes import Application
from handlers.listeners.app import build_app
from handlers.sources import SOURCES
from handlers.world import World
from store import cases, feedback
from store import tables as t

POLICY = """
[sources.shop-form]
kind = "json"
signed = "token"
rating = "stars_given"
scale = 6
[sources.unset]
signed = "token"
"""
TOKEN = "a-token-nobody-guesses"
SHOWN = {"authorization": f"Bearer {TOKEN}"}
GENERIC = SOURCES["generic"].example
BODY = {"id": "k-1", "name": "Ida Moor", "email": "ida@example.org", "stars_given": "2", "comment": "Never arrived"}


@pytest.fixture
def told(world: World) -> World:
    return replace(world, policy=read_policy(POLICY))


@pytest.fixture
def web(told: World) -> Iterator[TestClient]:
    secrets = {"shop-form": TOKEN, INTAKE_TOKEN: TOKEN}
    with TestClient(Application(Edge(told, build_app(told), secrets, None), fresh=0)) as client:
        yield client


def kept(world: World, source: str, external_id: str) -> Feedback:
    found = world.store.read(lambda tx: feedback.named(tx, source, external_id))
    assert found is not None
    return found


NESTED = {f"customer[{name}]": BODY[name] for name in ("name", "email")} | {"comment": "Never arrived", "id": "k-1"}
MULTIPART = "".join(
    f'--x7\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in BODY.items()
)
BODIES: dict[str, bytes] = {
    "json": json.dumps(BODY).encode(),
    "a list of one": json.dumps([BODY]).encode(),
    "form": urlencode(BODY | {"stars_given": "2"}).encode(),
    "nested form": urlencode(NESTED | {"stars_given": "2"}).encode(),
    "multipart": f"{MULTIPART}--x7--\r\n".encode(),
}


@pytest.mark.few(2)
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("in_address", [False, True])
def test_token_lets_in_whatever_a_tool_sends(web: TestClient, told: World, body: bytes, in_address: bool) -> None:
    path, headers = (f"/intake/shop-form/{TOKEN}", {}) if in_address else ("/intake/shop-form", SHOWN)
    assert web.post(path, content=body, headers=headers).status_code == 201
    read = kept(told, "shop-form", "k-1")
    assert (read.rating, read.comment) == (Rating(2, 6), "Never arrived")
    assert (read.customer.name, read.customer.email) == ("Ida Moor", "ida@example.org")


BASIC = b64encode(f"amends:{TOKEN}".encode()).decode()
PLACES: dict[str, tuple[str, dict[str, str]]] = {
    "token scheme": ("", {"authorization": f"Token {TOKEN}"}),
    "no scheme": ("", {"authorization": TOKEN}),
    "password": ("", {"authorization": f"Basic {BASIC}"}),
    "name alone": ("", {"authorization": f"Basic {b64encode(TOKEN.encode()).decode()}"}),
    "header of its own": ("", {"X-Api-Key": TOKEN}),
    "question mark": (f"?source=zap&token={TOKEN}", {}),
    "question mark, escaped": (f"?secret={quote(TOKEN).replace('-', '%2D')}", {}),
}


@pytest.mark.few(2)
@pytest.mark.parametrize(("behind", "headers"), PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("name", ["shop-form", "generic"])
def test_token_is_taken_wherever_a_tool_can_put_it(
    web: TestClient, name: str, behind: str, headers: dict[str, str]
) -> None:
    assert web.post(f"/intake/{name}{behind}", json=BODY, headers=headers).status_code == 201


def test_keys_of_others_do_not_spoil_what_is_signed(web: TestClient, world: World) -> None:
    edge = Edge(world, build_app(world), {"generic": GENERIC.secret, INTAKE_TOKEN: TOKEN}, None)
    signed = GENERIC.sign(GENERIC.body, GENERIC.secret, datetime.now(UTC))
    assert edge.intake_unread("generic", signed | {"x-api-key": "a gateway's"}) is None


def test_own_intake_takes_a_token_beside_its_signature(web: TestClient, told: World) -> None:
    body = {"external_id": "f-1", "comment": "never came", "name": "Ida", "colour": "red"}
    answer = web.post("/intake/generic", json=body, headers=SHOWN)
    assert (answer.status_code, answer.json()["unread"]) == (201, ["colour"])
    assert kept(told, "generic", "f-1").customer.name == "Ida"
    assert web.post("/intake/generic", json=body).status_code == 401


@pytest.mark.parametrize("shown", ["", "Bearer ", "Bearer another", f"Basic {TOKEN}", "Bearer é"])
def test_wrong_token_opens_nothing_and_is_told_nowhere(
    web: TestClient, told: World, caplog: pytest.LogCaptureFixture, shown: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = web.post("/intake/shop-form", json=BODY, headers={"authorization": shown.encode("latin-1")})
        behind = web.post("/intake/shop-form/another", json=BODY)
    assert (answer.status_code, behind.status_code) == (401, 401)
    assert TOKEN not in answer.text + behind.text
    assert "another" not in answer.text + behind.text
    assert told.store.read(cases.every_open_number) == []
    assert all(TOKEN not in record.getMessage() for record in caplog.records if record.name.startswith("handlers"))


@pytest.mark.parametrize("body", [BODY | {"token": TOKEN}, BODY | {"comment": f"Never arrived, {TOKEN}"}, {"x": TOKEN}])
def test_secret_among_the_answers_is_kept_nowhere(web: TestClient, told: World, body: dict[str, str]) -> None:
    answers = [
        web.post("/intake/shop-form", content=each, headers=SHOWN) for each in (json.dumps(body), urlencode(body))
    ]
    rows = told.store.read(lambda tx: [tx.execute(select(each)).all() for each in t.metadata.sorted_tables])
    assert TOKEN not in str(rows) + "".join(answer.text for answer in answers)


def test_request_signed_as_another_vendor_signs_is_shown_the_way(world: World) -> None:
    """Before its body is read: only the names of headers tell it, and they are no secret."""
    edge = Edge(world, build_app(world), {"typeform": TOKEN}, None)
    tally = SOURCES["tally"].example
    answer = edge.intake_unread("typeform", tally.sign(tally.body, tally.secret, datetime.now(UTC)))
    assert answer is not None
    assert (answer.status, b"signed as Tally signs: have it sent to /intake/tally" in answer.body) == (401, True)


def test_known_source_without_a_secret_is_not_gone(web: TestClient) -> None:
    answer = web.post("/intake/unset", json=BODY)
    assert (answer.status_code, "UNSET_SECRET" in answer.text) == (503, True)
    assert answer.headers["retry-after"]
    assert [web.get(f"/intake/{name}").status_code for name in ("shop-form", "unset", "pigeon")] == [200, 503, 404]


def test_several_in_one_list_are_as_many_feedbacks(web: TestClient) -> None:
    happy = {"id": "k-2", "comment": "Wonderful, thank you!", "stars_given": 6}
    grave = BODY | {"id": "k-3", "email": "ben@example.org", "comment": "My lawyer will write to you about it."}
    answer = web.post("/intake/shop-form", json={"page": 1, "reviews": [happy, BODY, grave]}, headers=SHOWN)
    told = answer.json()
    assert [part["case"] for part in told["feedback"]] == [None, 1, 2]
    assert (answer.status_code, told["case"], told["assessment"]["severity"]) == (201, 2, "critical")


def test_one_feedback_with_a_list_in_it_stays_one(web: TestClient) -> None:
    photos: list[Any] = [{"url": "https://a.example/1", "comment": "the box"}]
    answer = web.post("/intake/shop-form", json=BODY | {"photos": photos}, headers=SHOWN)
    assert (answer.status_code, answer.json()["case"]) == (201, 1)


def test_scale_is_asked_for_once_and_learnt_from_a_larger_answer(web: TestClient, told: World) -> None:
    for place, value in enumerate((4, 4, 9, 4)):
        body = {"id": f"k-{place}", "How was your order?": value}
        assert web.post("/intake/generic", json=body, headers=SHOWN).status_code == (202 if value == 9 else 201)
    ratings = [kept(told, "generic", f"k-{place}").rating for place in range(4)]
    assert ratings == [Rating(4, None), Rating(4, None), Rating(9, 10), Rating(4, 10)]
    with told.store.engine.connect() as connection:
        asked = connection.execute(select(t.messages.c.facts).where(t.messages.c.kind == "notice")).scalars().all()
    assert ["[sources.generic]" in notice["text"] for notice in asked] == [True]


def test_what_policy_cannot_mean_of_a_source_is_named() -> None:
    policy = read_policy('[sources.a]\nkind = "pigeon"\n[sources.b]\nsigned = "wax"\n[sources.c]\nkind = "table"\n')
    assert [(setting, why.partition(" is unknown")[0]) for setting, why in faults(policy)] == [
        (("sources", "a", "kind"), '"pigeon"'),
        (("sources", "b", "signed"), '"wax"'),
    ]


@pytest.mark.parametrize("name", ["evidence", "slack-signing"])
def test_no_source_has_the_secret_of_another_door(name: str) -> None:
    ((setting, why),) = faults(read_policy(f"[sources.{name}]"))
    assert (setting, "which is another's" in why) == (("sources", name), True)


def test_what_was_refused_is_written_down_when_the_server_ends(told: World) -> None:
    edge = Edge(told, build_app(told), {"shop-form": TOKEN}, None)
    with TestClient(Application(edge, fresh=0)) as client:
        assert client.post("/intake/shop-form/not-the-token", json=BODY).status_code == 401
    assert list(told.store.read(deliveries)["shop-form"]) == [Outcome.UNKNOWN]
